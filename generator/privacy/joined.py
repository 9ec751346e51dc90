"""Joined digits: the digits of a text brought together over what separates them, each knowing its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

CELL = "\x1f"
# What stands before a digit: nothing, a separator of its own number, words or another cell, or too much.
NEAR, WEAK, WIDE, FAR = 0, 1, 2, 3
_REACH = 12
_RUN = re.compile(r"[0-9]+|(?<=[0-9]{17})[X×](?![X×*])|(?<![A-Z×*])[X×](?![0-9A-Z×*])")
_SEPARATORS = frozenset(" -._/\\()·+\n\r\u200b'\"")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digits, or one check mark X: where it stands in the joined digits and in the text."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Joined:
    """All digits of a plain text; ``gaps[i]`` says what stands before the digit ``i``, the end being far."""

    text: str
    digits: str
    gaps: bytes
    runs: tuple[Run, ...]
    starts: tuple[int, ...]

    def gap_within(self, at: int, length: int) -> int:
        """Return the widest gap inside ``length`` digits from ``at``; too few digits are too far."""
        if at + length > len(self.digits):
            return FAR
        return max(self.gaps[at + 1 : at + length], default=NEAR)

    def is_edge(self, at: int) -> bool:
        """Return whether a run begins or the digits end at ``at``."""
        return self.gaps[at] != NEAR or at == len(self.digits)

    def shape(self, at: int, length: int) -> tuple[int, ...]:
        """Return the lengths of the pieces into which gaps cut ``length`` digits from ``at``."""
        cuts = [at, *(i for i in range(at + 1, at + length) if self.gaps[i] != NEAR), at + length]
        return tuple(after - before for before, after in pairwise(cuts))

    def run_index(self, at: int) -> int:
        """Return the index of the run that holds the digit ``at``."""
        return bisect_right(self.starts, at) - 1

    def runs_within(self, at: int, length: int) -> tuple[Run, ...]:
        """Return the runs that hold ``length`` digits from ``at``."""
        return self.runs[self.run_index(at) : self.run_index(at + length - 1) + 1]

    def span(self, at: int, length: int) -> tuple[int, int]:
        """Return the span in the text of ``length`` digits from ``at``."""
        first, last = self.runs[self.run_index(at)], self.runs[self.run_index(at + length - 1)]
        return first.start + at - first.at, last.start + at + length - last.at


def join_digits(text: str) -> Joined:
    """Return the joined digits of a plain ``text``."""
    pieces: list[str] = []
    gaps = bytearray()
    runs: list[Run] = []
    at = previous_end = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        gap = _gap(text, previous_end, start) if runs else FAR
        piece = match[0].replace("×", "X")
        if gap == NEAR and piece != "X":
            gap = WEAK
        pieces.append(piece)
        gaps.append(gap)
        gaps.extend(bytes(end - start - 1))
        runs.append(Run(at, start, end))
        at += end - start
        previous_end = end
    gaps.append(FAR)
    return Joined(text, "".join(pieces), bytes(gaps), tuple(runs), tuple(run.at for run in runs))


def _gap(text: str, start: int, end: int) -> int:
    if start == end:
        return NEAR
    if end - start > _REACH:
        return FAR
    between = text[start:end]
    if CELL in between:
        return WIDE if between.strip(" ") == CELL else FAR
    if end - start <= 4 and _SEPARATORS.issuperset(between):
        return WEAK
    return WIDE
