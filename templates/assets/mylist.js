// "+ My list": works that a reader keeps, in this browser alone.

const root = new URL("../", import.meta.url);
const place = `odebib-list:${root.pathname}`;

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(place));
    return Array.isArray(found) ? found.filter((key) => /^[a-z0-9]+(-x)?$/.test(key)) : [];
  } catch {
    return [];
  }
}

let kept = new Set(read());

/** The keys of the list, in the order in which they were taken. */
export const keys = () => [...kept];

export const has = (key) => kept.has(key);

function write() {
  try {
    localStorage.setItem(place, JSON.stringify([...kept]));
  } catch { /* a browser that keeps nothing: the list lasts as long as the page */ }
  refresh();
  window.dispatchEvent(new CustomEvent("mylist"));
}

export function add(more) {
  kept = new Set([...read(), ...more]);
  write();
}

export function remove(fewer) {
  const gone = new Set(fewer);
  kept = new Set(read().filter((key) => !gone.has(key)));
  write();
}

/** The address of a list of works, to be sent to others; a long one stays out of servers' sight. */
export function address(list) {
  const sign = list.length > 150 ? "#" : "?";
  return new URL(`search/${sign}keys=${list.join(",")}`, root).href;
}

// -- What pages show of it --------------------------------------------------------------

/** Show on the buttons below an element which works are in the list. */
export function mark(element) {
  for (const button of element.querySelectorAll("[data-list]")) {
    const inside = kept.has(button.dataset.list);
    button.setAttribute("aria-pressed", String(inside));
    button.title = inside ? "Take it off my list" : "Put it on my list";
  }
}

let link;

function refresh() {
  mark(document);
  if (!link) {
    const header = document.querySelector(".ob-header .md-header__inner");
    if (!header) return;
    link = document.createElement("a");
    link.className = "ob-mylist";
    link.href = new URL("search/?keys=", root).href;
    header.insertBefore(link, header.querySelector("[data-md-component=palette]"));
  }
  link.hidden = !kept.size;
  link.innerHTML = `<span>My list</span> <b>${kept.size}</b>`;
  link.setAttribute("aria-label", `My list: ${kept.size} ${kept.size === 1 ? "work" : "works"}`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-list]");
  if (!button) return;
  const key = button.dataset.list;
  if (has(key)) remove([key]);
  else add([key]);
});

window.addEventListener("storage", (event) => {
  if (event.key !== place) return;
  kept = new Set(read());
  refresh();
  window.dispatchEvent(new CustomEvent("mylist"));
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  kept = new Set(read());
  refresh();
});

refresh();
