// Search: loads its data when the field is first used, and finds words in the middle of a line.
(function () {
  "use strict";
  var script = document.currentScript, form = document.querySelector("[data-search]");
  if (!form) return;
  var STEP = 50, READING = "reading", MUCH = 1000, input = form.querySelector("input"), where = form.querySelector("select");
  var count = document.querySelector("[data-search-count]"), list = document.querySelector("[data-search-hits]");
  var more = document.querySelector("[data-search-more]"), words = JSON.parse(form.dataset.words);
  var isCounty = form.dataset.search === "county", simple = new Map(), isTraditional = null;
  var pages = [], villages = [], shards = [], loading = null, rest = 0, failed = false, hits = [], shown = 0;
  var told = {}; // by address the title and the note in this page's language, where the index is in another
  var readings = null, common = "", townships = [], letters = {}; // of a county whose names stand in files by letter

  function say(text, facts) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return facts[name]; });
  }

  // One spelling for all: half width, small letters, simplified characters, no blanks, no thousands marks.
  function fold(text) {
    var folded = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "").replace(/(\d),(?=\d)/g, "$1");
    return isTraditional ? folded.replace(isTraditional, function (mark) { return simple.get(mark); }) : folded;
  }

  // Where each mark of the folded text begins in `text`, and where the last one ends.
  function placesOf(text) {
    var places = [], at = 0, before = "";
    for (var mark of text) {
      var part = fold(mark);
      if (part === "," && /\d$/.test(before) && /^\d/.test(fold(text.slice(at + mark.length)))) part = "";
      for (var n = 0; n < part.length; n++) places.push(at);
      if (part) before = part;
      at += mark.length;
    }
    places.push(at);
    return places;
  }

  // A day as a reader writes it, and as tables do.
  function spellings(folded) {
    var found = [folded];
    var day = /^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?$/.exec(folded);
    if (day) found.push((day[1] ? day[1] : "") + "-" + day[2].padStart(2, "0") + "-" + day[3].padStart(2, "0"));
    var iso = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/.exec(folded);
    if (iso) found.push((iso[1] ? iso[1] + "年" : "") + Number(iso[2]) + "月" + Number(iso[3]) + "日");
    return found;
  }

  // Where `wanted` stands in `text`: 1200 is no part of 11200 or 12000, but of 1200.00.
  function placeOf(text, wanted) {
    var isNumber = /^\d+(\.\d+)?$/.test(wanted), from = 0, at;
    while ((at = text.indexOf(wanted, from)) >= 0) {
      if (!isNumber) return at;
      var before = text.charAt(at - 1), after = text.slice(at + wanted.length);
      var isWhole = !/[\d.]/.test(before) && (wanted.indexOf(".") < 0 ? !/^\d/.test(after) : !/^0*[1-9]/.test(after));
      if (isWhole) return at;
      from = at + 1;
    }
    return -1;
  }

  function asked() {
    var text = input.value.trim(), whole = fold(text);
    var parts = text.split(/\s+/).map(fold).filter(Boolean);
    return { text: text, whole: spellings(whole), parts: parts.length > 1 ? parts : [], latin: /^[a-zü]+$/.test(whole) ? whole.replace(/ü/g, "v") : "" };
  }

  // The pieces of `folded` that answer the query, [] when none does; words apart may stand in `title` too.
  function answers(query, folded, title) {
    for (var spelling of query.whole) {
      var at = placeOf(folded, spelling);
      if (at >= 0) return [[at, spelling.length]];
    }
    if (!query.parts.length) return [];
    var found = [];
    for (var part of query.parts) {
      at = placeOf(folded, part);
      if (at >= 0) found.push([at, part.length]);
      else if (placeOf(title, part) < 0) return [];
    }
    return found;
  }

  // Whether letters spell the name from its n-th character: whole syllables, initials, or both mixed.
  function isSpelled(syllables, n, letters) {
    if (!letters) return true;
    return n < syllables.length && syllables[n].some(function (reading) {
      for (var size = Math.min(reading.length, letters.length); size > 0; size--) {
        if (letters.startsWith(reading.slice(0, size)) && isSpelled(syllables, n + 1, letters.slice(size))) return true;
      }
      return false;
    });
  }

  function spelledAt(village, letters) {
    for (var n = 0; n < village.syllables.length; n++) if (isSpelled(village.syllables, n, letters)) return n;
    return -1;
  }

  function find() {
    var query = asked(), names = [], titles = [], lines = [];
    hits = [];
    shown = 0;
    list.textContent = "";
    if (!query.text) return tell(query);
    (readings ? namesFor(query) : villages).forEach(function (village) {
      if (where && where.value && village.where !== where.selectedOptions[0].text) return;
      var at = query.latin ? spelledAt(village, query.latin) : -1, found = answers(query, village.folded, "");
      if (found.length || at >= 0) names.push({ rank: found.length ? found[0][0] : at, url: village.url, title: village.name, note: village.where, marks: found, village: village });
    });
    names.sort(function (one, other) { return one.rank - other.rank; });
    pages.forEach(function (page) {
      if (where && where.value && page.where !== where.value) return;
      var found = page.isFirst ? answers(query, page.folded, "") : [], isOther = page.isFirst && page.other && answers(query, page.other, "").length;
      if (found.length || isOther) titles.push({ url: page.url, title: page.title, note: page.note, marks: found });
      page.groups.forEach(function (group) {
        group.folded.forEach(function (line, n) {
          var found = answers(query, line, page.other ? page.folded + "|" + page.other : page.folded);
          var place = group.kind && "#" + group.kind + (group.first + n + 1);
          if (found.length) lines.push({ url: page.url + place, title: page.title, note: page.note, line: group.lines[n], marks: found });
        });
      });
    });
    hits = names.concat(titles, lines);
    tell(query);
    show();
  }

  function tell(query) {
    var text = "", letter = readings && letterOf(query);
    if (query.text && loading && !pages.length && !villages.length && !readings) text = words.reading;
    else if (query.text && letter && letters[letter] === READING) text = words.reading;
    else if (query.text && readings && !letter && !hits.length) text = say(words.common, { query: query.text });
    else if (query.text) {
      text = hits.length ? say(words.count, { count: hits.length }) : rest ? words.reading : say(words.none, { query: query.text });
      if (rest && hits.length) text += words.going;
    }
    if (failed) text += words.failed;
    count.textContent = text;
  }

  function marked(text, marks, element) {
    var places = placesOf(text), at = 0;
    marks.slice().sort(function (one, other) { return one[0] - other[0]; }).forEach(function (mark) {
      var start = places[mark[0]], last = places[mark[0] + mark[1] - 1];
      var end = last + String.fromCodePoint(text.codePointAt(last)).length; // not on to the next cell
      if (start < at) return;
      element.append(text.slice(at, start));
      element.appendChild(document.createElement("mark")).textContent = text.slice(start, end);
      at = end;
    });
    element.append(text.slice(at));
    return element;
  }

  function tidy(element) { // cells stand apart on the result as well
    element.childNodes.forEach(function (node) {
      var text = node.firstChild || node;
      text.data = text.data.replace(/\t+/g, "　");
    });
    return element;
  }

  function show() {
    var until = Math.min(hits.length, shown + STEP), pieces = document.createDocumentFragment();
    for (; shown < until; shown++) {
      var hit = hits[shown], row = pieces.appendChild(document.createElement("li")), link = row.appendChild(document.createElement("a"));
      link.href = hit.url;
      var box = link.appendChild(document.createElement("span"));
      if (hit.line === undefined) marked(hit.title, hit.marks, box);
      else box.append(hit.title);
      if (hit.note) box.appendChild(document.createElement("small")).append(hit.note);
      // Blanks are no part of a folded line, so the marks stay where they are when its empty cells are cut off.
      if (hit.line !== undefined) tidy(marked(hit.line.trim(), hit.marks, link.appendChild(document.createElement("span"))));
    }
    list.append(pieces);
    more.hidden = shown >= hits.length;
    more.firstElementChild.textContent = say(words.more, { count: Math.min(STEP, hits.length - shown) });
  }

  function get(name, folder) {
    return fetch((folder === undefined ? form.dataset.index || "" : folder) + name).then(function (answer) {
      if (!answer.ok) throw new Error(name);
      return answer.json();
    });
  }

  function addPages(found, base) {
    var known = {};
    pages.forEach(function (page) { known[page.url] = page; });
    found.forEach(function (entry) {
      var url = base + entry[0], first = known[url], own = told[entry[0]] || [entry[1], entry[2]];
      var page = first ? Object.assign({}, first) : { url: url, title: own[0], note: own[1], folded: fold(own[0]) };
      if (!first && own[0] !== entry[1]) page.other = fold(entry[1]);
      page.isFirst = !first;
      page.groups = [];
      entry[3].forEach(function (group) {
        page.groups.push({ kind: group[0], first: group[1], lines: group[2], folded: group[2].map(fold) });
      });
      pages.push(page);
    });
  }

  function loadTold() {
    return get("titles.json", "").then(function (found) {
      found.pages.forEach(function (page) { told[page[0]] = [page[1], page[4]]; });
    }).catch(function () {}); // without them the titles are those of the index
  }

  function loadPart(number) {
    return get(number + ".json").then(function (part) {
      addPages(part.pages, "../");
      rest = part.more;
      find();
      return rest ? loadPart(number + 1) : undefined;
    });
  }

  function villageOf(slug, name, spelling, where) {
    return { url: "../" + slug + "/", name: name, folded: fold(name), where: where, syllables: spelling.split(" ").map(function (syllable) { return syllable.split("/"); }) };
  }

  // The letter whose file holds every name that the query may mean: "" where it says nothing that tells names apart.
  function letterOf(query) {
    if (query.latin) return query.latin.charAt(0);
    var folded = Array.from(query.whole[0] || ""), telling = folded.filter(function (mark) { return common.indexOf(mark) < 0; })[0];
    if (!telling) return folded.length > 1 ? "other" : "";
    if (!readings[telling]) return "none"; // no name has it
    return /^[a-z]/.test(readings[telling]) ? readings[telling].charAt(0) : "other";
  }

  function namesFor(query) {
    var letter = letterOf(query);
    if (letters[letter] === null) {
      letters[letter] = READING;
      get("names-" + letter + ".json").then(function (found) {
        letters[letter] = found.map(function (one) {
          var spelling = Array.from(one[1].replace(/\s/g, "")).map(function (mark) { return readings[mark]; }).join(" ");
          return villageOf(one[0], one[1], spelling, one[2] < 0 ? "" : townships[one[2]][1]);
        });
        failed = false;
        find();
      }).catch(function () {
        letters[letter] = null; // the next key tries again
        failed = true;
        tell(asked());
      });
    }
    return Array.isArray(letters[letter]) ? letters[letter] : [];
  }

  function loadVillages() {
    return get("villages.json").then(function (found) {
      villages = (found.villages || []).map(function (village) { return villageOf.apply(null, village); });
      readings = found.readings || null;
      common = found.common || "";
      townships = found.townships || [];
      (found.letters || []).forEach(function (letter) { letters[letter] = null; });
      for (var mark in readings) readings[fold(mark)] = readings[mark];
      shards = found.shards;
      find();
      return form.dataset.index ? get("villages.json", "").then(function (own) { shards = own.shards; }) : undefined;
    }).then(function () {
      var weight = shards.reduce(function (sum, shard) { return sum + shard[2]; }, 0);
      if (weight <= 100) return loadShards(shards); // a big county's titles only township by township, or when asked for
      if (weight > MUCH) { // no phone is to load this
        where.parentNode.appendChild(document.createElement("small")).textContent = words.choose;
        return undefined;
      }
      var button = where.parentNode.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "btn";
      button.textContent = say(words.county, { count: shards.length, size: weight });
      button.addEventListener("click", function () { button.remove(); loadShards(shards); });
      return undefined;
    });
  }

  function loadShards(wanted) {
    var next = wanted.filter(function (shard) { return !shard.loaded; });
    rest = next.length;
    if (!rest) return find();
    tell(asked());
    next[0].loaded = true;
    return get(next[0][1], "").then(function (found) {
      found.forEach(function (village) {
        village[2].forEach(function (page) {
          var title = village[1] + words.colon + page[1], other = page[2] && fold(village[1] + page[2]);
          pages.push({ url: "../" + village[0] + "/" + page[0], title: title, note: "", folded: fold(title), other: other, isFirst: true, groups: [], where: next[0][0] });
        });
      });
      find();
      return loadShards(wanted);
    }, function (error) {
      next[0].loaded = false;
      throw error;
    });
  }

  function loadTraditional() {
    return new Promise(function (done) {
      var table = document.createElement("script");
      table.src = script.dataset.traditional;
      table.onload = table.onerror = done; // without the table simplified characters are still found
      document.head.append(table);
    }).then(function () {
      var table = window.cunwuTraditional || ["", ""], plain = Array.from(table[1]);
      Array.from(table[0]).forEach(function (mark, n) { simple.set(mark, plain[n]); });
      if (simple.size) isTraditional = new RegExp("[" + table[0] + "]", "g");
    });
  }

  function load() {
    if (loading) return;
    failed = false;
    loading = loadTraditional().then(function () {
      if (isCounty) return loadVillages();
      return (form.dataset.index ? loadTold() : Promise.resolve()).then(function () { return loadPart(0); });
    }).catch(function () {
      loading = null; // the next key tries again
      rest = 0;
      failed = true;
      pages = [];
      tell(asked());
    });
    tell(asked());
  }

  function remember() {
    history.replaceState(null, "", input.value.trim() ? "#q=" + encodeURIComponent(input.value.trim()) : location.pathname);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", function () {
    load();
    find();
    remember();
  });
  if (where) where.addEventListener("change", function () {
    load();
    loading.then(function () { return loadShards(shards.filter(function (shard) { return !where.value || shard[0] === where.value; })); });
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    input.blur(); // lets the phone's keyboard go
  });
  more.firstElementChild.addEventListener("click", function () {
    var first = shown;
    show();
    list.children[first].firstElementChild.focus();
  });
  var start = /^#q=(.+)/.exec(location.hash);
  if (start) {
    input.value = decodeURIComponent(start[1]);
    load();
  }
})();
