"""The audit boards where there are many villages: sums in front, and each township with boards of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from heapq import nsmallest
from itertools import chain
from typing import Any

from generator.model.site import Page
from generator.model.village import Township
from generator.pages.audit_boards import BOARD, Made, Place, Summary, items_board, timeliness_board
from generator.pages.correction_flags import CORRECTIONS, corrections_board, flag_counts
from generator.pages.households_page import household_pages
from generator.pages.paging import part_url, parts_of, township_titles
from generator.pages.pinyin import typed
from generator.pages.render import Renderer
from generator.pages.states import state_titles
from generator.wording import _

TIMELINESS = "townships/"
# How many of the longest overdue stand in front.
FIRST = 50
# What one page may hold, and what its rows add to it, in bytes: each cell tells a phone its heading.
_MOST = 120_000
_ROW, _LATE, _CELL, _CORRECTION, _SUMS = 1_000, 450, 90, 900, 450


def township_boards(
    townships: Sequence[Township],
    villages: Sequence[Summary],
    as_of: date,
    renderer: Renderer,
    titles: Mapping[str, str],
) -> Iterator[Made]:
    """Yield the boards, by address: the county's sums, then those of each township's villages."""
    names = township_titles(townships)
    own: dict[str, list[Summary]] = {township.folder: [] for township in townships}
    for village in villages:
        own[village["township"]].append(village)
    present = [(folder, found) for folder, found in own.items() if found]
    yield from _fronts(present, villages, names, as_of, renderer)
    yield BOARD, partial(_items_front, present, names, titles, renderer)
    yield CORRECTIONS, partial(_corrections_front, present, names, renderer)
    for folder, found in present:
        yield from _boards_of(folder, found, names, as_of, renderer, titles)
    yield from household_pages(villages, renderer)


def _boards_of(
    folder: str,
    villages: Sequence[Summary],
    names: Mapping[str, str],
    as_of: date,
    renderer: Renderer,
    titles: Mapping[str, str],
) -> Iterator[Made]:
    items = len({item for village in villages for item in village["newest"]})
    own = {folder: names[folder]}

    def boards(base: str, weight: Callable[[Summary], int]) -> Iterator[tuple[list[Summary], Place]]:
        cut = list(parts_of(((village, weight(village)) for village in villages), _MOST))
        urls = [part_url(f"{base}{folder}/", number) for number in range(1, len(cut) + 1)]
        for part, url in zip(cut, urls, strict=True):
            doors = [*_beside(folder, base)]
            doors += [(str(n), other, other == url) for n, other in enumerate(urls, 1) if len(urls) > 1]
            section = "" if base == TIMELINESS else base
            yield part, Place(url, section, _("{township}：").format(township=names[folder]), tuple(doors))

    for part, place in boards(TIMELINESS, lambda village: _ROW + _LATE * len(village["late"])):
        yield place.url, partial(timeliness_board, part, own, as_of, renderer, place)
    for part, place in boards(BOARD, lambda village: _CELL * (items + 1)):
        yield place.url, partial(items_board, part, titles, renderer, place)
    for part, place in boards(CORRECTIONS, lambda village: _CORRECTION * len(village.get("flagged", ()))):
        yield place.url, partial(corrections_board, part, own, renderer, place)


def _beside(folder: str, here: str) -> Iterator[tuple[str, str, bool]]:
    boards = {TIMELINESS: _("公开时效"), BOARD: _("各项公开情况"), CORRECTIONS: _("更正情况")}
    yield from ((title, f"{base}{folder}/", base == here) for base, title in boards.items())


def _fronts(
    present: Sequence[tuple[str, list[Summary]]],
    villages: Sequence[Summary],
    names: Mapping[str, str],
    as_of: date,
    renderer: Renderer,
) -> Iterator[Made]:
    cut = list(parts_of(((one, _SUMS) for one in present), _MOST))
    urls = ["", *(part_url(TIMELINESS, number) for number in range(2, len(cut) + 1))]
    doors = tuple((_first_of(part, names), url) for part, url in zip(cut, urls, strict=True))
    for part, url in zip(cut, urls, strict=True):
        yield url, partial(_front, part, villages, names, as_of, renderer, url, doors)


def _first_of(part: Sequence[tuple[str, list[Summary]]], names: Mapping[str, str]) -> str:
    return _("{first}到{last}").format(first=names[part[0][0]], last=names[part[-1][0]])


def _front(
    part: Sequence[tuple[str, list[Summary]]],
    villages: Sequence[Summary],
    names: Mapping[str, str],
    as_of: date,
    renderer: Renderer,
    url: str,
    doors: Sequence[tuple[str, str]],
) -> Page:
    """Return the county's sums, township by township, below what is overdue longest."""
    late = _overdue(villages) if not url else ()
    content = renderer.content(
        "audit_townships.html.j2",
        url,
        as_of=as_of,
        count=len(villages),
        overdue=sum(village["counts"]["overdue"] for village in villages),
        late=[
            {"name": village["name"], "township": names[village["township"]], **entry}
            for entry, village in nsmallest(FIRST, late, key=lambda found: str(found[0]["due"]))
        ],
        rows=[_sums(folder, found, names) for folder, found in part],
        doors=[(title, other, other == url) for title, other in doors],
    )
    title = _("公开时效（内部）")
    return Page(url, title, title, content, section="")


def _overdue(villages: Iterable[Summary]) -> Iterator[tuple[Mapping[str, str], Summary]]:
    for village in villages:
        yield from ((entry, village) for entry in village["late"] if not entry["posted"])


def _sums(folder: str, villages: Sequence[Summary], names: Mapping[str, str]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for village in villages:
        counts.update(village["counts"])
    own = {key: sum(village[key] for village in villages) for key in ("short", "held", "corrected")}
    return own | {
        "title": names[folder],
        "typed": typed(names[folder]),
        "url": f"{TIMELINESS}{folder}/",
        "count": len(villages),
        "on_time": counts["on-time"],
        "late": counts["late"],
        "overdue": counts["overdue"],
    }


def _items_front(
    present: Sequence[tuple[str, list[Summary]]],
    names: Mapping[str, str],
    titles: Mapping[str, str],
    renderer: Renderer,
) -> Page:
    """Return of each item how many villages' newest period stands how, and the doors to the townships."""
    states = state_titles()
    found: dict[str, Counter[str]] = {}
    for village in chain.from_iterable(villages for _folder, villages in present):
        for item, (_period, state) in village["newest"].items():
            found.setdefault(item, Counter())[state] += 1
    rows = [
        (titles.get(item, item), [counts[state] for state in states])
        for item, counts in sorted(found.items())
    ]
    doors = [(names[folder], f"{BOARD}{folder}/", len(villages)) for folder, villages in present]
    content = renderer.content(
        "audit_items.html.j2", BOARD, states=list(states.values()), rows=rows, townships=doors
    )
    return Page(BOARD, _("各项公开情况"), _("各项公开情况"), content, section=BOARD)


def _corrections_front(
    present: Sequence[tuple[str, list[Summary]]], names: Mapping[str, str], renderer: Renderer
) -> Page:
    """Return how often each question is asked in the county, and the doors to the townships where any is."""
    counts = {folder: sum(len(v.get("flagged", ())) for v in villages) for folder, villages in present}
    content = renderer.content(
        "audit_questions.html.j2",
        CORRECTIONS,
        rules=flag_counts([village for _folder, villages in present for village in villages]),
        townships=[(names[f], f"{CORRECTIONS}{f}/", count) for f, count in counts.items() if count],
    )
    return Page(CORRECTIONS, _("更正情况"), _("更正情况"), content, section=CORRECTIONS)
