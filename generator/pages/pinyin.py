"""Pinyin: how the name of a village is spelled in Latin letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generator.pages.syllables import SYLLABLES

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RARE = "'"
_LAST = "~"


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    """Return the readings of each character, the usual one first."""
    usual: dict[str, list[str]] = {}
    rare: dict[str, list[str]] = {}
    for piece in SYLLABLES.split():
        marks = piece.lstrip(_RARE + _LATIN)
        syllable = piece.removesuffix(marks).lstrip(_RARE)
        for mark in marks:
            (rare if piece.startswith(_RARE) else usual).setdefault(mark, []).append(syllable)
    return {mark: (*usual.get(mark, ()), *rare.get(mark, ())) for mark in usual.keys() | rare.keys()}


def spelling(name: str) -> str:
    """Return every reading of every character: 单家村 is "dan/chan/shan jia cun".

    What has no reading is left as it is written, in small letters.
    """
    readings = _readings()
    return " ".join("/".join(readings.get(mark, (mark.lower(),))) for mark in name if not mark.isspace())


def typed(name: str) -> str:
    """Return what a reader types for ``name``: all of its usual reading, and the first letters of it."""
    readings = _readings()
    usual = [readings.get(mark, (mark.lower(),))[0] for mark in name if not mark.isspace()]
    return f"{''.join(usual)} {''.join(syllable[0] for syllable in usual)}"


def order_of(name: str) -> tuple[str, str]:
    """Return what sorts ``name`` as a Chinese dictionary does: by its usual readings, then as written."""
    readings = _readings()
    return " ".join(readings.get(mark, (f"{_LAST}{mark}",))[0] for mark in name), name


def letter_of(name: str) -> str:
    """Return the capital under which ``name`` is looked up, "#" when it begins with none."""
    first = _readings().get(name[:1], (name[:1].lower(),))[0][:1]
    return first.upper() if first and first in _LATIN else "#"
