// Get your .bib: what is pasted is read here, in the browser; nothing is sent anywhere.

import { fold } from "./folding.js";
import { identify } from "./identifiers.js";
import { familyOf } from "./names.js";
import { lookup, nearest, root } from "./search-index.js";
import { described } from "./search-cards.js";
import { takePanel, written } from "./cite-take.js";
import { isPreprint, namesIn } from "./bib.js";
import { read } from "./cite-read.js";
import * as mylist from "./mylist.js";

const area = document.querySelector("[data-paste]"), files = document.querySelector("[data-files]");
const status = document.querySelector("[data-cite-status]"), outcome = document.querySelector("[data-outcome]");
const SURE = 0.93, LIKELY = 0.55;

function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// -- Finding what is meant ------------------------------------------------------------------

async function byNames(names) {
  for (const name of names) {
    const known = identify(name);
    const hit = Object.keys(known).length ? await lookup(known) : null;
    if (hit) return hit;
  }
  return null;
}

/** A work by its title; only one whose authors do not disagree is taken without asking. */
async function byTitle(title, people) {
  const [best] = await nearest(title, 1, LIKELY);
  if (!best) return null;
  const [work] = await described([best.row]);
  const template = document.createElement("template");
  template.innerHTML = work.card;
  const theirs = ` ${fold(template.content.querySelector(".ob-people")?.textContent || "")} `;
  const first = people ? familyOf(people.split(/\s+and\s+/)[0]) : "";
  const sure = best.likeness >= SURE && (!first || theirs.includes(` ${first} `));
  return { ...work, sure };
}

async function meaning({ name, entry, isKey }) {
  if (accepted.has(name)) return { hit: accepted.get(name) };
  if (entry) {
    const hit = await byNames([...namesIn(entry), entry.key]);
    if (hit) return { hit };
    const found = entry.fields.title ? await byTitle(entry.fields.title, entry.fields.author) : null;
    return found?.sure ? { hit: found } : { likely: found };
  }
  const hit = await byNames([name]);
  if (hit) return { hit };
  if (isKey) return {};
  const found = await byTitle(name);
  return found?.sure ? { hit: found } : { likely: found };
}

// -- Showing --------------------------------------------------------------------------------

let round = 0;

async function run(texts) {
  const mine = ++round;
  outcome.replaceChildren();
  if (!texts.some(({ text }) => text.trim())) {
    status.textContent = "";
    return;
  }
  status.textContent = "Looking…";
  try {
    const { cited, own, unread } = read(texts);
    const everything = cited.some(({ name }) => name === "*");
    const asked = cited.filter(({ name }) => name !== "*");
    const meant = await Promise.all(asked.map(async (item) => ({ ...item, own: own.has(item.name), ...(await meaning(own.get(item.name) ? { ...item, entry: own.get(item.name) } : item)) })));
    if (mine !== round) return;
    const rows = [...new Set(meant.flatMap(({ hit, likely }) => [hit?.row, likely?.row]).filter((row) => row !== undefined))];
    const works = new Map((await described(rows)).map((work) => [work.row, work]));
    if (mine === round) show(meant.map((item) => ({ ...item, entry: item.entry || own.get(item.name) || null })), works, unread, everything);
  } catch (error) {
    if (mine === round) status.textContent = "The bibliography could not be loaded. Is there a connection?";
    console.info(error);
  }
}

function titleOf(work) {
  const template = document.createElement("template");
  template.innerHTML = work.card;
  const link = template.content.querySelector("h3 a");
  return made("a", { href: new URL(`entries/${work.key}/`, root).href }, ...link.childNodes);
}

/** A name that is a key stays the author's own; a title or an identifier is cited by ours. */
const ownKey = ({ name, entry, isKey }, key) => ((entry || isKey) && name !== key ? name : undefined);

