"""Search of one village: its index in files that a phone can load, and the page with the box."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.model.resource import Resource
from generator.model.site import File, NavEntry, Page
from generator.pages.book import Book
from generator.pages.home_page import resource_title
from generator.pages.pinyin import letter_of, order_of
from generator.pages.render import Renderer
from generator.pages.search_lines import PLAIN, Group, rows_of, sentences_of, texts_of
from generator.pages.views import Line
from generator.wording import _, said

# Bytes of one file before it is compressed: some 90 kB on the wire at worst.
LIMIT = 250_000
TITLES = "titles.json"
_LEAST = 100  # bytes that a page's entry takes beside its lines
_STEP = 400  # lines that are kept together
_Entry = tuple[str, str, str, list[Group]]


def search_url(home: str) -> str:
    """Return the address of the search page of the site at ``home``."""
    return f"{home}search/"


def search_entry(home: str) -> NavEntry:
    """Return the menu's door to the search page of the site at ``home``."""
    return NavEntry(_("搜索"), search_url(home))


def search_page(book: Book, renderer: Renderer) -> Page:
    """Return the village's search page; without scripts it is a list of all items from A to Z."""
    url = search_url(book.url)
    items = sorted(book.shown_items(), key=lambda item: order_of(said(item.title)))
    lines = (Line(said(item.title), said(item.question), None, book.item_url(item.name)) for item in items)
    description = _("在{village}公开的内容里找").format(village=book.village.name)
    content = renderer.content(
        "search.html.j2",
        url,
        label=description,
        how=_("标题、每一笔、规约条文和通知里的字都能找；简体繁体都行，数目可以不写逗号。"),
        words=search_words(),
        heading=_("全部公开项目，按拼音排"),
        letters=by_letter(lines),
        doors=(Line(_("在全县找"), _("找村名，找各村的标题"), None, search_url("")),),
    )
    return Page(url, _("搜索"), description, content, section=url)


def search_words() -> dict[str, str]:
    """Return what the script says; it fills in what stands in braces."""
    return {
        "count": _("共 {count} 条"),
        "none": _("没有找到「{query}」。可以少打几个字再试。"),
        "reading": _("正在读取…"),
        "going": _("，还在找…"),
        "failed": _("网络不通，没有读全，稍后再试。"),
        "more": _("再显示 {count} 条"),
        "colon": _("："),
        "county": _("在全县 {count} 个乡镇的标题里找（约 {size} kB）"),
    }


