"""The audit board: which villages were late, for those who supervise and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.model.site import NavEntry, Page, Site
from generator.model.village import Township
from generator.pages.render import Renderer
from generator.wording import _


def audit_site(
    townships: Sequence[Township], summaries: Sequence[Mapping[str, Any]], as_of: date, renderer: Renderer
) -> Site:
    """Return the lateness board; villages stand in order of folder, never of merit."""
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
    return Site(title, "", (NavEntry(_("公开时效"), ""),), (page,))


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
