"""Unified credit codes (GB 32100): the 18 marks by which every body is registered."""

from __future__ import annotations

_MARKS = {mark: value for value, mark in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_WEIGHTS = tuple(pow(3, power, 31) for power in range(17))


def has_credit_check(code: str) -> bool:
    """Return whether ``code`` has the 18 marks of a credit code and ends in its check mark."""
    if len(code) != 18 or not _MARKS.keys() >= set(code):
        return False
    weighted = sum(_MARKS[mark] * weight for mark, weight in zip(code[:17], _WEIGHTS, strict=True))
    return (31 - weighted % 31) % 31 == _MARKS[code[17]]
