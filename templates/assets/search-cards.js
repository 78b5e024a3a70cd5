// The cards of works, as every page shows them; an abstract is fetched when it is opened.

import { item, load } from "./search-index.js";
import { mark } from "./mylist.js";

/** What is known of some works: [{row, key, card, abstract, where}], in the order of the rows. */
export async function described(rows) {
  const { cards } = await load("about.json");
  return Promise.all(rows.map(async (row) => {
    const [key, card, abstract, where] = await item("cards", cards, row);
    return { row, key, card, abstract: Boolean(abstract), where };
  }));
}

/** The card of a work as an element. */
export function cardElement(work) {
  const template = document.createElement("template");
  template.innerHTML = work.card;
  const card = template.content.firstElementChild;
  if (work.abstract) card.append(abstractOf(work.row));
  mark(card);
  return card;
}

function abstractOf(row) {
  const details = document.createElement("details");
  details.innerHTML = "<summary>Abstract</summary>";
  details.addEventListener("toggle", async () => {
    try {
      const { abstracts } = await load("about.json");
      const text = await item("abstracts", abstracts, row);
      if (details.children.length === 1) details.insertAdjacentHTML("beforeend", text);
    } catch {
      details.open = false;
    }
  }, { once: true });
  return details;
}

/** The cards of some rows, as elements. */
export async function cardElements(rows) {
  return (await described(rows)).map(cardElement);
}
