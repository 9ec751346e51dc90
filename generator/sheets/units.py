"""Units: 元 and 万元, as a heading or a title states them."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.sheets.plain_text import plain, without_brackets

_FACTORS = {
    "元": 1,
    "十元": 10,
    "百元": 100,
    "千元": 1_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "亿元": 10**8,
}
_MONEY = re.compile(r"(?:人民币)?([十百千万亿]{0,2}元)")
_STATED = re.compile(r"(?:^|[^制报填])(?:金额)?单位[::]?(?:人民币)?([十百千万亿]{0,2}元)")


def money_factor(unit: str) -> Decimal | None:
    """Return how many 元 a money unit is, or None for what is no money unit."""
    match = _MONEY.fullmatch(plain(unit))
    factor = _FACTORS.get(match[1]) if match else None
    return None if factor is None else Decimal(factor)


def stated_factor(text: str) -> Decimal | None:
    """Return the factor of the 单位 that a title states, or None."""
    match = _STATED.search(" " + plain(text))
    return money_factor(match[1]) if match else None


def unit_of_heading(heading: str) -> str:
    """Return what stands in the last brackets of a heading, where its unit is written; "" for none."""
    brackets = without_brackets(heading)[1]
    if not brackets:
        return ""
    return brackets[-1].removeprefix("单位").lstrip(":")
