// The layout of .bib files, as src/odebib/text/bib.py reads it: where entries stand, their keys and their fields.

const START = /%[^\n\r]*|@\s*([A-Za-z_][\w:-]*)\s*([{(])/g;
const KEY = /\s*([^\s,}]*)/y, EQUALS = /\s*=/y, JOINED = /\s*#\s*/y, BARE = /[^\s,#{}()"]*/y;
const FIELD = /(?:[\s,]+|%[^\n\r]*)*([\p{L}_][^\s=,{}()"#%']*)\s*=\s*/uy;
const SIGNS = { "{": /[{}]/g, "(": /[{})]/g, '"': /[{}"]/g }, CLOSING = { "{": "}", "(": ")", '"': '"' };
const ROOM = 30;

function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

/** The entries of a .bib: type, key, fields without their delimiters, and the text as it stands. */
export function readBib(text) {
  const found = [];
  let room = ROOM * text.length;

  /** Where what was opened is closed, as BibTeX counts: by braces alone; -1 if nowhere. */
  function closing(place, opening) {
    if (room <= 0) return -1;
    const signs = SIGNS[opening];
    signs.lastIndex = place;
    for (let depth = 0, match = signs.exec(text); match; match = signs.exec(text)) {
      if (match[0] === CLOSING[opening] && !depth) {
        room -= match.index - place;
        return match.index;
      }
      depth += (match[0] === "{") - (match[0] === "}");
      if (depth < 0) break;
    }
    room -= text.length - place;
    return -1;
  }

  /** A value of parts that are joined by `#`, and where it ends; null if it never does. */
  function value(place) {
    let whole = "";
    for (;;) {
      const opening = text[place];
      if (opening === "{" || opening === '"') {
        const end = closing(place + 1, opening);
        if (end < 0) return null;
        whole += text.slice(place + 1, end);
        place = end + 1;
      } else {
        const bare = at(BARE, text, place)[0];
        whole += bare;
        place += bare.length;
      }
      const joined = at(JOINED, text, place);
      if (!joined) return [whole.trim().replace(/\s+/g, " "), place];
      place += joined[0].length;
    }
  }

  for (let head = at(START, text, 0), place = 0; head; head = at(START, text, place)) {
    place = head.index + head[0].length;
    if (!head[1]) {
      if (head.index && !/\s/.test(text[head.index - 1])) place = head.index + 1; // no comment: 100%
      continue;
    }
    const type = head[1].toLowerCase();
    if (/^(?:comment|preamble|string)$/.test(type)) {
      const end = closing(place, head[2]);
      if (end >= 0) place = end + 1;
      continue;
    }
    const key = at(KEY, text, place), behind = place + key[0].length, isKeyless = at(EQUALS, text, behind), fields = {};
    if (!isKeyless) place = behind;
    for (let name = at(FIELD, text, place); name; name = at(FIELD, text, place)) {
      const told = value(place + name[0].length);
      if (!told) break;
      fields[name[1].toLowerCase()] ??= told[0];
      place = told[1];
    }
    const end = closing(place, head[2]);
    if (end >= 0) place = end + 1;
    found.push({ type, key: isKeyless ? "" : key[1], fields, text: text.slice(head.index, place) });
  }
  return found;
}

// -- What an entry says ------------------------------------------------------------------

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
