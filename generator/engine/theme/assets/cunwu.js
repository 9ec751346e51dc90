// Large type, the list of villages as one types, days left; pages read well without.
(function () {
  "use strict";
  var root = document.documentElement;

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

  function days(element) {
    var now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    var left = Math.round((Date.parse(element.dataset.due) - today) / 864e5);
    if (isNaN(left)) return;
    element.append(left > 0 ? "（还有 " + left + " 天）" : left < 0 ? "（已过 " + -left + " 天）" : "（今天）");
  }

  function each(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  document.addEventListener("DOMContentLoaded", function () {
    each("[data-elder]", elder);
    each("[data-filter]", filter);
    each("[data-due]", days);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") document.getElementById("__drawer").checked = false;
  });
})();
