"""Split numbers: identifiers that are cut over neighbouring cells of one row."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from generator.privacy.hit import Hit, error
from generator.privacy.identifiers import is_citizen_id, is_mobile, is_old_citizen_id, is_own_card
from generator.privacy.joined import CELL, FAR, WIDE
from generator.privacy.labels import FREE_HEADING, Label, label_of_heading
from generator.privacy.numbers import Numbers
from generator.privacy.plain import plain
from generator.privacy.quiet import is_spoken_for, without_codes

_MOBILE_SHAPES = ((3, 4, 4), (3, 8), (7, 4))
_CARD_SHAPES = frozenset(
    {
        (4, 4, 4, 4),
        (4, 4, 4, 4, 1),
        (4, 4, 4, 4, 2),
        (4, 4, 4, 4, 3),
        (6, 10),
        (6, 13),
        (8, 8),
        (8, 11),
        (4, 12),
        (4, 15),
        (10, 9),
        (6, 6, 4),
        (6, 6, 7),
    }
)
_PIECES = re.compile(r"[0-9][ \x1f]+[0-9Xx×]")
Row = Sequence[tuple[str, str]]


def split_hits(cells: Row, offices: frozenset[str]) -> Iterator[tuple[int, Hit]]:
    """Yield, for each piece of a number that neighbouring cells make up, its cell and its hit there."""
    starts = [0, *accumulate(len(text) + 1 for _, text in cells)]
    row = without_codes(plain(CELL.join(text for _, text in cells)))
    if not _PIECES.search(row):
        return
    numbers = Numbers.of(row, Label.NONE, offices)
    headings = [label_of_heading(heading) for heading, _ in cells]
    is_free = [bool(FREE_HEADING.fullmatch(heading.strip().upper())) for heading, _ in cells]
    for at in numbers.joined.starts:
        found = _split_at(numbers, at)
        if found is None:
            continue
        kind, length = found
        runs = numbers.joined.runs_within(at, length)
        places = [bisect_right(starts, run.start) - 1 for run in runs]
        if kind not in ("citizen-id", "residence-permit"):
            wanted = {"mobile": Label.PHONE, "bank-card": Label.ACCOUNT, "citizen-id-15": Label.ID}[kind]
            labels = {numbers.near(at), *(headings[place] for place in places)}
            has_zero = any(numbers.joined.digits[run.at] == "0" for run in runs[1:])
            is_likely = kind != "citizen-id-15" and (has_zero or all(is_free[place] for place in places))
            if wanted not in labels and not is_likely:
                continue
        numbers.release(at, length)
        for place in dict.fromkeys(places):
            here = [run for run, other in zip(runs, places, strict=True) if other == place]
            yield place, error(kind, here[0].start - starts[place], here[-1].end - starts[place])


def _split_at(numbers: Numbers, at: int) -> tuple[str, int] | None:
    """Return the kind and the length of the number that begins at ``at`` and crosses a border of cells."""
    if numbers.taken[at]:
        return None
    for length in (18, 11, 19, 17, 16, 15):
        if numbers.gap(at, length) != WIDE or not _crosses(numbers, at, length):
            continue
        marks, shape = numbers.marks(at, length), numbers.joined.shape(at, length)
        if (
            length == 18
            and marks[:17].isdigit()
            and max(shape) >= 6
            and len(shape) <= 5
            and is_citizen_id(marks)
        ):
            return "citizen-id", length
        if length == 11 and shape in _MOBILE_SHAPES and is_mobile(marks) and marks not in numbers.offices:
            return "mobile", length
        if marks.isdigit() and shape in _CARD_SHAPES and is_own_card(marks):
            return "bank-card", length
        if (
            length == 15
            and marks.isdigit()
            and shape in ((6, 6, 3), (6, 9), (12, 3))
            and is_old_citizen_id(marks)
        ):
            return "citizen-id-15", length
    return None


def _crosses(numbers: Numbers, at: int, length: int) -> bool:
    """Return whether the only wide gaps are borders of cells, and no piece is a date or an amount."""
    joined, text = numbers.joined, numbers.text
    runs = joined.runs_within(at, length)
    for before, after in pairwise(runs):
        if joined.gaps[after.at] == FAR or (
            joined.gaps[after.at] == WIDE and CELL not in text[before.end : after.start]
        ):
            return False
    return not is_spoken_for(text, runs)
