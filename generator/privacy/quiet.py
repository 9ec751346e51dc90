"""Quiet numbers: dates, amounts, serials, coordinates and codes, which look like identifiers and are not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.privacy.identifiers import is_credit_code
from generator.privacy.joined import Run
from generator.privacy.labels import Label

_SPOKEN = re.compile(
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}(?:[-/.月][0-9]{1,2})?"
    r"|(?<![0-9])[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])(?:\.[0-9]{1,4})?"
    r"|[0-9]{1,15}\.[0-9]{1,16}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?![0-9])"
    r"|[0-9]{1,15} ?(?:%|元|万|亩|户|人|公斤|斤|米|吨|年|月|日|号|岁|度|方|个|条|次|份|平)"
)
_CODE = re.compile(
    r"(?<![0-9A-Z])(?:[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}|[0-9A-F]{32,128})(?![0-9A-Z])"
    r"|(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])"
)
_QUANTITY = re.compile(
    r"\.[0-9]{1,2}(?![0-9])| ?(?:元|万|亩|户|人|年|月|笔|张|公里|米|平方)|,[0-9]{3}(?![0-9])"
)
_FAR_DECIMAL = re.compile(r"[0-9]{1,3}\.[0-9]{5,}")


def without_codes(text: str) -> str:
    """Return a plain text with hashes and unified credit codes blanked out, of the same length."""
    return _CODE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    code = match[0]
    if len(code) == 18:
        is_code = not code[:17].isdigit() and "XXX" not in code and is_credit_code(code)
    else:
        is_code = sum(mark.isalpha() for mark in code) >= 4
    return "\x1e" * len(code) if is_code else code


def is_spoken_for(text: str, runs: Sequence[Run]) -> bool:
    """Return whether a run of digits is part of a date, an amount or a count."""
    start, end = runs[0].start, runs[-1].end
    spoken = [match.span() for match in _SPOKEN.finditer(text, max(0, start - 16), min(len(text), end + 8))]
    return any(first < run.end and run.start < last for run in runs for first, last in spoken)


def is_serial(digits: str) -> bool:
    """Return whether digits begin with a day of this century, as serials and time stamps do."""
    if len(set(digits)) == 1:
        return True
    return (
        len(digits) >= 8
        and digits.startswith("20")
        and digits[4:6] in _MONTHS
        and "01" <= digits[6:8] <= "31"
    )


_MONTHS = frozenset(f"{month:02}" for month in range(1, 13))


def is_coordinate(text: str, start: int, end: int, label: Label) -> bool:
    """Return whether the digits between ``start`` and ``end`` are the decimals of a coordinate."""
    if not re.search(r"(?<![0-9])[0-9]{1,3}\.$", text[max(0, start - 4) : start]):
        return False
    around = text[max(0, start - 48) : end + 48]
    return label is Label.PLACE or len(_FAR_DECIMAL.findall(around)) > 1


def is_quantity(text: str, start: int, end: int) -> bool:
    """Return whether the digits between ``start`` and ``end`` are an amount, by what stands around them."""
    return text[max(0, start - 1) : start] in ("¥", "￥") or bool(_QUANTITY.match(text, end, end + 6))


def is_in_hyphens(text: str, start: int) -> bool:
    """Return whether a hyphenated code leads up to ``start``, as in GF-2020-0101."""
    before = text[max(0, start - 4) : start]
    return bool(_HYPHENED.search(before)) and not before.endswith("86-")


_HYPHENED = re.compile("(?:[0-9]|(?<![A-Z])[A-Z]{1,3})[-/_]$")
