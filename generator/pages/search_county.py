"""Search of the whole county: villages by name and pinyin, and the titles of their pages by township."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from generator.model.site import File, Page
from generator.model.village import Township
from generator.pages.paging import is_paged, township_titles
from generator.pages.parts import Part, Remember, Summary, by_township, make_anew
from generator.pages.pinyin import order_of, spelling
from generator.pages.render import Renderer
from generator.pages.search import by_letter, compact, search_url, search_words
from generator.pages.search_names import NamesPart, names_files, names_index, names_mark
from generator.pages.views import Line
from generator.promises.promises import Promises
from generator.wording import _

# Returns the list of titles that the site at an address holds (``titles_file``); None where it has none.
TitlesOf: TypeAlias = Callable[[str], Mapping[str, Any] | None]
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


def search_parts(
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    titles: TitlesOf,
    main: TitlesOf | None = None,
    remember: Remember = make_anew,
) -> Iterator[Part]:
    """Yield the list of all villages, and for each township a file of its villages' ``titles``.

    The list says of each township how many kB its file weighs on the wire, so that a phone need not guess.
    Where there are many villages the list holds none: they stand in files by letter.

    Titles in another than the county's ``main`` language each stand beside that of the main one: both are
    found. The names of villages are the same in every language, and their list stands with the main one's
    files alone.
    """
    own = by_township(summaries)
    shards: list[tuple[str, str, int]] = []
    for township in ("", *(township.folder for township in townships)):
        found = own.get(township, ())
        weight = remember(f"titles {township}", found, partial(_weight, titles, main))
        if weight:
            shards.append((township, _shard_name(township), weight))
            yield Part(f"titles {township}", "", partial(_shard_file, township, found, titles, main), found)
    if main is not None:
        yield Part(VILLAGES, shards, lambda: (_listed({}, shards),))
        return
    known = (names_mark(summaries), townships)
    if not is_paged(summaries):
        yield Part(VILLAGES, (known, shards), lambda: (_listed(_rows(townships, summaries), shards),))
        return
    yield Part("letters", known, partial(names_files, townships, summaries))
    yield Part(VILLAGES, (known, shards), lambda: (_listed(names_index(townships, summaries), shards),))


def _rows(townships: Sequence[Township], summaries: Sequence[Summary]) -> dict[str, Any]:
    named = {township.folder: township.name for township in townships}
    rows = [[s["slug"], s["name"], spelling(s["name"]), named.get(s["township"], "")] for s in summaries]
    return {"villages": rows}


def _listed(villages: Mapping[str, Any], shards: Sequence[tuple[str, str, int]]) -> File:
    return File(f"{search_url('')}{VILLAGES}", compact({**villages, "shards": shards}))


def _weight(titles: TitlesOf, main: TitlesOf | None, villages: Sequence[Summary]) -> int:
    """Return how many kB the file of the villages' titles weighs on the wire; 0 where it would be empty."""
    content = _shard(villages, titles, main)
    return -(-len(gzip.compress(content, 1, mtime=0)) // 1000) if content else 0


def _shard_file(
    township: str, villages: Sequence[Summary], titles: TitlesOf, main: TitlesOf | None
) -> Iterator[File]:
    yield File(f"{search_url('')}{_shard_name(township)}", _shard(villages, titles, main))


def _shard(villages: Sequence[Summary], titles: TitlesOf, main: TitlesOf | None) -> bytes:
    """Return the titles of ``villages``, b"" where there are none."""
    own = (_titles_of(village["slug"], titles, main) for village in villages)
    found = [told for told in own if told is not None]
    return compact(found) if found else b""


def _titles_of(slug: str, titles: TitlesOf, main: TitlesOf | None) -> list[Any] | None:
    """Return a village's address, name and titles, each with the ``main`` language's where that is another.

    What the main language's titles do not hold is left out; None where there are none.
    """
    told = titles(slug)
    if told is None:
        return None
    kept = told if main is None else main(slug) or {"pages": []}
    others = {page[0]: page[1] for page in kept["pages"]}
    own = [page[:2] for page in told["pages"] if page[0] in others]
    return [
        slug,
        told["name"],
        [page if page[1] == others[page[0]] else [*page, others[page[0]]] for page in own],
    ]


def _shard_name(township: str) -> str:
    return f"in-{township or 'county'}.json"
