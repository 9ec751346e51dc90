"""Profiles: the due dates that a province sets, each with its article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from generator.model.item import CADENCES
from generator.model.period import Period
from generator.model.village import KINDS
from generator.promises.section import Section, load_section
from generator.promises.workdays import NO_WORKDAYS, Workdays
from generator.wording import _

NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class DueRule:
    """Disclosure is due so many days, or working days, after period or event, by article ``basis``."""

    days_after_end: int
    basis: str
    applies_to: tuple[str, ...]
    in_workdays: bool = False


@dataclass(frozen=True, slots=True)
class DueDate:
    """The day by which a period is to be disclosed; without a ``basis`` it is only a suggestion."""

    day: date
    basis: str

    @property
    def is_binding(self) -> bool:
        """Return whether lateness may be spoken of at all: a verified rule sets this day."""
        return bool(self.basis)


@dataclass(frozen=True, slots=True)
class Profile:
    """A province's rules, by cadence, and by item where it has a rule for one matter alone.

    ``national`` are the nation's rules by item, which the province's own rule for the item goes before.
    ``suggested_days`` is the county's wish where no rule speaks.
    """

    name: str
    due: Mapping[str, DueRule]
    items: Mapping[str, DueRule]
    suggested_days: int
    source: str
    national: Mapping[str, DueRule] = field(default_factory=dict)
    workdays: Workdays = NO_WORKDAYS

    def rule_for(self, item: str, cadence: str) -> DueRule | None:
        """Return the rule that sets the due date of ``item``, or None."""
        return self.items.get(item) or self.national.get(item) or self.due.get(cadence)

    def due_date(self, item: str, cadence: str, period: Period, kind: str) -> DueDate | None:
        """Return when ``period`` is due from a village of ``kind``; None for standing texts."""
        rule = self.rule_for(item, cadence)
        if rule is not None and kind in rule.applies_to:
            day = self._day_of(rule, period.end)
            if day is not None:
                return DueDate(day, rule.basis)
        if cadence == "standing":
            return None
        return DueDate(period.end + timedelta(days=self.suggested_days), "")

    def _day_of(self, rule: DueRule, end: date) -> date | None:
        """Return the day that ``rule`` sets; None when it counts working days of a year without a table."""
        if rule.in_workdays:
            return self.workdays.after(end, rule.days_after_end)
        return end + timedelta(days=rule.days_after_end)


def load_profile(root: Path, name: str, suggested_days: int, workdays: Workdays = NO_WORKDAYS) -> Profile:
    """Return ``site_config/profiles/<name>.yaml``, the nation's rules by item beneath the province's.

    The empty name is a county whose province has no rules that could be verified.
    """
    national = _read(root, NATIONAL).items if (root / _path(NATIONAL)).exists() else {}
    own = _read(root, name) if name else Profile("", {}, {}, 0, "site_config/county.yaml")
    return replace(own, suggested_days=suggested_days, national=national, workdays=workdays)


def _path(name: str) -> str:
    return f"site_config/profiles/{name}.yaml"


def _read(root: Path, name: str) -> Profile:
    section = load_section(root / _path(name), root)
    title = section.text("name")
    due = section.section("due")
    rules = dict(_rules(due))
    for cadence in rules:
        if cadence not in CADENCES:
            due.fail(_("只能写：{allowed}").format(allowed="、".join(CADENCES)), cadence)
    items = dict(_rules(section.section("items")))
    section.close()
    return Profile(title, rules, items, 0, section.file)


def _rules(section: Section) -> Iterator[tuple[str, DueRule]]:
    for key, entry in section.entries():
        kinds = entry.choices("applies_to", KINDS) or KINDS
        in_workdays = "workdays_after_end" in entry
        days = entry.integer("workdays_after_end" if in_workdays else "days_after_end")
        yield key, DueRule(days, entry.text("basis"), kinds, in_workdays)
        entry.close()
