"""Profiles: the due dates that a province sets, each with its article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.model.item import CADENCES
from generator.model.period import Period
from generator.model.village import KINDS
from generator.promises.section import Section, load_section
from generator.wording import _


@dataclass(frozen=True, slots=True)
class DueRule:
    """Disclosure is due ``days_after_end`` days after the period or the event, by article ``basis``."""

    days_after_end: int
    basis: str
    applies_to: tuple[str, ...]


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

    ``suggested_days`` is the county's wish where no rule speaks.
    """

    name: str
    due: Mapping[str, DueRule]
    items: Mapping[str, DueRule]
    suggested_days: int
    source: str

    def rule_for(self, item: str, cadence: str) -> DueRule | None:
        """Return the rule that sets the due date of ``item``, or None."""
        return self.items.get(item) or self.due.get(cadence)

    def due_date(self, item: str, cadence: str, period: Period, kind: str) -> DueDate | None:
        """Return when ``period`` is due from a village of ``kind``; None for standing texts."""
        rule = self.rule_for(item, cadence)
        if rule is not None and kind in rule.applies_to:
            return DueDate(period.end + timedelta(days=rule.days_after_end), rule.basis)
        if cadence == "standing":
            return None
        return DueDate(period.end + timedelta(days=self.suggested_days), "")


def load_profile(root: Path, name: str, suggested_days: int) -> Profile:
    """Return ``site_config/profiles/<name>.yaml``; the empty name is a profile without rules."""
    if not name:
        return Profile("", {}, {}, suggested_days, "site_config/county.yaml")
    section = load_section(root / "site_config" / "profiles" / f"{name}.yaml", root)
    title = section.text("name")
    due = section.section("due")
    rules = dict(_rules(due))
    for cadence in rules:
        if cadence not in CADENCES:
            due.fail(_("只能写：{allowed}").format(allowed="、".join(CADENCES)), cadence)
    items = dict(_rules(section.section("items")))
    section.close()
    return Profile(title, rules, items, suggested_days, section.file)


def _rules(section: Section) -> Iterator[tuple[str, DueRule]]:
    for key, entry in section.entries():
        kinds = entry.choices("applies_to", KINDS) or KINDS
        yield key, DueRule(entry.integer("days_after_end"), entry.text("basis"), kinds)
        entry.close()
