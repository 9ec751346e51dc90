"""Familiar markup: what stands alike on thousands of pages is judged once, and the rest page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# Where a stretch begins that is judged by itself: a row of a table, a paragraph, an entry of a menu.
_STRETCH = re.compile(
    r"(?=<(?:tr|p|li|h[1-6]|nav|aside|section|header|footer|table|thead|tbody|div|ul|ol|dl|dt|dd|figure|main"
    r"|head|body|meta|link|script|details|summary|label|form|svg|g|text)\b)"
)
_OPEN_ROW, _LINES = re.compile(r"<(?:tr|td|th)\b[^>]*>\s*\n"), 20
# The proof on every page differs from page to page, and is nobody's number. Those of a manifest bear no name;
# four letters tell them from a row of digits.
_DIGEST = re.compile(r"sha256[\"': -]{0,4}[0-9a-f]{64}(?![0-9a-f])")
_BARE_DIGEST = re.compile(r'"(?=(?:[0-9]*[a-f]){4})[0-9a-f]{64}"')
_MOST, _TOGETHER = 1_000_000, 12


class Familiar:
    """The stretches of markup, and the whole texts of other kinds, that were found clean, by their hash.

    A heading is never one of them, since what stands below it is judged by it. ``may_say`` tells whether
    anything can be found in a stretch.
    """

    def __init__(self, may_say: Callable[[str], bool]) -> None:
        self._may_say = may_say
        self._clean: set[int] = set()
        self._pending: list[int] = []

    def may_hold(self, text: str, suffix: str) -> bool:
        """Return whether anything can be found in a text beside the digests that prove it.

        In one that was found clean before, read as ``suffix`` says, nothing is: a download holds again what
        stands beside it.
        """
        mark = hash((suffix, text))
        if mark in self._clean:
            return False
        self._pending.append(mark)
        return self._may_say(_BARE_DIGEST.sub("", _DIGEST.sub("", text)))

    def strange(self, text: str) -> str:
        """Return the text without its familiar stretches and the idle ones, every line where it was."""
        text = _DIGEST.sub("", text)
        # Where every row of a table has a line of its own, lines are found many times faster.
        is_by_line = text.count("\n") > _LINES and _OPEN_ROW.search(text) is None
        stretches = text.splitlines(keepends=True) if is_by_line else _STRETCH.split(text)
        marks = list(map(hash, stretches))
        is_telling = False
        fresh: list[int] = []
        kept: set[int] = set()
        for number, stretch in enumerate(stretches):
            is_opening, is_heading = "<table" in stretch, "<th" in stretch
            if is_opening or is_heading:
                is_telling = (is_telling and not is_opening) or (is_heading and self._may_say(stretch))
                kept.add(number)
            elif marks[number] not in self._clean:
                fresh.append(number)
                if is_telling and "<td" in stretch:
                    # Below a heading like 年龄, a bare figure says something.
                    kept.add(number)
        kept.update(self._speaking(stretches, [number for number in fresh if number not in kept]))
        self._pending += [marks[number] for number in fresh]
        return "".join(
            stretch if number in kept else "\n" * stretch.count("\n")
            for number, stretch in enumerate(stretches)
        )

    def _speaking(self, stretches: Sequence[str], numbers: Sequence[int]) -> Sequence[int]:
        """Return which stretches may say something: asked together first, for most say nothing.

        Where several say together what none says alone, all of them are returned.
        """
        if not self._may_say("".join([stretches[number] for number in numbers])):
            return ()
        speaking: list[int] = []
        for start in range(0, len(numbers), _TOGETHER):
            some = numbers[start : start + _TOGETHER]
            if self._may_say("".join([stretches[number] for number in some])):
                speaking += [number for number in some if self._may_say(stretches[number])] or some
        return speaking or numbers

    def settle(self, *, is_clean: bool) -> None:
        """Remember what was read since the last time, where it was clean."""
        if is_clean and len(self._clean) < _MOST:
            self._clean.update(self._pending)
        self._pending = []
