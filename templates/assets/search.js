// The search page: words, filters with counts, sorting; all of it in the address.

import { fold, lettersOf, words } from "./folding.js";
import { identify } from "./identifiers.js";
import { authors, corrected, entryAddress, facets, hashed, HAVING, load, lookup, nearest, search } from "./search-index.js";
import { cardElements } from "./search-cards.js";
import * as mylist from "./mylist.js";
import { takePanel } from "./cite-take.js";

const PAGE = 20;
const MANY = 8;
const LISTS = ["topic", "tag", "type", "venue", "author", "list", "has"];
const LABELS = { has: "Has", topic: "Topic", tag: "Badge", type: "Type", venue: "Venue", list: "List", author: "Author" };
const SORTS = { relevance: "relevance", newest: "newest first", oldest: "oldest first", title: "title", added: "date added" };

const find = (name) => document.querySelector(`[data-${name}]`);
const form = find("search"), input = form.elements.q, results = find("results"), status = find("status");
const panel = find("filters"), chips = find("chips"), more = find("more"), sort = find("sort"), heading = document.querySelector("h1");
const nothing = find("nothing"), take = find("take");

function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const counted = (count) => (count === 1 ? "1 work" : `${count} works`);

// -- The address ------------------------------------------------------------------------

/** What the address asks for. */
function fromAddress() {
  const asked = new URLSearchParams(location.search), hash = new URLSearchParams(location.hash.slice(1));
  const list = (name) => asked.getAll(name).flatMap((value) => value.split(",")).map((value) => value.trim()).filter(Boolean);
  const given = asked.get("keys") ?? hash.get("keys");
  const state = { q: asked.get("q") || "", from: year(asked.get("from")), to: year(asked.get("to")), sort: asked.get("sort") || "" };
  for (const name of LISTS) state[name] = [...new Set(list(name))];
  state.has = state.has.filter((value) => HAVING.includes(value));
  if (!Object.hasOwn(SORTS, state.sort)) state.sort = { year: "newest", "-year": "newest", date: "added" }[state.sort] || "";
  state.keys = given === null ? null : given.split(/[,\s]+/).filter(Boolean);
  return state;
}

const year = (text) => (/^\d{4}$/.test(text || "") ? Number(text) : null);

/** The address of a state. */
function addressOf(state) {
  const parts = [];
  const say = (name, value) => parts.push(`${name}=${value.map(encodeURIComponent).join(",")}`);
  if (state.q) parts.push(`q=${encodeURIComponent(state.q).replaceAll("%20", "+")}`);
  for (const name of LISTS) if (state[name].length) say(name, state[name]);
  if (state.from) parts.push(`from=${state.from}`);
  if (state.to) parts.push(`to=${state.to}`);
  if (state.sort && state.sort !== usual(state)) parts.push(`sort=${state.sort}`);
  const long = state.keys && state.keys.length > 150;
  if (state.keys && !long) say("keys", state.keys);
  return location.pathname + (parts.length ? `?${parts.join("&")}` : "") + (long ? `#keys=${state.keys.join(",")}` : "");
}

const usual = (state) => (state.q ? "relevance" : state.keys ? "list" : "newest");

// -- Finding ------------------------------------------------------------------------------

let state = fromAddress(), shown = PAGE, round = 0, rows = [], known = null;

const filtered = () => state.from || state.to || LISTS.some((name) => state[name].length);

/** The rows that the words and the keys allow, with how well they fit; null for all. */
async function candidates() {
  let found = null;
  await lettersOf(state.q);
  if (words(state.q).length) found = await search(state.q);
  if (state.keys) {
    const own = state.keys.length ? state.keys : mylist.keys();
    const hits = await Promise.all(own.map((key) => lookup({ key: key.toLowerCase() })));
    const kept = new Map();
    hits.forEach((hit, at) => { if (hit && (!found || found.has(hit.row))) kept.set(hit.row, found ? found.get(hit.row) : -at); });
    unknown = own.filter((_, at) => !hits[at]);
    found = kept;
  }
  return found;
}

let unknown = [];

/** The rows of some authors, from the few files that name them. */
async function authorRows(slugs) {
  const { people } = await load("about.json");
  const found = await Promise.all(slugs.map((name) => load(`people/${hashed(name) % people}.json`)));
  return slugs.map((name, at) => (Object.hasOwn(found[at], name) ? { id: name, label: found[at][name][0], rows: new Set(found[at][name][1]) } : { id: name, label: name, rows: new Set() }));
}

