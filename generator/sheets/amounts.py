"""Amounts: 1,234.50, ￥1,234, 1.2万元, （123.45） and nothing else become exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.model.item import Field
from generator.sheets.plain_text import plain

NOTHING = ("-", "--", "---", "—", "——", "–", "/", "\\", "无", "〇", "没有")
_AMOUNT = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?(?:¥|RMB|人民币)?(?P<minus2>[-−])?"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"(?P<unit>[十百千万亿]{0,2})(?:元|块)?整?(?P<close>\))?"
)
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_UNITS = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 10**8}
_SPACED = re.compile(r"[0-9]\s+[0-9]")
EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was read; one that ``has_unit`` is in 元 whatever its sheet is in."""

    number: Decimal
    has_unit: bool


def read_amount(text: str) -> Amount | None:
    """Return the amount that ``text`` states, or None when it states none."""
    if _SPACED.search(text):
        return None
    match = _AMOUNT.fullmatch(plain(text))
    if match is None or bool(match["open"]) != bool(match["close"]) or match["unit"] not in _UNITS:
        return None
    signs = sum(1 for name in ("open", "minus", "minus2") if match[name])
    if signs > 1:
        return None
    number = Decimal(match["whole"].replace(",", "") + (match["fraction"] or ""))
    number *= _UNITS[match["unit"]]
    return Amount(-number if signs else number, bool(match["unit"]) or "元" in match[0] or "块" in match[0])


def is_nothing(text: str) -> bool:
    """Return whether a text stands for no amount at all."""
    return plain(text) in NOTHING


def is_plain(text: str) -> bool:
    """Return whether a text is already the plain decimal that a table holds."""
    return _PLAIN.fullmatch(text) is not None


def is_money(field: Field) -> bool:
    """Return whether a column counts in 元."""
    return field.unit == "元"


def written(number: Decimal, field: Field) -> str | None:
    """Return ``number`` as a canonical cell of ``field``, or None when it is finer than the column."""
    if field.type == "integer":
        return str(int(number)) if number == number.to_integral_value() else None
    step = field.step
    if step is not None and number % step:
        return None
    if step is not None and is_money(field):
        return f"{number.quantize(step):f}" if number else f"{Decimal(0).quantize(step):f}"
    number = number.normalize()
    return f"{number:f}" if number else "0"
