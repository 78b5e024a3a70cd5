// The map: moving and coming nearer. Without it the map is a picture with links.
(function () {
  "use strict";
  document.querySelectorAll("[data-map]").forEach(function (box) {
    var svg = box.querySelector("svg"), said = box.querySelector("[data-said]"), first = said.textContent;
    var drawn = svg.getAttribute("viewBox").trim().split(/\s+/).map(Number);
    var all = fitted(drawn);
    var view = { x: all.x, y: all.y, size: all.size };
    var pointers = new Map(), moved = 0, MOST = 14;

    // The drawing, widened to the shape of the window on it; sizes are widths from here on.
    function fitted(box) {
      var width = Math.max(box[2], box[3] / shape());
      return { x: box[0] - (width - box[2]) / 2, y: box[1] - (width * shape() - box[3]) / 2, size: width };
    }
    function shape() { // a window may be hidden, and have no size
      return svg.clientWidth && svg.clientHeight ? svg.clientHeight / svg.clientWidth : 1;
    }

    function draw() {
      view.size = Math.min(Math.max(view.size, all.size / MOST), all.size);
      view.x = Math.min(Math.max(view.x, all.x), all.x + all.size - view.size);
      view.y = Math.min(Math.max(view.y, all.y), all.y + (all.size - view.size) * shape());
      svg.setAttribute("viewBox", [view.x, view.y, view.size, view.size * shape()].join(" "));
      var near = all.size / view.size;
      box.classList.toggle("is-near", svg.clientWidth / view.size > 3.4);
      svg.style.touchAction = near > 1.01 ? "none" : "pan-x pan-y";
      svg.style.setProperty("--near", Math.sqrt(near).toFixed(3));
      box.querySelector('[data-zoom="out"]').disabled = near < 1.01;
      box.querySelector('[data-zoom="in"]').disabled = near > MOST - .01;
    }

    // Zoom by a factor around a place of the screen.
    function zoom(factor, clientX, clientY) {
      var rect = svg.getBoundingClientRect();
      var u = clientX === undefined ? .5 : (clientX - rect.left) / rect.width;
      var v = clientY === undefined ? .5 : (clientY - rect.top) / rect.height;
      var size = Math.min(Math.max(view.size / factor, all.size / MOST), all.size);
      view.x += (view.size - size) * u;
      view.y += (view.size - size) * shape() * v;
      view.size = size;
      draw();
    }

    function move(dx, dy) {
      var scale = view.size / svg.clientWidth;
      view.x -= dx * scale;
      view.y -= dy * scale;
      draw();
    }

    box.addEventListener("click", function (event) {
      var button = event.target.closest("[data-zoom]");
      if (button) {
        if (button.dataset.zoom === "all") { view.size = all.size; draw(); }
        else zoom(button.dataset.zoom === "in" ? 1.6 : 1 / 1.6);
      } else if (moved > 6) event.preventDefault();
    }, true);
    svg.addEventListener("dblclick", function (event) { event.preventDefault(); zoom(2, event.clientX, event.clientY); });
    svg.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey && view.size >= all.size) return;
      event.preventDefault();
      zoom(Math.pow(1.0016, -event.deltaY * (event.deltaMode ? 30 : 1)), event.clientX, event.clientY);
    }, { passive: false });
    svg.addEventListener("dragstart", function (event) { event.preventDefault(); });
    svg.addEventListener("pointerdown", function (event) {
      pointers.set(event.pointerId, event);
      moved = 0;
    });
    window.addEventListener("pointermove", function (event) {
      var before = pointers.get(event.pointerId);
      if (!before) return;
      var dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
      moved += Math.abs(dx) + Math.abs(dy);
      if (pointers.size === 1) {
        if (view.size < all.size) move(dx, dy);
      } else {
        var other = Array.from(pointers.values()).find(function (one) { return one.pointerId !== event.pointerId; });
        var distance = function (one) { return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY); };
        if (distance(before)) {
          zoom(distance(event) / distance(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
        }
      }
      pointers.set(event.pointerId, event);
    });
    ["pointerup", "pointercancel"].forEach(function (name) {
      window.addEventListener(name, function (event) { pointers.delete(event.pointerId); });
    });
    svg.addEventListener("keydown", function (event) {
      var step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (step && view.size < all.size) move(step[0], step[1]);
      else if (event.key === "+" || event.key === "=") zoom(1.6);
      else if (event.key === "-") zoom(1 / 1.6);
      else return;
      event.preventDefault();
    });
    function tell(event) {
      var link = event.target.closest("a");
      said.textContent = link ? link.getAttribute("aria-label") : first;
    }
    svg.addEventListener("pointerover", tell);
    svg.addEventListener("focusin", tell);
    window.addEventListener("resize", function () {
      all = fitted(drawn);
      view = { x: all.x, y: all.y, size: all.size };
      draw();
    });
    draw();
  });
})();
