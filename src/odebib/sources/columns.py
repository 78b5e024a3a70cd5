"""What a column, a key or a property holds, by its name: one table for every source that names its values.

Tables, JSON, YAML, front matter, drawers and the exports of databases call the same few things
by many names. Names are compared without case, spaces and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from odebib.errors import UsageError, did_you_mean
from odebib.text.folding import fold_words

Meanings = Mapping[str, str]
"""For each name of a source that is understood: which field it fills."""

NAMES: dict[str, str] = {
    "title": "title title_main paper_title article_title document_title primary_title work_title "
    "item_title "
    "title_full full_title original_title translated_title display_name titel titre titulo título titolo "
    "otsikko tytuł tytul название заголовок 标题 标题名 題名 題目 论文 论文标题 论文题目 论文名称 "
    "论文名 タイトル 論文名 제목 "
    "paper papers name work article publication headline",
    "subtitle": "subtitle sub_title title_addon untertitel",
    "authors": "author_full_names authors_full author_full authors author author_names author_name "
    "author_list "
    "all_authors creators creator people contributors by written_by speakers speaker presenter instructor "
    "autoren autor verfasser auteurs auteur autores autori autore författare автор авторы 作者 著者 저자 "
    "first_author authorships",
    "editors": "editors editor book_editors herausgeber éditeurs",
    "year": "year publication_year pub_year year_of_publication published_year issue_year release_year "
    "year_published jahr erscheinungsjahr année annee año ano anno rok год 年份 年 発行年 出版年份 "
    "发表年份 연도",
    "date": "date published publication_date pub_date date_published published_date published_on "
    "published_at "
    "release_date released date_released issued online_date early_access_date online_publication_date "
    "publish_date cover_date submitted submission_date first_submitted_date datum fecha "
    "data_pubblicazione дата "
    "发表时间 发布时间 出版日期 日期 时间 when",
    "month": "month publication_month monat mois mes",
    "venue": "venue journal journal_title journal_name journal_full source_title container_title "
    "container publication_title publication_name publication_venue journal_conference conference_journal "
    "journal_book conference conference_name conference_title book_title booktitle proceedings "
    "proceedings_title proceeding proceedings_title_full journal_abbreviation venue_name published_in "
    "appeared_in where pub source magazine event_title meeting_name series_title publication_short "
    "zeitschrift konferenz tagung revue revista rivista журнал 期刊 会议 期刊会议 会议期刊 来源 刊名 "
    "雑誌 학회 "
    "source_publication publication_outlet secondary_title periodical",
    "event": "workshop event conference_event event_name",
    "volume": "volume vol band tome volumen volume_number journal_volume",
    "number": "issue number issue_number num journal_issue heft numéro numero",
    "pages": "pages page page_range page_numbers pages_range pagination seiten páginas paginas pagine",
    "first_page": "start_page page_start first_page beginning_page firstpage startpage begin_page",
    "last_page": "end_page page_end last_page ending_page lastpage endpage",
    "article_number": "article_number art_no eid elocation article_no elocation_id",
    "publisher": "publisher institution school organization publisher_name verlag éditeur university",
    "doi": "doi doi_number doi_url doi_link digital_object_identifier dois",
    "arxiv": "arxiv arxiv_id arxivid arxiv_number arxiv_link arxiv_url eprint eprint_id arxiv_identifier",
    "openreview": "openreview openreview_id openreview_url open_review",
    "isbn": "isbn isbns isbn13 isbn_13 isbn10 isbn_10 eisbn",
    "pubmed": "pmid pubmed_id pubmedid medline_pmid",
    "url": "url link links urls address href paper_url paper_link paperurl paperlink website homepage "
    "article_link web page_url external_url landing_page url_abs abs_url abstract_url url_source "
    "source_url "
    "canonical_url html_url document_url uri webpage web_page web_link weblink full_text_url url_preprint "
    "permalink_url ee 链接 论文链接 网址 リンク enlace lien lien_url access paper_page url_paper "
    "best_oa_location "
    "primary_location link_to_paper related_link",
    "pdf": "pdf pdf_url pdf_link url_pdf pdflink pdfurl open_access_pdf link_to_pdf fulltext full_text "
    "pdfs preprint",
    "code": "code github repo repository implementation implementations code_url code_link github_url "
    "github_link "
    "url_code repository_code repo_url source_code sourcecode official_code gitlab git codebase "
    "software_url 代码 "
    "代码链接 github_repo project_code",
    "project": "project project_url project_page project_website projectpage url_project website_url "
    "project_link demo demo_url",
    "video": "video video_url youtube url_video recording video_link videourl talk_video talk_url "
    "presentation",
    "slides": "slides slides_url url_slides slidesurl slide slides_link",
    "poster": "poster poster_url url_poster posterurl poster_link",
    "data": "data dataset datasets dataset_url data_url url_dataset url_data dataset_link data_link",
    "blog": "blog blog_url blog_post blogpost blog_link url_blog",
    "abstract": "abstract abstract_note abstract_text abstracts abstracttext zusammenfassung résumé "
    "resumen "
    "riassunto 摘要 要旨 초록",
    "summary": "summary tldr tl_dr description excerpt one_line_summary short_description kurzfassung "
    "简介 描述",
    "note": "notes note comments comment remarks remark annotation annote anmerkung anmerkungen bemerkung "
    "bemerkungen kommentar bibnote extra 备注 メモ",
    "topics": "keywords keyword author_keywords index_keywords tags tag topics topic category categories "
    "subjects subject tasks task area areas theme themes manual_tags automatic_tags ieee_terms "
    "inspec_terms "
    "keywords_plus fields_of_study field_of_study concepts labels label mesh_terms mesh schlagwörter "
    "schlagworte stichwörter mots_clés 关键词 分类 类别 キーワード 키워드",
    "awards": "award awards honor honors honours prize presentation_type",
    "type": "type item_type document_type publication_type publication_types entry_type entrytype "
    "reference_type work_type btype type_of_reference source_type kind typ pub_type doc_type genre "
    "document_identifier",
    "source_id": "citekey citation_key cite_key bibtex_key bibkey bib_key custom_id citationkey key id "
    "reference_id item_key accession_number ut_unique_wos_id eid_scopus unique_id ut uid slug",
    "section": "section heading chapter_heading",
    "licence": "license licence lizenz",
}  # fmt: skip
"""The fields and what sources call them, the likeliest name first."""


def folded(name: str) -> str:
    """A name as it is compared: ``Author(s)``, ``paper_url``, ``Paper URL``.

    >>> folded("Author(s)"), folded("Paper URL"), folded("paper_url")
    ('authors', 'paperurl', 'paperurl')
    """
    return re.sub(r"[\W_]+", "", name).casefold()


MEANING: dict[str, tuple[str, int]] = {
    folded(name): (field, rank)
    for field, names in reversed(NAMES.items())
    for rank, name in reversed(list(enumerate(names.split())))
}
"""For each known name its field, and how early it stands in the field's row."""

