"""Telephones: mobile numbers, and lines that are not those of an office."""

from __future__ import annotations

import re

from generator.privacy.hit import warning
from generator.privacy.identifiers import is_landline, is_mobile
from generator.privacy.joined import FAR, NEAR, WEAK, WIDE
from generator.privacy.labels import Label
from generator.privacy.numbers import Numbers
from generator.privacy.quiet import is_coordinate, is_in_hyphens, is_quantity, is_serial

_MOBILE_SHAPES = frozenset(
    {
        (11,),
        (3, 4, 4),
        (3, 8),
        (7, 4),
        (4, 4, 3),
        (3, 3, 5),
        (4, 3, 4),
        (5, 6),
        (6, 5),
        (3, 5, 3),
        (2, 9),
        (1, 10),
    }
    | {(1,) * 11, (3, 2, 2, 2, 2), (3, 2, 3, 3), (3, 3, 2, 3), (3, 4, 2, 2), (1, 3, 3, 4), (4, 7)}
)
_CLEAR_SHAPES = frozenset({(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (1, 10)})
_COUNTRY = (("0086", 15), ("86", 13), ("0", 12), ("", 11))
_CENTS = re.compile(r"\.[0-9]{2}(?![0-9])")
_LETTERS_BEFORE = re.compile("[A-Z]{0,9}$")
_LETTERS_AFTER = re.compile("[A-Z]{0,9}")
# Few letters beside eleven digits make a serial number, unless they say telephone; names are longer.
_TELEPHONE_LETTERS = ("", "TEL", "WX", "VX", "V", "QQ", "T", "M", "P", "MOB", "PH", "X")
_OFFICE = re.compile(
    "监督|举报|投诉|值班|值守|服务|办公|窗口|热线|中心|委员会|政府|派出所|农经站|[局办站所院科室]|公司|"
    "合作社|学校|村委|居委|咨询|报名"
)
_HOME = re.compile("宅电|家庭|家中|家里|本人|个人|户主|家属|亲属|先生|女士|同志")
_REACH = 24
_OTHER_LABELS = (Label.ACCOUNT, Label.PASSPORT, Label.ID, Label.SOCIAL)
_NO_LINE = (Label.DOCUMENT, Label.CREDIT, Label.PLACE)


def claim_mobile(numbers: Numbers, at: int) -> bool:
    """Claim a mobile number that begins at ``at``, with or without the code of the country."""
    if numbers.joined.digits[at] not in "018":
        return False
    for code, length in _COUNTRY:
        subscriber = at + len(code)
        marks = numbers.marks(subscriber, 11)
        if (
            not is_mobile(marks)
            or not numbers.joined.digits.startswith(code, at)
            or (code and _is_decimal(numbers, at))
        ):
            continue
        gap = numbers.gap(at, length)
        if gap == FAR or not _is_mobile_here(numbers, at, subscriber, gap):
            continue
        if marks in numbers.offices:
            numbers.release(at, length)
            return False
        return numbers.take("mobile", at, length)
    return False


def _is_decimal(numbers: Numbers, at: int) -> bool:
    """Return whether the run at ``at`` is what stands before a decimal point."""
    end = numbers.joined.runs[numbers.joined.run_index(at)].end
    return numbers.text[end : end + 1] == "."


def _is_dialled(numbers: Numbers, at: int) -> bool:
    """Return whether the run at ``at`` is written as the code of a country."""
    start = numbers.joined.span(at, 1)[0]
    is_code = numbers.joined.digits[at] == "0" or numbers.text[max(0, start - 1) : start] == "+"
    return is_code and not _is_decimal(numbers, at)


def _is_mobile_here(numbers: Numbers, at: int, subscriber: int, gap: int) -> bool:
    joined, text = numbers.joined, numbers.text
    start, end = joined.span(at, subscriber + 11 - at)
    label = numbers.label(at)
    if gap == WIDE:
        return label is Label.PHONE and min(joined.shape(subscriber, 11)) >= 3
    if gap == WEAK and not _is_mobile_shape(numbers, at, subscriber, label):
        return False
    if (
        numbers.near(at) is Label.DOCUMENT
        or is_coordinate(text, start, end, label)
        or _CENTS.match(text, end, end + 4)
    ):
        return False
    if text[max(0, start - 3) : start].lstrip("-+ ,") == "0.":
        return False
    before, after = _LETTERS_BEFORE.search(text[max(0, start - 9) : start]), _LETTERS_AFTER.match(text, end)
    return all(
        match is None or len(match[0]) > 3 or match[0] in _TELEPHONE_LETTERS for match in (before, after)
    )


def _is_mobile_shape(numbers: Numbers, begin: int, at: int, label: Label) -> bool:
    joined = numbers.joined
    shape = joined.shape(at, 11)
    if shape not in _MOBILE_SHAPES:
        return False
    if len(shape) == 11:
        return joined.gaps[at] >= WIDE and joined.gaps[at + 11] >= WIDE
    if label is Label.PHONE or len(shape) == 1 or at - begin > 1:
        return True
    return (
        shape in _CLEAR_SHAPES
        and not is_in_hyphens(numbers.text, joined.span(at, 11)[0])
        and _is_apart(numbers, at)
    )


def _is_apart(numbers: Numbers, at: int) -> bool:
    """Return whether the pieces of a mobile number are not part of a longer list of figures."""
    joined, text = numbers.joined, numbers.text
    start, end = joined.span(at, 11)
    inner = text[joined.runs[joined.run_index(at)].end]
    is_first = joined.gaps[at] != WEAK or bool(numbers.taken[at - 1]) or text[start - 1] != inner
    after = at + 11
    is_last = joined.gaps[after] != WEAK or text[end] != inner or is_mobile(numbers.marks(after, 11))
    return is_first and is_last


def claim_landline(numbers: Numbers, at: int) -> bool:
    """Claim a line with its area code, or without one where the words or the column say telephone."""
    for length in (12, 11, 10) if numbers.joined.digits[at] == "0" else ():
        if not is_landline(numbers.marks(at, length)):
            continue
        gap = numbers.gap(at, length)
        if gap <= WEAK:
            is_area = gap == NEAR or numbers.joined.shape(at, length)[0] in (3, 4)
            return is_area and _claim_unless_office(numbers, at, length, gap)
    return _claim_abroad(numbers, at) or _claim_local(numbers, at)


def _claim_abroad(numbers: Numbers, at: int) -> bool:
    for code in ("0086", "86"):
        if not numbers.joined.digits.startswith(code, at) or not _is_dialled(numbers, at):
            continue
        for length in (len(code) + 11, len(code) + 10, len(code) + 9):
            line = "0" + numbers.marks(at + len(code), length - len(code))
            if numbers.gap(at, length) == WEAK and is_landline(line):
                return _claim_unless_office(numbers, at, length, WEAK, code)
    return False


def _claim_local(numbers: Numbers, at: int) -> bool:
    if numbers.label(at) is not Label.PHONE or numbers.joined.gaps[at] <= WEAK:
        return False
    for length in (8, 7):
        gap, marks = numbers.gap(at, length), numbers.marks(at, length)
        is_whole = gap == NEAR or (
            gap == WEAK
            and numbers.joined.shape(at, length) in ((4, 4), (3, 4))
            and not _is_decimal(numbers, at)
        )
        if not is_whole or marks[0] not in "2345678":
            continue
        is_day = is_serial(marks) and numbers.heading is not Label.PHONE
        if not is_day and not is_quantity(numbers.text, *numbers.joined.span(at, length)):
            return _claim_unless_office(numbers, at, length, gap)
    return False


def _claim_unless_office(numbers: Numbers, at: int, length: int, gap: int, code: str = "") -> bool:
    marks = numbers.marks(at, length)
    if code:
        marks = "0" + marks.removeprefix(code)
    if any(line == marks or (length < 9 and line.endswith(marks)) for line in numbers.offices):
        numbers.release(at, length)
        return False
    text, label = numbers.text, numbers.label(at)
    start, end = numbers.joined.span(at, length)
    before = text[max(0, start - 1) : start]
    if (
        (gap == NEAR and label in _NO_LINE)
        or is_coordinate(text, start, end, label)
        or (before.isascii() and before.isalpha())
    ):
        return False
    if label is not Label.PHONE and (is_in_hyphens(text, start) or (gap == NEAR and label in _OTHER_LABELS)):
        return False
    numbers.take("landline", at, length)
    beside = text[max(0, start - _REACH) : start]
    if _OFFICE.search(beside) and not _HOME.search(beside):
        # An office that is in no list of contacts: a person adds it there, and nothing is held back.
        numbers.hits[-1] = warning("landline", start, end)
    return True
