"""Periods: the stretch of time that one disclosure covers, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from generator.wording import _
from generator.wording.months import month_name
from generator.wording.words import said_once

_FORMS = re.compile(
    r"(?P<year>[12]\d{3})"
    r"(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?|Q(?P<quarter>[1-4])|H(?P<half>[12]))?",
    re.ASCII,
)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A day, month, quarter, half-year or year, from ``start`` to ``end``, both included."""

    start: date
    end: date
    kind: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period written as 2026-03, 2026Q1, 2026H1, 2026 or 2026-03-15.

        Raises ValueError for anything else.
        """
        match = _FORMS.fullmatch(text)
        if match is None:
            raise ValueError(text)
        year = int(match["year"])
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return cls(day, day, "day")
        if match["month"]:
            return cls._of_months(year, int(match["month"]), "month")
        if match["quarter"]:
            return cls._of_months(year, 3 * int(match["quarter"]) - 2, "quarter")
        if match["half"]:
            return cls._of_months(year, 6 * int(match["half"]) - 5, "half")
        return cls._of_months(year, 1, "year")

    @classmethod
    def holding(cls, day: date, kind: str) -> Period:
        """Return the period of ``kind`` in which ``day`` lies."""
        if kind == "day":
            return cls(day, day, "day")
        length = _MONTHS[kind]
        return cls._of_months(day.year, (day.month - 1) // length * length + 1, kind)

    @classmethod
    def _of_months(cls, year: int, month: int, kind: str) -> Period:
        after = month + _MONTHS[kind]
        following = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
        return cls(date(year, month, 1), following - timedelta(days=1), kind)

    @property
    def text(self) -> str:
        """Return the period as it stands in file names and addresses."""
        return _text_of(self.start, self.kind)

    @property
    def title(self) -> str:
        """Return the period as a villager says it."""
        return _title_of(self.start, self.kind)

    @property
    def following(self) -> Period:
        """Return the period of the same kind that begins the day after this one ends."""
        return Period.holding(self.end + timedelta(days=1), self.kind)


# All villages of a county have the same periods, and each address and file name of a page holds one.
@lru_cache(maxsize=4_096)
def _text_of(start: date, kind: str) -> str:
    year = f"{start.year:04d}"
    match kind:
        case "day":
            return start.isoformat()
        case "month":
            return f"{year}-{start.month:02d}"
        case "quarter":
            return f"{year}Q{(start.month + 2) // 3}"
        case "half":
            return f"{year}H{1 if start.month == 1 else 2}"
    return year


@said_once(4_096)
def _title_of(start: date, kind: str) -> str:
    year, month = start.year, start.month
    match kind:
        case "day":
            return _("{year}年{month}月{day}日").format(
                year=year, month=month, day=start.day, month_name=month_name(month)
            )
        case "month":
            return _("{year}年{month}月").format(year=year, month=month, month_name=month_name(month))
        case "quarter":
            return _("{year}年第{quarter}季度").format(
                year=year, quarter="一二三四"[(month - 1) // 3], number=(month + 2) // 3
            )
        case "half":
            return (_("{year}年上半年") if month == 1 else _("{year}年下半年")).format(year=year)
    return _("{year}年").format(year=year)
