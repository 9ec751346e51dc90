"""Hostile text: what no cell may hold, since a spreadsheet would run it or nobody would see it."""

from __future__ import annotations

import re

# Full-width marks too: a spreadsheet in Chinese takes them for its own. A minus is a number's, or a
# dash; it is a formula's where a function, another program (DDE) or another sheet is called after it.
_FORMULA = "[=+@\t\r＝＋＠]|[-－][^\n]*[(|!]"
FORMULA = re.compile(_FORMULA)
FORMULA_IN_LINES = re.compile(rf"\n(?:{_FORMULA})")
# Characters with a width of their own and nothing to see in it: Unicode calls them letters.
BLANKS = "\u034f\u115f\u1160\u2800\u3164\uffa0"
# Control and bidirectional characters, zero-width ones, byte-order mark, tags: nobody sees them, and
# they can make a text read otherwise than it is. Tab and line ends may stand inside a cell; joiners
# belong to Mongolian and Uyghur writing, and to nothing between Chinese characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    f"\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f{BLANKS}]"
    "|(?<=[\u2e80-\u9fff])[\u200c\u200d]|[\u200c\u200d](?=[\u2e80-\u9fff])"
)


def has_unseen(text: str) -> bool:
    """Return whether ``text`` holds anything that nobody sees; most texts are told at a glance."""
    if text.isprintable() and not any(mark in text for mark in BLANKS):
        return False
    return UNSEEN.search(text) is not None
