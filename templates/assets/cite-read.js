// What a paper cites: the keys in .tex, .aux and .bcf files, the entries of a .bib, or a list of names.
// The rules are those of `odebib cite`.

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

const keysOf = (text) => text.split(",").map((key) => key.trim().replace(/\s+/g, " ")).filter((key) => key && !/[\\#{}]/.test(key));

// -- .tex ------------------------------------------------------------------------------

const VERBATIM = /\\begin\s*\{((?:comment|verbatim|Verbatim|BVerbatim|LVerbatim|lstlisting|minted|alltt)\*?)\}/;
const CITE = /\\([A-Za-z@]*[cC]ite[A-Za-z@]*|(?:no|foot)?fullcite|bibentry|(?:foreign|hyphen)?(?:text|block)c(?:quote|q)|(?:text|block)cquote)\*?(?=\s*[[{(<])/g;
const NONE = new Set(["citetext", "setcitestyle", "citestyle", "citereset", "DeclareCiteCommand", "DeclareMultiCiteCommand", "newcites", "citesname", "AtEveryCite", "AtEveryCitekey", "AtNextCite", "AtNextCitekey", "citealias", "DeclareAutoCiteCommand", "citesetup"]);
const CLOSING = { "[": "]", "(": ")", "<": ">", "{": "}" };

/** LaTeX without comments and verbatim text. */
export function withoutComments(text) {
  for (let found = VERBATIM.exec(text), from = 0; found && from < 10000; found = VERBATIM.exec(text), from++) {
    const end = text.indexOf(`\\end{${found[1]}}`, found.index);
    text = text.slice(0, found.index) + (end < 0 ? "" : text.slice(end + found[1].length + 6));
  }
  return text.replace(/\\verb\*?([^\sA-Za-z*[{])[^\n]*?\1/g, "").replace(/(^|[^\\])((?:\\\\)*)%.*/gm, "$1$2")
    .replace(/\\iffalse(?![A-Za-z])[\s\S]*?\\fi(?![A-Za-z])/g, "");
}

function closing(text, start) {
  const wanted = CLOSING[text[start]];
  for (let at = start + 1, depth = 0; at < Math.min(text.length, start + 5000); at++) {
    const sign = text[at];
    if (sign === wanted && !depth && text[at - 1] !== "\\") return at;
    if ((sign === "{" || sign === "}") && text[at - 1] !== "\\") depth += sign === "{" ? 1 : -1;
  }
  return -1;
}

/** Behind optional arguments: the next argument in braces, and where it ends. */
function argument(text, at) {
  for (;;) {
    while (/\s/.test(text[at] || "")) at++;
    if (!(text[at] in CLOSING)) return [at, null];
    const end = closing(text, at);
    if (end < 0) return [at, null];
    if (text[at] === "{") return [end + 1, text.slice(at + 1, end)];
    at = end + 1;
  }
}

function readTex(source) {
  const text = withoutComments(source).split(/\\end\s*\{document\}/)[0], names = [];
  for (const found of text.matchAll(CITE)) {
    const command = found[1];
    if (NONE.has(command) || /^(?:Declare|New|Renew|Provide)/.test(command)) continue;
    let passed = Number(command.endsWith("volcite")) + Number(/^(?:foreign|hyphen)/.test(command));
    for (let [at, keys] = argument(text, found.index + found[0].length); keys !== null; [at, keys] = argument(text, at)) {
      if (passed-- > 0) continue;
      names.push(...keysOf(keys));
      if (!command.endsWith("cites")) break;
    }
  }
  const unread = [...text.matchAll(/\\(?:input|include|subfile)(?![A-Za-z])\s*\{([^{}\\#]{1,300})\}/g)].map((found) => found[1].trim());
  const own = [...text.matchAll(/\\bibitem\s*(?:\[[^\]]{0,400}\])?\s*\{([^{}]{1,200})\}/g)].map((found) => found[1]);
  return { names, unread, own };
}

function readAux(text) {
  const names = [...text.matchAll(/^\\(?:citation|abx@aux@cite(?:\{\d+\})?)\{([^{}\n]{1,20000})\}/gm)].flatMap((found) => keysOf(found[1]));
  return { names, unread: [...text.matchAll(/^\\@input\{([^{}\n]{1,300}\.aux)\}/gm)].map((found) => found[1]), own: [] };
}

function readBcf(text) {
  const unescaped = (key) => key.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
  return { names: [...text.matchAll(/<bcf:citekey[^>]*>([^<]{1,1000})<\/bcf:citekey>/g)].map((found) => unescaped(found[1].trim())), unread: [], own: [] };
}

// -- .bib ------------------------------------------------------------------------------

/** The entries of a .bib: key, fields, and the text as it stands. Broken ones are left out, not the rest. */
export function readBib(text) {
  const found = [], start = /@(\w+)\s*([{(])\s*([^\s,{}"]+)\s*,/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    if (/^(?:comment|preamble|string)$/i.test(match[1])) continue;
    const fields = {};
    let at = start.lastIndex;
    for (;;) {
      const name = /^[\s,]*([A-Za-z][\w-]*)\s*=\s*/.exec(text.slice(at, at + 400));
      if (!name) break;
      at += name[0].length;
      let value = "";
      for (;;) {
        const [piece, end] = readValue(text, at);
        value += piece;
        const joined = /^\s*#\s*/.exec(text.slice(end, end + 50));
        at = end + (joined ? joined[0].length : 0);
        if (!joined) break;
      }
      fields[name[1].toLowerCase()] ??= value.replace(/\s+/g, " ").trim();
    }
    const end = text.slice(at).search(/[})]/);
    found.push({ type: match[1].toLowerCase(), key: match[3], fields, text: text.slice(match.index, end < 0 ? at : at + end + 1) });
    start.lastIndex = Math.max(at, start.lastIndex);
  }
  return found;
}

function readValue(text, at) {
  const opening = text[at];
  if (opening !== "{" && opening !== '"') {
    const bare = /^[^\s,#{}()]*/.exec(text.slice(at, at + 200))[0];
    return [bare, at + Math.max(bare.length, 0)];
  }
  for (let here = at + 1, depth = 0; here < text.length; here++) {
    const sign = text[here];
    if (sign === "\\") here++;
    else if (!depth && sign === (opening === "{" ? "}" : '"')) return [text.slice(at + 1, here), here + 1];
    else if (sign === "{") depth++;
    else if (sign === "}") depth--;
  }
  return [text.slice(at + 1), text.length];
}

/** Whether an entry of a .bib is known to its author as a preprint only. */
export function isPreprint({ type, fields }) {
  const where = fields.journal || fields.journaltitle || fields.booktitle || fields.howpublished || "";
  if (/arxiv|corr\b|preprint|openreview/i.test(where)) return true;
  return !where && !fields.publisher && !fields.school && !/^(?:book|phdthesis|mastersthesis|thesis)$/.test(type);
}

/** What an entry of a .bib says that it is called elsewhere. */
export function namesIn({ fields }) {
  const found = [];
  if (fields.doi) found.push(fields.doi);
  if (fields.eprint && !/openreview/i.test(fields.eprinttype || "")) found.push(fields.eprint.replace(/\\_/g, "_"));
  const loose = /arxiv[:\s]*(?:preprint\s+arxiv[:\s]*)?((?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7}))/i.exec([fields.journal, fields.note, fields.howpublished, fields.volume].join(" "));
  if (loose) found.push(loose[1]);
  for (const url of [fields.url, fields.howpublished?.match(/https?:\/\/[^\s{}]+/)?.[0]]) if (url) found.push(url.replace(/\\([_%&#])/g, "$1"));
  return found;
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
  const cited = new Map(), own = new Map(), unread = new Set(), given = new Set(texts.map(({ name }) => (name || "").replace(/\.\w+$/, "")));
  const kinds = texts.map((text) => ({ ...text, kind: kindOf(text.text, text.name) }));
  const citing = kinds.some(({ kind }) => kind !== "bib");
  for (const { text, kind } of kinds) {
    if (kind === "bib") {
      for (const entry of readBib(text)) {
        if (citing) own.set(entry.key, entry);
        else if (!cited.has(entry.key)) cited.set(entry.key, { name: entry.key, entry });
      }
      continue;
    }
    const found = kind === "names" ? { names: readNames(text), unread: [], own: [] } : { tex: readTex, aux: readAux, bcf: readBcf }[kind](text);
    for (const name of found.names) if (!cited.has(name)) cited.set(name, { name, isKey: kind !== "names" });
    for (const name of found.own) own.set(name, null);
    for (const name of found.unread) if (!given.has(name.split("/").pop().replace(/\.\w+$/, ""))) unread.add(name);
  }
  return { cited: [...cited.values()], own, unread: [...unread] };
}
