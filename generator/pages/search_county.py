"""Search of the whole county: villages by name and pinyin, and the titles of their pages by township."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.model.site import File, Page
from generator.model.village import Township
from generator.pages.paging import is_paged, township_titles
from generator.pages.pinyin import order_of, spelling
from generator.pages.render import Renderer
from generator.pages.search import by_letter, compact, search_url, search_words
from generator.pages.search_names import NamesPart, names_files, names_index
from generator.pages.views import Line
from generator.promises.promises import Promises
from generator.wording import _

Summary = Mapping[str, Any]
Titles = Mapping[str, Mapping[str, Any]]
VILLAGES = "villages.json"


def county_search_page(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    names: Sequence[NamesPart] = (),
) -> Page:
    """Return the county's search page; without scripts it is a list of all villages from A to Z.

    Where there are too many for one page it leads to ``names``, the pages of them.
    """
    url = search_url("")
    titles = township_titles(townships) if names else {one.folder: one.name for one in townships}
    found = [] if names else sorted(summaries, key=lambda summary: order_of(summary["name"]))
    lines = (Line(s["name"], titles.get(s["township"], ""), None, f"{s['slug']}/") for s in found)
    settled = {summary["township"] for summary in summaries}
    description = _("在{village}公开的内容里找").format(village=promises.settings.county_name)
    content = renderer.content(
        "search.html.j2",
        url,
        label=description,
        how=_("村名可以打汉字，也可以打拼音或者拼音首字母，例如 qsc；也可以打要找的事，例如 道路硬化。"),
        words=search_words() | (_more_words() if names else {}),
        townships=[(one.folder, titles[one.folder]) for one in townships if one.folder in settled],
        heading=_("全部村和单位，按拼音排"),
        letters=by_letter(lines),
        names=names,
        doors=(Line(_("没有网络时怎么看"), "", None, "offline/"),),
    )
    return Page(url, _("搜索"), description, content, section=url)


def _more_words() -> dict[str, str]:
    """Return what the script says beside ``search_words`` where not everything is loaded."""
    return {
        "common": _("「{query}」很多村名里都有，请再打一个字。"),
        "choose": _("要找各村公开的标题，请先选乡镇。"),
    }


def county_search_files(
    townships: Sequence[Township], summaries: Sequence[Summary], titles: Titles
) -> Iterator[File]:
    """Yield the list of all villages, and for each township a file of its villages' titles.

    The list says of each township how many kB its file weighs on the wire, so that a phone need not guess.
    Where there are many villages the list holds none: they stand in files by letter.
    """
    folder = search_url("")
    shards: list[tuple[str, str, int]] = []
    for shard, content in _shards(townships, summaries, lambda slug: _titles_of(slug, titles)):
        shards.append(shard)
        yield File(f"{folder}{shard[1]}", content)
    if is_paged(summaries):
        by_letter_files = names_files(townships, summaries)
        yield from by_letter_files
        listed = names_index(townships, summaries, by_letter_files)
    else:
        named = {township.folder: township.name for township in townships}
        rows = [[s["slug"], s["name"], spelling(s["name"]), named.get(s["township"], "")] for s in summaries]
        listed = {"villages": rows}
    yield File(f"{folder}{VILLAGES}", compact(listed | {"shards": shards}))


def county_told_files(
    townships: Sequence[Township], summaries: Sequence[Summary], titles: Titles, main: Titles
) -> Iterator[File]:
    """Yield for each township a file of its villages' ``titles`` in another than the county's main language.

    Each stands beside that of the ``main`` language: both are found. The names of villages are the same in
    every language, and their list stands with the main one's files alone.
    """
    folder = search_url("")
    shards: list[tuple[str, str, int]] = []
    for shard, content in _shards(townships, summaries, lambda slug: _titles_of(slug, titles, main)):
        shards.append(shard)
        yield File(f"{folder}{shard[1]}", content)
    yield File(f"{folder}{VILLAGES}", compact({"shards": shards}))


def _shards(
    townships: Sequence[Township], summaries: Sequence[Summary], pages_of: Callable[[str], list[Any] | None]
) -> Iterator[tuple[tuple[str, str, int], bytes]]:
    """Yield for each township its folder, its file's name and kB on the wire, and the file's bytes."""
    own: dict[str, list[str]] = {}
    for summary in summaries:
        own.setdefault(summary["township"], []).append(summary["slug"])
    for township in ("", *(township.folder for township in townships)):
        found = [told for slug in own.get(township, ()) if (told := pages_of(slug)) is not None]
        if found:
            content = compact(found)
            weight = -(-len(gzip.compress(content, 1, mtime=0)) // 1000)
            yield (township, _shard_name(township), weight), content


def _titles_of(slug: str, titles: Titles, main: Titles | None = None) -> list[Any] | None:
    """Return a village's address, name and titles, each with the ``main`` language's where that is another.

    What the main language's titles do not hold is left out; None where there are none.
    """
    told = titles.get(slug)
    if told is None:
        return None
    kept = told if main is None else main.get(slug, {"pages": []})
    others = {page[0]: page[1] for page in kept["pages"]}
    own = [page[:2] for page in told["pages"] if page[0] in others]
    return [
        slug,
        told["name"],
        [page if page[1] == others[page[0]] else [*page, others[page[0]]] for page in own],
    ]


def _shard_name(township: str) -> str:
    return f"in-{township or 'county'}.json"
