// Folding of text, as src/odebib/text/folding.py does it: what is left when only its words matter.

import { LETTERS } from "./letters.js";

const APOSTROPHE = /['’‘`ʼ]/g, WORD = /[a-z0-9]+/g;
const MATH_COMMAND = /\\(?:mathrm|mathbf|mathcal|text[\p{L}\p{N}_]*|emph|it|bf|operatorname)(?![\p{L}\p{N}_])\*?/gu;
const ACCENT = /\\(?:["'`^~=.]|[uvHcdbkrt](?=\s*\{|\s+[A-Za-z]))\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))/g;
const LETTER_COMMAND = /\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s*(?:\{\})?/g;
const SCRIPT = /(?: [\^_] (?:\{([^{}]*)\}|([\p{L}\p{N}_])) |[\^_] ?(?:\{([^{}]*)\}|([\p{L}\p{N}_])))/gu;

// -- Letters ----------------------------------------------------------------------------

/** The letters of Europe come with this script, those of other writings in blocks of 4096 when they are met. */
const blocks = new Map();

function letter(sign) {
  const code = sign.codePointAt(0);
  if (code < 128) return sign;
  for (const [start, ascii] of LETTERS) if (code >= start && code < start + ascii.length) return ascii[code - start];
  return blocks.get(code >> 12)?.[code & 4095] ?? "";
}

/** Fetch the letters of a text that are not known yet; without them they would be left out. */
export async function lettersOf(text) {
  const missing = new Set();
  for (const sign of text.normalize("NFKC").matchAll(/[^\0-\u024f]/gu)) {
    const code = sign[0].codePointAt(0);
    if (!blocks.has(code >> 12) && !LETTERS.some(([start, ascii]) => code >= start && code < start + ascii.length)) missing.add(code >> 12);
  }
  await Promise.all([...missing].map(async (number) => {
    const answer = await fetch(new URL(`search/letters/${number}.json`, import.meta.url)).catch(() => null);
    blocks.set(number, answer?.ok ? (await answer.json()).split("\n") : []);
  }));
}

/** A text in ASCII, with its case. */
export const transliterate = (text) => (/^[\0-\x7f]*$/.test(text) ? text : Array.from(text.normalize("NFKC"), letter).join(""));

function unescaped(text) {
  const area = document.createElement("textarea");
  area.innerHTML = text.replace(/</g, "&lt;").replace(/^\n/, "\n\n");
  return area.value;
}

// -- Words ------------------------------------------------------------------------------

const group = (_, ...found) => found.slice(0, 4).find((part) => typeof part === "string") ?? "";

/** The words of a text in lower-case ASCII, without case, accents, markup and punctuation. */
export function words(text) {
  if (text.includes("&")) text = unescaped(text);
  if (text.includes("\\")) {
    text = text.replace(ACCENT, (_, braced, bare) => braced || bare).replace(LETTER_COMMAND, "$1").replace(MATH_COMMAND, " ");
  }
  if (/[\^_]/.test(text)) text = text.replaceAll("$", "").trim().replace(/\s+/g, " ").replace(SCRIPT, group);
  return transliterate(text.replace(/[{}\ufffd]/g, "")).toLowerCase().replace(APOSTROPHE, "").match(WORD) || [];
}

export const fold = (text) => words(text).join(" ");

/** A name's part of an address: `cagatay-yildiz`. */
export const slug = (text) => words(text).join("-").slice(0, 120).replace(/-+$/, "") || "x";
