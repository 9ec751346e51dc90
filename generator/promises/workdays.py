"""Working days: which days offices are open, by the State Council's notice of each year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.promises.section import Section, load_section
from generator.wording import _

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days off among Monday to Friday and the days worked at weekends, for the years that are known."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Return whether offices are open on ``day``, a day of a known year."""
        return day in self.work or (day.weekday() < _SATURDAY and day not in self.off)

    def count(self, start: date, end: date) -> int | None:
        """Return how many working days lie from ``start`` to ``end``, both included.

        None when a year that they touch is not known; 0 when ``end`` is before ``start``.
        """
        if not self.years.issuperset(range(start.year, end.year + 1)):
            return None
        days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
        return sum(map(self.is_workday, days))

    def after(self, day: date, number: int) -> date | None:
        """Return the ``number``-th working day after ``day``; None when its year is not known."""
        while number:
            day += _ONE_DAY
            if day.year not in self.years:
                return None
            number -= self.is_workday(day)
        return day


NO_WORKDAYS = Workdays(frozenset(), frozenset(), frozenset())


def load_workdays(root: Path) -> Workdays:
    """Return the table in ``root/schemas/codes/holidays.yaml``; without that file no year is known."""
    path = root / "schemas" / "codes" / "holidays.yaml"
    if not path.exists():
        return NO_WORKDAYS
    section = load_section(path, root)
    off: set[date] = set()
    work: set[date] = set()
    years: dict[str, Section] = dict(section.entries())
    for year, entry in years.items():
        if len(year) != 4 or not year.isdigit():
            section.fail(_("年份应写成四位数字"), year)
        entry.text("notice")
        off |= _days(entry, "off", year, at_weekend=False)
        work |= _days(entry, "work", year, at_weekend=True)
        entry.close()
    return Workdays(frozenset(off), frozenset(work), frozenset(map(int, years)))


def _days(entry: Section, key: str, year: str, *, at_weekend: bool) -> set[date]:
    days = set()
    for text in entry.texts(key):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            entry.fail(_("日期应写成 2026-01-31"), key)
        if str(day.year) != year or (day.weekday() >= _SATURDAY) is not at_weekend:
            entry.fail(_("{day} 不属于这一年，或放假日写成了周末、上班日写成了平日").format(day=text), key)
        days.add(day)
    return days