/** Rows that pass all filters, and for each value of each facet how many would if it were asked for. */
function sift(index, found, chosenAuthors) {
  const names = Object.keys(index.facets), tests = [];
  for (const name of names) {
    const facet = index.facets[name];
    const wanted = new Set(state[name].map((id) => facet.values.findIndex((value) => value.id === id)));
    if (!wanted.size) continue;
    const passes = facet.all
      ? (row) => [...wanted].every((at) => facet.of[row].includes(at))
      : (row) => facet.of[row].some((at) => wanted.has(at));
    tests.push([facet.all ? "" : name, passes]);
  }
  if (chosenAuthors.length) tests.push(["author", (row) => chosenAuthors.some((person) => person.rows.has(row))]);
  if (state.from || state.to) {
    tests.push(["year", (row) => index.years[row] >= (state.from || 0) && index.years[row] <= (state.to || 9999) && index.years[row] > 0]);
  }
  const counts = Object.fromEntries(names.map((name) => [name, new Array(index.facets[name].values.length).fill(0)]));
  const years = new Map(), kept = [], forAuthors = [];
  const all = found ? found.keys() : Array(index.count).keys();
  for (const row of all) {
    let failed = null, fails = 0;
    for (const [name, passes] of tests) {
      if (passes(row)) continue;
      failed = name;
      if (++fails > 1) break;
    }
    if (fails > 1 || failed === "") continue;
    if (!fails) kept.push(row);
    if (!fails || failed === "author") forAuthors.push(row);
    if (!fails || failed === "year") years.set(index.years[row], (years.get(index.years[row]) || 0) + 1);
    for (const name of failed === null ? names : Object.hasOwn(counts, failed) ? [failed] : []) {
      const count = counts[name];
      for (const at of index.facets[name].of[row]) count[at]++;
    }
  }
  return { kept, counts, years, forAuthors };
}

async function sorted(kept, index, found) {
  const by = state.sort || usual(state);
  const score = (row) => found?.get(row) || 0;
  if (by === "relevance" || by === "list") return kept.sort((a, b) => score(b) - score(a) || a - b);
  if (by === "newest") return kept.sort((a, b) => a - b);
  if (by === "oldest") return kept.sort((a, b) => (index.years[a] || 9999) - (index.years[b] || 9999) || a - b);
  if (by === "added") {
    const day = (row) => (index.added ? index.added[row] : -1);
    return kept.sort((a, b) => day(b) - day(a) || a - b);
  }
  const place = [];
  (await load("by-title.json")).forEach((row, at) => { place[row] = at; });
  return kept.sort((a, b) => place[a] - place[b]);
}

// -- Showing ------------------------------------------------------------------------------

