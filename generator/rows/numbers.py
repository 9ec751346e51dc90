"""Numbers as they are written in cells: when two spellings mean the same, and what they are worth."""

from __future__ import annotations

import re
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
ZERO = Decimal(0)


def plain_number(text: str) -> str:
    """Return the one spelling of a plain decimal number; what is none is returned as it is."""
    if _PLAIN.fullmatch(text) is None:
        return text
    sign = "-" if text[0] == "-" else ""
    whole, _point, part = text.lstrip("+-").partition(".")
    whole, part = whole.lstrip("0"), part.rstrip("0")
    if not whole and not part:
        return "0"
    return f"{sign}{whole or '0'}.{part}" if part else f"{sign}{whole}"


def number_of(text: str) -> Decimal:
    """Return what a cell is worth; a cell that is empty or holds no plain number is worth nothing."""
    return Decimal(text) if _PLAIN.fullmatch(text) else ZERO
