// Citation keys, as src/odebib/text/citekeys.py proposes them.

import { transliterate, words } from "./folding.js";
import { last } from "./names.js";
import { RESERVED_NAMES, SKIPPED_WORDS } from "./tables.js";

/** 1 → b, 2 → c, … 25 → z, 26 → ba. */
function letters(number) {
  let digits = "";
  for (; number; number = Math.floor(number / 26)) digits = String.fromCharCode(97 + number % 26) + digits;
  return digits;
}

/** A key that every file system takes. */
function fit(key) {
  const short = key.slice(0, 80);
  return RESERVED_NAMES.has(short) ? `${short}-x` : short;
}

/** The words of a title that a key may use; a hyphenated word is one word. */
export function titleWords(title) {
  const all = transliterate(title).replace(/[$^_{}\\]/g, "").replaceAll("/", " ").split(/\s+/).map((word) => words(word).join("")).filter(Boolean);
  const some = all.filter((word) => !SKIPPED_WORDS.has(word));
  return some.length ? some : all;
}

/** All keys the rule allows for a work, best first; never ends. `authors` are names by their parts. */
export function* candidates(title, authors, year, group = "") {
  const person = authors.find(({ family, given }) => !(family === "others" && !given));
  const start = words(person ? last(person) : group).join("") + (year || ""), used = titleWords(title);
  if (!used.length && !start) used.push("untitled");
  let key = start + (used[0] || "");
  yield fit(key);
  for (const word of used.slice(1)) {
    key += word;
    yield fit(key);
  }
  for (let number = 1; ; number++) yield fit(start + (used[0] || "")) + letters(number);
}
