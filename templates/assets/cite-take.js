// Taking works along: copy or download them in a format, with venues short or in full.

import { item, load } from "./search-index.js";

const place = "odebib-format";

let wishes = { format: "bibtex", venues: "full" };
try {
  wishes = { ...wishes, ...JSON.parse(localStorage.getItem(place)) };
} catch { /* as usual */ }

/** Works in a format: [{row, name}], where a name replaces the work's own key. */
export async function written(works, { format, venues }) {
  const { references } = await load("about.json");
  const texts = await Promise.all(works.map(async ({ row, name }) => {
    const [full, short] = await item(`cite/${format}`, references, row);
    const text = venues === "short" && short ? short : full;
    return name && format.startsWith("bib") ? text.replace(/^@(\w+)\{[^,]*/, (_, kind) => `@${kind}{${name}`) : text;
  }));
  if (format !== "csl-json") return texts.join("\n");
  const items = texts.flatMap((text) => JSON.parse(text));
  works.forEach(({ name }, at) => { if (name) items[at].id = items[at]["citation-key"] = name; });
  return `${JSON.stringify(items, null, 2)}\n`;
}

export async function toClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "ob-unseen" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("not copied");
}

export function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function choice(label) {
  const select = document.createElement("select");
  select.setAttribute("aria-label", label);
  return select;
}

function offer(select, values, chosen) {
  for (const [value, text] of Object.entries(values)) select.add(new Option(text, value, false, value === chosen));
}

/** A panel that takes what `works` names along, put into an element; `update(count)` tells it how many there are. */
export function takePanel(element, works, { name = "references", changed = () => {} } = {}) {
  const format = choice("Format");
  const venues = choice("Venues");
  offer(venues, { full: "venues in full", short: "venues short" }, wishes.venues);
  const copy = Object.assign(document.createElement("button"), { type: "button", name: "copy", className: "ob-button i-bib" });
  const save = Object.assign(document.createElement("button"), { type: "button", name: "save", className: "ob-button i-file" });
  const said = Object.assign(document.createElement("span"), { className: "ob-quiet", role: "status" });
  let count = 0;

  const label = () => {
    const shown = format.selectedOptions[0];
    copy.textContent = shown ? `Copy ${shown.text}` : "Copy";
    save.textContent = "Download";
    copy.disabled = save.disabled = !count || !shown;
  };
  const wish = () => {
    wishes = { format: format.value, venues: venues.value };
    try { localStorage.setItem(place, JSON.stringify(wishes)); } catch { /* not kept */ }
    label();
    changed(wishes);
  };
  const say = (text) => {
    said.textContent = text;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { said.textContent = ""; }, 2500);
  };
  const act = async (how, done) => {
    copy.disabled = save.disabled = true;
    try {
      const taken = await works();
      await how(await written(taken, wishes));
      say(`${taken.length} ${done}`);
    } catch {
      say("That did not work; try again.");
    }
    label();
  };
  format.addEventListener("change", wish);
  venues.addEventListener("change", wish);
  copy.addEventListener("click", () => act(toClipboard, "copied"));
  save.addEventListener("click", async () => {
    const { formats } = await load("about.json");
    act((text) => download(text, name + formats[wishes.format].ending), "downloaded");
  });
  element.append(copy, save, format, venues, said);
  label();
  load("about.json").then(({ formats }) => {
    if (!Object.hasOwn(formats, wishes.format)) [wishes.format] = Object.keys(formats);
    offer(format, Object.fromEntries(Object.entries(formats).map(([value, { label: text }]) => [value, text])), wishes.format);
    label();
  }).catch(() => { /* nothing can be taken while nothing can be fetched */ });
  return { update(number) { count = number; label(); }, wishes: () => wishes };
}
