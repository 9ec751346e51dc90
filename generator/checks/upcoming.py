"""What is coming: the periods of this year that are not over yet, and when they will be due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.checks.calendar import due_of
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.village import Village
from generator.promises.profile import DueDate
from generator.promises.promises import Promises


@dataclass(frozen=True, slots=True)
class Coming:
    """One period of one item that will have to be disclosed; ``basis`` cites the rule behind the day."""

    item: DisclosureItem
    period: Period
    due: DueDate
    basis: str


def coming_of(village: Village, promises: Promises, as_of: date) -> tuple[Coming, ...]:
    """Return what ``village`` will owe for the rest of the year, the nearest day first."""
    last = Period.holding(as_of, "year").end
    found = []
    for name, versions in promises.catalogue.versions.items():
        kind = versions[-1].period_kind
        if kind is None:
            continue
        period = Period.holding(as_of, kind)
        while period.end <= last and village.is_open_on(period.end):
            item = promises.catalogue.governing(name, period)
            if item is not None and village.kind in item.applies_to:
                due, basis = due_of(item, period, village.kind, promises)
                if due is not None:
                    found.append(Coming(item, period, due, basis))
            period = period.following
    return tuple(sorted(found, key=lambda coming: (coming.due.day, coming.item.name)))
