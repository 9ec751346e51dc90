"""States: how a duty stands, in a few words and a colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.checks.calendar import Duty, State
from generator.pages.words import day, month_day
from generator.wording import N_, _, counted


@dataclass(frozen=True, slots=True)
class Chip:
    """A state on a coloured ground; ``tone`` is ok, late, due, nil or held.

    ``due`` is the day that a script may count to; the words do not change from one day to the next.
    """

    text: str
    tone: str
    due: date | None = None


_TONES = {
    State.ON_TIME: "ok",
    State.LATE: "late",
    State.POSTED: "ok",
    State.UNPOSTED: "due",
    State.NIL: "nil",
    State.OVERDUE: "late",
    State.DUE: "due",
    State.SUGGESTED: "due",
}
_TITLES = {
    State.ON_TIME: N_("按时公开"),
    State.LATE: N_("迟公开"),
    State.POSTED: N_("已公开"),
    State.UNPOSTED: N_("未登记张贴"),
    State.NIL: N_("本期无"),
    State.OVERDUE: N_("逾期"),
    State.DUE: N_("未到期"),
    State.SUGGESTED: N_("还没公开"),
}


def state_titles() -> dict[str, str]:
    """Return each state in a few words, by the value of the state."""
    return {state.value: _(title) for state, title in _TITLES.items()}


def chip_of(duty: Duty) -> Chip:
    """Return the state of a duty as a chip; a state that may pass tomorrow is told by its date."""
    if duty.resource is not None and duty.resource.is_held_back:
        return Chip(_("待更正"), "held")
    if duty.display is not None and duty.display.is_running and not duty.days_late:
        end = duty.display.end
        return Chip(_("公示至 {day}").format(day=month_day(end)), "ok", end)
    if duty.display is not None and duty.display.is_short:
        return Chip(counted("公示不足 {days} 天", duty.display.least).format(days=duty.display.least), "late")
    due = duty.due.day if duty.due is not None else None
    if duty.state is State.LATE:
        text = counted("迟 {days} 天公开", duty.days_late).format(days=duty.days_late)
    else:
        text = _(_TITLES[duty.state])
    is_counted = duty.state in (State.OVERDUE, State.DUE)
    return Chip(text, _TONES[duty.state], due if is_counted else None)


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
        times = len(duty.corrections)
        return posted + (counted(" · 更正 {count} 次", times).format(count=times) if times else "")
    return _("已在网上公开，没有张贴登记")
