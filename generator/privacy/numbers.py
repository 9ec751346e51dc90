"""Numbers: the digits of one text, each claimed at most once, and the identity numbers among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from generator.privacy.hit import Hit, error
from generator.privacy.identifiers import (
    has_organisation,
    is_citizen_id,
    is_credit_code,
    is_foreign_permit,
    is_mobile,
    is_old_citizen_id,
    is_own_card,
    is_permit_region,
)
from generator.privacy.joined import FAR, NEAR, WEAK, WIDE, Joined, join_digits
from generator.privacy.labels import Label, label_before
from generator.privacy.quiet import is_spoken_for

_LIST_MARKS = re.compile("[、,;/和及与]{1,2} ?")
_OLD_SHAPES = ((6, 6, 3), (6, 9), (12, 3))
_NO_IDENTITY = (Label.DOCUMENT, Label.CREDIT, Label.PLACE)


@dataclass(slots=True)
class Numbers:
    """One plain text's digits, what its words and its column say of them, and which are claimed."""

    joined: Joined
    heading: Label
    offices: frozenset[str]
    labels: list[Label]
    taken: bytearray
    hits: list[Hit] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, heading: Label, offices: frozenset[str]) -> Numbers:
        """Return the numbers of a plain ``text``; no digit is claimed yet."""
        joined = join_digits(text)
        return cls(joined, heading, offices, _labels(joined), bytearray(len(joined.digits) + 1))

    @property
    def text(self) -> str:
        """Return the plain text."""
        return self.joined.text

    def marks(self, at: int, length: int) -> str:
        """Return ``length`` joined digits from ``at``."""
        return self.joined.digits[at : at + length]

    def gap(self, at: int, length: int) -> int:
        """Return the widest gap inside ``length`` digits that end where a run ends and are free; else far."""
        if self.taken.find(1, at, at + length) >= 0:
            return FAR
        gap = self.joined.gap_within(at, length)
        if gap == FAR or not self.joined.is_edge(at + length):
            return FAR
        return WIDE if gap == WEAK and not self._is_even(at, length) else gap

    def _is_even(self, at: int, length: int) -> bool:
        """Return whether one separator parts the pieces, or else none of them is a date or an amount."""
        runs = self.joined.runs_within(at, length)
        between = {self.text[before.end : after.start] for before, after in pairwise(runs)} - {""}
        return len(between) == 1 or not is_spoken_for(self.text, runs)

    def near(self, at: int) -> Label:
        """Return what the words before the run at ``at`` say that it is."""
        return self.labels[self.joined.run_index(at)]

    def label(self, at: int) -> Label:
        """Return what the words before the run at ``at``, or else its column, say that it is."""
        near = self.near(at)
        return self.heading if near is Label.NONE else near

    def run_length(self, at: int) -> int:
        """Return the length of the run at ``at``."""
        run = self.joined.runs[self.joined.run_index(at)]
        return run.end - run.start

    def release(self, at: int, length: int) -> None:
        """Claim ``length`` digits from ``at`` as nobody's, so that nothing else is seen in them."""
        self.taken[at : at + length] = b"\1" * length

    def take(self, kind: str, at: int, length: int) -> bool:
        """Claim ``length`` digits from ``at`` as somebody's."""
        self.release(at, length)
        self.hits.append(error(kind, *self.joined.span(at, length)))
        return True

    def claim(self, claim: Callable[[Numbers, int], bool]) -> None:
        """Offer every run that is still free to ``claim``."""
        digits = self.joined.digits
        for at in self.joined.starts:
            if not self.taken[at] and digits[at] != "X":
                claim(self, at)


def _labels(joined: Joined) -> list[Label]:
    labels: list[Label] = []
    end = 0
    for run in joined.runs:
        near = label_before(joined.text, run.start)
        if near is Label.NONE and labels and _LIST_MARKS.fullmatch(joined.text, end, min(run.start, end + 4)):
            near = labels[-1] if run.start - end <= 4 else near
        labels.append(near)
        end = run.end
    return labels


