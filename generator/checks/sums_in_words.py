"""Sums in words: 壹仟贰佰叁拾肆元伍角陆分, as forms ask for them."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    mark: value
    for value, marks in enumerate(
        ("零〇", "壹一", "贰二两", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九")
    )
    for mark in marks
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_PREFIXES, _FILLERS = ("人民币", "大写"), "整正 ：:"


def read_sum(text: str) -> Decimal | None:
    """Return the sum in 元 that ``text`` writes out, or None when it is not one."""
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    text = text.strip(_FILLERS).replace("圆", "元")
    whole, mark, rest = text.partition("元")
    if not mark:
        return None
    amount = _whole(whole)
    cents = _cents(rest)
    return None if amount is None or cents is None else Decimal(amount) + Decimal(cents) / 100


def _whole(text: str) -> int | None:
    total = section = digit = 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _UNITS:
            # 拾元 is written for ten, without 壹.
            section += (digit or 1) * _UNITS[mark]
            digit = 0
        elif mark in _GROUPS:
            section += digit
            total = (total + section) * _GROUPS[mark] if mark == "亿" else total + section * _GROUPS[mark]
            section = digit = 0
        else:
            return None
    return total + section + digit if text else None


def _cents(text: str) -> int | None:
    cents = digit = 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in ("角", "分"):
            cents += digit * (10 if mark == "角" else 1)
            digit = 0
        else:
            return None
    return cents if digit == 0 else None
