"""The audit boards where there are many villages: sums in front, and each township with boards of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from heapq import nsmallest
from typing import Any

from generator.model.site import Page
from generator.model.village import Township
from generator.pages.audit_boards import BOARD, Place, items_board, timeliness_board
from generator.pages.correction_flags import CORRECTIONS, corrections_board, count_flags, flag_lines
from generator.pages.household_figures import households_mark
from generator.pages.households_page import HOUSEHOLDS, household_pages
from generator.pages.paging import part_url, parts_of, township_titles
from generator.pages.parts import Made, Part, Remember, Summary, by_township
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
# What is summed up of each village beside its records' states.
_SUMMED = ("short", "held", "corrected")
# A township's folder, and its ``township_sums``.
Sums = tuple[str, Mapping[str, Any]]


def township_boards(
    townships: Sequence[Township],
    villages: Sequence[Summary],
    as_of: date,
    renderer: Renderer,
    titles: Mapping[str, str],
    remember: Remember,
) -> Iterator[Part]:
    """Yield the boards: the county's sums, then those of each township's villages."""
    names = township_titles(townships)
    own = by_township(villages)
    present = [(township.folder, own[township.folder]) for township in townships if township.folder in own]
    sums = [(folder, remember(f"sums {folder}", found, township_sums)) for folder, found in present]
    late = _longest_overdue([told for _folder, told in sums], [found for _folder, found in present], names)
    told = (as_of.isoformat(), names, sums)
    yield Part(TIMELINESS, (told, late), partial(_fronts, sums, late, names, as_of, renderer))
    yield Part(BOARD, told, partial(_items_front, sums, names, titles, renderer))
    yield Part(CORRECTIONS, told, partial(_corrections_front, sums, names, renderer))
    for folder, found in present:
        make = partial(_boards_of, folder, found, names, as_of, renderer, titles)
        yield Part(f"{TIMELINESS}{folder}/", (told[0], names[folder]), make, found)
    marks = [remember(f"households {folder}", found, households_mark) for folder, found in present]
    yield Part(HOUSEHOLDS, marks, partial(household_pages, villages, renderer))


def township_sums(villages: Sequence[Summary]) -> dict[str, Any]:
    """Return what the county's boards say of a township, and where its longest overdue records are told."""
    counts: Counter[str] = Counter()
    newest: dict[str, Counter[str]] = {}
    own = dict.fromkeys(_SUMMED, 0)
    overdue = []
    for place, village in enumerate(villages):
        counts.update(village["counts"])
        for key in _SUMMED:
            own[key] += village[key]
        for item, (_period, state) in village["newest"].items():
            newest.setdefault(item, Counter())[state] += 1
        late = enumerate(village["late"])
        overdue += [[entry["due"], place, number] for number, entry in late if not entry["posted"]]
    return own | {
        "count": len(villages),
        "counts": counts,
        "newest": newest,
        "overdue": nsmallest(FIRST, overdue),
        "flags": count_flags(villages),
        "flagged": sum(len(village.get("flagged", ())) for village in villages),
    }


def _longest_overdue(
    sums: Sequence[Mapping[str, Any]], villages: Sequence[Sequence[Summary]], names: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the records that are overdue longest in the whole county; ``villages`` are by township."""
    overdue = ((day, own, *spot) for own, told in enumerate(sums) for day, *spot in told["overdue"])
    found = []
    for _day, own, place, number in nsmallest(FIRST, overdue):
        village = villages[own][place]
        entry = village["late"][number]
        found.append({"name": village["name"], "township": names[village["township"]], **entry})
    return found


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
    sums: Sequence[Sums],
    late: Sequence[Mapping[str, str]],
    names: Mapping[str, str],
    as_of: date,
    renderer: Renderer,
) -> Iterator[Made]:
    """Yield the county's sums, township by township, below what is overdue longest."""
    cut = list(parts_of(((one, _SUMS) for one in sums), _MOST))
    urls = ["", *(part_url(TIMELINESS, number) for number in range(2, len(cut) + 1))]
    doors = [(_first_of(part, names), url) for part, url in zip(cut, urls, strict=True)]
    whole = {
        "as_of": as_of,
        "count": sum(told["count"] for _folder, told in sums),
        "overdue": sum(told["counts"]["overdue"] for _folder, told in sums),
    }
    for part, url in zip(cut, urls, strict=True):
        facts = whole | {
            "late": () if url else late,
            "rows": [_row(folder, told, names) for folder, told in part],
            "doors": [(title, other, other == url) for title, other in doors],
        }
        yield url, partial(_front, url, facts, renderer)


def _first_of(part: Sequence[Sums], names: Mapping[str, str]) -> str:
    return _("{first}到{last}").format(first=names[part[0][0]], last=names[part[-1][0]])


def _front(url: str, facts: Mapping[str, Any], renderer: Renderer) -> Page:
    content = renderer.content("audit_townships.html.j2", url, **facts)
    title = _("公开时效（内部）")
    return Page(url, title, title, content, section="")


def _row(folder: str, told: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    counts = told["counts"]
    return {key: told[key] for key in (*_SUMMED, "count")} | {
        "title": names[folder],
        "typed": typed(names[folder]),
        "url": f"{TIMELINESS}{folder}/",
        "on_time": counts["on-time"],
        "late": counts["late"],
        "overdue": counts["overdue"],
    }


def _items_front(
    sums: Sequence[Sums], names: Mapping[str, str], titles: Mapping[str, str], renderer: Renderer
) -> Iterator[Made]:
    """Yield of each item how many villages' newest period stands how, and the doors to the townships."""
    states = state_titles()
    found: dict[str, Counter[str]] = {}
    for _folder, told in sums:
        for item, counts in told["newest"].items():
            found.setdefault(item, Counter()).update(counts)

    def make() -> Page:
        rows = [
            (titles.get(item, item), [counts.get(state, 0) for state in states])
            for item, counts in sorted(found.items())
        ]
        doors = [(names[folder], f"{BOARD}{folder}/", told["count"]) for folder, told in sums]
        content = renderer.content(
            "audit_items.html.j2", BOARD, states=list(states.values()), rows=rows, townships=doors
        )
        return Page(BOARD, _("各项公开情况"), _("各项公开情况"), content, section=BOARD)

    yield BOARD, make


def _corrections_front(sums: Sequence[Sums], names: Mapping[str, str], renderer: Renderer) -> Iterator[Made]:
    """Yield how often each question is asked in the county, and the doors to the townships where any is."""
    counts: Counter[str] = Counter()
    for _folder, told in sums:
        counts.update(told["flags"])

    def make() -> Page:
        content = renderer.content(
            "audit_questions.html.j2",
            CORRECTIONS,
            rules=flag_lines(counts),
            townships=[
                (names[folder], f"{CORRECTIONS}{folder}/", told["flagged"])
                for folder, told in sums
                if told["flagged"]
            ],
        )
        return Page(CORRECTIONS, _("更正情况"), _("更正情况"), content, section=CORRECTIONS)

    yield CORRECTIONS, make
