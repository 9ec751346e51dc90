"""Plain text: the same text, mark for mark, with one kind of digit, letter, dash, space and mask mark.

Every mark becomes exactly one mark, so a place in the plain text is that place in the text as given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

UNSEEN = "\u200b"
_SPACES = (*"\t\u00a0\u1680\u202f\u205f\u3000\u2800", *map(chr, range(0x2000, 0x200B)))
_UNSEEN = "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufe0e\ufe0f\ufeff\u20e3"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2796\ufe58\ufe63"
_DOTS = "\u00b7\u2027\u2219\u22c5\u30fb\uff65"
MASK_MARKS = "\u2022\u2217\u2588\u25a0\u25cf\u2605\u2731\u2732\u203b\u25aa\u2b1b\u26ab"
_LETTER_X = "\u0425\u0445\u03a7\u03c7\u2169\u2179"
_DIGIT_BLOCKS = (
    *((first, first + 10) for first in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xF20, 0x1810)),
    *((0xB2, 0xBA), (0x2070, 0x208A), (0x2460, 0x2469), (0x2474, 0x247D), (0x2488, 0x2491)),
    *((0x24EA, 0x24EB), (0x24F5, 0x24FE), (0x2776, 0x2793), (0x1D7CE, 0x1D800)),
)


def _full_width() -> Iterator[tuple[int, str]]:
    for code in range(0xFF01, 0xFF5F):
        yield code, chr(code - 0xFEE0).upper()


def _rare_digits() -> Iterator[tuple[int, str]]:
    for first, end in _DIGIT_BLOCKS:
        for code in range(first, end):
            value = unicodedata.digit(chr(code), None)
            if value is not None:
                yield code, str(value)


_TABLE: dict[int, str] = {
    **{ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"},
    **dict(_full_width()),
    **dict(_rare_digits()),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _UNSEEN), UNSEEN),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _DOTS), "·"),
    **dict.fromkeys(map(ord, MASK_MARKS), "*"),
    **dict.fromkeys(map(ord, _LETTER_X), "X"),
    0xFF0D: "-",
}


def plain(text: str) -> str:
    """Return ``text`` in plain marks, of the same length."""
    return text.translate(_TABLE)