SECOND_MEANINGS = {
    "publication": "venue",
    "paper": "url",
    "papers": "url",
    "article": "url",
    "name": "",
    "work": "",
    "displayname": "",
    "headline": "summary",
}
"""What names that may stand for the title hold where another one does."""
WEAK_TITLES = frozenset({*SECOND_MEANINGS, "论文"})
"""Names of the title that other words of a name outdo: ``paper link``."""


LINK_WORDS = frozenset(fold_words("url urls link links href address website page homepage"))
LINK_KINDS = frozenset(
    fold_words("code github pdf project video slides poster data dataset blog arxiv doi openreview")
)
NOT_FIELDS = frozenset(
    fold_words(
        "id ids affiliation affiliations addresses email emails orcid orcids count counts number cited "
        "citation citations "
        "cites times references reference rank score rating stars funding code_available access "
        "modified added "
        "updated checked read status usage h abbreviated abbreviation language original owner reprint "
        "researcher "
        "issn issns eissn size price create created entered access accessed indexed series num total "
        "library place country"
    )
)
"""Words of names that hold no field though another word of theirs does: `Author Addresses`, `Times Cited`."""


def meanings(names: Iterable[str], wanted: Meanings | None = None) -> dict[str, str]:
    """For each name that is understood the field it fills; ``wanted`` goes before what is known.

    Of several names that may hold the title the likeliest does.

    >>> meanings(["Paper", "Title", "Publication", "Rank"])
    {'Paper': 'url', 'Title': 'title', 'Publication': 'venue'}
    """
    wanted = {folded(name): field for name, field in (wanted or {}).items()}
    found = {name: wanted.get(folded(name)) or meaning(name) for name in names}
    titles = [name for name, field in found.items() if field == "title"]
    if titles:
        best = min(titles, key=lambda name: (folded(name) not in wanted, _rank(name)))
        for name in titles:
            if name != best:
                found[name] = SECOND_MEANINGS.get(folded(name), "")
    return {name: field for name, field in found.items() if field}


