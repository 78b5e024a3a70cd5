"""Titles of web pages as browsers give them, and talks that say so themselves."""

from __future__ import annotations

import re

from odebib.sources.citations.author_line import read_people
from odebib.sources.citations.certain import without_link_names
from odebib.sources.citations.style import Context, Fields, in_order
from odebib.sources.citations.titles import clean_title, title_by_people
from odebib.text.folding import fold

RE_GITHUB = re.compile(r"(?:GitHub|GitLab) - ([\w.-]+/[\w.-]+)(?::\s*(.*))?", re.IGNORECASE)
RE_VIDEO_PAGE = re.compile(
    r"(.+?)\s+[-–|]\s+(?:YouTube|Vimeo|Bilibili|SlidesLive|VideoLectures(?:\.NET)?)", re.IGNORECASE
)
RE_PAPER_PAGE = re.compile(
    r"(.+?)\s+[-–|]\s+(?:OpenReview|(?:IEEE (?:Conference Publication|Journals & Magazine) \| )?"
    r"IEEE Xplore|ScienceDirect|SpringerLink"
    r"|Papers With Code|arXiv(?: Vanity)?|ACM Digital Library|Semantic Scholar|PubMed)",
    re.IGNORECASE,
)


def read_page_title(text: str, context: Context) -> Fields:
    """The title of a web page as a browser gives it: ``GitHub - owner/name: about``."""
    text = re.sub(r"^\((.*)\)[.,]?$", r"\1", text) if text.count("(") == 1 else text
    if match := RE_GITHUB.fullmatch(text):
        host = "gitlab" if text.lower().startswith("gitlab") else "github"
        fields: Fields = {
            "title": match[1].split("/")[1],
            "type": "software",
            "url": f"https://{host}.com/{match[1]}",
        }
        return fields | ({"note": match[2]} if match[2] else {})
    if match := RE_VIDEO_PAGE.fullmatch(text):
        return {**_spoken(match[1]), "type": "talk"}
    if match := RE_PAPER_PAGE.fullmatch(text):
        return {"title": clean_title(match[1])}
    return {}


def _spoken(text: str) -> Fields:
    """Title and speaker of a talk's page: ``Stanley Osher: "Trustworthy deep learning"``."""
    before, colon, after = text.partition(": ")
    if colon and (people := read_people(before)):
        return {"title": clean_title(after), "authors": people}
    if match := re.fullmatch(r"(.+?)\s+(?:by|[-–|])\s+(.+)", text):
        for title, person in ((match[1], match[2]), (match[2], match[1])):
            if people := read_people(person):
                return {"title": clean_title(title), "authors": people}
    return {"title": clean_title(text)}


TALK_WORD = (
    r"(?:invited |keynote |plenary |mini-?)?(?:talk|tutorial|lecture(?:s| series)?|seminar|keynote"
    r"|mini-?tutorial|video|presentation|webinar)"
)
RE_TALK_BY = re.compile(rf"({TALK_WORD})\s+(?:by|of)\s+(.+)", re.IGNORECASE)
RE_TALK_HEAD = re.compile(rf"(?:((?:[A-Z][\w&’'-]*\s+){{0,4}}))({TALK_WORD})\s*:\s*(.+)", re.IGNORECASE)


def read_talk(text: str, context: Context) -> Fields:
    """A talk or tutorial that says so itself: ``Talk by …``, ``SIAM Minitutorial: … by …``."""
    body = without_link_names(text)
    if match := RE_TALK_BY.fullmatch(body):
        people, title = _speaker_and_title(match[2], context)
        if people and title:
            return {"title": clean_title(title), "type": talk_type(match[1]), "authors": people}
    if match := RE_TALK_HEAD.fullmatch(body):
        fields: Fields = {"type": talk_type(match[2])} | (
            {"event": match[1].strip()} if match[1].strip() else {}
        )
        return in_order({**title_by_people(match[3]), **fields})
    return _known_speaker(body, context)


def talk_type(word: str) -> str:
    """The entry type that a word for a talk means."""
    return "tutorial" if "tutorial" in word.lower() else "talk"


def _speaker_and_title(text: str, context: Context) -> tuple[list[str], str]:
    """Speaker and title of what follows "talk by"; without a separator the speaker is a name of two words."""
    if match := re.match(r"[\[(]([^\[\]()]{2,100})[\])]\s*[-–—:,.]*\s*(.+)", text):
        return read_people(match[1]) or [match[1]], match[2]
    for match in re.finditer(r"\s+[-–—]\s+|[:,.]\s+|\s*(?=[“\"])", text[:160]):
        if people := read_people(text[: match.start()]):
            return people, text[match.end() :]
    words = text.split()
    for count in (1, 2, 3):
        if fold(" ".join(words[:count])) in context.speakers:
            return [" ".join(words[:count])], " ".join(words[count:])
    people = read_people(" ".join(words[:2])) if len(words) > 3 else None
    return (people, " ".join(words[2:])) if people else ([], text)


def _known_speaker(text: str, context: Context) -> Fields:
    """``Lars Title`` where the document has a talk by Lars and the title of a paper elsewhere."""
    words = text.split()
    for count in (1, 2, 3):
        if fold(" ".join(words[:count])) in context.speakers and len(words) > count + 2:
            title = clean_title(" ".join(words[count:]))
            return {"title": title, "type": "talk", "authors": [" ".join(words[:count])]}
    return {}
