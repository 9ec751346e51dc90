"""Words for numbers and days, as a villager says them in the language of the page."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from generator.wording import N_, _, said
from generator.wording.months import month_name
from generator.wording.words import said_once

_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_KILO, _MEGA = 1000, 1_000_000
_YUAN = "元"


def amount(value: Decimal | int, places: int = 2) -> str:
    """Return a number with thousands marks: 12,345.60."""
    return f"{value:,.{places}f}"


def in_unit(figure: str, unit: str) -> str:
    """Return a figure with its unit: 12,345.60 元."""
    if unit == _YUAN:
        return _("{figure} 元").format(figure=figure)
    return _("{figure} {unit}").format(figure=figure, unit=said(unit))


def in_a_row(first: str, second: str) -> str:
    """Return two sentences, one after the other: Chinese leaves nothing between them, other languages do."""
    return _("{first}{second}").format(first=first, second=second)


def spoken(value: Decimal, unit: str = _YUAN) -> str:
    """Return a number as one says it: 12.3 万元 from ten thousand up, else to the unit's own places.

    What is rounded is the same in every language: where nobody counts in 万, 12.3 万元 is ¥123,000.
    """
    if abs(value) < _WAN:
        return in_unit(_plain(value), unit)
    tenths, scale = _tenth(value / _WAN), _WAN
    message = N_("{number} 万元") if unit == _YUAN else N_("{number} 万{unit}")
    if abs(tenths) >= _WAN:
        tenths, scale = _tenth(value / _YI), _YI
        message = N_("{number} 亿元") if unit == _YUAN else N_("{number} 亿{unit}")
    if abs(tenths) >= _WAN:
        tenths, scale = _tenth(value / _YI / _WAN), _YI * _WAN
        message = N_("{number} 万亿元") if unit == _YUAN else N_("{number} 万亿{unit}")
    return _(message).format(number=f"{tenths:,}", unit=said(unit), full=f"{tenths * scale:,.0f}")


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


@said_once(4_096)
def day(value: date | None) -> str:
    """Return a date with its year: 2026 年 3 月 5 日."""
    if value is None:
        return ""
    return _("{year} 年 {month} 月 {day} 日").format(
        year=value.year, month=value.month, day=value.day, month_name=month_name(value.month)
    )


@said_once(4_096)
def month_day(value: date | None) -> str:
    """Return a date without its year: 3 月 5 日."""
    if value is None:
        return ""
    return _("{month} 月 {day} 日").format(
        month=value.month, day=value.day, month_name=month_name(value.month)
    )