def claim_identity(numbers: Numbers, at: int) -> bool:
    """Claim a citizen's or a foreigner's identity number that begins at ``at``."""
    marks = numbers.marks(at, 18)
    kind = _kind(marks)
    if kind and not _is_credit_code(numbers, at, marks):
        gap = numbers.gap(at, 18)
        if gap < WIDE or (gap == WIDE and _is_one_number(numbers, at)):
            return numbers.take(kind, at, 18)
    length = numbers.run_length(at)
    if numbers.marks(at + length, 1) == "X" and numbers.joined.gaps[at + length] == NEAR:
        length += 1
    if length > 18 and _claim_inside(numbers, at, length):
        return True
    return _claim_old(numbers, at) or _claim_labelled(numbers, at)


def _is_credit_code(numbers: Numbers, at: int, marks: str) -> bool:
    return numbers.label(at) is Label.CREDIT and is_credit_code(marks) and has_organisation(marks)


def _claim_inside(numbers: Numbers, at: int, length: int) -> bool:
    """Claim an identity number that begins or ends a longer run, as where columns have run together."""
    marks = numbers.marks(at, length)
    if "citizen-id" in _parts(marks):
        return numbers.take("citizen-id", at, length)
    if numbers.label(at) in _NO_IDENTITY or length > 60:
        return False
    for start in (0, length - 18):
        if is_citizen_id(marks[start : start + 18]):
            return numbers.take("citizen-id", at + start, 18)
    return False


def _kind(marks: str) -> str:
    if len(marks) < 18 or not marks[:17].isdigit():
        return ""
    if is_citizen_id(marks):
        return "residence-permit" if is_permit_region(marks) else "citizen-id"
    return "residence-permit" if is_foreign_permit(marks) else ""


def _is_one_number(numbers: Numbers, at: int) -> bool:
    """Return whether 18 digits that words part are pieces few and whole enough to be one number."""
    joined = numbers.joined
    shape = joined.shape(at, 18)
    if numbers.label(at) is Label.ID:
        return len(shape) <= 8
    if len(shape) > 4 or max(shape) < 6:
        return False
    return not is_spoken_for(joined.text, joined.runs_within(at, 18))


def _claim_old(numbers: Numbers, at: int) -> bool:
    marks = numbers.marks(at, 15)
    if len(marks) < 15 or not marks.isdigit() or not is_old_citizen_id(marks):
        return False
    gap, label = numbers.gap(at, 15), numbers.label(at)
    if gap == FAR or label in _NO_IDENTITY:
        return False
    if (
        label is not Label.ID
        and gap != NEAR
        and (gap == WIDE or numbers.joined.shape(at, 15) not in _OLD_SHAPES)
    ):
        return False
    start, _ = numbers.joined.span(at, 15)
    is_decimal = numbers.text[start + 6] == "."
    return not is_decimal and numbers.take("citizen-id-15", at, 15)


def _claim_labelled(numbers: Numbers, at: int) -> bool:
    """Claim what its label calls an identity number although its check mark or its day is wrong."""
    if numbers.label(at) is not Label.ID:
        return False
    for size in (18, 15):
        if numbers.gap(at, size) <= WEAK and numbers.joined.shape(at, size)[0] >= 4:
            return numbers.take("citizen-id", at, size)
    size = numbers.run_length(at)
    return 14 <= size <= 20 and numbers.gap(at, size) == NEAR and numbers.take("citizen-id", at, size)


def _parts(digits: str) -> list[str]:
    """Return the kinds of number that, one after the other, make up a run too long for one; or nothing."""
    if not digits:
        return ["end"]
    if len(digits) > 60:
        return []
    if digits == "X":
        return []
    if len(digits) == 2:  # a 残疾人证 adds kind and grade to the citizen's number
        return ["grade"] if digits[0] in "1234567" and digits[1] in "1234" else []
    for length, kind, is_part in _PARTS:
        piece = digits[:length]
        is_whole = len(piece) == length and (piece.isdigit() or kind == "citizen-id")
        if is_whole and is_part(piece) and (rest := _parts(digits[length:])):
            return [kind, *rest]
    return []


_PARTS: tuple[tuple[int, str, Callable[[str], bool]], ...] = (
    (18, "citizen-id", is_citizen_id),
    (11, "mobile", is_mobile),
    (19, "bank-card", is_own_card),
    (16, "bank-card", is_own_card),
)
