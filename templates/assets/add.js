// Add a paper: whether it is here already is found out here; another host is only asked by a button that names it.

import { fold } from "./folding.js";
import { arxivYear, identify } from "./identifiers.js";
import { written } from "./names.js";
import { facets, lookup, nearest } from "./search-index.js";
import { cardElements } from "./search-cards.js";
import { CROSSREF, DATACITE, fromCrossref, fromDataCite, knownVenue, proposedKey, searchCrossref, yaml } from "./add-entry.js";
import { toClipboard } from "./cite-take.js";

const form = document.querySelector("[data-add]"), input = form.elements.id;
const status = document.querySelector("[data-add-status]"), outcome = document.querySelector("[data-outcome]");
const { repository, branch } = form.dataset;

function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const button = (name, text, act, className = "ob-button") => made("button", { type: "button", name, className, onclick: act }, text);
const section = (title, ...children) => made("section", {}, made("h2", {}, title), ...children);

// -- Here already? ----------------------------------------------------------------------------

let round = 0;

async function look(text) {
  const mine = ++round, asked = text.trim();
  outcome.replaceChildren();
  status.textContent = "";
  if (!asked) return;
  history.replaceState(null, "", `?id=${encodeURIComponent(asked)}`);
  try {
    const names = identify(asked), known = Object.keys(names).length > 0;
    const hit = known ? await lookup(names) : null;
    const near = !known || names.key ? await nearest(asked, 3, 0.45) : [];
    const same = hit ? [hit.row] : near.filter(({ likeness }) => likeness >= 0.97).map(({ row }) => row);
    const cards = await cardElements(same.length ? same : near.map(({ row }) => row));
    if (mine !== round) return;
    if (same.length) {
      status.textContent = "Already here.";
      outcome.append(made("div", { className: "ob-cards" }, ...cards), made("p", { className: "ob-quiet" }, "Is something missing or wrong? Its page says where to report it."));
      return;
    }
    status.textContent = cards.length ? "Not here under this name; is it one of these?" : "Not here yet.";
    if (cards.length) outcome.append(made("div", { className: "ob-cards" }, ...cards));
    offer(asked, names);
  } catch (error) {
    if (mine === round) status.textContent = "The bibliography could not be loaded. Is there a connection?";
    console.info(error);
  }
}

// -- Asking others ------------------------------------------------------------------------------

function offer(asked, names) {
  const { arxiv, doi } = names, line = made("p", { className: "ob-buttons" }), said = made("p", { role: "status" });
  const act = (how) => async (event) => {
    event.target.disabled = true;
    said.textContent = "Asking…";
    try {
      said.textContent = (await how()) || "";
    } catch (error) {
      said.textContent = `${error.message}. You can still write the entry by hand below.`;
      if (!outcome.querySelector("[data-yaml]")) write(blank(asked, names));
    }
    event.target.disabled = false;
  };
  const taken = (found, host) => (found ? void write(found) : `${host} knows nothing of it; is there a typo in it?`);
  if (arxiv) line.append(button(`ask ${DATACITE}`, `Ask ${DATACITE}`, act(async () => taken(await fromDataCite({ arxiv }), DATACITE))));
  else if (doi) {
    line.append(button(`ask ${CROSSREF}`, `Ask ${CROSSREF}`, act(async () => {
      const found = await fromCrossref({ doi });
      if (found) return void write(found);
      line.append(button(`ask ${DATACITE}`, `Ask ${DATACITE}`, act(async () => taken(await fromDataCite({ doi }), DATACITE))));
      return `${CROSSREF} does not know this DOI; ${DATACITE} may.`;
    })));
  } else if (!names.url && !names.openreview) {
    line.append(button("look up", `Look it up at ${CROSSREF}`, act(async () => choose(await searchCrossref(asked), said))));
  }
  line.append(button("write", "Write it by hand", () => write(blank(asked, names)), line.children.length ? "ob-plain" : "ob-button"));
  const why = arxiv || doi ? "Your browser then asks that service for title, authors and abstract; nothing else is sent."
    : names.url || names.openreview ? "This site answers no browsers; the form or the command fetches what it says." : "";
  outcome.append(line, ...(why ? [made("p", { className: "ob-quiet" }, why)] : []), said);
  if (repository) outcome.append(made("p", {}, "Or send only what you typed: ", made("a", { href: formAddress({ title: `Add: ${asked}`, what: asked }) }, "open the form"), "; the rest is done for you."));
}

async function choose(found, said) {
  if (!found.length) return `${CROSSREF} finds nothing like it.`;
  const list = made("ul", { className: "ob-links" }, ...found.map((work) => made("li", {},
    button("choose", work.title, () => { list.remove(); write(work); }, "ob-plain"),
    made("span", { className: "ob-quiet" }, [work.authors.slice(0, 3).map(written).join(", "), work.venue, work.year].filter(Boolean).join(" · ")))));
  said.after(list);
  return "Is it one of these?";
}

/** What is known without asking anybody. */
function blank(asked, names) {
  const found = { title: "", authors: [], ...names };
  delete found.key;
  if (found.url) found.url = asked;
  if (found.doi || found.arxiv || found.openreview) delete found.url;
  if (found.arxiv) found.year = arxivYear(found.arxiv);
  if (!Object.keys(names).some((name) => name !== "key")) found.title = asked;
  if (/^https?:\/\/(?:github|gitlab|codeberg)\./.test(found.url || "")) found.type = "software";
  return found;
}

// -- The entry ----------------------------------------------------------------------------------

