// Niceties: copying, filtering names, searching. Every page reads well without.
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

  // What a link or button copies: its own text, that of an element of the page, or the file it leads to.
  function textOf(element) {
    if (element.dataset.copyText) return Promise.resolve(element.dataset.copyText);
    if (element.dataset.copy) return Promise.resolve(document.querySelector(element.dataset.copy).textContent);
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
    var element = event.target.closest("[data-copy], [data-copy-text]");
    if (!element || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    textOf(element).then(toClipboard).then(
      function () { say(element, "Copied"); },
      function () { if (element.href) location.href = element.href; }
    );
  });

  // -- Filtering names ----------------------------------------------------------------

  // Letters that no accent can be taken from.
  var plainLetters = { "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th" };

  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[ıøłđðßæœþ]/g, function (letter) {
      return plainLetters[letter];
    });
  }

  document.querySelectorAll("[data-filter]").forEach(function (input) {
    var items = Array.prototype.map.call(document.querySelectorAll(input.dataset.filter), function (item) {
      return [item, folded(item.textContent)];
    });
    input.addEventListener("input", function () {
      var words = folded(input.value).split(/\s+/);
      items.forEach(function (pair) {
        pair[0].hidden = !words.every(function (word) { return pair[1].includes(word); });
      });
      document.querySelectorAll(".ob-index").forEach(function (section) {
        section.hidden = !section.querySelector("li:not([hidden])");
      });
    });
  });

  // -- Searching ----------------------------------------------------------------------

  var form = document.querySelector("[data-search]");
  if (form) {
    var input = form.elements.q, base = form.dataset.base, rows = null;
    var results = document.querySelector("[data-results]"), status = document.querySelector("[data-status]");
    var browse = document.querySelector("[data-browse]"), limit = 100;
    var asked = new URLSearchParams(location.search);
    input.value = asked.get("q") || "";

    var node = function (name, className, text) {
      var made = document.createElement(name);
      if (className) made.className = className;
      if (text) made.textContent = text;
      return made;
    };
    var link = function (address, text, className) {
      var made = node("a", className, text);
      made.href = /^https?:/.test(address) ? address : base + address;
      return made;
    };
    var card = function (row) {
      var made = node("article", "ob-card"), title = node("h3"), foot = node("div", "ob-card__foot");
      var badges = node("p", "ob-badges"), actions = node("p", "ob-actions");
      title.append(link("entries/" + row[0] + "/", row[1]));
      made.append(title, node("p", "ob-where", row[3]), node("p", "ob-people", row[2]));
      if (row[4]) made.append(node("p", "ob-summary", row[4]));
      row[5].forEach(function (tag) { badges.append(link("tags/" + tag[0] + "/", tag[1], "ob-badge b-" + tag[0])); });
      if (row[6]) actions.append(link(row[6], "PDF", "i-pdf"));
      if (row[7]) actions.append(link(row[7], "Code", "i-code"));
      var bib = link("entries/" + row[0] + ".bib", "BibTeX", "i-bib");
      bib.setAttribute("data-copy", "");
      actions.append(bib);
      foot.append(badges, actions);
      made.append(foot);
      return made;
    };
    // A key or an identifier, also as the address of one, goes straight to its work.
    var exact = function (text) {
      var bare = text.trim().replace(/^https?:\/\/(dx\.)?(www\.)?(doi\.org|arxiv\.org\/(abs|pdf|html))\//i, "")
        .replace(/^(arxiv|doi)\s*:\s*/i, "").replace(/(\.pdf)?(v\d+)?(\.pdf)?$/i, "").toLowerCase();
      return bare && (rows.find(function (row) { return row[0] === bare; }) || rows.find(function (row) {
        return row[9].some(function (known) { return known.toLowerCase() === bare || known === text.trim(); });
      }));
    };
    var show = function () {
      var text = input.value, words = folded(text).split(/[^\p{L}\p{N}.]+/u).filter(Boolean);
      var withCode = asked.get("has") === "code", active = words.length > 0 || withCode;
      browse.hidden = active;
      var found = active ? rows.filter(function (row) {
        return (!withCode || row[7]) && words.every(function (word) { return row[10].includes(word); });
      }) : [];
      var inTitle = function (row) { return words.every(function (word) { return row[11].includes(word); }) ? 0 : 1; };
      found.sort(function (a, b) { return inTitle(a) - inTitle(b); });
      results.replaceChildren.apply(results, found.slice(0, limit).map(card));
      status.textContent = !active ? "" : (found.length === 1 ? "1 work" : found.length + " works") +
        (withCode ? " with code" : "") + (found.length > limit ? ", the first " + limit + " shown" : "");
    };
    var start = function () {
      if (rows) return Promise.resolve();
      return fetch(form.dataset.search).then(function (answer) { return answer.json(); }).then(function (found) {
        found.forEach(function (row) {
          row.push(folded([row[0], row[1], row[2], row[3], row[8], row[9].join(" ")].join(" ")), folded(row[1]));
        });
        rows = found;
      });
    };
    if (input.value || asked.get("has")) {
      start().then(function () {
        var hit = exact(input.value);
        if (hit) location.replace(base + "entries/" + hit[0] + "/");
        else show();
      });
    }
    input.addEventListener("input", function () { start().then(show); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      start().then(function () {
        var hit = exact(input.value);
        if (hit) { location.href = base + "entries/" + hit[0] + "/"; return; }
        asked.delete("has");
        history.replaceState(null, "", input.value ? "?q=" + encodeURIComponent(input.value) : location.pathname);
        show();
      });
    });
  }

  // -- A page that does not exist: what was asked for, as a search ---------------------

  var lost = document.querySelector("[data-from-address]");
  if (lost) {
    var last = location.pathname.split("/").filter(Boolean).pop() || "";
    try { last = decodeURIComponent(last); } catch (error) { /* as it stands */ }
    lost.value = last.replace(/\.(html|bib|json)$/, "").replace(/[-_]+/g, " ");
  }
})();
