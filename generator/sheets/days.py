"""Days: the ways in which clerks write a date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from generator.sheets.plain_text import plain

_FULL = re.compile(r"([12][0-9]{3})(?:年([0-9]{1,2})月([0-9]{1,2})[日号]?|([./-])([0-9]{1,2})\4([0-9]{1,2}))")
_PACKED = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_WITHOUT_YEAR = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]")
_TIME = re.compile(r"(?:00?:00(?::00)?)$")
_MONTH = re.compile(r"([12][0-9]{3})(?:年([0-9]{1,2})月份?|[./-]([0-9]{1,2}))")
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# Serial numbers of the years in which anybody could disclose anything: others are a slip of the hand.
_FIRST, _LAST = date(1950, 1, 1), date(2099, 12, 31)


class YearMissingError(ValueError):
    """A day and a month are written, and no title says of which year."""


def read_day(text: str, year: int | None) -> date:
    """Return the date that ``text`` states, ``year`` being that of the title; raises ValueError."""
    words = plain(text)
    words = _TIME.sub("", words) if len(words) > 10 else words
    match = _FULL.fullmatch(words) or _PACKED.fullmatch(words)
    if match is not None:
        numbers = [int(group) for group in match.groups() if group and group.isdigit()]
        return date(*numbers)
    match = _WITHOUT_YEAR.fullmatch(words)
    if match is None:
        raise ValueError
    if year is None:
        raise YearMissingError
    return date(year, int(match[1]), int(match[2]))


def day_of_serial(number: Decimal, *, counts_from_1904: bool) -> date:
    """Return the date that a spreadsheet means by a serial number, or 20260305; raises ValueError."""
    if number != number.to_integral_value():
        raise ValueError
    if _PACKED.fullmatch(f"{number:f}"):
        return read_day(f"{number:f}", None)
    days = int(number)
    # Before March 1900 the two ways of counting differ by a day that never was.
    if not 60 < days < 100_000:
        raise ValueError
    day = (_EPOCH_1904 if counts_from_1904 else _EPOCH_1900) + timedelta(days=days)
    if not _FIRST <= day <= _LAST:
        raise ValueError
    return day


def read_month(text: str) -> str | None:
    """Return 2026-03 for the ways of writing a month of a year, or None."""
    match = _MONTH.fullmatch(plain(text))
    if match is None:
        return None
    month = int(match[2] or match[3])
    return f"{match[1]}-{month:02d}" if 1 <= month <= 12 else None
