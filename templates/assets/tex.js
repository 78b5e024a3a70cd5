// What TeX sees of a text, as src/odebib/lookup/tex reads it: what it cites, what it defines, what it takes in.

import * as commands from "./tex-commands.js";

const LONGEST_ARGUMENT = 5000, LONGEST_ADDRESS = 2000, LONGEST_BODY = 100000, MOST_EXPANDED = 3000000, DEEPEST = 20, MOST_ITEMS = 200, ROOM = 40;

const BLANK = /(?:[ \t\r]+|%[^\n]*(?:\n[ \t]*)?|\n(?![ \t\r]*\n))*/y, NAME = /\\([A-Za-z@]+)/y, NAMES = /\\([A-Za-z@]+)/g;
const COMMENT = /(\\[\s\S])|%[^\n]*(?:\n[ \t]*)?/g, LITERAL = /[{}]|\n\s*\n/g, PARAMETER = /##|#([1-9])/g;
const CSNAME = /\\csname\s*([^\\{}%#]{1,100}?)\s*\\endcsname/y, END_NAME = /\s*([^\\{}%#]{1,100}?)\s*\\endcsname/y, FLAT = /\\([A-Za-z@]+)\s*/g;
const DELIMITED = /([^\\{}%#\n]{0,20})((?:#[1-9][^\\{}%#\n]{0,20})*)(?=\{)/y, BOOLEAN = /^\s*(\\(?:not|NOT)\s*)?\\boolean\s*\{([^{}]*)\}\s*$/;
const FOREACH = /\s*\\([A-Za-z@]+)\s*(?:\[[^[\]]{0,200}\])?\s*in\s*/y, FOR = /\s*\\([A-Za-z@]+)\s*:=\s*((?:[^\\]|\\(?!do)){0,2000}?)\\do(?![A-Za-z@])\s*/y;
const CITED = /(?:^|,)\s*cite\s*=\s*(?:\{([^{}]*)\}|([^\s,{}]+))/g, NUMBER = /\s*(\d{1,9})(?!\d)/y;
const ESCAPES = /escapeinside\s*=\s*(?:\{([^{}]{1,9})\}\s*\{([^{}]{1,9})\}|\{?(\S)(\S)\}?)|escapechar\s*=\s*\{?\\?(\S)/;
const DETOKENIZED = /\\detokenize\s*\{([^{}]*)\}/g;
const FALSE_IF = /\s*([^\s\\{}%])([^\\{}%])/y, NUMBERS = /\s*(\d{1,9})\s*([<=>])\s*(\d{1,9})/y, FLAG = /^([A-Za-z@]+?)(true|false)$/;
const SKIPPED = /\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])|\\[\s\S]|%[^\n]*/g;
const CLOSING = { "[": "]", "(": ")", "<": ">", "{": "}" };
const SIGNS = { "[": /\\[\s\S]|%[^\n]*|[{}\]]/g, "(": /\\[\s\S]|%[^\n]*|[{})]/g, "<": /\\[\s\S]|%[^\n]*|[{}>]/g, "{": /\\[\s\S]|%[^\n]*|[{}]/g };

function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

const cites = (name) => commands.CITING.test(name) && !commands.NOT_CITING.test(name);

/** The keys of one command, each with whether a star says that it belongs to the one before. */
export function keysOf(text) {
  return text.replace(commands.RE_GROUPED, "*").split(",").map((part) => {
    const key = part.trim().replace(/\s+/g, " "), tail = key.length > 1 && key.startsWith("*");
    return { tail, key: tail ? key.slice(1).trim() : key };
  }).filter(({ key }) => key && key.search(commands.RE_NO_KEY) < 0);
}

/** What commands and environments mean by now; it goes with a document through all its files. */
export const meanings = (jobname = "") => ({
  macros: new Map(), verbatim: new Set(commands.VERBATIM), verbatimCommands: new Set(commands.VERBATIM_COMMANDS), shortVerbs: "", escapes: ["", ""],
  flags: new Map(), citing: new Set(), hasBiblatex: false, jobname, expanded: 0,
});

/** What TeX sees of a text: [kind, ...values] in its order, of the kinds cite, set, own, bib, input, preamble, file. */
export const read = (text, known = meanings()) => new Reader(text.replace(/\r\n?/g, "\n"), known).events();

/** A place in a text, and what stands there: blanks, arguments, text that is not run. */
class Place {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.room = ROOM * text.length + 10000;
  }

  take(pattern) {
    const found = at(pattern, this.text, this.at);
    if (found) this.at += found[0].length;
    return found;
  }

  star() {
    if (this.next() !== "*") return false;
    this.at++;
    return true;
  }

  /** The next sign that is not blank. */
  next() {
    this.take(BLANK);
    return this.text[this.at] ?? "";
  }

  /** The next argument, if it stands in these brackets, without its comments. */
  bracketed(opening, limit = LONGEST_ARGUMENT) {
    if (this.next() !== opening) return null;
    const end = this.closing(this.at, opening, limit);
    if (end < 0) return null;
    const found = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return found.replace(COMMENT, (_, sign) => sign || "");
  }

  group(limit = LONGEST_ARGUMENT) { return this.bracketed("{", limit); }

  options(brackets = "[") {
    for (let opening = this.next(); opening && brackets.includes(opening); opening = this.next()) {
      if (this.bracketed(opening) === null) return;
    }
  }

  /** An argument of a command of the paper's: in braces, or a single token. */
  argument() {
    const group = this.group(LONGEST_BODY);
    if (group !== null) return group;
    const found = at(NAME, this.text, this.at)?.[0] ?? this.text[this.at] ?? "";
    if (["{", "}", "\n", ""].includes(found)) return "";
    this.at += found.length;
    return found;
  }

  /** The name of the command that is being defined. */
  defined() {
    const text = this.group();
    return text === null ? (this.take(CSNAME) || this.take(NAME))?.[1] ?? "" : /^\\([A-Za-z@]+)$/.exec(text.trim())?.[1] ?? "";
  }

  /** Where a bracket closes; inside braces other brackets do not count. */
  closing(start, opening, limit) {
    const signs = SIGNS[opening];
    let last = Math.min(this.text.length, start + limit);
    if (this.room <= 0) return -1;
    signs.lastIndex = start + 1;
    for (let depth = 0, match = signs.exec(this.text); match && match.index < last; match = signs.exec(this.text)) {
      if (match[0] === CLOSING[opening] && !depth) {
        this.room -= match.index - start;
        return match.index;
      }
      depth += (match[0] === "{") - (match[0] === "}");
      if (depth < 0) last = match.index + 1;
    }
    this.room -= last - start;
    return -1;
  }

  /** Behind the next such sign of this line, if there is one. */
  toSign(sign) {
    const line = this.text.indexOf("\n", this.at), end = this.text.indexOf(sign, this.at);
    if (end >= 0 && (line < 0 || end < line)) this.at = end + 1;
  }

  verbatim(name) {
    this.star();
    if (name !== "verb") this.options();
    if (name === "mintinline") this.group();
    const sign = this.next();
    if (sign === "{" && name !== "verb") this.literalGroup();
    else if (sign && !/[\p{L}\p{N}\\\n]/u.test(sign)) {
      this.at++;
      this.toSign(sign);
    }
  }

  address() {
    this.options();
    const sign = this.next();
    if (sign === "{") this.literalGroup();
    else if (sign && "|!+".includes(sign)) {
      this.at++;
      this.toSign(sign);
    }
  }

  /** Behind an argument in which `%` and the backslash mean themselves. */
  literalGroup() {
    const start = this.at;
    this.take(BLANK);
    const last = this.room > 0 ? this.at + LONGEST_ADDRESS : this.at;
    for (let depth = 0, match = at(LITERAL, this.text, this.at); match && match.index < last; match = LITERAL.exec(this.text)) {
      depth += (match[0] === "{") - (match[0] === "}");
      if (match[0].startsWith("\n")) break;
      if (!depth) {
        this.at = match.index + 1;
        return;
      }
    }
    this.room -= LONGEST_ADDRESS;
    this.at = start;
  }

  /** What stands before the end of an environment that is not run, and on behind it. */
  toEnd(name) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    const end = at(new RegExp(`\\\\end\\s*\\{${escaped}\\}`, "g"), this.text, this.at);
    const content = this.text.slice(this.at, end ? end.index : this.text.length);
    this.at = end ? end.index + end[0].length : this.text.length;
    return content;
  }
}