def by_letter(lines: Iterable[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return sorted ``lines`` below the letters that their titles begin with."""
    return tuple(
        (letter, tuple(found)) for letter, found in groupby(lines, key=lambda line: letter_of(line.title))
    )


def searchable(book: Book) -> list[Resource]:
    """Return what may be found, newest first: nothing that lists persons, on display or not."""
    found = [resource for resource in book.judgement.package.resources if not resource.item.is_private]
    return sorted(found, key=lambda resource: resource.period.end, reverse=True)


def index_files(book: Book, pages: Sequence[Page]) -> Iterator[File]:
    """Yield the files of the index: all that is said outside tables first, then rows, the newest first."""
    folder = search_url(book.url)
    chunks = list(_chunks(_heads(book, pages), _rows(book, pages)))
    for number, entries in enumerate(chunks):
        index = {"pages": entries, "more": len(chunks) - 1 - number}
        yield File(f"{folder}{number}.json", compact(index))


def titles_file(book: Book, digests: Mapping[str, str]) -> File:
    """Return what the county's search and feed and a reader's phone want to know of the village.

    Each page stands with its address below the village, its title, the day it was posted or "", and the
    beginning of the SHA-256 of its download or "" (``digests`` by path).
    """
    return _titles(book, _titled(book, digests))


def told_file(book: Book, digests: Mapping[str, str], pages: Sequence[Page]) -> File:
    """Return the same in the language being spoken, with what a search says below each title.

    The index is the main language's alone: what its lines hold are the records, as they were written.
    """
    notes = {book.resource_url(resource): _note(book, resource) for resource in searchable(book)}
    told = {
        page.url: (page.title, notes.get(page.url, page.description)) for page in _open_pages(book, pages)
    }
    titled = [[*entry, told.pop(f"{book.url}{entry[0]}", ("", ""))[1]] for entry in _titled(book, digests)]
    return _titles(
        book, titled + [[_below(book, url), title, "", "", note] for url, (title, note) in told.items()]
    )


def _titles(book: Book, pages: list[list[str]]) -> File:
    return File(f"{search_url(book.url)}{TITLES}", compact({"name": book.village.name, "pages": pages}))


def _titled(book: Book, digests: Mapping[str, str]) -> list[list[str]]:
    pages = [[f"{item.name}/", said(item.title), "", ""] for item in book.shown_items()]
    for resource in searchable(book):
        posted = posted_on(book, resource)
        url = _below(book, book.resource_url(resource))
        pages.append([url, resource_title(resource), posted, digests[resource.path][:8]])
    return pages


def _open_pages(book: Book, pages: Sequence[Page]) -> list[Page]:
    """Return the pages of a village that may be found, in their order."""
    private = {book.resource_url(r) for r in book.judgement.package.resources if r.item.is_private}
    nowhere = {*private, search_url(book.url)}
    return [page for page in pages if not page.is_passing and page.url not in nowhere]


def posted_on(book: Book, resource: Resource) -> str:
    """Return the day on which a resource was last posted, "" when the register does not say."""
    duty = book.duties.get(resource.path)
    lines = [*duty.corrections, duty.publication] if duty is not None else []
    days = [line.posted_from for line in lines if line is not None and line.posted_from is not None]
    posted = max((day for day in days if day <= book.judgement.as_of), default=None)
    return posted.isoformat() if posted is not None else ""


def compact(value: Any) -> bytes:
    """Return ``value`` as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _heads(book: Book, pages: Sequence[Page]) -> Iterator[_Entry]:
    known = {page.url: page for page in _open_pages(book, pages)}
    resources = {book.resource_url(resource): resource for resource in searchable(book)}
    for url, page in known.items():
        if url not in resources:
            said = _said(sentences_of(page)) if url == book.url else []
            yield _below(book, url), page.title, page.description, said
    for url, resource in resources.items():
        if url in known:
            groups = _said(sentences_of(known[url])) if resource.item.layout != "election" else []
            if resource.path in book.tables:
                groups += texts_of(resource)
            yield _below(book, url), known[url].title, _note(book, resource), groups


def _rows(book: Book, pages: Sequence[Page]) -> Iterator[tuple[str, Group]]:
    known = {page.url for page in pages if not page.is_passing}
    for resource in searchable(book):
        url, table = book.resource_url(resource), book.tables.get(resource.path)
        if table is not None and url in known:
            for group in rows_of(resource, table):
                yield _below(book, url), group


def _chunks(heads: Iterable[_Entry], rows: Iterable[tuple[str, Group]]) -> Iterator[list[_Entry]]:
    """Yield entries in portions below the limit; what a page says beyond it stands in the next one."""
    chunk = list(heads)
    places = {url: entry for entry in chunk for url in entry[:1]}
    size = sum(_LEAST + _size(group) for entry in chunk for group in entry[3])
    for url, (kind, first, lines) in rows:
        for start, portion in _portions(lines):
            more = _LEAST + sum(map(len, portion)) * 3
            if size + more > LIMIT and size:
                yield chunk
                chunk, places, size = [], {}, 0
            if url not in places:
                places[url] = (url, "", "", [])
                chunk.append(places[url])
            places[url][3].append((kind, first + start, portion))
            size += more
    yield chunk


def _portions(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield lines in pieces of which each is well below the limit, with the place of its first line."""
    for start in range(0, len(lines), _STEP):
        yield start, lines[start : start + _STEP]


def _size(group: Group) -> int:
    return 3 * sum(map(len, group[2]))


def _said(sentences: list[str]) -> list[Group]:
    return [(PLAIN, 0, sentences)] if sentences else []


def _below(book: Book, url: str) -> str:
    return url.removeprefix(book.url)


def _note(book: Book, resource: Resource) -> str:
    """Return what tells the page from others beside its title: its period, or the category."""
    if resource.is_held_back:
        return _("待更正")
    if resource_title(resource) != resource.title:
        return f"{resource.period.title} · {said(resource.item.title)}"
    return said(book.promises.settings.categories[resource.item.category])
