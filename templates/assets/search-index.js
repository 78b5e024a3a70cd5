// What search knows: the files below assets/search/, fetched piece by piece when they are needed.

import { fold, lettersOf, slug, words } from "./folding.js";

const folder = new URL("search/", import.meta.url);

/** The root of the site, whatever the path prefix. */
export const root = new URL("../", import.meta.url);

const fetched = new Map();

/** A file of the search, fetched once. */
export function load(name) {
  if (!fetched.has(name)) {
    const answer = fetch(new URL(name, folder)).then((found) => {
      if (!found.ok) throw new Error(`${name}: ${found.status}`);
      return found.json();
    });
    answer.catch(() => fetched.delete(name));
    fetched.set(name, answer);
  }
  return fetched.get(name);
}

/** The item of a row, out of files that hold so many each. */
export async function item(kind, size, row) {
  return (await load(`${kind}/${Math.floor(row / size)}.json`))[row % size];
}

// -- Names of works -------------------------------------------------------------------

/** FNV-1a in 32 bits, as the build reckons it. */
export function hashed(name) {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  return number;
}

/** The work that a name is the name of, as {key, row}, or null. */
export async function lookup(names) {
  const count = (await load("about.json")).identifiers;
  for (const [kind, value] of Object.entries(names)) {
    const name = kind === "key" ? value : `${kind}:${value}`;
    const shard = await load(`ids/${hashed(name) % count}.json`);
    if (Object.hasOwn(shard, name)) return { key: shard[name][0], row: shard[name][1] };
  }
  return null;
}

export const entryAddress = (key) => new URL(`entries/${key}/`, root).href;

// -- Filters --------------------------------------------------------------------------

export const HAVING = ["code", "abstract", "pdf"];
const HAVING_LABELS = ["Code", "Abstract", "PDF"];

let columns;

/** The columns that works are filtered, counted and sorted by. */
export function facets() {
  columns ||= load("facets.json").then((raw) => {
    const years = raw.years.flatMap(([year, count]) => Array(count).fill(year));
    const named = (pairs) => pairs.map(([id, label]) => ({ id, label }));
    const topics = named(raw.topics), place = new Map(topics.map((topic, index) => [topic.id, index]));
    raw.topics.forEach(([, , parent], index) => { topics[index].parent = place.get(parent) ?? -1; });
    const above = topics.map((topic, index) => {
      const found = [];
      for (let at = index; at >= 0 && !found.includes(at); at = topics[at].parent) found.push(at);
      return found;
    });
    const single = (values) => values.map((value) => (value < 0 ? [] : [value]));
    return {
      count: years.length,
      years,
      former: raw.former,
      added: raw.added[1].length ? raw.added[1] : null,
      facets: {
        topic: { values: topics, of: raw.topic.map((own) => [...new Set(own.flatMap((at) => above[at]))]) },
        tag: { values: named(raw.tags), of: raw.tag },
        type: { values: named(raw.types), of: single(raw.type) },
        venue: { values: named(raw.venues), of: single(raw.venue) },
        list: { values: named(raw.lists), of: raw.list },
        has: {
          values: HAVING.map((id, index) => ({ id, label: HAVING_LABELS[index] })),
          of: raw.has.map((bits) => HAVING.flatMap((_, at) => (bits >> at & 1 ? [at] : []))),
          all: true,
        },
      },
    };
  });
  columns.catch(() => { columns = undefined; });
  return columns;
}

let people;

/** Everybody who wrote a work, most works first, as a facet. */
export function authors() {
  people ||= load("authors.json").then((raw) => ({
    values: raw.names.map((label, index) => ({ id: raw.slugs[index] || slug(label), label })),
    of: raw.of,
  }));
  people.catch(() => { people = undefined; });
  return people;
}

// -- Words ----------------------------------------------------------------------------

let engine;

async function wordEngine() {
  const [pagefind, pages] = await Promise.all([import(new URL("words/pagefind.js", folder)), load("pages.json")]);
  const instance = pagefind.createInstance({ noWorker: true, ranking: { termSimilarity: 2, pageLength: 0.3, termFrequency: 0.3 } });
  await instance.init();
  const [prefixes, lengths] = pages;
  return { instance, lengths, rows: new Map(prefixes.split(" ").map((prefix, row) => [prefix, row])) };
}

/** A row out of the name that Pagefind has for its page; only beginnings of names are known. */
function rowOf(rows, id) {
  const name = id.replace(/^[a-z-]+_/, "");
  for (let length = 1; length <= name.length; length++) {
    const row = rows.get(id.slice(0, id.length - name.length + length));
    if (row !== undefined) return row;
  }
  return undefined;
}