def _rank(name: str) -> int:
    return MEANING.get(folded(name), ("", 1000))[1]


def meaning(name: str) -> str:
    """The field that a name alone stands for; empty if it is not understood.

    >>> meaning("Source title"), meaning("Code link"), meaning("Times Cited"), meaning("Year of defence")
    ('venue', 'code', '', 'year')
    """
    if found := MEANING.get(folded(name)):
        return found[0]
    words = re.split(r"[\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold())
    words = [word for word in words if word]
    if not words or len(words) > LONGEST_NAME or NOT_FIELDS.intersection(words):
        return ""
    if LINK_WORDS.intersection(words):
        return next((MEANING[word][0] for word in words if word in LINK_KINDS), "url")
    return _by_words([word for word in words if word in MEANING])


LONGEST_NAME = 6
"""So many words a name has at most; a longer one is a sentence."""


def _by_words(known: list[str]) -> str:
    """The field of a name of several words: a date's before all, else that of the last word that says one."""
    strong = [word for word in known if word not in WEAK_TITLES]
    dated = next((MEANING[word][0] for word in strong if MEANING[word][0] in {"year", "date"}), "")
    return dated or (MEANING[(strong or known)[-1]][0] if known else "")


def by_rank(found: Meanings) -> dict[str, list[str]]:
    """For each field the names that fill it, the likeliest first."""
    fields: dict[str, list[str]] = {}
    for name, field in found.items():
        fields.setdefault(field, []).append(name)
    return {field: sorted(names, key=lambda name: _rank_for(field, name)) for field, names in fields.items()}


def _rank_for(field: str, name: str) -> int:
    """How likely a name holds a field; one that could have been the title goes before abbreviations."""
    known, rank = MEANING.get(folded(name), (field, 1000))
    return rank if known == field else 10


def wanted(options: str | None) -> dict[str, str]:
    """What ``--columns title=Titel,year=Jahr`` asks for: for each column its field.

    Raises:
        UsageError: it is written otherwise, or names no field.

    >>> wanted("title=Titel, year=Jahr der Lesung")
    {'Titel': 'title', 'Jahr der Lesung': 'year'}
    """
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in (options or "").split(","))):
        field, sign, column = (side.strip() for side in part.partition("="))
        if not sign or not column:
            raise UsageError(f"`{part}` names no column", "write `--columns title=Titel,year=Jahr`")
        if folded(field) not in FIELD_NAMES and folded(column) in FIELD_NAMES:
            field, column = column, field
        if folded(field) not in FIELD_NAMES:
            hint = did_you_mean(field, NAMES) or f"the fields are {', '.join(NAMES)}"
            raise UsageError(f"`{field}` is no field of a record", hint)
        found[column] = FIELD_NAMES[folded(field)]
    return found


FIELD_NAMES = {folded(field): field for field in NAMES} | {
    "author": "authors",
    "keywords": "topics",
    "tags": "topics",
    "key": "source_id",
    "link": "url",
    "journal": "venue",
}
"""The fields as `--columns` may call them."""
