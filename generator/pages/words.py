"""Words for numbers and days, as a villager says them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from generator.wording import _

_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_KILO, _MEGA = 1000, 1_000_000


def amount(value: Decimal | int, places: int = 2) -> str:
    """Return a number with thousands marks: 12,345.60."""
    return f"{value:,.{places}f}"


def spoken(value: Decimal, unit: str = "元") -> str:
    """Return a number as one says it: 12.3 万元 from ten thousand up, else to the unit's own places."""
    if abs(value) < _WAN:
        return f"{_plain(value)} {unit}"
    tenths = _tenth(value / _WAN)
    if abs(tenths) < _WAN:
        return _("{number} 万{unit}").format(number=f"{tenths:,}", unit=unit)
    return _("{number} 亿{unit}").format(number=f"{_tenth(value / _YI):,}", unit=unit)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole:,}" if value == whole else f"{value:,.2f}"


def size_text(size: int) -> str:
    """Return the size of a file as one says it: 12 KB, 3.4 MB; never nothing for what is there."""
    if size < _MEGA:
        return _("{size} KB").format(size=-(-size // _KILO))
    return _("{size} MB").format(size=(Decimal(size) / _MEGA).quantize(Decimal("0.1"), ROUND_HALF_UP))


def day(value: date | None) -> str:
    """Return a date with its year: 2026 年 3 月 5 日."""
    if value is None:
        return ""
    return _("{year} 年 {month} 月 {day} 日").format(year=value.year, month=value.month, day=value.day)


def month_day(value: date | None) -> str:
    """Return a date without its year: 3 月 5 日."""
    if value is None:
        return ""
    return _("{month} 月 {day} 日").format(month=value.month, day=value.day)