/** The rows of works that hold all words, each with how well; a work whose title says little else comes first. */
export async function search(text) {
  await lettersOf(text);
  const wanted = words(text);
  if (!(await load("about.json")).words) return searchTitles(wanted);
  engine ||= wordEngine();
  engine.catch(() => { engine = undefined; });
  const [{ instance, rows, lengths }, known] = await Promise.all([engine, Promise.all(wanted.map(isKnown))]);
  if (!known.every(Boolean)) return new Map(); // Pagefind would pass over words that it does not have
  const { results } = await instance.search(wanted.join(" "));
  const found = results.map((result) => {
    const row = rowOf(rows, result.id);
    return [row, result.score * (0.2 + inTitle(lengths[row], new Set(result.words)))];
  });
  return new Map(found.sort((a, b) => b[1] - a[1] || a[0] - b[0]));
}

/** How much of a title, in the form that fits best, was asked for; titles stand first in what Pagefind read. */
function inTitle(lengths, places) {
  let start = 0, best = 0;
  for (const length of lengths) {
    let hits = 0;
    for (let at = start; at < start + length; at++) hits += places.has(at);
    best = Math.max(best, hits / length);
    start += length;
  }
  return best;
}

/** The words there are that begin with a letter. */
const vocabulary = async (letter) => (/[a-z0-9]/.test(letter) ? (await load(`vocabulary/${letter}.json`)).split(" ") : []);

function sharedStart(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** Whether a word is one of those there are, but for its ending, or the beginning of one. */
async function isKnown(word) {
  const enough = word.length > 6 ? word.length - 3 : Math.min(word.length, Math.max(word.length - 1, 3));
  return (await vocabulary(word[0])).some((other) => other.startsWith(word) || (other.length > 2 && sharedStart(word, other) >= enough && other.length - word.length < 4));
}

/** How many letters have to be changed, left out, put in or swapped; more than two are too many. */
function distance(one, other) {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = last;
    last = next;
  }
  return last[other.length];
}

/** The text with misspelt words as they are usually spelt, or null where there is nothing to correct. */
export async function corrected(text) {
  if (!(await load("about.json")).words) return null;
  await lettersOf(text);
  const wanted = words(text);
  const found = await Promise.all(wanted.map(async (word) => {
    if (word.length < 4 || await isKnown(word)) return word;
    const near = (await vocabulary(word[0])).map((other) => [distance(word, other), other]).sort((a, b) => a[0] - b[0]);
    return near.length && near[0][0] <= (word.length < 6 ? 1 : 2) ? near[0][1] : word;
  }));
  return found.join(" ") === wanted.join(" ") ? null : found.join(" ");
}

/** Where there is no index of words: titles, authors and years. */
async function searchTitles(wanted) {
  const [titles, { values, of }, { years }] = await Promise.all([load("titles.json"), authors(), facets()]);
  await lettersOf([...titles, ...values.map(({ label }) => label)].join(" "));
  const found = new Map();
  titles.forEach((title, row) => {
    const inTitle = ` ${fold(title)} `;
    const all = `${inTitle}${fold(of[row].map((at) => values[at].label).join(" "))} ${years[row]} `;
    if (wanted.every((word) => all.includes(` ${word}`))) {
      found.set(row, wanted.filter((word) => inTitle.includes(` ${word}`)).length + 1 / inTitle.length);
    }
  });
  return found;
}

// -- Titles that are like a text --------------------------------------------------------

function pieces(text) {
  const spaced = `  ${text} `, found = new Set();
  for (let at = 0; at < spaced.length - 2; at++) found.add(spaced.slice(at, at + 3));
  return found;
}

let folded;

/** Works with titles like a text, as [{row, likeness, title}], best first; 1 is the same. */
export async function nearest(text, limit = 5, least = 0.3) {
  const titles = await load("titles.json");
  await lettersOf(folded ? text : [text, ...titles].join(" "));
  folded ||= titles.map((line) => line.split("\n").map((title) => [title, fold(title)]));
  const own = fold(text), wanted = pieces(own), found = [];
  if (!own) return [];
  folded.forEach((forms, row) => {
    let best = 0, bestTitle = "";
    for (const [title, form] of forms) {
      if (form === own) { best = 1; bestTitle = title; break; }
      if (Math.min(form.length, own.length) * 2 / (form.length + own.length) * 1.15 < best) continue;
      const theirs = pieces(form);
      let shared = 0;
      for (const piece of wanted) if (theirs.has(piece)) shared++;
      // What is typed may be part of a title only: being wholly in it counts too.
      const likeness = Math.max(2 * shared / (wanted.size + theirs.size), 0.85 * shared / wanted.size) * 0.99;
      if (likeness > best) { best = likeness; bestTitle = title; }
    }
    if (best >= least) found.push({ row, likeness: best, title: bestTitle });
  });
  return found.sort((a, b) => b.likeness - a.likeness || a.row - b.row).slice(0, limit);
}
