// What a service answers about a work, as an entry: by the rules of `odebib add`.

import { candidates } from "./citekeys.js";
import { fold, lettersOf } from "./folding.js";
import { arxiv as arxivId, arxivYear, doi as normalDoi } from "./identifiers.js";
import { last, ofParts, written } from "./names.js";
import { load, lookup } from "./search-index.js";
import { entryText } from "./yaml.js";

// -- Asking -----------------------------------------------------------------------------

export const CROSSREF = "api.crossref.org", DATACITE = "api.datacite.org";

/** An answer's JSON; null where the service knows nothing; an error that says what it said where it refuses. */
async function ask(host, path) {
  let answer;
  try {
    answer = await fetch(`https://${host}${path}`, { headers: { Accept: "application/json" }, referrerPolicy: "no-referrer", credentials: "omit", signal: AbortSignal.timeout?.(20000) });
  } catch (error) {
    throw new Error(error.name === "TimeoutError" ? `${host} did not answer in 20 seconds` : `${host} could not be reached`);
  }
  if (answer.status === 404 || answer.status === 410) return null;
  if (answer.status === 429) throw new Error(`${host} asks to wait; try again in a minute`);
  if (!answer.ok) throw new Error(`${host} refused (${answer.status})`);
  try {
    return await answer.json();
  } catch {
    throw new Error(`${host} answered nothing that can be read`);
  }
}

/** What DataCite knows of an arXiv id or a DOI. */
export async function fromDataCite({ arxiv, doi }) {
  const found = await ask(DATACITE, `/dois/${encodeURIComponent(arxiv ? `10.48550/arXiv.${arxiv}` : doi)}`);
  const told = found?.data?.attributes;
  return told ? ofDataCite(told, { arxiv, doi }) : null;
}

/** What Crossref knows of a DOI. */
export async function fromCrossref({ doi }) {
  const found = await ask(CROSSREF, `/works/${encodeURIComponent(doi)}`);
  return found?.message ? ofCrossref(found.message) : null;
}

/** Works that Crossref finds by a title. */
export async function searchCrossref(title) {
  const found = await ask(CROSSREF, `/works?query.bibliographic=${encodeURIComponent(title.slice(0, 300))}&rows=5`);
  return (found?.message?.items || []).map(ofCrossref).filter(({ title: known }) => known);
}

// -- Reading ----------------------------------------------------------------------------

/** Markup of an answer as text, with its formulas left out of tags; the browser's parser runs nothing. */
function plain(markup) {
  if (typeof markup !== "string") return "";
  const page = new DOMParser().parseFromString(markup.replace(/<(\/?)(jats|mml):/g, "<$1"), "text/html");
  page.querySelectorAll("script, style, title, annotation").forEach((element) => element.remove());
  page.querySelectorAll("p, sec").forEach((element) => element.append(" "));
  return page.body.textContent.replace(/\s+/g, " ").trim();
}

const first = (value) => (Array.isArray(value) ? value[0] : value) || "";

function ofCrossref(told) {
  const kind = { book: "book", monograph: "book", dissertation: "thesis", dataset: "dataset", report: "report" }[told.type];
  const date = told.issued?.["date-parts"]?.[0] || told.published?.["date-parts"]?.[0] || [];
  const preprint = told.type === "posted-content";
  const subtitle = plain(first(told.subtitle));
  const title = plain(first(told.title));
  return {
    title: subtitle && !fold(title).includes(fold(subtitle)) ? `${title}: ${subtitle}` : title,
    type: kind,
    authors: (told.author || []).map(({ given, family, suffix, name }) => ofParts({ given, family, suffix, group: name })),
    year: date[0],
    venue: preprint ? "" : plain(first(told["container-title"])) || plain(told.event?.name || ""),
    volume: told.volume, number: told.issue, pages: told.page || told["article-number"],
    publisher: kind ? told.publisher : "",
    doi: normalDoi(told.DOI || ""),
    isbn: kind === "book" ? first(told.ISBN).replace(/-/g, "") : "",
    abstract: plain(told.abstract).replace(/^abstract[:.\s]+/i, ""),
    source: CROSSREF,
  };
}

function ofDataCite(told, { arxiv, doi }) {
  const general = told.types?.resourceTypeGeneral;
  const own = arxiv || arxivId(told.doi || "") || "";
  const published = (told.relatedIdentifiers || []).find(({ relationType, relatedIdentifierType }) => relatedIdentifierType === "DOI" && /^(?:IsVersionOf|IsPreprintOf|IsPublishedIn)$/.test(relationType));
  const subject = (told.subjects || []).map(({ subject: text }) => /\(([a-z-]+(?:\.[A-Za-z-]+)?)\)$/.exec(text || "")?.[1]).find(Boolean);
  return {
    title: plain((told.titles || []).find(({ titleType }) => !titleType)?.title || first(told.titles)?.title),
    type: { Software: "software", Dataset: "dataset", Dissertation: "thesis", Book: "book" }[general],
    authors: (told.creators || []).map(({ name, givenName, familyName, nameType }) => ofParts(nameType === "Organizational" ? { group: name } : familyName ? { given: givenName, family: familyName } : { text: name })),
    year: own ? arxivYear(own) : told.publicationYear,
    venue: own ? "" : plain(told.container?.title || ""),
    volume: told.container?.volume, number: told.container?.issue,
    pages: [told.container?.firstPage, told.container?.lastPage].filter(Boolean).join("-"),
    publisher: general && general !== "Text" && !own ? (told.publisher?.name || told.publisher) : "",
    doi: own ? "" : normalDoi(told.doi || doi || ""),
    arxiv: own,
    arxiv_class: own ? subject : "",
    abstract: plain((told.descriptions || []).find(({ descriptionType }) => descriptionType === "Abstract")?.description),
    publishedAs: published ? normalDoi(published.relatedIdentifier || "") : null,
    source: DATACITE,
  };
}

// -- Venue and key -----------------------------------------------------------------------

const ORDINAL = /\b(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty)[- ]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|(?:thir|four|fif|six|seven|eigh|nine)teenth|eleventh|twelfth|(?:twen|thir|for|fif)tieth)\b/gi;

function core(text) {
  const bare = text.replace(/[([][^()[\]]*[)\]]/g, " ").replace(/['’]?\b(?:19|20)\d\d\b|['’]\d\d\b/g, " ").replace(ORDINAL, " ");
  return fold(bare).replace(/^(?:in )?(?:the )?(?:proceedings of )?(?:the )?(?:annual )?(?:(?:acm|ieee|aaai) (?=conference|international))?/, "");
}

/** The bibliography's name for a venue, or null where it knows none such. */
export async function knownVenue(text) {
  const venues = await load("venues.json"), wanted = core(text), inside = /[([]([^()[\]]*)[)\]]/.exec(text)?.[1] || "";
  const found = venues.find((names) => names.some((name) => fold(name) === fold(text)))
    || venues.find((names) => wanted && names.some((name) => core(name) === wanted))
    || venues.find((names) => inside && names.some((name) => fold(name) === core(inside)));
  return found ? found[0] : null;
}

/** The first free key by the rule. */
export async function proposedKey({ title, authors, year, venue, arxiv }) {
  await lettersOf([title, ...authors.map(last)].join(" "));
  for (const key of candidates(title, authors, year, authors.length ? "" : venue || (arxiv ? "arxiv" : ""))) {
    if (!(await lookup({ key }))) return key;
  }
  return "";
}

/** An entry as YAML, in the order of the model's fields. */
export const yaml = ({ authors = [], code, ...entry }) => entryText({ ...entry, authors: authors.map(written), links: code ? { code } : {} });
