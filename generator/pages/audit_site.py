"""The audit board: which villages were late, for those who supervise and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.model.site import NavEntry, Page, Site
from generator.model.village import Township
from generator.pages.correction_flags import CORRECTIONS, corrections_board
from generator.pages.households_page import HOUSEHOLDS, households_board
from generator.pages.render import Renderer
from generator.pages.states import state_titles
from generator.privacy.allow import Allowance
from generator.wording import _
from generator.wording.privacy import KINDS

BOARD, ALLOWED = "items/", "allowed/"


def audit_site(
    townships: Sequence[Township],
    summaries: Sequence[Mapping[str, Any]],
    as_of: date,
    renderer: Renderer,
    titles: Mapping[str, str],
    allowances: Sequence[Allowance] = (),
) -> Site:
    """Return the boards; villages stand in order of folder, never of merit.

    ``titles`` are those of the items, by name; ``allowances`` are what the privacy guard lets stand.
    """
    names = {township.folder: township.name for township in townships}
    villages = [s for s in summaries if s["kind"] in ("village", "community")]
    content = renderer.content(
        "audit.html.j2",
        "",
        as_of=as_of,
        rows=[_row(summary, names) for summary in villages],
        late=[_late(summary, entry) for summary in villages for entry in summary["late"]],
    )
    title = _("公开时效（内部）")
    page = Page("", title, title, content, section="")
    nav = (
        NavEntry(_("公开时效"), ""),
        NavEntry(_("各项公开情况"), BOARD),
        NavEntry(_("更正情况"), CORRECTIONS),
        NavEntry(_("每户比较"), HOUSEHOLDS),
        NavEntry(_("放行清单"), ALLOWED),
    )
    board = _board(villages, titles, renderer)
    corrections = corrections_board(villages, names, renderer)
    compared = households_board(villages, renderer)
    pages = (page, board, _allowed(allowances, renderer), corrections, compared)
    return Site(title, "", nav, pages, is_public=False)


def _allowed(allowances: Sequence[Allowance], renderer: Renderer) -> Page:
    """Return the list of what may stand although it looks personal: why, and who answers for it."""
    rows = [
        (
            entry.file,
            entry.column or "",
            str(KINDS[entry.kind].message),
            entry.reason,
            entry.role,
            entry.until.isoformat() if entry.until else _("不限"),
        )
        for entry in allowances
    ]
    content = renderer.content("audit_allowed.html.j2", ALLOWED, rows=rows)
    return Page(ALLOWED, _("放行清单"), _("放行清单"), content, section=ALLOWED)


def _board(villages: Sequence[Mapping[str, Any]], titles: Mapping[str, str], renderer: Renderer) -> Page:
    """Return the board of villages by items: the newest period of each, and how it stands."""
    states = state_titles()
    items = sorted({item for summary in villages for item in summary["newest"]})
    rows = []
    for summary in villages:
        cells = []
        for item in items:
            period, state = summary["newest"].get(item, ("", ""))
            cells.append((titles.get(item, item), f"{period} {states[state]}" if state else ""))
        rows.append((summary["name"], cells))
    content = renderer.content(
        "audit_board.html.j2", BOARD, items=[titles.get(item, item) for item in items], rows=rows
    )
    return Page(BOARD, _("各项公开情况"), _("各项公开情况"), content, section=BOARD)


def _row(summary: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
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


def _late(summary: Mapping[str, Any], entry: Mapping[str, str]) -> dict[str, str]:
    state = _("迟 {days} 天").format(days=entry["days"]) if entry["posted"] else _("逾期未公开")
    return {"name": summary["name"], "state": state, **entry}
