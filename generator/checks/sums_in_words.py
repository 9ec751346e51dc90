"""Sums in words: 壹仟贰佰叁拾肆元伍角陆分, as forms ask for them."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    mark: value
    for value, marks in enumerate(
        ("壹一", "贰二两貳", "叁三參", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九"), 1
    )
    for mark in marks
}
_DIGIT = "".join(_DIGITS)
# What stands before a sum and says nothing of it: 人民币（大写）：
_LEAD = re.compile("^(?:人民币|大写|[（）(): ：￥¥])+")
_ALIKE = str.maketrans("圆圓萬億正〇", "元元万亿整零")
# Below 万; 拾元 is written for ten, without 壹.
_SECTION = re.compile(f"(?:([{_DIGIT}])[仟千])?(?:([{_DIGIT}])[佰百])?(?:([{_DIGIT}]?)[拾十])?([{_DIGIT}])?")
_CENTS = re.compile(f"零?(?:([{_DIGIT}零])角)?零?(?:([{_DIGIT}零])分)?零?")


def read_sum(text: str) -> Decimal | None:
    """Return the sum in 元 that ``text`` writes out, or None when it is not one.

    A 零 left out is no mistake, digits or units out of order are.
    """
    text = _LEAD.sub("", text).strip(" ）)").translate(_ALIKE).removesuffix("整")
    is_owed, text = text.startswith("负"), text.removeprefix("负")
    whole, mark, rest = text.rpartition("元")
    yuan = _whole(whole) if mark else 0
    cents = _cents(rest)
    if yuan is None or cents is None or not (mark or rest.strip("零")):
        return None
    amount = Decimal(yuan) + Decimal(cents) / 100
    return -amount if is_owed else amount


def _whole(text: str) -> int | None:
    """Return the whole number that ``text`` writes out: sections before 亿, before 万, and below."""
    written = text.replace("零", "")
    if not written:
        return 0 if text else None
    total = 0
    for mark, worth in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, found, rest = written.partition(mark) if mark else (written, "", "")
        if mark and not found:
            continue
        # 壹万元 has nothing below 万, 万元 nothing to be counted.
        section = _section(part)
        if section is None or (mark and not section):
            return None
        total += section * worth
        written = rest
    return total


def _section(text: str) -> int | None:
    match = _SECTION.fullmatch(text)
    if match is None:
        return None
    thousands, hundreds, tens, ones = match.groups()
    ten = 0 if tens is None else _DIGITS.get(tens, 1)
    return 1000 * _value(thousands) + 100 * _value(hundreds) + 10 * ten + _value(ones)


def _cents(text: str) -> int | None:
    match = _CENTS.fullmatch(text)
    return None if match is None else 10 * _value(match[1]) + _value(match[2])


def _value(digit: str | None) -> int:
    return _DIGITS.get(digit or "零", 0)