async function write(work) {
  const mine = round;
  outcome.querySelector("[data-entry]")?.remove();
  const entry = { ...work, authors: work.authors || [] }, notes = [];
  const again = await lookup(Object.fromEntries(["doi", "arxiv"].filter((name) => entry[name]).map((name) => [name, entry[name]])));
  const near = entry.title ? await nearest(entry.title, 3, 0.6) : [];
  const likely = [...new Set([...(again ? [again.row] : []), ...near.map(({ row }) => row)])];
  if (entry.venue) {
    const known = await knownVenue(entry.venue);
    if (known) entry.venue = known;
    else notes.push(`The venue “${entry.venue}” is new here; a maintainer will look at it.`);
  }
  for (const name of ["title", "year"]) if (!entry[name]) notes.push(`The ${name} is missing: write it in the first lines.`);
  if (!entry.authors.length) notes.push("Authors are missing: one a line, below “authors:”.");
  const { facets: known } = await facets();
  const text = ` ${fold(`${entry.title} ${entry.abstract || ""}`)} `;
  const spoken = (label) => text.includes(` ${fold(label).replace(/s$/, "")}`);
  entry.topics = known.topic.values.filter(({ label }) => spoken(label)).map(({ id }) => id).slice(0, 3);
  entry.tags = [];
  const key = await proposedKey({ ...entry, title: entry.title || "" });
  if (mine !== round) return;

  const area = made("textarea", { spellcheck: false, rows: 16 });
  area.dataset.yaml = "";
  area.setAttribute("aria-label", "The entry as YAML");
  const fill = () => { area.value = entry.title || entry.authors.length ? yaml(entry) : `title: \nauthors:\n  - \nyear: \n${yaml(entry)}`; };
  fill();
  const pick = (name, title) => made("details", { className: "ob-more", open: name === "topics" }, made("summary", {}, title), made("p", { className: "ob-chips ob-picks" },
    ...known[name.slice(0, -1)].values.map(({ id, label }) => {
      const box = made("input", { type: "checkbox", checked: entry[name].includes(id) });
      box.addEventListener("change", () => {
        entry[name] = box.checked ? [...entry[name], id] : entry[name].filter((other) => other !== id);
        const line = entry[name].length ? `${name}: [${entry[name].join(", ")}]\n` : "";
        const old = new RegExp(`^${name}: \\[.*\\]\\n?`, "m");
        area.value = old.test(area.value) ? area.value.replace(old, line) : area.value.replace(/\n*$/, "\n") + line;
      });
      return made("label", {}, box, ` ${label}`);
    })));
  const whole = made("section", {});
  whole.dataset.entry = "";
  if (likely.length) whole.append(section("Perhaps here already", made("div", { className: "ob-cards" }, ...(await cardElements(likely)))));
  const copied = made("span", { className: "ob-quiet", role: "status" });
  whole.append(section("The entry", made("p", {}, "A file ", made("code", {}, `data/entries/${key}.yml`), work.source ? `, from what ${work.source} says. Please read it once; everything can be changed.` : "."),
    ...notes.map((note) => made("p", { className: "ob-quiet" }, note)), area, pick("topics", "Topics"), pick("tags", "Badges"),
    ...(work.publishedAs ? [made("p", {}, `It has been published as ${work.publishedAs}. `, button(`ask ${CROSSREF}`, `Ask ${CROSSREF} for that`, async (event) => {
      event.target.disabled = true;
      try {
        const found = await fromCrossref({ doi: work.publishedAs });
        if (found) write({ ...found, arxiv: work.arxiv, arxiv_class: work.arxiv_class, abstract: found.abstract || work.abstract });
        else event.target.replaceWith(`${CROSSREF} does not know it.`);
      } catch (error) {
        event.target.replaceWith(`${error.message}.`);
      }
    }, "ob-plain"))] : []),
    made("p", { className: "ob-buttons" }, ...sending(key, area), button("copy", "Copy", async () => {
      await toClipboard(area.value);
      copied.textContent = "Copied";
      setTimeout(() => { copied.textContent = ""; }, 1600);
    }), copied),
    ...(repository ? [] : [made("p", { className: "ob-quiet" }, `Save it as data/entries/${key}.yml in a copy of the bibliography and run `, made("code", {}, "odebib check"), ", or send it to whoever keeps this bibliography.")])));
  outcome.append(whole);
  whole.scrollIntoView({ block: "nearest" });
}

// -- Sending --------------------------------------------------------------------------------------

const LONGEST = 7500;

const query = (fields) => Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
const formAddress = (fields) => `${repository}/issues/new?${query({ template: "add-paper.yml", ...fields })}`;

/** Links that open GitHub with the entry filled in, made when they are followed, so that edits come along. */
function sending(key, area) {
  if (!repository) return [];
  const short = (text, address) => {
    const whole = address(text);
    return whole.length <= LONGEST ? whole : address(text.replace(/^abstract: >-\n(?: {2}.*\n?)+/m, ""));
  };
  const link = (label, className, address) => {
    const element = made("a", { className, href: short(area.value, address) }, label);
    for (const event of ["pointerdown", "focus", "click"]) element.addEventListener(event, () => { element.href = short(area.value, address); });
    return element;
  };
  const title = () => /^title: (?:>-\s+)?(.+)$/m.exec(area.value)?.[1] || key;
  return [
    link("Send it with the form", "ob-button", (text) => formAddress({ title: `Add: ${title()}`, entry: text })),
    link("Make the file on GitHub", "ob-button", (text) => `${repository}/new/${encodeURIComponent(branch)}/data/entries?${query({ filename: `${key}.yml`, value: text })}`),
  ];
}

// -- Start ----------------------------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  look(input.value);
});
const given = new URLSearchParams(location.search).get("id");
if (given) {
  input.value = given;
  look(given);
}
