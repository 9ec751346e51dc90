"""Cards: bank cards, accounts of 一卡通 and passbooks, social-security cards."""

from __future__ import annotations

from generator.privacy.identifiers import is_card, is_credit_code, is_own_card
from generator.privacy.joined import NEAR, WEAK
from generator.privacy.labels import Label
from generator.privacy.numbers import Numbers
from generator.privacy.quiet import is_coordinate, is_quantity, is_serial

_NO_CARD = (Label.DOCUMENT, Label.CREDIT, Label.PLACE)
_LABELLED = {Label.ACCOUNT: "account", Label.SOCIAL: "social-card"}
_FIRST = frozenset("234569")
_BARE = range(15, 22)


def claim_card(numbers: Numbers, at: int) -> bool:
    """Claim a bank card: its issuer, its length and its check digit speak for it."""
    if numbers.joined.digits[at] not in _FIRST:
        return False
    for length in (19, 18, 17, 16):
        marks = numbers.marks(at, length)
        if len(marks) < length or not marks.isdigit() or not _is_issued(numbers, at, marks):
            continue
        gap = numbers.gap(at, length)
        is_shaped = gap == NEAR or (gap == WEAK and _is_card_shape(numbers.joined.shape(at, length)))
        if is_shaped and not _is_in_letters(numbers, at, length):
            return numbers.take("bank-card", at, length)
    return False


def _is_issued(numbers: Numbers, at: int, marks: str) -> bool:
    if numbers.label(at) in _NO_CARD:
        # A document's number passes for a card once in a thousand; nearly all villagers' cards are these.
        return marks.startswith("62") and len(marks) in (16, 19) and is_own_card(marks)
    return is_own_card(marks) or (is_card(marks) and not is_serial(marks) and not is_credit_code(marks))


def _is_card_shape(shape: tuple[int, ...]) -> bool:
    if set(shape) == {1}:
        return True
    # Two pieces of seven or eight are two telephones.
    return len(shape) <= 6 and min(shape[:-1]) >= 3 and max(shape) != 8


def claim_account(numbers: Numbers, at: int) -> bool:
    """Claim a number that its label calls an account, or a bare one that is as long as an account."""
    length = numbers.run_length(at)
    if length < 4:
        return False
    label = numbers.label(at)
    kind = _LABELLED.get(label)
    groups = _fours(numbers, at) if length == 4 else 0
    if groups and label not in _NO_CARD:
        return numbers.take(kind or "account", at, groups)
    if numbers.gap(at, length) != NEAR or _is_in_letters(numbers, at, length):
        return False
    if kind is not None:
        return _is_labelled(numbers, at, length) and numbers.take(kind, at, length)
    return label not in _NO_CARD and _is_bare(numbers, at, length) and numbers.take("account", at, length)


def _is_labelled(numbers: Numbers, at: int, length: int) -> bool:
    start, end = numbers.joined.span(at, length)
    is_column = numbers.near(at) is Label.NONE and not (
        numbers.text[:start].strip() or numbers.text[end:].strip()
    )
    if not (6 if is_column else 8) <= length <= 30:
        return False
    is_stamp = not is_column and length in (8, 14) and is_serial(numbers.marks(at, length))
    return not is_stamp and not is_quantity(numbers.text, start, end)


def _is_bare(numbers: Numbers, at: int, length: int) -> bool:
    marks = numbers.marks(at, length)
    if length not in _BARE or is_serial(marks) or is_credit_code(marks):
        return False
    start, end = numbers.joined.span(at, length)
    return numbers.text[max(0, start - 1) : start] != "." and not is_coordinate(
        numbers.text, start, end, Label.NONE
    )


def _fours(numbers: Numbers, at: int) -> int:
    """Return how many digits stand in four or more groups of four, as on cards; years do not count."""
    joined, length = numbers.joined, 0
    while (
        length < 20
        and numbers.gap(at + length, 4) == NEAR
        and (length == 0 or joined.gaps[at + length] == WEAK)
    ):
        if numbers.marks(at + length, 2) in ("19", "20"):
            return 0
        length += 4
    marks = numbers.marks(at, length)
    if length < 16 or not marks.isdigit():
        return 0
    return length if length > 16 or marks.startswith("62") or numbers.label(at) in _LABELLED else 0


def _is_in_letters(numbers: Numbers, at: int, length: int) -> bool:
    start, end = numbers.joined.span(at, length)
    before, after = numbers.text[max(0, start - 4) : start], numbers.text[end : end + 1]
    is_after_letter = (
        before[-1:].isascii() and before[-1:].isalpha() and not before.endswith(("CARD", "NO", "ZH"))
    )
    return is_after_letter or (after.isascii() and after.isalpha())