/** Find and show what the state asks for. */
async function run() {
  const mine = ++round;
  const late = setTimeout(() => { if (mine === round) say("Searching…"); }, 250);
  document.documentElement.classList.add("ob-busy");
  try {
    const found = await candidates();
    if (mine !== round) return;
    if (found && !filtered() && !known && !state.sort) {
      rows = [...found.keys()].sort((a, b) => found.get(b) - found.get(a) || a - b);
      await draw(mine); // the first works at once; what they can be filtered by is still on its way
    }
    const index = known = await facets();
    for (const [name, former] of Object.entries(index.former)) state[name] = state[name].map((id) => former[id] || id);
    const chosen = state.author.length ? await authorRows(state.author) : [];
    if (mine !== round) return;
    const sifted = sift(index, found, chosen);
    rows = await sorted(sifted.kept, index, found);
    await draw(mine);
    if (mine === round) drawFilters(index, sifted, chosen);
  } catch (error) {
    if (mine === round) {
      say("Search could not be loaded. Is there a connection?");
      console.info(error);
    }
  } finally {
    clearTimeout(late);
    if (mine === round) document.documentElement.classList.remove("ob-busy");
  }
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

async function draw(mine) {
  const cards = await cardElements(rows.slice(0, shown));
  if (mine !== round) return;
  results.replaceChildren(...cards);
  drawHead();
  const rest = rows.length - shown;
  more.hidden = rest <= 0;
  more.textContent = `Show ${Math.min(rest, PAGE)} more of ${rest}`;
  document.querySelector(".ob-finder").classList.add("is-ready");
  take.hidden = results.hidden = !rows.length;
  panelOf.update(rows.length);
  nothing.hidden = rows.length > 0;
  if (!rows.length) await drawNothing(mine);
}

const browsing = () => !state.q && !state.keys && !filtered();

function drawHead() {
  const own = state.keys && (!state.keys.length || (state.keys.length === mylist.keys().length && state.keys.every(mylist.has)));
  const title = own ? "My list" : state.keys ? "A list of works" : state.q || filtered() ? "Search" : "Browse";
  heading.textContent = title;
  const site = document.title.split(" · ").pop();
  document.title = [state.q && !state.keys ? `${state.q} · ${title}` : title, site].join(" · ");
  say(counted(rows.length) + (unknown.length && state.keys ? `; not here: ${unknown.join(", ")}` : ""));
  find("browse").hidden = !browsing();
  find("own").hidden = !own || !rows.length;
  for (const option of sort.options) option.hidden = option.disabled = (option.value === "relevance" && !state.q) || (option.value === "list" && (!state.keys || Boolean(state.q))) || (option.value === "added" && known && !known.added);
  sort.value = state.sort || usual(state);
}

async function drawNothing(mine) {
  const text = state.q.trim();
  nothing.replaceChildren();
  if (state.keys && !text && !filtered()) {
    nothing.append(made("p", {}, state.keys.length ? "None of these works is here." : "Your list is empty. “+ My list” on any work puts it here; the list stays in this browser."));
    return;
  }
  const without = filtered() && made("button", { type: "button", className: "ob-plain", onclick: () => change(clear) }, "without filters");
  nothing.append(made("p", {}, "Nothing found", ...(text ? [" for ", made("b", {}, text)] : []), ...(without ? [". Look ", without, "?"] : ["."])));
  if (!text) return;
  const meant = await corrected(text);
  if (meant) nothing.lastChild.append(" Did you mean ", made("button", { type: "button", name: "correct", className: "ob-plain", onclick: () => { input.value = meant; change((next) => { next.q = meant; }); } }, meant), "?");
  const near = await nearest(meant || text, 3);
  const cards = await cardElements(near.map((hit) => hit.row));
  if (mine !== round) return;
  if (cards.length) nothing.append(made("h2", {}, "Nearest titles"), made("div", { className: "ob-cards" }, ...cards));
  const address = `${new URL("../add/", location.href.split(/[?#]/)[0]).href}?id=${encodeURIComponent(text)}`;
  nothing.append(made("p", {}, made("a", { className: "ob-button", href: address }, "Add a paper"), " if it is missing: what you typed comes along."));
}

// -- Filters ------------------------------------------------------------------------------

const open = new Set(["has", "topic", "tag"]), whole = new Set();

function drawFilters(index, { kept, counts, years, forAuthors }, chosenAuthors) {
  const focused = document.activeElement?.closest("[data-filters]") ? document.activeElement.dataset.at : null;
  const groups = [];
  if (!kept.length && !filtered()) index = { ...index, years: [] };
  for (const name of ["has", "topic", "tag"]) groups.push(group(name, choices(index, name, counts[name])));
  groups.push(yearGroup(index, years));
  for (const name of ["type", "venue"]) groups.push(group(name, choices(index, name, counts[name])));
  if (forAuthors.length || state.author.length) groups.push(authorGroup(forAuthors, chosenAuthors));
  groups.push(group("list", choices(index, "list", counts.list)));
  panel.replaceChildren(...groups.filter(Boolean));
  if (focused) panel.querySelector(`[data-at="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  drawChips(index, chosenAuthors);
  find("chosen").textContent = chipCount() ? ` (${chipCount()})` : "";
}

/** The values of a facet that can be chosen: those that would find something, and those that are chosen. */
function choices(index, name, count) {
  const { values } = index.facets[name];
  const found = values.map((value, at) => ({ ...value, at, count: count[at], chosen: state[name].includes(value.id) }));
  const useful = found.filter((value) => value.count || value.chosen);
  if (name === "topic") return tree(found);
  if (name === "has") return useful;
  return useful.sort((a, b) => b.chosen - a.chosen || b.count - a.count || a.at - b.at);
}

function tree(values) {
  const found = [];
  const walk = (parent, depth) => {
    for (const value of values) {
      if (value.parent !== parent || (!value.count && !value.chosen)) continue;
      const inside = values.some((other) => other.parent === value.at && other.count);
      const opened = inside && (value.chosen || state.topic.some((id) => below(values, value.at, id)));
      found.push({ ...value, depth, inside, opened });
      if (opened || depth < 0) walk(value.at, depth + 1);
    }
  };
  walk(-1, 0);
  return found;
}

function below(values, at, id) {
  for (let here = values.find((value) => value.id === id), steps = 0; here && steps < 50; steps++) {
    if (here.parent === at) return true;
    here = values[here.parent];
  }
  return false;
}

function group(name, values, ...extra) {
  if (!values.length && !extra.length) return null;
  if (name === "list" && values.length < 2 && !state.list.length) return null;
  const limit = name === "topic" ? 14 : MANY;
  const some = whole.has(name) ? values : values.slice(0, Math.max(limit, values.filter((value) => value.chosen).length));
  const list = made("ul", {}, ...some.map((value) => made("li", {}, choice(name, value))));
  const details = made("details", { className: "ob-facet", open: open.has(name) || state[name].length > 0 }, made("summary", {}, LABELS[name]), ...extra, list);
  details.dataset.facet = name;
  details.addEventListener("toggle", () => (details.open ? open.add(name) : open.delete(name)));
  if (some.length < values.length) {
    const all = made("button", { type: "button", className: "ob-plain", onclick: () => { whole.add(name); run(); } }, `all ${values.length}`);
    all.dataset.at = `${name}:all`;
    details.append(all);
  }
  return details;
}

function choice(name, value) {
  const box = made("input", { type: "checkbox", checked: value.chosen });
  box.dataset.at = `${name}:${value.id}`;
  box.addEventListener("change", () => change((next) => {
    next[name] = box.checked ? [...next[name], value.id] : next[name].filter((id) => id !== value.id);
  }));
  const label = made("label", {}, box, made("span", {}, value.label), made("span", { className: "ob-count" }, String(value.count)));
  if (value.depth) label.style.marginLeft = `${Math.min(value.depth, 4)}em`;
  return label;
}

function yearGroup(index, years) {
  const all = index.years.filter(Boolean), first = all.at(-1), last = all[0];
  if (!first) return null;
  const most = Math.max(...[...years].filter(([at]) => at).map(([, count]) => count), 1);
  const bars = made("div", { className: "ob-years" });
  for (let at = Math.max(first, last - 39); at <= last; at++) {
    const count = years.get(at) || 0, inside = at >= (state.from || first) && at <= (state.to || last);
    const bar = made("button", { type: "button", title: `${at}: ${counted(count)}`, disabled: !count, onclick: () => change((next) => {
      const only = next.from === at && next.to === at;
      next.from = next.to = only ? null : at;
    }) });
    bar.setAttribute("aria-label", `${at}: ${counted(count)}`);
    bar.setAttribute("aria-pressed", String(state.from === at && state.to === at));
    bar.dataset.at = `year:${at}`;
    bar.style.setProperty("--h", `${count ? Math.max(6, Math.round(100 * count / most)) : 0}%`);
    if (!inside) bar.className = "is-outside";
    bars.append(bar);
  }
  const field = (name, label, placeholder) => {
    const box = made("input", { type: "text", inputMode: "numeric", maxLength: 4, value: state[name] || "", placeholder });
    box.setAttribute("aria-label", label);
    box.dataset.at = `year:${name}`;
    box.addEventListener("change", () => change((next) => { next[name] = year(box.value.trim()); }));
    return box;
  };
  const details = made("details", { className: "ob-facet", open: !open.has("-year") }, made("summary", {}, "Year"), bars,
    made("p", { className: "ob-range" }, field("from", "From year", first), " to ", field("to", "To year", last)));
  details.addEventListener("toggle", () => (details.open ? open.delete("-year") : open.add("-year")));
  return details;
}

/** Authors are counted once somebody asks for them: their names are the largest part of the index. */
function authorGroup(found, chosen) {
  const values = chosen.map((person) => ({ id: person.id, label: person.label, count: person.rows.size, chosen: true }));
  const box = made("input", { type: "search", placeholder: "Name", autocomplete: "off", value: authorText });
  box.setAttribute("aria-label", "Find an author");
  box.dataset.at = "author:name";
  const details = group("author", values, box);
  const list = details.querySelector("ul");
  const fill = async () => {
    const { values: people, of } = await authors();
    const counts = new Map(), wanted = words(box.value);
    for (const row of found) for (const at of of[row]) counts.set(at, (counts.get(at) || 0) + 1);
    const fits = (name) => { const folded = ` ${fold(name)}`; return wanted.every((word) => folded.includes(` ${word}`)); };
    const others = [...counts].filter(([at]) => !state.author.includes(people[at].id) && fits(people[at].label))
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MANY);
    list.replaceChildren(...values.map((value) => made("li", {}, choice("author", value))),
      ...others.map(([at, count]) => made("li", {}, choice("author", { ...people[at], count }))));
  };
  box.addEventListener("input", () => { authorText = box.value; fill(); });
  details.addEventListener("toggle", () => { if (details.open) fill(); });
  if (details.open) fill();
  return details;
}

let authorText = "";

const chipCount = () => LISTS.reduce((sum, name) => sum + state[name].length, 0) + (state.from || state.to ? 1 : 0);

function drawChips(index, chosenAuthors) {
  const label = (name, id) => (name === "author"
    ? chosenAuthors.find((person) => person.id === id)?.label
    : index.facets[name].values.find((value) => value.id === id)?.label) || id;
  const chip = (text, drop) => {
    const button = made("button", { type: "button", name: "drop", value: text, className: "ob-chip", onclick: () => change(drop) }, text);
    button.setAttribute("aria-label", `Without: ${text}`);
    return button;
  };
  const found = LISTS.flatMap((name) => state[name].map((id) => chip(
    name === "has" ? `has ${label(name, id) === "PDF" ? "PDF" : label(name, id).toLowerCase()}` : label(name, id),
    (next) => { next[name] = next[name].filter((other) => other !== id); },
  )));
  if (state.from || state.to) {
    const text = state.from === state.to ? String(state.from) : [state.from && `from ${state.from}`, state.to && `to ${state.to}`].filter(Boolean).join(" ");
    found.push(chip(text, (next) => { next.from = next.to = null; }));
  }
  if (found.length > 1) found.push(made("button", { type: "button", className: "ob-plain", onclick: () => change(clear) }, "clear all"));
  chips.replaceChildren(...found);
}

function clear(next) {
  for (const name of LISTS) next[name] = [];
  next.from = next.to = null;
}

// -- What readers do ------------------------------------------------------------------------

/** Change what is asked for; each change is a step that "back" undoes, typing only one. */
function change(how, { replace = false } = {}) {
  const next = structuredClone(state);
  how(next);
  state = next;
  shown = PAGE;
  history[replace ? "replaceState" : "pushState"](null, "", addressOf(state));
  return run();
}

/** A key or an identifier goes straight to its work. */
async function straight(text) {
  const names = identify(text);
  const hit = Object.keys(names).length ? await lookup(names).catch(() => null) : null;
  return hit ? entryAddress(hit.key) : null;
}

let waiting = 0, typing = false;

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    change((next) => { next.q = input.value.trim(); }, { replace: typing });
    typing = true;
  }, 150);
});
input.addEventListener("blur", () => { typing = false; });

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  const address = await straight(input.value);
  if (address) location.href = address;
  else change((next) => { next.q = input.value.trim(); }, { replace: typing });
});

sort.addEventListener("change", () => change((next) => { next.sort = sort.value === usual(next) ? "" : sort.value; }));

more.addEventListener("click", async () => {
  const before = shown, mine = round;
  shown += PAGE;
  history.replaceState({ shown }, "");
  const cards = await cardElements(rows.slice(before, shown));
  if (mine !== round) return;
  results.append(...cards);
  cards[0]?.querySelector("a").focus();
  more.hidden = rows.length <= shown;
  more.textContent = `Show ${Math.min(rows.length - shown, PAGE)} more of ${rows.length - shown}`;
});

window.addEventListener("popstate", (event) => {
  state = fromAddress();
  shown = event.state?.shown || PAGE;
  input.value = state.q;
  run();
});

window.addEventListener("mylist", () => { if (state.keys && !state.keys.length) run(); });

// -- Taking what was found -------------------------------------------------------------------

async function foundKeys() {
  const { cards } = await load("about.json");
  const files = await Promise.all([...new Set(rows.map((row) => Math.floor(row / cards)))].map(async (number) => [number, await load(`cards/${number}.json`)]));
  const byNumber = new Map(files);
  return rows.map((row) => byNumber.get(Math.floor(row / cards))[row % cards][0]);
}

const panelOf = takePanel(take, async () => rows.map((row) => ({ row })));

find("take-all").addEventListener("click", async () => {
  mylist.add(await foundKeys());
  say(`${counted(rows.length)} put on your list`);
});
find("send").addEventListener("click", async (event) => {
  await navigator.clipboard.writeText(mylist.address(mylist.keys()));
  event.target.textContent = "Link copied";
  setTimeout(() => { event.target.textContent = "Copy link to this list"; }, 1600);
});
find("empty").addEventListener("click", () => { if (confirm("Take all works off your list?")) mylist.remove(mylist.keys()); });

// -- Start ------------------------------------------------------------------------------------

const wide = matchMedia("(min-width: 60em)");
const unfold = () => { find("filters-box").open = wide.matches; };
wide.addEventListener("change", unfold);
unfold();

input.value = state.q;
shown = history.state?.shown || PAGE;
if (words(state.q).length) search(state.q).catch(() => {}); // on its way while it is found out whether it names a work
const address = state.q && !filtered() && !state.keys ? await straight(state.q) : null;
if (address) location.replace(address);
else run();
