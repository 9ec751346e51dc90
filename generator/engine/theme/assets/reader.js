// The row that a search found, passing a page on, what changed since the last visit, reading without network.
(function () {
  "use strict";
  var words = window.cunwuWords || {};
  var script = document.currentScript, article = document.querySelector("article");
  var isKept = !document.querySelector('meta[name="robots"]'); // what nobody may keep is not passed on either
  var PLACES = { r: "table.rows tbody tr", a: ".article", s: "ol.stages > li" };

  function _(message, facts) { // what the page's language says instead
    return (words[message] || message).replace(/\{(\w+)\}/g, function (all, name) { return facts[name]; });
  }

  function make(tag, text, parent, look) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (look) element.className = look;
    if (tag === "button") element.type = "button";
    return parent.appendChild(element);
  }

  function goToPlace() {
    var wanted = /^#([ras])(\d+)$/.exec(location.hash);
    var place = wanted && article.querySelectorAll(PLACES[wanted[1]])[wanted[2] - 1];
    if (!place) return;
    article.querySelectorAll(".found").forEach(function (former) { former.classList.remove("found"); });
    for (var around = place.closest("details"); around; around = around.parentNode.closest("details")) around.open = true;
    var table = place.closest("table"), more = table && table.nextElementSibling; // a long table is drawn in parts
    while (place.hidden && more && more.matches("button.more") && !more.hidden) more.click();
    place.classList.add("found");
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  }

  function pointsOf() {
    var canonical = document.querySelector('link[rel="canonical"]'), figure = article.querySelector(".money, .eq .sum");
    var sentence = article.querySelector(".say");
    return [document.title, figure, sentence, canonical ? canonical.href : location.href.split("#")[0]].map(function (part) {
      return part && part.textContent !== undefined ? [].map.call(part.children.length ? part.children : [part], function (piece) {
        return piece.textContent.replace(/^[\s＝]+|\s+$/g, "");
      }).join(" ") : part;
    }).filter(Boolean).join("\n");
  }

  function copied(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    var field = document.body.appendChild(document.createElement("textarea")); // browsers in other programs, or http
    field.value = text;
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject();
  }

  function sharing() {
    var row = make("p", "", article, "cw-share"), copy = make("button", _("复制这一页的要点"), row, "btn");
    var pass = navigator.share && make("button", _("转发"), row, "btn"), said = make("span", "", row);
    said.setAttribute("role", "status");
    copy.addEventListener("click", function () {
      copied(pointsOf()).then(function () { said.textContent = _("已复制，可以粘贴到微信里。"); },
        function () { said.textContent = _("这个浏览器不让复制，请用它自己的分享。"); });
    });
    if (pass) pass.addEventListener("click", function () {
      navigator.share({ title: document.title, text: pointsOf() }).catch(function () {}); // thought better of it
    });
  }

  function shortDay(day) {
    var name = day.toLocaleString(document.documentElement.lang, { month: "long" });
    return _("{month} 月 {day} 日", { month: day.getMonth() + 1, day: day.getDate(), month_name: name });
  }

  // Kept on this device alone: what the village's pages held when the reader last said so.
  function changes(box) {
    var key = "cunwuSeen " + location.pathname, seen;
    try { seen = JSON.parse(localStorage.getItem(key)); } catch (refused) { return; }
    if (seen && seen.mark === box.dataset.mark) return;
    fetch(box.dataset.changes).then(function (answer) { return answer.json(); }).then(function (found) {
      var now = {}, fresh = [], other = [];
      found.pages.forEach(function (page) {
        if (!page[2] && !page[3]) return;
        now[page[0]] = page[3];
        if (!seen) return;
        if (!(page[0] in seen.pages)) fresh.push(page);
        else if (seen.pages[page[0]] !== page[3]) other.push(page);
      });
      function keep() {
        var day = new Date();
        var kept = { mark: box.dataset.mark, pages: now, day: shortDay(day) };
        try { localStorage.setItem(key, JSON.stringify(kept)); } catch (refused) { return; }
      }
      if (!fresh.length && !other.length) return keep();
      make("h2", _("上次来看（{day}）之后", { day: seen.day }), box);
      make("p", [fresh.length && _("新公开 {count} 项", { count: fresh.length }), other.length && _("改动 {count} 项", { count: other.length })].filter(Boolean).join(_("，")), box);
      var list = make("ul", "", box, "list");
      fresh.concat(other).forEach(function (page, n) {
        var link = make("a", "", make("li", "", list));
        link.href = page[0];
        make("span", page[1], link);
        make("span", n < fresh.length ? _("新") : page[3] ? _("有改动") : _("待更正"), link, n < fresh.length ? "chip ok" : "chip due");
      });
      make("button", _("看过了"), make("p", "", box), "btn").addEventListener("click", function () {
        keep();
        box.hidden = true;
      });
      box.hidden = false;
    }).catch(function () {}); // without network there is nothing to compare
  }

  function offline(page) {
    if (/^#from=/.test(location.hash)) page.querySelector("[data-offline]").hidden = false;
    var shelf = page.querySelector("[data-kept]");
    if (!shelf || !window.caches) return;
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return /^cunwu-pages/.test(name); }).map(function (name) {
        return caches.open(name).then(function (cache) {
          return cache.keys().then(function (kept) {
            return Promise.all(kept.map(function (request) {
              return /\/$/.test(request.url) && request.url !== location.href.split("#")[0] && cache.match(request).then(function (answer) { return answer.text(); }).then(function (text) {
                return [request.url, new DOMParser().parseFromString(text, "text/html").title];
              });
            }));
          });
        });
      }));
    }).then(function (lists) {
      var list = shelf.querySelector("ul");
      [].concat.apply([], lists).filter(Boolean).forEach(function (page) {
        var link = make("a", "", make("li", "", list));
        link.href = page[0];
        make("span", page[1], link);
        shelf.hidden = false;
      });
    });
    shelf.querySelector("button").addEventListener("click", function () {
      caches.keys().then(function (names) {
        return Promise.all(names.filter(function (name) { return /^cunwu-pages/.test(name); }).map(function (name) { return caches.delete(name); }));
      }).then(function () { shelf.hidden = true; });
    });
  }

  if (!article) return;
  goToPlace();
  window.addEventListener("hashchange", goToPlace);
  if (isKept && article.querySelector(".say, .money, .eq, table.rows, .article")) sharing();
  article.querySelectorAll("[data-changes]").forEach(changes);
  if (article.querySelector("[data-kept]")) offline(article);
  if (script.dataset.worker && "serviceWorker" in navigator && isSecureContext) {
    window.addEventListener("load", function () {
      navigator.serviceWorker.register(script.dataset.worker).catch(function () {}); // reading needs no help
    });
  }
})();
