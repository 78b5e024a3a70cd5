// Names of people, as src/odebib/text/names.py understands and writes them.

import { words } from "./folding.js";
import { INITIAL, INITIALS, INITIALS_DOTTED, PLAIN_NAME, SEVERAL_PEOPLE, SUFFIX } from "./tables.js";

const name = (family = "", given = "", particle = "", suffix = "", literal = "") => ({ family, given, particle, suffix, literal });
const joined = (...parts) => parts.filter(Boolean).join(" ");
const bare = (text) => text.replace(/[{}]/g, "").trim();
const isLower = (word) => !word.startsWith("{") && !/^\p{Lu}/u.test(word) && /^[^\p{L}]*[\p{Ll}ªº]/u.test(word);
const isSuffix = (word) => SUFFIX.test(word) && !["v", "V"].includes(word);

function splitOutsideBraces(text, separator) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    depth += (sign === "{") - (sign === "}");
    if (sign === separator && depth <= 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  const found = parts.filter(Boolean);
  return found.length ? found : [""];
}

/** The parts of a name written as `Given von Family` or `von Family, Jr, Given`. */
export function parse(text) {
  text = text.trim().replace(/\s+/g, " ");
  if (PLAIN_NAME.test(text)) {
    const place = text.lastIndexOf(" "), given = text.slice(0, Math.max(place, 0)), family = text.slice(place + 1);
    if (!family.endsWith(".") && (!given.includes(" ") || !SUFFIX.test(family))) return name(family, given);
  }
  if (text.startsWith("{") && text.endsWith("}") && !text.slice(1, -1).includes("}")) return name("", "", "", "", text.slice(1, -1).trim());
  const parts = splitOutsideBraces(text, ",").map((part) => part.trim());
  if (parts.length === 1) return givenFirst(splitOutsideBraces(text, " "));
  if (parts.length === 2 && SUFFIX.test(parts[1]) && parts[0].includes(" ")) return { ...givenFirst(splitOutsideBraces(parts[0], " ")), suffix: parts[1] };
  return familyFirst(parts);
}

function familyFirst(parts) {
  if (parts.length === 3 && SUFFIX.test(parts[2]) && !SUFFIX.test(parts[1])) parts = [parts[0], parts[2], parts[1]];
  const before = splitOutsideBraces(parts[0], " "), behind = splitOutsideBraces((parts.length > 2 ? parts.slice(2) : parts.slice(1)).join(" "), " ");
  const taken = (list) => (list.length > 1 && isSuffix(list.at(-1)) ? list.pop() : "");
  const suffix = parts.length > 2 ? parts[1] : taken(before) || taken(behind);
  const [particle, family] = particleOf(before);
  return name(bare(family), bare(behind.join(" ")), bare(particle), bare(suffix));
}

/** `von der Family` before a comma: the lower-case words that it begins with. */
function particleOf(list) {
  const start = list.findIndex((word) => !isLower(word)), end = Math.min(start < 0 ? list.length : start, list.length - 1);
  return [list.slice(0, end).join(" "), list.slice(end).join(" ")];
}

/** `Given von Family`: the particle runs from the first to the last lower-case word. */
function givenFirst(list) {
  const suffix = list.length > 2 && isSuffix(list.at(-1)) ? list.pop() : "";
  const initials = list.findIndex((word) => INITIALS_DOTTED.test(word));
  if (initials > 0 && list.slice(initials).every((word) => INITIALS_DOTTED.test(word))) {
    const [particle, family] = particleOf(list.slice(0, initials)); // initials alone are no family name
    return name(bare(family), bare(list.slice(initials).join(" ")), bare(particle), suffix);
  }
  const lower = list.slice(0, -1).map(isLower), first = lower.indexOf(true), last = lower.lastIndexOf(true) + 1;
  if (first < 0) return name(bare(list.at(-1)), bare(list.slice(0, -1).join(" ")), "", suffix);
  return name(bare(list.slice(last).join(" ")), bare(list.slice(0, first).join(" ")), bare(list.slice(first, last).join(" ")), suffix);
}

/** Particle and family name; for a group, its name. */
export const last = (person) => person.literal || joined(person.particle, person.family);

const sorting = (person) => [last(person), person.suffix, person.given].filter(Boolean).join(", ");

function whole(person) {
  if (person.literal) return person.literal;
  const text = joined(person.given, person.particle, person.family);
  return person.suffix ? `${text}, ${person.suffix}` : text;
}

const isSame = (one, other) => Object.keys(one).every((part) => one[part] === other[part]);

/** The shortest spelling that is read as this name again, and never as several people. */
export function written(person) {
  if (person.literal) return `{${person.literal}}`;
  const isOwn = person.particle && !isLower(person.particle.split(" ")[0]);
  const braced = isOwn ? { ...person, particle: "", family: `{${last(person)}}` } : { ...person, family: `{${person.family}}` };
  const found = [whole(person), sorting(person), whole(braced)].find((text) => !looksLikeSeveral(text) && isSame(parse(text), person));
  return found ?? `{${whole(person).replace(/[{}<>]/g, "")}}`;
}

/** The people of a pasted author line. */
export function splitPeople(text) {
  text = text.trim().replace(/\s+/g, " ");
  if (!/[,;]| and | & /.test(text)) return text ? [text] : [];
  const parts = text.split(/ ?(?:, ?and | and | & |;) ?/).map((part) => part.split(",").map((piece) => piece.trim()).filter(Boolean)).filter((part) => part.length);
  const isGivenFirst = text.includes(", and ") || parts.some((pieces) => pieces.length === 1 && pieces[0].includes(" "));
  return parts.flatMap((pieces) => betweenCommas(pieces, isGivenFirst));
}

function betweenCommas(pieces, isGivenFirst) {
  if (pieces.length === 3 && pieces.slice(1).some((piece) => SUFFIX.test(piece))) return [pieces.join(", ")];
  if (pieces.length === 2) {
    const several = pieces.every((piece) => piece.includes(" ")) && (isGivenFirst || INITIAL.test(pieces[0]));
    return several ? pieces : [pieces.join(", ")];
  }
  if (pieces.length % 2 === 0 && pieces.every((piece, at) => at % 2 === 0 || INITIALS.test(piece))) {
    return pieces.flatMap((piece, at) => (at % 2 ? [] : [`${piece}, ${pieces[at + 1]}`]));
  }
  return pieces;
}

const looksLikeSeveral = (text) => SEVERAL_PEOPLE.test(text) || splitPeople(text).length > 1;

/** A name whose parts a service has already told apart. */
export function ofParts({ given = "", family = "", suffix = "", group = "", text = "" }) {
  if (group) return name("", "", "", "", group.replace(/[{}<>]/g, "").trim());
  if (text) return parse(text);
  return parse([family, suffix, given].filter(Boolean).join(", "));
}

/** The last word of a family name in a .bib, LaTeX and all, folded. */
export const familyOf = (text) => words(text.split(",")[0]).at(-1) || "";
