// Identifiers of works, as src/odebib/text/identifiers.py knows them: each in its one normal form.

import { ARXIV_LEAD, ARXIV_NEW, ARXIV_OLD, ARXIV_TAIL, DOI, DOI_LEAD, DOI_TAIL, OPENREVIEW, WHOLE_DOI } from "./tables.js";

/** A text whose `%20` are what they stand for. */
const unquoted = (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => new TextDecoder().decode(Uint8Array.from(bytes.slice(1).split("%"), (byte) => parseInt(byte, 16))));

/** A text on one line without what stands before an identifier, however often. */
function withoutLead(lead, text) {
  let bare = unquoted(text).trim().replace(/\s+/g, " ");
  for (let round = 0; round < 3; round++) bare = bare.replace(lead, "");
  return bare;
}

/** A DOI in lower case without resolver, or null. */
export function doi(text) {
  const found = WHOLE_DOI.exec(withoutLead(DOI_LEAD, text).replace(/[.,;]+$/, ""));
  return found ? found[1].toLowerCase() : null;
}

/** An arXiv id without version, or null. */
export function arxiv(text) {
  const bare = withoutLead(ARXIV_LEAD, text), found = ARXIV_NEW.exec(bare) || ARXIV_OLD.exec(bare);
  return found && ARXIV_TAIL.test(bare.slice(found[0].length)) ? found[1].replace(/\.[A-Za-z]{2}\//, "/") : null;
}

/** The year an arXiv id holds. */
export function arxivYear(id) {
  const year = Number(id.split("/").pop().slice(0, 2));
  return (id.includes("/") && year > 90 ? 1900 : 2000) + year;
}

/** An OpenReview forum id, or null. */
export function openreview(text) {
  let bare = text.trim();
  if (bare.includes("openreview.net")) bare = new URLSearchParams(bare.split("#")[0].split("?").slice(1).join("?")).get("id") || "";
  return OPENREVIEW.test(bare) ? bare : null;
}

const isbnSum = (digits) => Array.from(digits).reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 3 : 1), 0);

/** An ISBN-13 without hyphens, or null if its check digit is wrong. */
export function isbn(text) {
  let digits = text.trim().replace(/^isbn[:\s-]*(?:1[03][:\s])?/i, "").replace(/[\s-]/g, "").toUpperCase();
  if (/^\d{9}[\dX]$/.test(digits)) {
    if (Array.from(digits).reduce((sum, digit, at) => sum + (10 - at) * (digit === "X" ? 10 : Number(digit)), 0) % 11) return null;
    digits = `978${digits.slice(0, 9)}`;
    digits += (10 - isbnSum(digits) % 10) % 10;
  }
  return /^97[89]\d{10}$/.test(digits) && isbnSum(digits) % 10 === 0 ? digits : null;
}

/** The identifiers that an address itself holds. */
export function ofUrl(url) {
  const [, host, address] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#@]*@)?([^/?#:]*)(?::\d*)?([^?#]*)/i.exec(url.trim()) || ["", "", ""];
  const name = host.toLowerCase().replace(/^www\./, ""), path = unquoted(address), some = (kind, value) => (value ? { [kind]: value } : {});
  if (name === "arxiv.org" || name.endsWith(".arxiv.org")) return some("arxiv", arxiv(`https://arxiv.org${path}`));
  if (name === "openreview.net") return some("openreview", openreview(url));
  const bare = path.replace(/^\/+/, "");
  if (name === "doi.org" || name === "dx.doi.org") return arxiv(bare) ? some("arxiv", arxiv(bare)) : some("doi", doi(bare));
  const found = DOI.exec(path);
  return found ? some("doi", doi(found[1].replace(DOI_TAIL, ""))) : {};
}

/** A name without what people write before an identifier in a key: `arXiv:1806.07366`, `doi_10.1000/x`. */
const bareName = (name) => name.replace(/^(?:doi|arxiv|eprint)[:._-]\s*(?=\S*\d)/i, "");

const bareAddress = (url) => url.split("#")[0].split("://").pop().toLowerCase().replace(/^www\./, "").replace(/\/+$/, "");

/** What a text may be the name of, by kind; nothing for words. */
export function identify(text) {
  const name = text.trim();
  if (/^https?:\/\//i.test(name)) return /\s/.test(name) ? {} : { ...ofUrl(name), url: bareAddress(name) };
  const bare = bareName(name), id = arxiv(bare), found = {};
  if (id) return { arxiv: id };
  if (!bare || /\s/.test(bare.replace(/^(?:doi|isbn)\s*:?\s+/i, ""))) return found;
  if (doi(bare)) found.doi = doi(bare);
  if (/openreview\.net/.test(bare) && openreview(bare)) found.openreview = openreview(bare);
  if (isbn(bare)) found.isbn = isbn(bare);
  if (/^[a-z0-9]+(?:-x)?$/i.test(bare)) found.key = bare.toLowerCase();
  return found;
}
