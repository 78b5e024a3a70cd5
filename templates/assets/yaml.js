// YAML as odebib writes it, as src/odebib/yamlio/writer.py does: like a person would.

import { ENTRY_ORDER, FLOW_FIELDS, FOLDED_FROM, WIDTH } from "./tables.js";

const NOT_PLAIN = /^[-?:,[\]{}#&*!|>'"%@`]|:(?: |$)| #/, NOT_FOLDABLE = /^\s|\s$| {2}|[^\S \x1e]|\x1e[ \x1e]| \x1e/;
const REFUSED = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|[\x85\u2028\u2029]/u;
const GROUP = /^\{[^{}"\\]*\}$/, SIMPLE = /^[A-Za-z0-9][\p{L}\p{N}_./+-]*(?: [\p{L}\p{N}_./+-]+)*$/u;
const ESCAPES = { "\0": "0", "\x07": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", '"': '"', "\\": "\\", "\x85": "N", "\u2028": "L", "\u2029": "P" };

function quoted(text) {
  return `"${Array.from(text, (sign) => {
    const code = sign.codePointAt(0);
    if (Object.hasOwn(ESCAPES, sign)) return `\\${ESCAPES[sign]}`;
    if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800) || (code >= 0xe000 && code < 0xfeff) || (code > 0xfeff && code < 0xfffe)) return sign;
    const digits = code.toString(16).toUpperCase();
    return code < 256 ? `\\x${digits.padStart(2, "0")}` : code < 65536 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
  }).join("")}"`;
}

/** A text in lines of its own, which end where the width is passed. */
function folded(text, indent) {
  return `>-\n${text.split("\x1e").map((paragraph) => {
    let lines = indent, column = indent.length;
    paragraph.split(" ").forEach((word, at) => {
      const gap = at === 0 ? "" : column > WIDTH ? `\n${indent}` : " ";
      column = gap.length > 1 ? indent.length : column + gap.length;
      lines += gap + word;
      column += word.length;
    });
    return lines;
  }).join("\n\n")}`;
}

function scalar(value, name, indent) {
  const text = String(value), paragraphs = text.replaceAll("\n\n", "\x1e"), isLong = Array.from(text).length + name.length > FOLDED_FROM && text.includes(" ");
  if (NOT_FOLDABLE.test(paragraphs) || REFUSED.test(text)) return quoted(text);
  if (!name && !isLong && GROUP.test(text)) return quoted(text);
  if (isLong || paragraphs.includes("\x1e") || NOT_PLAIN.test(text)) return folded(paragraphs, indent);
  return !text || /^(?:---|\.\.\.)/.test(text) ? `'${text}'` : text;
}

function inOneLine(items) {
  return `[${items.map((item) => (SIMPLE.test(item) ? item : NOT_PLAIN.test(item) ? quoted(item) : `'${item.replaceAll("'", "''")}'`)).join(", ")}]`;
}

function lines(name, value, indent) {
  if (Array.isArray(value)) {
    const isFlow = !value.length || (FLOW_FIELDS.has(name) && value.reduce((sum, item) => sum + item.length + 2, 0) < WIDTH - 20);
    if (isFlow) return [`${indent}${name}: ${inOneLine(value)}`];
    return [`${indent}${name}:`, ...value.map((item) => `${indent}  - ${scalar(item, "", `${indent}    `)}`)];
  }
  if (value && typeof value === "object") return [`${indent}${name}:`, ...Object.entries(value).flatMap(([inner, item]) => lines(inner, item, `${indent}  `))];
  return [`${indent}${name}: ${scalar(value, name, `${indent}  `)}`];
}

/** Fields with texts, lists of texts and fields of their own as YAML. */
export const emit = (fields) => `${Object.entries(fields).flatMap(([name, value]) => lines(name, value, "")).join("\n")}\n`;

const isEmpty = (value) => value === undefined || value === null || value === "" || (typeof value === "object" && !Object.keys(value).length);

/** An entry's file: the fields that it has, in their order. */
export const entryText = (entry) => emit(Object.fromEntries(ENTRY_ORDER.filter((name) => !isEmpty(entry[name])).map((name) => [name, entry[name]])));
