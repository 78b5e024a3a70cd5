// The search fields of all pages: `/` and Ctrl-K lead there, and what is typed finds works at once.

const root = new URL("../", import.meta.url);
const shown = 7;

/** The field to jump to: the page's own, else the header's, else the search page. */
function jump() {
  const fields = [...document.querySelectorAll(".ob-search input[name=q], .ob-find input")];
  const field = fields.find((input) => input.offsetParent !== null);
  if (!field) {
    location.href = new URL("search/", root).href;
    return;
  }
  field.focus();
  field.select();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !control) return;
  event.preventDefault();
  jump();
});

/** Suggestions below a field, by the pattern of a combobox. */
function suggest(input, index) {
  const box = document.createElement("ul"), name = `suggested-${index}`;
  const status = document.createElement("span");
  let asked = 0, waiting = 0;
  box.id = name;
  box.className = "ob-suggested";
  box.role = "listbox";
  box.ariaLabel = "Works";
  box.hidden = true;
  status.className = "ob-unseen";
  status.role = "status";
  input.after(box, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", name);
  input.setAttribute("aria-expanded", "false");

  const options = () => [...box.children];
  const active = () => box.querySelector("[aria-selected=true]");

  function close() {
    asked++;
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(works, count, text) {
    box.replaceChildren(...works.map((work, at) => {
      const option = document.createElement("li"), template = document.createElement("template");
      template.innerHTML = work.card;
      const title = document.createElement("b"), where = document.createElement("span");
      title.append(...template.content.querySelector("h3 a").childNodes);
      const people = template.content.querySelector(".ob-people")?.textContent.trim() || "";
      const place = template.content.querySelector(".ob-where")?.textContent.trim() || "";
      where.textContent = [place, people].filter(Boolean).join(" · ");
      option.append(title, where);
      option.id = `${name}-${at}`;
      option.role = "option";
      option.setAttribute("aria-selected", "false");
      option.dataset.to = new URL(`entries/${work.key}/`, root).href;
      return option;
    }));
    if (count > works.length) {
      const all = document.createElement("li");
      all.className = "ob-suggested__all";
      all.id = `${name}-all`;
      all.role = "option";
      all.setAttribute("aria-selected", "false");
      all.textContent = `All ${count} works`;
      all.dataset.to = new URL(`search/?q=${encodeURIComponent(text)}`, root).href;
      box.append(all);
    }
    box.hidden = !box.children.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
    status.textContent = count === 1 ? "1 work" : `${count} works`;
  }

  async function find() {
    const text = input.value.trim(), mine = ++asked;
    if (text.length < 2) {
      close();
      return;
    }
    const [index, cards, { identify }] = await Promise.all([import("./search-index.js"), import("./search-cards.js"), import("./identifiers.js")]);
    try {
      const names = identify(text), exact = /\d/.test(text) && Object.keys(names).length ? await index.lookup(names) : null;
      const rows = exact ? [exact.row] : [...(await index.search(text)).keys()];
      if (mine !== asked) return;
      const works = await cards.described(rows.slice(0, shown));
      if (mine === asked && document.activeElement === input) show(works, rows.length, text);
    } catch {
      if (mine === asked) close(); // the field still leads to the search page
    }
  }

  input.addEventListener("focus", () => { import("./search-index.js").then((index) => index.load("about.json")); });
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 120);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !box.hidden) {
      event.preventDefault();
      const all = options(), at = all.indexOf(active()), step = event.key === "ArrowDown" ? 1 : -1;
      const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
      choose(all[next]);
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      location.href = active().dataset.to;
    }
  });
  box.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-to]");
    if (!option || event.button) return;
    event.preventDefault();
    location.href = option.dataset.to;
  });
}

document.querySelectorAll(".ob-find input, .ob-search:not([data-search]) input[name=q]").forEach(suggest);
