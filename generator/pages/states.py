"""States: how a duty stands, in a few words and a colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.checks.calendar import Duty, State
from generator.pages.words import day, month_day
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Chip:
    """A state on a coloured ground; ``tone`` is ok, late, due, nil or held.

    ``due`` is the day that a script may count to; the words do not change from one day to the next.
    """

    text: str
    tone: str
    due: date | None = None


def chip_of(duty: Duty) -> Chip:
    """Return the state of a duty as a chip; a state that may pass tomorrow is told by its date."""
    if duty.resource is not None and duty.resource.is_held_back:
        return Chip(_("待更正"), "held")
    if duty.display is not None and duty.display.is_running and not duty.days_late:
        return Chip(_("公示至 {day}").format(day=month_day(duty.display.end)), "ok")
    if duty.display is not None and duty.display.is_short:
        return Chip(_("公示不足 {days} 天").format(days=duty.display.least), "late")
    due = duty.due.day if duty.due is not None else None
    chips = {
        State.ON_TIME: Chip(_("按时公开"), "ok"),
        State.LATE: Chip(_("迟 {days} 天公开").format(days=duty.days_late), "late"),
        State.POSTED: Chip(_("已公开"), "ok"),
        State.UNPOSTED: Chip(_("未登记张贴"), "due"),
        State.NIL: Chip(_("本期无"), "nil"),
        State.OVERDUE: Chip(_("逾期"), "late", due),
        State.DUE: Chip(_("未到期"), "due", due),
        State.SUGGESTED: Chip(_("还没公开"), "due"),
    }
    return chips[duty.state]


def note_of(duty: Duty) -> str:
    """Return one line on when a duty was or is to be met."""
    if duty.is_open and duty.due is not None:
        if duty.due.is_binding:
            return _("应在 {day}前公开").format(day=day(duty.due.day))
        return _("建议在 {day}前公开").format(day=day(duty.due.day))
    if duty.state is State.NIL:
        return _("村里登记：本期没有这一项")
    if duty.publication is not None and duty.publication.posted_from is not None:
        posted = _("{day}张贴").format(day=day(duty.publication.posted_from))
        return posted + (
            _(" · 更正 {count} 次").format(count=len(duty.corrections)) if duty.corrections else ""
        )
    return _("已在网上公开，没有张贴登记")
