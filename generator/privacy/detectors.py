"""Detectors: everything personal that a text, or a row of cells, gives away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from generator.privacy.cards import claim_account, claim_card
from generator.privacy.gate import is_suspicious, may_hit
from generator.privacy.hit import Hit
from generator.privacy.joined import CELL
from generator.privacy.labels import Label, label_of_heading
from generator.privacy.masks import MaskStyles, mask_hits
from generator.privacy.names import is_person, is_person_heading
from generator.privacy.numbers import Numbers, claim_identity
from generator.privacy.papers import paper_hits, plate_hits
from generator.privacy.people import people_hits
from generator.privacy.plain import plain
from generator.privacy.quiet import without_codes
from generator.privacy.split import split_hits
from generator.privacy.telephones import claim_landline, claim_mobile

__all__ = ["Hit", "MaskStyles", "detect", "detect_row", "is_suspicious", "office_lines"]

_CLAIMS: tuple[Callable[[Numbers, int], bool], ...] = (
    claim_identity,
    claim_card,
    claim_mobile,
    claim_landline,
    claim_account,
)
_LABELLED = frozenset({Label.ID, Label.SOCIAL, Label.ACCOUNT, Label.PASSPORT, Label.PHONE})
_DIGITS = re.compile(r"(?:\d\D{0,4}){3}[\dXx]|[*＊]")
_TELLING_HEADING = re.compile(
    "出生|(?<![产发])生日|出世|年龄|岁数|班级|年级|就读|学校|住址|家庭|现住|居住|户籍|门牌|地址"
)


def office_lines(phones: Sequence[str]) -> frozenset[str]:
    """Return the telephones of offices, however they are written, as ``offices`` asks for them."""
    return frozenset(digits for phone in phones if (digits := re.sub("[^0-9]", "", plain(phone))))


def detect(text: str, heading: str = "", *, offices: frozenset[str] = frozenset()) -> list[Hit]:
    """Return what is personal in ``text``, in reading order.

    ``heading`` is its column or key; ``offices`` are public telephones, as :func:`office_lines` puts them.
    """
    if not _is_worth(heading, text):
        return []
    return _detect(text, heading, offices, has_person=is_person_heading(heading))


def detect_row(
    cells: Sequence[tuple[str, str]], *, offices: frozenset[str] = frozenset()
) -> list[tuple[int, Hit]]:
    """Return what is personal in a row of (heading, text), each hit with the index of its cell.

    A number that is cut over neighbouring cells is a hit in each of them.
    """
    row = CELL.join(text for _, text in cells)
    is_telling = any(_is_told(heading, text) for heading, text in cells)
    if not is_telling and not may_hit(row):
        return []
    has_person = any(is_person_heading(heading) and is_person(text) for heading, text in cells)
    found: list[tuple[int, Hit]] = []
    for index, (heading, text) in enumerate(cells):
        if (has_person and text) or _is_worth(heading, text):
            hits = _detect(text, heading, offices, has_person=has_person or is_person_heading(heading))
            found.extend((index, hit) for hit in hits)
    whole = {index for index, hit in found if hit.is_error}
    found.extend((index, hit) for index, hit in split_hits(cells, offices) if index not in whole)
    return sorted(found, key=lambda place: (place[0], place[1].start))


@lru_cache(maxsize=4096)
def _tells(heading: str) -> tuple[bool, bool]:
    """Return whether a column makes personal a number, or any text, that alone would say nothing."""
    return label_of_heading(heading) in _LABELLED, bool(_TELLING_HEADING.search(heading))


def _is_told(heading: str, text: str) -> bool:
    """Return whether the column alone is reason enough to look at a text."""
    of_numbers, of_all = _tells(heading)
    return (of_all and bool(text)) or (of_numbers and bool(_DIGITS.search(text)))


def _is_worth(heading: str, text: str) -> bool:
    """Return whether a cell may hold something; most are too short to, or pass the gate."""
    if len(text) < 6 and text.isascii():
        return _is_told(heading, text)
    return _is_told(heading, text) or may_hit(text)


def _detect(text: str, heading: str, offices: frozenset[str], *, has_person: bool) -> list[Hit]:
    marks = without_codes(plain(text))
    label = label_of_heading(heading)
    return _apart(_all_hits(marks, heading, label, offices, has_person=has_person))


def _all_hits(
    marks: str, heading: str, label: Label, offices: frozenset[str], *, has_person: bool
) -> Iterator[Hit]:
    numbers = Numbers.of(marks, label, offices)
    for claim in _CLAIMS:
        numbers.claim(claim)
    yield from numbers.hits
    yield from paper_hits(marks, label)
    yield from plate_hits(marks)
    yield from mask_hits(marks, heading, label)
    yield from people_hits(marks, heading, has_person=has_person)


def _apart(hits: Iterator[Hit]) -> list[Hit]:
    """Return hits in reading order without those that lie in a graver or an earlier one."""
    kept: list[Hit] = []
    end = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, not hit.is_error, -hit.end)):
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
        elif hit.is_error and not kept[-1].is_error:
            kept[-1] = hit
            end = hit.end
    return kept
