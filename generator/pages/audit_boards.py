"""The boards of some villages: how punctual they are, how each item stands; a county's, or a township's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.model.site import Page
from generator.pages.parts import Summary
from generator.pages.render import Renderer
from generator.pages.states import state_titles
from generator.wording import _

BOARD = "items/"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a board stands, and whose it is: ``title`` is written before its heading.

    ``doors`` lead to the boards beside it: title, address, and whether it is this one.
    """

    url: str
    section: str
    title: str = ""
    doors: tuple[tuple[str, str, bool], ...] = ()


def timeliness_board(
    villages: Sequence[Summary], names: Mapping[str, str], as_of: date, renderer: Renderer, place: Place
) -> Page:
    """Return who was on time and what was late; ``names`` are those of the townships, by folder."""
    content = renderer.content(
        "audit.html.j2",
        place.url,
        place=place,
        as_of=as_of,
        rows=[_row(summary, names) for summary in villages],
        late=[_late(summary, entry) for summary in villages for entry in summary["late"]],
    )
    title = _("公开时效（内部）")
    return Page(place.url, f"{place.title}{title}", title, content, section=place.section)


def items_board(
    villages: Sequence[Summary], titles: Mapping[str, str], renderer: Renderer, place: Place
) -> Page:
    """Return villages by items: the newest period of each, and how it stands; ``titles`` by item's name."""
    states = state_titles()
    items = sorted({item for summary in villages for item in summary["newest"]})
    rows = []
    for summary in villages:
        cells = []
        for item in items:
            period, state = summary["newest"].get(item, ("", ""))
            cells.append((titles.get(item, item), f"{period} {states[state]}" if state else ""))
        rows.append((summary["name"], cells))
    heads = [titles.get(item, item) for item in items]
    content = renderer.content("audit_board.html.j2", place.url, place=place, items=heads, rows=rows)
    title = _("各项公开情况")
    return Page(place.url, f"{place.title}{title}", title, content, section=place.section)


def _row(summary: Summary, names: Mapping[str, str]) -> dict[str, Any]:
    counts = summary["counts"]
    return {
        "name": summary["name"],
        "township": names.get(summary["township"], ""),
        "on_time": counts["on-time"],
        "posted": counts["posted"],
        "late": counts["late"],
        "overdue": counts["overdue"],
        "suggested": counts["suggested"],
        "unposted": counts["unposted"],
        "nil": counts["nil"],
        "short": summary["short"],
        "held": summary["held"],
        "corrected": summary["corrected"],
    }


def _late(summary: Summary, entry: Mapping[str, str]) -> dict[str, str]:
    state = _("迟 {days} 天").format(days=entry["days"]) if entry["posted"] else _("逾期未公开")
    return {"name": summary["name"], "state": state, **entry}