function show(meant, works, unread, everything) {
  const found = meant.filter(({ hit, own }) => hit && !own), mine = meant.filter(({ own }) => own);
  const missing = meant.filter(({ hit, own }) => !hit && !own), first = new Map(), repeated = [];
  for (const item of found) {
    if (first.has(item.hit.row) && ownKey(item, item.hit.key) === undefined) continue;
    if (first.has(item.hit.row)) repeated.push([first.get(item.hit.row), item.name, item.hit.key]);
    else first.set(item.hit.row, item.name);
  }
  const published = meant.filter(({ hit, entry }) => hit && entry && isPreprint(entry) && works.get(hit.row).where);
  const renamed = found.filter(({ name, hit, isKey }) => isKey && name.toLowerCase() !== hit.key && /^[a-z0-9]+(-x)?$/i.test(name));
  const taken = new Set();
  const wanted = found.map((item) => ({ row: item.hit.row, name: ownKey(item, item.hit.key) }))
    .filter(({ row, name }) => { const id = name || row; return !taken.has(id) && taken.add(id); });
  // What the author has as a preprint can be replaced by what was published, under the author's key.
  const replaced = published.filter(({ own }) => own);

  const say = [];
  if (wanted.length) say.push(`${wanted.length} found`);
  if (mine.length) say.push(`${mine.length} in your own .bib`);
  if (missing.length) say.push(`${missing.length} missing`);
  if (published.length) say.push(`${published.length} published since`);
  status.textContent = say.join(", ") || (everything ? "" : "Nothing is cited there.");

  const sections = [];
  if (everything) sections.push(section("\\nocite{*} cites everything", made("p", {}, made("a", { href: new URL("all.bib", root).href, download: "" }, "all.bib"), " holds it.")));
  if (wanted.length || replaced.length) sections.push(bibliography(wanted, replaced, works));
  if (missing.length) sections.push(section("Missing", made("ul", { className: "ob-links" }, ...missing.map((item) => missed(item, works)))));
  if (published.length) {
    sections.push(section("Published since", made("ul", { className: "ob-links" }, ...published.map(({ name, hit }) => made("li", {}, made("code", {}, name), titleOf(works.get(hit.row)), made("span", { className: "ob-quiet" }, `a preprint in your .bib; now ${works.get(hit.row).where}`))))));
  }
  if (repeated.length) {
    sections.push(section("Cited twice", made("ul", { className: "ob-links" }, ...repeated.map(([one, other]) => made("li", {}, made("code", {}, one), " and ", made("code", {}, other), made("span", { className: "ob-quiet" }, "are one work, which would be listed twice; cite one of them"))))));
  }
  if (renamed.length) {
    sections.push(section("Former keys", made("ul", { className: "ob-links" }, ...renamed.map(({ name, hit }) => made("li", {}, made("code", {}, name), " is now ", made("code", {}, hit.key), made("span", { className: "ob-quiet" }, "your key is kept, and goes on working"))))));
  }
  if (unread.length) sections.push(section("Not read yet", made("p", {}, "Your file reads in others; choose them too: ", ...unread.flatMap((name, at) => [at ? ", " : "", made("code", {}, name)]))));
  outcome.replaceChildren(...sections);
}

const section = (title, ...children) => made("section", {}, made("h2", {}, title), ...children);

/** The .bib itself: shown, to be copied, to be downloaded. */
function bibliography(wanted, replaced, works) {
  const shown = made("pre", { tabIndex: 0 }), panel = made("div", { className: "ob-taking" });
  shown.setAttribute("aria-label", "Your bibliography");
  shown.setAttribute("role", "region");
  const box = made("input", { type: "checkbox" });
  const list = () => (box.checked ? [...wanted, ...replaced.map(({ name, hit }) => ({ row: hit.row, name }))] : wanted);
  const taking = takePanel(panel, async () => list(), { changed: () => fill() });
  const keep = made("button", { type: "button", className: "ob-plain", onclick: () => {
    mylist.add(list().map(({ row }) => works.get(row).key));
    keep.textContent = "On my list";
  } }, "+ All to my list");
  panel.append(keep);
  async function fill() {
    shown.textContent = await written(list(), taking.wishes());
    taking.update(list().length);
  }
  box.addEventListener("change", fill);
  fill();
  const also = replaced.length ? [made("p", {}, made("label", {}, box, ` also the ${replaced.length} that your own .bib has as preprints, under your keys`))] : [];
  return section("Your .bib", panel, ...also, shown);
}

function missed(item, works) {
  const { name, entry, likely } = item;
  const asked = (entry && (namesIn(entry)[0] || entry.fields.title)) || name;
  const line = made("li", {}, made("code", {}, name), ...(entry?.fields.title ? [entry.fields.title.replace(/[{}]/g, "")] : []));
  if (likely) {
    const work = works.get(likely.row);
    line.append(made("span", { className: "ob-quiet" }, "perhaps ", titleOf(work), " ", made("button", { type: "button", name: "accept", className: "ob-plain", onclick: () => { accepted.set(name, likely); again(); } }, "yes, take it")));
  }
  line.append(made("span", { className: "ob-quiet" }, made("a", { href: `${new URL("add/", root).href}?id=${encodeURIComponent(asked)}` }, "Add it")));
  return line;
}

// -- What readers do -----------------------------------------------------------------------

const accepted = new Map();
let waiting = 0, chosen = [];

const texts = () => [...(area.value.trim() ? [{ text: area.value }] : []), ...chosen];

const again = () => run(texts());

area.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => run(texts()), 250);
});

async function take(list) {
  chosen = await Promise.all([...list].map(async (file) => ({ name: file.name, text: await file.text() })));
  run(texts());
}

files.addEventListener("change", () => take(files.files));
area.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("is-over"); });
area.addEventListener("dragleave", () => area.classList.remove("is-over"));
area.addEventListener("drop", (event) => {
  area.classList.remove("is-over");
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});

if (area.value.trim()) run(texts());
