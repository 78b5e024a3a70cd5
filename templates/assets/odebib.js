// Niceties: copying, filtering names. Every page reads well without.
(function () {
  "use strict";

  // -- Copying ------------------------------------------------------------------------

  function toClipboard(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    var copied = document.execCommand("copy");
    area.remove();
    return copied ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  // The text of a citation, with the name of its venue that is chosen.
  function cited(pre) {
    var copy = pre.cloneNode(true), short = document.querySelector("[data-short-venue]");
    copy.querySelectorAll(short && short.checked ? ".ob-full" : ".ob-short").forEach(function (part) { part.remove(); });
    return copy.textContent;
  }

  // The citation that is shown beside a button, in the format that is chosen.
  function shown(element) {
    var box = element.closest(".ob-formats");
    return box.querySelector("#" + box.querySelector("[name=format]:checked").id.slice("as-".length));
  }

  // What a link or button copies: its own text, that of an element of the page, or the file it leads to.
  function textOf(element) {
    if (element.dataset.copyText) return Promise.resolve(element.dataset.copyText);
    if (element.dataset.copy) return Promise.resolve(cited(document.querySelector(element.dataset.copy)));
    if (element.hasAttribute("data-copy-shown")) return Promise.resolve(cited(shown(element)));
    return fetch(element.href).then(function (answer) {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    });
  }

  function say(element, words) {
    var before = element.dataset.words || (element.dataset.words = element.textContent);
    element.textContent = words;
    element.setAttribute("data-done", "");
    clearTimeout(element.timer);
    element.timer = setTimeout(function () {
      element.textContent = before;
      element.removeAttribute("data-done");
    }, 1600);
  }

  document.addEventListener("click", function (event) {
    var element = event.target.closest("[data-copy], [data-copy-text], [data-copy-shown]");
    if (!element || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    textOf(element).then(toClipboard).then(
      function () { say(element, "Copied"); },
      function () { if (element.href) location.href = element.href; }
    );
  });

  // -- Citing: the format and the venue's name that were chosen last ---------------------

  function remembered(name, value) {
    try {
      if (value !== undefined) localStorage.setItem(name, value);
      return localStorage.getItem(name);
    } catch (error) { return null; } // storage may be forbidden
  }

  document.querySelectorAll(".ob-formats").forEach(function (box) {
    var short = box.querySelector("[data-short-venue]");
    var last = box.querySelector("#as-" + (remembered("odebib.format")));
    if (last) last.checked = true;
    if (short) short.checked = remembered("odebib.venues") === "short";
    box.addEventListener("change", function (event) {
      if (event.target === short) remembered("odebib.venues", short.checked ? "short" : "full");
      else remembered("odebib.format", event.target.id.slice("as-".length));
    });
    box.querySelector("[data-download]").addEventListener("click", function (event) {
      var pre = shown(event.target), link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([cited(pre)], { type: "text/plain;charset=utf-8" }));
      link.download = event.target.dataset.download + pre.dataset.ending;
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });

  // -- Filtering names ----------------------------------------------------------------

  document.querySelectorAll("[data-filter]").forEach(function (input) {
    var items;

    function filter(folding) {
      items = items || Array.prototype.map.call(document.querySelectorAll(input.dataset.filter), function (item) {
        return [item, " " + folding.fold(item.textContent)];
      });
      var words = folding.words(input.value);
      items.forEach(function (pair) {
        pair[0].hidden = !words.every(function (word) { return pair[1].includes(word); });
      });
      document.querySelectorAll(".ob-index").forEach(function (section) {
        section.hidden = !section.querySelector("li:not([hidden])");
      });
    }

    input.addEventListener("input", function () { import("./folding.js").then(filter); });
  });

  // -- A page that does not exist: what was asked for, as a search ---------------------

  var lost = document.querySelector("[data-from-address]");
  if (lost) {
    var last = location.pathname.split("/").filter(Boolean).pop() || "";
    try { last = decodeURIComponent(last); } catch (error) { /* as it stands */ }
    lost.value = last.replace(/\.(html|bib|json)$/, "").replace(/[-_]+/g, " ");
  }
})();
