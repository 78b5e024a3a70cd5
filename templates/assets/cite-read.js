// What a paper cites: the keys in .tex, .aux and .bcf files, the entries of a .bib, or a list of names.
// The rules are those of `odebib cite`; tests/both_languages holds both to them.

import { readBib } from "./bib.js";
import { CONTROL } from "./tex-commands.js";
import { keysOf, meanings, read as readTex } from "./tex.js";

/** What kind of text it is, by its file's name or by what stands in it. */
export function kindOf(text, name = "") {
  const ending = /\.(tex|ltx|aux|bcf|bib)$/i.exec(name)?.[1].toLowerCase();
  if (ending) return ending === "ltx" ? "tex" : ending;
  if (/<bcf:controlfile/.test(text)) return "bcf";
  if (/^\\(?:relax|citation\{|abx@aux@|bibdata\{|bibcite\{)/m.test(text)) return "aux";
  if (/^[ \t]*@\w+\s*[{(]\s*[^\s,{}"]+\s*,/m.test(text)) return "bib";
  if (/\\(?:[A-Za-z]*[cC]ite[A-Za-z]*|documentclass|begin|section|input|bibliography)\b/.test(text)) return "tex";
  return "names";
}

/** What has been found so far, in its order; what steers BibTeX names no work. */
class Citations {
  constructor() {
    Object.assign(this, { cited: new Map(), own: new Map(), needed: new Map(), unread: new Set() });
  }

  cite(names, about = { isKey: true }) {
    for (const name of names) if (!this.cited.has(name) && !(about.isKey && CONTROL.test(name))) this.cited.set(name, { name, ...about });
  }

  /** What a .bib of the author's defines, further `ids` among it; an entry set needs its members. */
  define(text) {
    for (const entry of readBib(text)) {
      if (!entry.key) continue;
      const names = [entry.key, ...keysOf(entry.fields.ids || "").map(({ key }) => key)], members = keysOf(entry.fields.entryset || "").map(({ key }) => key);
      for (const name of names) {
        if (!this.own.get(name)) this.own.set(name, entry);
        if (members.length) this.needed.set(name, members);
      }
    }
  }

  /** Put the members of the sets that are cited behind what is cited. */
  settle() {
    for (const name of [...this.cited.keys()]) this.cite(this.needed.get(name) || []);
  }
}

// -- .tex ------------------------------------------------------------------------------

const stem = (name) => name.split("/").pop().replace(/\.\w+$/, "");

/** Read a .tex, and where it takes in another of the files that were given, that one there. */
function takeTex(root, files, found) {
  const known = meanings(stem(root.name || "")), open = [readTex(root.text, known)], written = new Map();
  root.seen = true;
  while (open.length) {
    const { value: event, done } = open.at(-1).next();
    if (done) {
      open.pop();
      continue;
    }
    const [kind, ...values] = event;
    if (kind === "cite") found.cite(values);
    else if (kind === "own") own(values);
    else if (kind === "set") {
      own(values.slice(0, 1));
      found.cite(values.slice(1));
    } else if (kind === "file" && values[0].endsWith(".bib")) found.define(values[1]);
    else if (kind === "file") written.set(values[0], values[1]);
    else if (kind === "input" || kind === "preamble") takeIn(kind, ...values);
  }

  function own(names) {
    for (const name of names) if (!found.own.has(name)) found.own.set(name, null);
  }

  function takeIn(kind, where, name) {
    const base = name.split("/").pop();
    for (const wanted of where ? [] : [name, `${name}.tex`]) {
      if (!written.has(wanted)) continue;
      open.push(readTex(written.get(wanted), known));
      written.delete(wanted);
      return;
    }
    const file = files.find((other) => other.name === base || other.name === `${base}.tex`);
    if (file && !file.seen) {
      file.seen = true;
      open.push(readTex(kind === "preamble" ? file.text.split("\\begin{document}")[0] : file.text, known));
    } else if (!file && !name.includes(".")) found.unread.add(`${where}${name}.tex`);
  }
}

// -- .aux and .bcf -----------------------------------------------------------------------

function takeAux({ text }, files, found) {
  if (!/^\\(?:bibdata|abx@aux@cite)\{/m.test(text)) {
    for (const [, key] of text.matchAll(/^\\bibcite\{([^{}\n]{1,20000})\}/gm)) found.own.set(key, null); // by \bibitem
  }
  for (const [, chapter, keys] of text.matchAll(/^\\(?:(@input)|citation|abx@aux@cite(?:\{\d+\})?)\{([^{}\n]{1,20000})\}/gm)) {
    if (!chapter) found.cite(keysOf(keys).map(({ key }) => key));
    else if (keys.endsWith(".aux") && !files.some(({ name }) => name === keys.split("/").pop())) found.unread.add(keys);
  }
}

function takeBcf({ text }, files, found) {
  const unescaped = (key) => key.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&");
  for (const [, attributes, key] of text.matchAll(/<(?:\w+:)?citekey\b([^>]*)>([^<]{1,1000})<\/(?:\w+:)?citekey>/g)) {
    if (/\btype="set"/.test(attributes)) {
      found.own.set(unescaped(key.trim()), null);
      found.cite(keysOf(unescaped(/\bmembers="([^"]*)"/.exec(attributes)?.[1] || "")).map((member) => member.key));
    } else found.cite([unescaped(key.trim())]);
  }
}

// -- Lists -------------------------------------------------------------------------------

/** Names one a line: titles as they stand; keys and identifiers also several a line. */
function readNames(text) {
  return text.split(/\n/).flatMap((line) => {
    const bare = line.trim().replace(/^(?:[-*•]|\d+[.)]|\[\d+\])\s+/, "");
    const parts = bare.split(/[,;\s]+/).filter(Boolean);
    const single = parts.every((part) => /\d/.test(part) && /^[\w.:/+()<>?=&%#-]+$/.test(part));
    return single ? parts : [bare];
  }).filter(Boolean);
}

/**
 * What some texts cite: [{name, entry?}] in their order, each name once; `own` are keys that the author
 * defines. A .bib beside a .tex defines; a .bib alone cites what it holds.
 */
export function read(texts) {
  const found = new Citations(), files = texts.map(({ text, name }) => ({ text, name, kind: kindOf(text, name) }));
  const citing = files.some(({ kind }) => kind !== "bib"), isMain = ({ text }) => /\\documentclass/.test(text);
  for (const { text } of files.filter(({ kind }) => kind === "bib")) {
    if (citing) found.define(text);
    else for (const entry of readBib(text)) if (entry.key) found.cite([entry.key], { entry });
  }
  for (const file of [...files.filter(isMain), ...files.filter((file) => !isMain(file))]) {
    if (file.kind === "names") found.cite(readNames(file.text), { isKey: false });
    else if (file.kind === "tex" && !file.seen) takeTex(file, files, found);
    else if (file.kind === "aux") takeAux(file, files, found);
    else if (file.kind === "bcf") takeBcf(file, files, found);
  }
  found.settle();
  return { cited: [...found.cited.values()], own: found.own, unread: [...found.unread] };
}
