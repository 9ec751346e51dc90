// Comfort only: every way through the desk works without this file.
"use strict";
(function () {
  document.querySelectorAll("[data-scripted]").forEach(function (note) { note.hidden = false; });

  document.querySelectorAll("[data-ask]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      if (!window.confirm(button.dataset.ask)) event.preventDefault();
    });
  });

  var drop = document.querySelector("[data-drop]");
  if (drop) {
    drop.classList.add("scripted");
    var chooser = drop.querySelector("input[type=file]"), zone = drop.querySelector(".zone"), told = drop.querySelector("[data-zone]");
    var tell = function () {
      if (chooser.files.length) told.textContent = Array.from(chooser.files, function (file) { return file.name; }).join("、");
    };
    chooser.addEventListener("change", tell);
    // A file that misses the zone must not replace the page.
    ["dragover", "drop"].forEach(function (name) {
      document.addEventListener(name, function (event) { event.preventDefault(); });
    });
    document.addEventListener("dragover", function () { zone.classList.add("over"); });
    document.addEventListener("dragleave", function () { zone.classList.remove("over"); });
    document.addEventListener("drop", function (event) {
      zone.classList.remove("over");
      if (!event.dataTransfer || !event.dataTransfer.files.length) return;
      chooser.files = event.dataTransfer.files;
      tell();
    });
  }

  var grid = document.querySelector("form.grid");
  if (!grid) return;
  grid.addEventListener("click", function (event) {
    var cell = event.target.closest("td");
    if (!cell || !cell.id || cell.classList.contains("open") || event.target.closest("button, a")) return;
    open(cell);
  });
  function open(cell) {
    var kept = cell.querySelector(".was"), shown = cell.querySelector("[data-text]");
    var text = "hidden" in cell.dataset ? "" : (shown || cell).textContent.trim();
    var was = document.createElement("input"), input = document.createElement("input");
    was.type = "hidden"; was.name = "was." + cell.id; was.value = text;
    input.name = "cell." + cell.id; input.value = text; input.autocomplete = "off";
    input.setAttribute("aria-label", cell.id);
    input.size = Math.max(6, Math.min(24, text.length * 2));
    cell.textContent = ""; cell.append(was, input); if (kept) cell.append(kept);
    cell.classList.add("open");
    input.focus(); input.select();
  }
  // Enter goes to the next open cell, as in a spreadsheet; in the last one it saves.
  grid.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.matches("td input")) return;
    var inputs = Array.from(grid.querySelectorAll("td.open input:not([type=hidden]), td.open select"));
    var next = inputs[inputs.indexOf(event.target) + 1];
    if (next) { event.preventDefault(); next.focus(); if (next.select) next.select(); }
  });
  // A second press while the first is on its way would only be refused as out of date.
  grid.addEventListener("submit", function () {
    window.setTimeout(function () { grid.querySelectorAll("button.save").forEach(function (one) { one.disabled = true; }); }, 0);
  });
  window.addEventListener("pageshow", function () { grid.querySelectorAll("button.save").forEach(function (one) { one.disabled = false; }); });
  var first = document.querySelector("td:target input:not([type=hidden]), td.error.open input:not([type=hidden])");
  if (first && window.location.hash) { first.focus(); first.select(); }
}());
