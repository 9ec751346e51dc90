"""Search of the whole county: villages by name and pinyin, and the titles of their pages by township."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model.site import File, Page
from generator.model.village import Township
from generator.pages.pinyin import order_of, spelling
from generator.pages.render import Renderer
from generator.pages.search import by_letter, compact, search_url, search_words
from generator.pages.views import Line
from generator.promises.promises import Promises
from generator.wording import _

Summary = Mapping[str, Any]
Titles = Mapping[str, Mapping[str, Any]]
VILLAGES = "villages.json"


def county_search_page(
    promises: Promises, townships: Sequence[Township], summaries: Sequence[Summary], renderer: Renderer
) -> Page:
    """Return the county's search page; without scripts it is a list of all villages from A to Z."""
    url = search_url("")
    names = {township.folder: township.name for township in townships}
    found = sorted(summaries, key=lambda summary: order_of(summary["name"]))
    lines = (Line(s["name"], names.get(s["township"], ""), None, f"{s['slug']}/") for s in found)
    description = _("在{village}公开的内容里找").format(village=promises.settings.county_name)
    content = renderer.content(
        "search.html.j2",
        url,
        label=description,
        how=_("村名可以打汉字，也可以打拼音或者拼音首字母，例如 qsc；也可以打要找的事，例如 道路硬化。"),
        words=search_words(),
        townships=[township for township in townships if township.folder in {s["township"] for s in found}],
        heading=_("全部村和单位，按拼音排"),
        letters=by_letter(lines),
        doors=(Line(_("没有网络时怎么看"), "", None, "offline/"),),
    )
    return Page(url, _("搜索"), description, content, section=url)


def county_search_files(
    townships: Sequence[Township], summaries: Sequence[Summary], titles: Titles
) -> Iterator[File]:
    """Yield the list of all villages, and for each township a file of its villages' titles.

    The list says of each township how many kB its file weighs on the wire, so that a phone need not guess.
    """
    folder = search_url("")
    weights: dict[str, int] = {}
    for township in ("", *(township.folder for township in townships)):
        slugs = [s["slug"] for s in summaries if s["township"] == township and s["slug"] in titles]
        if slugs:
            shard = [
                [slug, titles[slug]["name"], [page[:2] for page in titles[slug]["pages"]]] for slug in slugs
            ]
            content = compact(shard)
            weights[township] = -(-len(gzip.compress(content, 1, mtime=0)) // 1000)
            yield File(f"{folder}{_shard_name(township)}", content)
    names = {township.folder: township.name for township in townships}
    listed = [[s["slug"], s["name"], spelling(s["name"]), names.get(s["township"], "")] for s in summaries]
    shards = [[folder, _shard_name(folder), weight] for folder, weight in weights.items()]
    yield File(f"{folder}{VILLAGES}", compact({"villages": listed, "shards": shards}))


def _shard_name(township: str) -> str:
    return f"in-{township or 'county'}.json"
