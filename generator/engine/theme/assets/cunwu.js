// Large type, reading aloud, long tables in parts, the list of villages as one types, days left; pages read well
// without.
(function () {
  "use strict";
  var root = document.documentElement, words = window.cunwuWords || {};

  function _(message, facts) { // what the page's language says instead
    return (words[message] || message).replace(/\{(\w+)\}/g, function (all, name) { return facts[name]; });
  }

  function kept(value) { // a private window may refuse to remember
    try {
      if (value) localStorage.cunwuElder = value;
      return localStorage.cunwuElder;
    } catch (refused) { return ""; }
  }

  root.classList.add("js");
  if (kept() === "yes") root.classList.add("elder");

  function elder(button) {
    function show(large) {
      button.setAttribute("aria-pressed", large);
      return large;
    }
    button.addEventListener("click", function () {
      kept(show(root.classList.toggle("elder")) ? "yes" : "no");
    });
    show(root.classList.contains("elder"));
  }

  // A real button in the label's place; without scripts the box itself takes the keyboard.
  function drawer(label) {
    var box = document.getElementById("__drawer"), button = document.createElement("button");
    function show(open) {
      box.checked = open;
      button.setAttribute("aria-expanded", open);
    }
    button.type = "button";
    button.className = label.className;
    button.textContent = label.textContent;
    button.addEventListener("click", function () { show(!box.checked); });
    box.addEventListener("change", function () { show(box.checked); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") show(false);
    });
    show(box.checked);
    label.replaceWith(button);
  }

  function filter(input) {
    input.addEventListener("input", function () {
      var wanted = input.value.replace(/\s+/g, "").toLowerCase();
      each("[data-filter-list] [data-name]", function (entry) {
        entry.hidden = entry.dataset.name.toLowerCase().indexOf(wanted) < 0;
      });
      each("[data-filter-list] section", function (section) {
        section.hidden = !section.querySelector("[data-name]:not([hidden])");
      });
    });
  }

  // What was typed goes on to the search page behind a "#": no server is told of it.
  function onward(form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      location.href = form.action + "#q=" + encodeURIComponent(form.querySelector("input").value.trim());
    });
  }

  function days(element) {
    var now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    var left = Math.round((Date.parse(element.dataset.due) - today) / 864e5);
    // In a list of what is on display the days would push the lines below down.
    if (isNaN(left) || element.closest(".list .chip.ok")) return;
    // The page was made before the day: that it is not due yet is no longer true.
    if (left < 0 && element.closest(".chip.due")) element.textContent = _("到期日");
    element.append(left > 0 ? _("（还有 {days} 天）", { days: left }) : left < 0 ? _("（已过 {days} 天）", { days: -left }) : _("（今天）"));
  }

  // Only what a listener wants, and a sentence at a time: phones stop long texts after some seconds.
  var HEARD = ["h1", "h2", ".say", ".fix", ".held:not(.chip)", ".eq div", ".money", ".facts div", ".article p", "tbody tr"];
  function aloud(button) {
    var voice = window.speechSynthesis;
    if (!voice || !window.SpeechSynthesisUtterance) return;
    function show(reading) {
      button.textContent = reading ? _("停止") : _("朗读");
      button.setAttribute("aria-pressed", reading);
    }
    function stop() {
      voice.cancel();
      show(false);
    }
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-pressed") === "true") return stop();
      var texts = [];
      each(".md-content :is(" + HEARD + "):not([hidden])", function (part) {
        var text = spoken(part);
        if (text) texts.push(text);
      });
      voice.cancel();
      show(true);
      texts.forEach(function (text, index) {
        var utterance = new SpeechSynthesisUtterance(text);
        utterance.lang = root.lang;
        utterance.rate = .85;
        if (index === texts.length - 1) utterance.onend = utterance.onerror = stop;
        voice.speak(utterance);
      });
    });
    window.addEventListener("pagehide", stop);
    show(false);
    button.hidden = false;
  }

  function spoken(part) {
    if (part.tagName !== "TR") return part.textContent.replace(/\s+/g, " ").trim();
    return [].map.call(part.cells, function (cell) {
      var text = cell.textContent.trim();
      return text && (cell.dataset.label ? cell.dataset.label + "，" : "") + text;
    }).filter(Boolean).join("；");
  }

  // A table of a thousand rows is on the page whole; a small phone draws it in parts.
  var PART = 100;
  function inParts(table) {
    var rows = [].slice.call(table.tBodies[0] ? table.tBodies[0].rows : []);
    if (rows.length <= 2 * PART) return;
    var shown = 0, button = document.createElement("button");
    button.type = "button";
    button.className = "btn more";
    function show(until) {
      shown = Math.min(until, rows.length);
      rows.forEach(function (row, index) { row.hidden = index >= shown; });
      button.hidden = shown === rows.length;
      button.textContent = _("已显示 {shown} 条，共 {count} 条，再看 {more} 条", { shown: shown, count: rows.length, more: Math.min(PART, rows.length - shown) });
    }
    function toTarget() {
      var wanted = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      var place = wanted ? rows.indexOf(wanted.closest("tr")) : -1;
      if (place < shown) return;
      show(place + PART);
      wanted.scrollIntoView();
    }
    button.addEventListener("click", function () { show(shown + PART); });
    window.addEventListener("hashchange", toTarget);
    window.addEventListener("beforeprint", function () { show(rows.length); });
    table.after(button);
    show(PART);
    toTarget();
  }

  // Asking: the number of a row goes into everything that the panel offers; one button walks along the rows.
  function asking(panel) {
    var page = panel.dataset.ask, known = page, input = panel.querySelector("input");
    var copied = panel.querySelector("[data-copied]"), copy = document.createElement("button");
    function put(row) {
      var wanted = page + (row ? "-" + row : "");
      each(".ask [data-ref], .ask [data-copied]", function (part) { part.textContent = part.textContent.replace(known, wanted); });
      each(".ask a.btn", function (link) { link.href = link.href.replace(known, wanted); });
      known = wanted;
    }
    copy.type = "button";
    copy.className = "btn";
    copy.textContent = _("复制");
    copy.addEventListener("click", function () {
      getSelection().selectAllChildren(copied);
      if (navigator.clipboard) navigator.clipboard.writeText(copied.textContent).then(function () { copy.textContent = _("已复制"); }, function () {});
    });
    copied.after(document.createElement("br"), copy);
    if (!input) return;
    input.addEventListener("input", function () { put(input.value.replace(/[^0-9A-Za-z-]/g, "")); });
    var button = document.createElement("a");
    button.className = "btn";
    button.href = "#ask";
    button.textContent = _("问这一条");
    button.addEventListener("click", function () {
      input.value = button.closest("tr").id.slice(1);
      put(input.value);
    });
    function stand(row) {
      if (row) (row.querySelector(".lead") || row.cells[0]).append(button);
    }
    document.addEventListener("click", function (event) {
      if (!event.target.closest("a, button, summary")) stand(event.target.closest("tr[id]"));
    });
    function arrive() {
      var row = document.getElementById(location.hash.slice(1));
      if (row && row.tagName === "TR") stand(row);
    }
    window.addEventListener("hashchange", arrive);
    arrive();
  }

  // A list by group: the chosen group's rows alone, the whole list when it is chosen again.
  function groups(nav) {
    nav.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      var group = link.getAttribute("aria-current") ? "" : link.dataset.group;
      each("[data-group]", function (other) { other.removeAttribute("aria-current"); });
      if (group) link.setAttribute("aria-current", "true");
      each("table.rows tbody tr", function (row) {
        var cell = row.querySelector('[data-label="' + nav.dataset.groups + '"]');
        row.classList.toggle("other", Boolean(group && cell && cell.textContent !== group));
        if (group) row.hidden = false; // it may stand in a part that is not drawn yet
      });
    });
  }

  // The QR code: its script is loaded when the address is opened, or idly on a desk, where one prints.
  function code(box) {
    function draw() {
      if (box.querySelector("svg") || !window.cunwuCode) return;
      box.querySelector("p").insertAdjacentHTML("beforebegin", cunwuCode.svg(box.dataset.code));
    }
    function load() {
      if (box.dataset.loading) return;
      box.dataset.loading = "yes";
      var script = document.createElement("script");
      script.src = box.dataset.src;
      script.onload = draw;
      document.head.append(script);
    }
    box.addEventListener("toggle", load);
    if (matchMedia("(min-width: 60em)").matches && window.requestIdleCallback) requestIdleCallback(load);
    window.addEventListener("beforeprint", draw);
  }

  function each(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  document.addEventListener("DOMContentLoaded", function () {
    each("[data-elder]", elder);
    each(".cw-bar__menu", drawer);
    each("[data-filter]", filter);
    each("[data-find]", onward);
    each("[data-due]", days);
    each(".md-content table.rows", inParts);
    each("[data-read]", aloud);
    each(".ask", asking);
    each("[data-groups]", groups);
    each("[data-code]", code);
  });
})();
