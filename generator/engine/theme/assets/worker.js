// Pages seen once open without network; lists of persons, downloads and receipts are never kept.
"use strict";
var FORM = "1", PAGES = "cunwu-pages-" + FORM, ASSETS = "cunwu-assets-" + FORM;
var SCOPE = new URL("./", self.location).href, OFFLINE = "offline/";
var LANGUAGES = [""].concat(self.cunwuLanguages || []);
var PATIENCE = 4000, DAYS = 30, STAMP = "x-cunwu-kept";
var tidied = null; // once each time that the browser wakes the keeper
var PASSING = /<meta name="robots"/;

function pathOf(url) {
  return url.slice(SCOPE.length).split(/[?#]/)[0];
}

function keep(name, url, answer) {
  return answer.blob().then(function (body) {
    var head = { "content-type": answer.headers.get("content-type") || "", [STAMP]: String(Date.now()) };
    return caches.open(name).then(function (cache) { return cache.put(url, new Response(body, { headers: head })); });
  });
}

function forget(url) {
  return caches.open(PAGES).then(function (cache) { return cache.delete(url); });
}

function isOld(answer, days) {
  return Date.now() - Number(answer.headers.get(STAMP)) > days * 864e5;
}

function tidy() {
  return caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return /^cunwu-/.test(name); }).map(function (name) {
      if (name !== PAGES && name !== ASSETS) return caches.delete(name);
      return caches.open(name).then(function (cache) {
        return cache.keys().then(function (requests) {
          return Promise.all(requests.map(function (request) {
            return cache.match(request).then(function (answer) { return isOld(answer, DAYS) && cache.delete(request); });
          }));
        });
      });
    }));
  });
}

// What the network said of a page decides what is kept of it: a page that turned into a list of persons,
// or is gone, is forgotten at once.
function learn(url, answer) {
  if (answer.status === 404 || answer.status === 410) return forget(url);
  if (!answer.ok || answer.redirected || !/text\/html/.test(answer.headers.get("content-type"))) return Promise.resolve();
  return answer.clone().text().then(function (text) {
    return PASSING.test(text) ? forget(url) : keep(PAGES, url, answer);
  });
}

function known(name, url) {
  return caches.open(name).then(function (cache) { return cache.match(url); }).then(function (answer) {
    return answer && !isOld(answer, DAYS) ? answer : undefined;
  });
}

function fromNetwork(event, url, learned) {
  return fetch(event.request).then(function (answer) {
    event.waitUntil(learned(url, answer.clone()));
    return answer;
  });
}

function networkFirst(event, url, learned, otherwise) {
  var answer = fromNetwork(event, url, learned);
  var late = new Promise(function (done) { setTimeout(done, PATIENCE); }).then(function () { return known(PAGES, url); });
  event.waitUntil(answer.catch(function () {}));
  return Promise.race([answer, late.then(function (kept) { return kept || answer; })]).catch(function () {
    return known(PAGES, url).then(function (kept) { return kept || otherwise(); });
  });
}

function cacheFirst(event, url) {
  return known(ASSETS, url).then(function (kept) {
    if (!kept) {
      return fromNetwork(event, url, function (url, answer) {
        return answer.ok ? keep(ASSETS, url, answer) : Promise.resolve();
      });
    }
    if (isOld(kept, DAYS / 4)) event.waitUntil(keep(ASSETS, url, kept.clone())); // in use: it stays
    return kept;
  });
}

function learnData(url, answer) {
  return answer.ok ? keep(PAGES, url, answer) : forget(url);
}

self.addEventListener("install", function (event) {
  var first = self.cunwuAssets.map(function (path) { return [ASSETS, SCOPE + path]; }).concat(LANGUAGES.map(function (folder) { return [PAGES, SCOPE + folder + OFFLINE]; }));
  event.waitUntil(Promise.all(first.map(function (one) {
    return fetch(one[1]).then(function (answer) {
      if (!answer.ok) throw new Error(one[1]);
      return keep(one[0], one[1], answer);
    });
  })).then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(tidy().then(function () { return self.clients.claim(); }).then(function () {
    return self.clients.matchAll({ type: "window" });
  }).then(function (open) { // the page that brought the keeper is kept like those that follow
    return Promise.all(open.map(function (client) {
      var url = client.url.split(/[?#]/)[0];
      return fetch(url, { cache: "force-cache" }).then(function (answer) { return learn(url, answer); });
    }));
  }).catch(function () {}));
});

self.addEventListener("fetch", function (event) {
  var request = event.request, url = request.url.split("#")[0], path = pathOf(url);
  if (request.method !== "GET" || url.indexOf(SCOPE) !== 0 || request.headers.has("range")) return;
  if (request.mode === "navigate" && /(^|\/|\.html)$/.test(path)) {
    event.waitUntil(tidied = tidied || tidy());
    event.respondWith(networkFirst(event, url.split("?")[0], learn, function () {
      return Response.redirect(SCOPE + LANGUAGES.filter(function (folder) { return path.indexOf(folder) === 0; }).pop() + OFFLINE + "#from=" + encodeURIComponent(path));
    }));
  } else if (/^assets\/.*\.[0-9a-f]{8}\.\w+$/.test(path)) {
    event.respondWith(cacheFirst(event, url));
  } else if (/(^|\/)search\/[^/]+\.json$/.test(path)) {
    event.respondWith(networkFirst(event, url, learnData, Response.error));
  }
});