class Reader extends Place {
  constructor(text, known, within = new Set(), doubtful = false) {
    super(text);
    Object.assign(this, { known, within, doubtful, branches: [], scopes: [], isNegated: false, isGlobal: false });
  }

  * events() {
    for (let match = this.token(); match; match = this.token()) {
      this.at = match.index + match[0].length;
      const [sign, name] = match;
      if (name) yield* this.command(name);
      else if (sign === "{") this.openGroup();
      else if (sign === "}") this.closeGroup();
      else if (!"\\%".includes(sign[0])) this.toSign(sign);
    }
  }

  token() {
    if (this.known.pattern?.signs !== this.known.shortVerbs) {
      const signs = this.known.shortVerbs.replace(/[\]\\^-]/g, "\\$&");
      this.known.pattern = { signs: this.known.shortVerbs, tokens: new RegExp(`\\\\([A-Za-z@]+)|\\\\[\\s\\S]|%[^\\n]*|[{}${signs}]`, "g") };
    }
    return at(this.known.pattern.tokens, this.text, this.at);
  }

  * command(name) {
    const macro = this.known.macros.get(name);
    if (macro && !this.within.has(name)) yield* this.expand(name, macro);
    else yield* this.builtin(name);
  }

  * builtin(name) {
    const flag = FLAG.exec(name);
    if (QUIET.has(name)) QUIET.get(name).call(this);
    else if (TELLING.has(name)) yield* TELLING.get(name).call(this);
    else if (this.known.verbatimCommands.has(name)) this.verbatim(name);
    else if (name.startsWith("if")) this.condition(name);
    else if (flag && this.known.flags.has(flag[1])) this.setFlag(flag[1], flag[2] === "true");
    else if (this.known.citing.has(name) || cites(name)) yield* this.cite(name);
    else if (commands.BIBLIOGRAPHY.test(name)) yield* this.bibliography();
    else if (commands.IMPORT.test(name)) {
      this.star();
      const where = this.group(), file = this.group();
      yield* this.input(where || "", file);
    }
  }

  // -- Groups --

  /** What is set from here on holds up to the end of the group. */
  openGroup() { this.scopes.push(new Map(this.known.flags)); }

  closeGroup() { this.known.flags = this.scopes.pop() || this.known.flags; }

  // -- Files and environments --

  * begin() {
    const name = (this.group() || "").trim(), macro = this.known.macros.get(`begin ${name}`);
    if (macro) yield* this.expand(`begin ${name}`, macro);
    else if (name === "filecontents" || name === "filecontents*") {
      this.options();
      const file = (this.group() || "").trim(), content = this.toEnd(name);
      if (file) yield ["file", file, content];
    } else if (this.known.verbatim.has(name)) yield* this.code(name);
    else if (commands.QUOTING.test(name)) yield* this.cite(name);
    else if (name === "refsection") yield* this.bibliography("[");
    if (name !== "document" && !this.known.verbatim.has(name)) this.openGroup();
  }

  /** Text that is not run, but for what stands between signs that say so. */
  * code(name) {
    const hasOptions = this.text[this.at] === "[" && !/^(?:verbatim|comment)/.test(name), options = (hasOptions && this.bracketed("[")) || "";
    if (options.includes("commandchars")) return;
    const [first, last] = escapesOf(options) || this.known.escapes, parts = first ? this.toEnd(name).split(first) : [(this.toEnd(name), "")];
    for (const [index, part] of parts.entries()) if (index && (first !== last || index % 2)) yield* this.inner(part.split(last)[0]);
  }

  codeSettings() {
    this.bracketed("[");
    this.known.escapes = escapesOf(this.group() || "") || this.known.escapes;
  }

  * end() {
    const name = (this.group() || "").trim(), macro = this.known.macros.get(`end ${name}`);
    if (name === "document") this.at = this.text.length;
    else if (macro) yield* this.expand(`end ${name}`, macro);
    this.closeGroup();
  }

  endInput() {
    const line = this.text.indexOf("\n", this.at);
    if (line >= 0) this.text = this.text.slice(0, line);
  }

  // -- Conditions --

  condition(name) {
    if (!commands.CONDITIONS.has(name) && !this.known.flags.has(name) && this.next() === "{") return;
    let holds = this.holds(name);
    if (this.isNegated && holds !== null) holds = !holds;
    this.isNegated = false;
    if (holds !== false) this.branches.push(holds);
    else if (this.skipBranch(true)) this.branches.push(true);
  }

  /** Whether a condition holds; null where that is not known. */
  holds(name) {
    if (name === "iftrue" || name === "iffalse") return name === "iftrue";
    if (name === "if") {
      const signs = this.take(FALSE_IF);
      if (signs) return signs[1] === signs[2];
    }
    const found = name === "ifnum" ? this.take(NUMBERS) : null;
    if (found) return found[2] === "<" ? +found[1] < +found[3] : found[2] === ">" ? +found[1] > +found[3] : +found[1] === +found[3];
    const number = name === "ifodd" ? this.take(NUMBER) : null;
    return number ? Number(number[1]) % 2 === 1 : this.known.flags.get(name.slice(2)) ?? null;
  }

  else() {
    if (!this.branches.at(-1)) return;
    this.branches.pop();
    this.skipBranch(false);
  }

  fi() { this.branches.pop(); }

  /** Over text that TeX skips; whether `\else` ended it. */
  skipBranch(toElse) {
    for (let open = 0, match = at(SKIPPED, this.text, this.at); match; match = at(SKIPPED, this.text, this.at)) {
      this.at = match.index + match[0].length;
      const name = match[1];
      if (name === "fi") {
        if (!open--) return false;
      } else if (name === "else") {
        if (!open && toElse) return true;
      } else if (name && (commands.CONDITIONS.has(name) || this.known.flags.has(name) || this.next() !== "{")) open++;
    }
    this.at = this.text.length;
    return false;
  }

  isCertain() { return !this.doubtful && !this.branches.includes(null); }

  newFlag() {
    const name = this.defined();
    if (name.startsWith("if")) this.known.flags.set(name.slice(2), this.isCertain() ? false : null);
  }

  setFlag(flag, holds) {
    for (const flags of [this.known.flags, ...(this.isGlobal ? this.scopes : [])]) flags.set(flag, this.isCertain() ? holds : null);
    this.isGlobal = false;
  }

  /** A flag by its name in braces: `\newboolean`, `\newtoggle`. */
  newBoolean(kind) { this.setFlag(kind + (this.group() || "").trim(), false); }

  setBoolean(kind, value) {
    const name = kind + (this.group() || "").trim();
    this.setFlag(name, (value || this.group() || "").trim() === "true");
  }

  /** Whether the flag in braces stands as asked; null where that is not known. */
  tested(kind, holds) {
    const stands = this.known.flags.get(kind + (this.group() || "").trim()) ?? null;
    return stands === null ? null : stands === holds;
  }

  testedBoolean() {
    const match = BOOLEAN.exec(this.group() || ""), stands = (match && this.known.flags.get(match[2].trim())) ?? null;
    return stands === null ? null : stands !== Boolean(match[1]);
  }

  // -- Definitions --

  define(isProvided = false) {
    this.star();
    const name = this.defined(), kinds = this.kinds(), body = this.group(LONGEST_BODY);
    if (!(isProvided && (this.known.macros.has(name) || cites(name)))) this.record(name, kinds, body);
  }

  /** The kinds of arguments by `[3][what stands there without the first]` or `[3][2=…]`. */
  kinds() {
    const count = (this.bracketed("[") || "").trim(), given = this.bracketed("[");
    const kinds = Array(/^[1-9]$/.test(count) ? Number(count) : 0).fill("m"), several = [...(given || "").matchAll(/([1-9])\s*=([^,]*)/g)];
    for (const [, number, value] of several) kinds.splice(number - 1, 1, `o${value}`);
    if (given !== null && kinds.length && !several.length) kinds[0] = `o${given}`;
    return kinds;
  }

  defineEnvironment() {
    this.star();
    const name = (this.group() || "").trim();
    this.record(`begin ${name}`, this.kinds(), this.group(LONGEST_BODY));
    this.record(`end ${name}`, [], this.group(LONGEST_BODY));
  }

  defineInTex(isNamed = false) {
    const name = isNamed ? (this.group() || "").trim() : this.defined(), match = this.take(DELIMITED);
    if (!match) return; // what it stands for counts where it is written
    const delimiters = match[2].split(/#[1-9]/).slice(1).map((between) => between.trim());
    const kinds = [...(match[1].trim() ? [`p${match[1].trim()}`] : []), ...delimiters.map((delimiter) => (delimiter ? `d${delimiter}` : "m"))];
    this.record(name, kinds, this.group(LONGEST_BODY));
  }

  defineWithSignature() { this.record(this.defined(), this.signature(), this.group(LONGEST_BODY)); }

  defineEnvironmentWithSignature() {
    const name = (this.group() || "").trim();
    this.record(`begin ${name}`, this.signature(), this.group(LONGEST_BODY));
    this.record(`end ${name}`, [], this.group(LONGEST_BODY));
  }

  signature() {
    return [...(this.group() || "").matchAll(/\+?([a-zA-Z])\s*(?:\{([^{}]*)\})?/g)]
      .map(([, kind, given]) => (kind === "s" ? "s" : "oO".includes(kind) ? `o${given || ""}` : "m"));
  }

  record(name, parameters, body) {
    if (!name || body === null) return;
    const before = this.known.macros.get(name);
    if (before && !this.isCertain()) { // either may hold
      body = before.body + body;
      if (before.parameters.length > parameters.length) parameters = before.parameters;
    }
    this.known.macros.set(name, { parameters, body, alias: "" });
  }

  let() {
    const name = this.defined();
    this.take(/\s*=?\s*/y);
    const target = this.take(NAME);
    if (target && name) this.known.macros.set(name, this.known.macros.get(target[1]) || { parameters: [], body: "", alias: target[1] });
  }

  declareCite() {
    this.star();
    this.known.citing.add(this.defined());
  }

  newEnvironment() {
    const name = (this.group() || "").trim();
    this.options();
    const body = this.group(LONGEST_BODY);
    if (body !== null && !body.includes("\\BODY")) this.known.verbatim.add(name);
  }

  newMinted() {
    const name = this.bracketed("["), language = this.group() || "";
    this.known.verbatim.add(name || `${language}code`);
  }

  newInline() {
    const name = this.bracketed("["), language = this.group() || "";
    this.known.verbatimCommands.add(name || `${language}inline`);
  }

  sign() {
    this.star();
    this.options();
    let text = this.group();
    if (text === null) {
      text = this.next() === "\\" ? this.text.slice(this.at, this.at + 2) : this.next();
      this.at += text.length;
    }
    const sign = text.replace(/^\\/, "");
    return sign.length === 1 && !"\\{}% \n".includes(sign) ? sign : "";
  }

  * package() {
    this.options();
    if ((this.group() || "").split(",").some((name) => name.trim() === "biblatex")) this.known.hasBiblatex = true;
  }

  * class() {
    const options = this.bracketed("[");
    if ((this.group() || "").trim() === "subfiles" && options) yield ["preamble", "", options.trim()];
  }

  // -- Expanding --

  * expand(name, { parameters, body, alias }) {
    if (alias) {
      yield* this.builtin(alias);
      return;
    }
    const used = new Set([...body.matchAll(PARAMETER)].map((found) => found[1])), wanted = parameters.filter((kind) => !kind.startsWith("p"));
    const swallows = wanted.some((_, index) => !used.has(String(index + 1)));
    if (this.within.has(name) || !(swallows || this.matters(body))) return;
    const values = [];
    for (const kind of parameters) if (!this.passes(kind)) values.push(this.value(kind));
    yield* this.inner(body.replace(PARAMETER, (_, number) => (number ? values[number - 1] ?? "" : "#")), name);
  }

  /** What a text says that TeX reads here, because `name` stands for it. */
  * inner(text, name = `part ${this.within.size}`) {
    this.known.expanded += text.length + 100;
    if (this.within.size >= DEEPEST || this.known.expanded >= MOST_EXPANDED) return;
    yield* new Reader(text, this.known, new Set([...this.within, name]), !this.isCertain()).events();
  }

  /** Whether what a command stands for says anything of what is cited. */
  matters(body) {
    return [...body.matchAll(NAMES)].some(([, name]) => this.known.macros.has(name) || TELLING.has(name) || QUIET.has(name)
      || this.known.citing.has(name) || cites(name) || commands.BIBLIOGRAPHY.test(name));
  }

  /** Whether this is no argument, but signs that stand before the first one, which are passed over. */
  passes(kind) {
    if (!kind.startsWith("p")) return false;
    if (this.text.startsWith(kind.slice(1), this.at)) this.at += kind.length - 1;
    return true;
  }

  value(kind) {
    if (kind.startsWith("d")) {
      const length = this.text.slice(this.at, this.at + LONGEST_ARGUMENT).indexOf(kind.slice(1));
      if (length < 0) return "";
      this.at += length + kind.length - 1;
      return this.text.slice(this.at - length - kind.length + 1, this.at - kind.length + 1);
    }
    if (kind === "s") return this.star() ? "*" : "";
    return kind === "m" ? this.argument() : this.bracketed("[") ?? kind.slice(1);
  }

  /** A text with commands that stand for plain text replaced by it. */
  flat(text) {
    for (let round = 0; round < 3 && text.includes("\\"); round++) {
      text = text.replace(DETOKENIZED, "$1").replace(FLAT, (whole, name) => {
        if (name === "jobname" && this.known.jobname) return this.known.jobname;
        const macro = this.known.macros.get(name);
        return macro && !macro.parameters.length && !macro.alias ? macro.body : whole;
      });
    }
    return text;
  }

  // -- Branches and loops --

  /** The first or the second argument; both where it is not known which. */
  * chosen(holds) {
    if (holds === null) return;
    const one = this.group(LONGEST_BODY), other = this.group(LONGEST_BODY);
    yield* this.inner((holds ? one : other) || "");
  }

  /** A text once for each item, which a command stands for in it. */
  * each(name, items, body) {
    for (const item of this.flat(items).split(",").slice(0, MOST_ITEMS)) {
      this.known.macros.set(name, { parameters: [], body: item.trim(), alias: "" });
      yield* this.inner(body);
    }
  }

  * foreach() {
    const match = this.take(FOREACH);
    if (match) yield* this.each(match[1], this.flat(this.argument()), this.argument());
  }

  * for() {
    const match = this.take(FOR);
    if (match) yield* this.each(match[1], match[2], this.argument());
  }

  * forList() {
    const handler = this.argument();
    for (const item of this.flat(this.argument()).split(",").slice(0, MOST_ITEMS)) yield* this.inner(`${handler}{${item.trim()}}`);
  }

  * used() { yield* this.command((this.group() || "").trim()); }

  * named() {
    const match = this.take(END_NAME);
    if (match) yield* this.command(match[1]);
  }

  * acronym() {
    this.group();
    for (const [, braced, bare] of (this.group(LONGEST_BODY) || "").matchAll(CITED)) yield* this.cited("", braced || bare);
  }

  // -- What is said --

  * cite(name) {
    this.star();
    while (this.text.startsWith("\\expandafter", this.at)) this.at += "\\expandafter".length;
    const behindName = this.at, several = commands.SEVERAL.test(name), volumes = Number(commands.VOLUME_FIRST.test(name));
    let passed = Number(commands.LANGUAGE_FIRST.test(name)) + volumes;
    this.options("<(");
    for (;;) {
      for (; passed; passed--) {
        this.options();
        if (this.group() === null) return;
      }
      passed = volumes;
      this.options();
      const keys = this.group();
      if (keys === null) break;
      yield* this.cited(name, this.flat(keys));
      if (!several) break;
    }
    this.at = behindName; // notes may cite, too
  }

  * cited(name, keys) {
    const found = keysOf(keys), sets = new Map();
    if (this.known.hasBiblatex && commands.GROUPING.test(name)) {
      let head = "";
      for (const { tail, key } of found) {
        if (tail && head) sets.set(head, [...(sets.get(head) || []), key]);
        if (!tail) head = key;
      }
    }
    for (const [head, members] of sets) yield ["set", head, ...members];
    const names = found.filter(({ tail }) => !(tail && sets.size)).map(({ key }) => key);
    if (names.length) yield ["cite", ...names];
  }

  * entrySet() {
    const name = this.group(), members = this.group();
    if (name && members !== null) yield ["set", name.trim(), ...keysOf(this.flat(members)).map(({ key }) => key)];
  }

  * bibliography(brackets = "{") {
    this.star();
    if (brackets === "{") this.options();
    for (const name of this.flat(this.bracketed(brackets) || "").split(",")) {
      if (name.trim()) yield ["bib", name.trim().replace(/^"+|"+$/g, "")];
    }
  }

  * item() {
    this.options();
    const key = this.group();
    if (key) yield ["own", key.trim()];
  }

  * harvardItem() {
    this.options();
    const key = [this.group(), this.group(), this.group()][2];
    if (key) yield ["own", key.trim()];
  }

  * amsrefs() {
    this.star();
    const key = this.group(), kind = this.group();
    if (key && kind && this.next() === "{") yield ["own", key.trim()];
  }

  * inputFile() {
    this.options();
    yield* this.input("", this.group() ?? this.take(/"[^"\n]*"|[^\s{}\\%]+/y)?.[0]);
  }

  * input(where, name) {
    const file = this.flat(name || "").trim().replace(/^"+|"+$/g, ""), folder = this.flat(where).trim();
    if (file && !file.startsWith("|") && (folder + file).search(commands.RE_NO_KEY) < 0) yield ["input", folder, file];
  }
}

/** What begins and ends text within code that is run, where options say it. */
function escapesOf(options) {
  const match = ESCAPES.exec(options);
  if (!match) return null;
  return match[5] ? [match[5], match[5]] : [match[1] || match[3], match[2] || match[4]];
}

const all = (names, method) => [...names].map((name) => [name, method]);
const { prototype: reader } = Reader;

/** Commands that change what others mean. */
const QUIET = new Map([
  ["endinput", reader.endInput], ["string", function () { this.take(NAME); }], ["detokenize", reader.literalGroup],
  ["csdef", function () { this.defineInTex(true); }], ["csgdef", function () { this.defineInTex(true); }],
  ["NewDocumentEnvironment", reader.defineEnvironmentWithSignature], ["global", function () { this.isGlobal = true; }],
  ...all(["begingroup", "bgroup"], reader.openGroup), ...all(["endgroup", "egroup"], reader.closeGroup),
  ["unless", function () { this.isNegated = true; }], ["else", reader.else], ["fi", reader.fi], ["newif", reader.newFlag], ["let", reader.let],
  ["DeclareCiteCommand", reader.declareCite], ["DeclareMultiCiteCommand", reader.declareCite], ["DeclareAutoCiteCommand", function () { this.options(); }],
  ["NewEnviron", reader.newEnvironment], ["newminted", reader.newMinted], ["newmintinline", reader.newInline],
  ...all(commands.ADDRESS_COMMANDS, reader.address), ...all(commands.DEFINING, reader.define),
  ...all(commands.PROVIDING, function () { this.define(true); }), ...all(commands.CODE_SETTINGS, reader.codeSettings),
  ...all(commands.ENVIRONMENT_DEFINING, reader.defineEnvironment), ...all(commands.TEX_DEFINING, function () { this.defineInTex(); }),
  ...["bool", "boolean", "toggle"].flatMap((kind) => all([`new${kind}`, `provide${kind}`], function () { this.newBoolean(kind === "toggle" ? "toggle " : ""); })),
  ...Object.entries(commands.SETTING).map(([name, value]) => [name, function () { this.setBoolean(name.includes("toggle") ? "toggle " : "", value); }]),
  ...all(commands.DOCUMENT_DEFINING, reader.defineWithSignature),
  ...all(commands.UNSEEN_DECLARED, function () { this.known.verbatim.add((this.group() || "").trim()); }),
  ...all(commands.SEEN_DECLARED, function () { this.known.verbatim.delete((this.group() || "").trim()); }),
  ...all(commands.SHORT_VERBS, function () { this.known.shortVerbs += this.sign(); }),
  ...all(commands.NO_SHORT_VERBS, function () { this.known.shortVerbs = this.known.shortVerbs.replaceAll(this.sign() || " ", ""); }),
]);

/** Commands that say something themselves. */
const TELLING = new Map([
  ["begin", reader.begin], ["end", reader.end], ["csname", reader.named], ["csuse", reader.used], ["foreach", reader.foreach], ["forcsvlist", reader.forList],
  ["@for", reader.for], ["DeclareAcronym", reader.acronym],
  ["ifthenelse", function () { return this.chosen(this.testedBoolean()); }],
  ["ifbool", function () { return this.chosen(this.tested("", true)); }], ["notbool", function () { return this.chosen(this.tested("", false)); }],
  ["iftoggle", function () { return this.chosen(this.tested("toggle ", true)); }], ["nottoggle", function () { return this.chosen(this.tested("toggle ", false)); }],
  ["usepackage", reader.package], ["RequirePackage", reader.package], ["documentclass", reader.class],
  ["defbibentryset", reader.entrySet], ["bibitem", reader.item], ["harvarditem", reader.harvardItem], ["bib", reader.amsrefs],
  ...all(commands.INPUT, reader.inputFile),
]);
