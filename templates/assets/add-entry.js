// What a service answers about a work, as an entry: fields, key and YAML by the rules of `odebib add`.

import { arxiv as arxivId, doi as normalDoi, fold, load, lookup, words } from "./search-index.js";

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
    authors: (told.author || []).map(({ given, family, suffix, name }) => ({ given, family, suffix, group: name })),
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
    authors: (told.creators || []).map(({ name, givenName, familyName, nameType }) => (nameType === "Organizational" ? { group: name } : familyName ? { given: givenName, family: familyName } : { whole: name })),
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

/** The year an arXiv id holds. */
export function arxivYear(id) {
  const year = Number(id.split("/").pop().slice(0, 2));
  return (id.includes("/") && year > 90 ? 1900 : 2000) + year;
}

// -- Names, venue, key ------------------------------------------------------------------

/** A name as people write it; with a comma where the family name is more than its last word. */
export function written({ given = "", family = "", suffix = "", group = "", whole = "" }) {
  if (group) return `{${group.trim()}}`;
  if (whole) return whole.includes(",") ? whole : whole.trim();
  const last = family.trim().replace(/\s+/g, " "), parts = last.split(" ");
  if (suffix) return `${last}, ${suffix}, ${given}`.trim();
  if (!given) return parts.length > 1 ? `{${last}}` : last;
  const particles = parts.slice(0, -1).every((part) => /^\p{Ll}/u.test(part));
  return parts.length === 1 || particles ? `${given.trim()} ${last}` : `${last}, ${given.trim()}`;
}

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

const SKIPPED = new Set("a an the and or of on in for to from with by at via as into over under through towards toward".split(" "));

/** The first free key by the rule: family name, year, as many title words as it takes. */
export async function proposedKey({ title, authors, year }) {
  const person = authors[0];
  const lead = person ? words(person.group || person.family || (person.whole || "").split(/\s+/).pop()).join("") : "";
  const all = title.replace(/[$^_{}\\]/g, "").replace(/\//g, " ").split(/\s+/).map((word) => words(word).join("")).filter(Boolean);
  const some = all.filter((word) => !SKIPPED.has(word)), used = some.length ? some : all;
  const legal = (key) => key.replace(/[^a-z0-9]/g, "").slice(0, 80) || "untitled";
  const start = lead + (year || "");
  for (let count = 1; count <= used.length; count++) {
    const key = legal(start + used.slice(0, count).join(""));
    if (!(await lookup({ key }))) return key;
  }
  for (const letter of "bcdefghijklmnopqrstuvwxyz") {
    const key = legal(start + (used[0] || "")) + letter;
    if (!(await lookup({ key }))) return key;
  }
  return legal(start);
}

// -- YAML ---------------------------------------------------------------------------------

const WIDTH = 100;

function wrapped(text, indent) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length + indent.length >= WIDTH) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.map((line) => `\n${indent}${line}`).join("");
}

/** A text as YAML reads it back: bare where nothing is misread, folded where it is long or would be. */
function scalar(text, name, indent = "  ") {
  const bare = String(text).replace(/\s+/g, " ").trim();
  const misread = /: |:$| #|^[\s\-?:,[\]{}#&*!|>'"%@`]/.test(bare);
  const long = bare.length + name.length + 2 > WIDTH && bare.includes(" ");
  if (!misread && !long) return bare;
  return name === "-" ? JSON.stringify(bare) : `>-${wrapped(bare, indent)}`;
}

/** An entry as YAML, in the order of the model's fields. */
export function yaml(entry) {
  const lines = [];
  const field = (name) => {
    const value = entry[name];
    if (value !== undefined && value !== null && value !== "") lines.push(`${name}: ${scalar(value, name)}`);
  };
  field("title");
  field("type");
  if (entry.authors.length) lines.push("authors:", ...entry.authors.map((person) => `  - ${scalar(written(person), "-")}`));
  for (const name of ["year", "venue", "volume", "number", "pages", "publisher", "doi", "arxiv", "arxiv_class", "openreview", "isbn", "url"]) field(name);
  if (entry.code) lines.push("links:", `  code: ${scalar(entry.code, "code")}`);
  field("summary");
  if (entry.abstract) lines.push(`abstract: >-${wrapped(entry.abstract, "  ")}`);
  for (const name of ["topics", "tags"]) if (entry[name]?.length) lines.push(`${name}: [${entry[name].join(", ")}]`);
  return `${lines.join("\n")}\n`;
}
