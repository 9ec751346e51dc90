"""Masks: values of which a part is hidden, and what their styles give away together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.privacy.hit import Hit, error
from generator.privacy.identifiers import PROVINCES
from generator.privacy.labels import Label, label_before, label_of_heading
from generator.privacy.plain import MASK_MARKS, plain

Where = TypeVar("Where", bound=Hashable)

_TOKEN = re.compile(r"(?<![0-9A-Z*×])[0-9X*×](?:[ -]?[0-9X*×]){5,35}(?![0-9A-Z])")
_SEEN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]{0,2}"
_NAME = re.compile(rf"\s*({_SEEN})(\*{{1,4}}|[×X]{{2,3}})({_SEEN})\s*")
_HIDDEN = re.compile(r"[*×X]{2}|\*")
_MARKS = frozenset("*＊×xX" + MASK_MARKS)
_TAIL_WORD = "(?:身份证|证件|身份)(?:号码?)?(?:的)?(?:后|末|最后|尾)(?:[四五六4-6])?(?:位数?|号|数)?"
_TAIL = re.compile(rf"{_TAIL_WORD}[^0-9,;。\n]{{0,3}}(?P<seen>[0-9]{{3,5}}[0-9X])(?![0-9])")
_TAIL_HEADING = re.compile(_TAIL_WORD)
_BLANKED = re.compile(
    r"(?<![0-9])(?P<seen>(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}(?:[0-9]{4}|"
    r"[0-9]{8})?([._#?-])\2{3,13}[0-9]{1,3}[0-9X])"
    r"(?![0-9])"
)
_TOO_FEW = {"mobile": 4, "card": 6}


@dataclass(frozen=True, slots=True)
class Masked:
    """A half-masked value: what family of number it is, which marks are seen, and where it stands."""

    family: str
    seen: str
    start: int
    end: int

    @property
    def style(self) -> str:
        """Return how many marks are seen before and after what is hidden."""
        before = len(self.seen) - len(self.seen.lstrip("0123456789"))
        return f"{before}*{len(self.seen) - len(self.seen.rstrip('0123456789X'))}"

    @property
    def hidden(self) -> int:
        """Return how many marks are hidden."""
        return self.seen.count("*")


def masked_values(text: str, heading: Label) -> Iterator[Masked]:
    """Yield the half-masked numbers of a plain text."""
    for match in _TOKEN.finditer(text):
        marks = re.sub("[ -]", "", match[0])
        if not _HIDDEN.search(marks) or sum(mark.isdigit() for mark in marks) < 3:
            continue
        body, last = marks[:-1], marks[-1]
        seen = re.sub("[×X]", "*", body) + (
            "*" if last == "×" or (last == "X" and body.endswith("X")) else last
        )
        if "*" not in seen or ("**" not in seen and len(seen) not in (11, 15, 16, 17, 18, 19)):
            continue
        label = label_before(text, match.start())
        family = _family(seen, heading if label is Label.NONE else label)
        if family:
            yield Masked(family, seen, *match.span())


def _family(seen: str, label: Label) -> str:
    if label is Label.ID:
        return "id"
    if label in (Label.ACCOUNT, Label.SOCIAL):
        return "card"
    if label is Label.PHONE:
        return "mobile"
    before = re.match("[0-9]*", seen)
    prefix = before[0] if before else ""
    if len(seen) == 11 and re.match("1[3-9*]", seen):
        return "mobile"
    if label in (Label.DOCUMENT, Label.CREDIT, Label.PLACE):
        return ""
    if re.fullmatch(r"1[3-9][0-9]\*{3,8}[0-9]{2,4}", seen):
        return "mobile"
    if len(seen) in (15, 18) and (prefix[:2] in PROVINCES or len(prefix) < 2):
        return "id"
    if len(seen) in (16, 17, 19) or (prefix.startswith("62") and len(prefix) <= 4):
        return "card"
    if len(prefix) in (6, 8, 10, 14) and prefix[:2] in PROVINCES:
        return "id"
    return ""


def _tail_hits(text: str, heading: str) -> Iterator[Hit]:
    """Yield the last figures of an identity number, and numbers blanked out with marks that are no stars."""
    for pattern in (_TAIL, _BLANKED):
        for match in pattern.finditer(text):
            yield error("masked-id", *match.span("seen"))
    if _TAIL_HEADING.search(heading) and re.fullmatch(r"\s*[0-9]{3,5}[0-9X]\s*", text):
        yield error("masked-id", 0, len(text))


def mask_hits(text: str, column: str, heading: Label) -> Iterator[Hit]:
    """Yield masks that are never proper: of an identity number, and those that hide too little to protect."""
    for value in masked_values(text, heading):
        if value.family == "id":
            yield error("masked-id", value.start, value.end)
        elif value.hidden < _TOO_FEW[value.family]:
            yield error("masked-thin", value.start, value.end)
    yield from _tail_hits(text, column)


class MaskStyles(Generic[Where]):
    """The half-masked names, telephones and cards of a whole scan, each with where it stood.

    ``where`` is whatever the caller calls a place; ``person`` is the full name beside the value, if any.
    """

    def __init__(self) -> None:
        self._styles: dict[str, dict[str, list[tuple[Where, int, int]]]] = {}
        self._people: dict[tuple[str, str], list[tuple[str, Where, int, int]]] = {}

    def collect(self, where: Where, text: str, *, heading: str = "", person: str = "") -> bool:
        """Remember the half-masked values of one text; return whether it holds any."""
        if _MARKS.isdisjoint(text):
            return False
        marks = plain(text)
        name = _NAME.fullmatch(marks)
        if name and (name[1] or name[3]):
            self._remember(
                "name", f"{min(len(name[1]), 1)}*{len(name[3])}", (where, name.start(2), name.end(2))
            )
            return True
        is_whole = bool(person) and _MARKS.isdisjoint(person)
        values = [*masked_values(marks, label_of_heading(heading))]
        for value in values:
            self._remember(value.family, value.style, (where, value.start, value.end))
            if is_whole:
                seen = (value.seen, where, value.start, value.end)
                self._people.setdefault((person, value.family), []).append(seen)
        return bool(values)

    def _remember(self, family: str, style: str, place: tuple[Where, int, int]) -> None:
        self._styles.setdefault(family, {}).setdefault(style, []).append(place)

    def hits(self) -> Iterator[tuple[Where, Hit]]:
        """Yield what is masked otherwise than most of its family, and masks that together show more of "
        "one person."""
        for styles in self._styles.values():
            counts = Counter({style: len(places) for style, places in styles.items()})
            most = max(counts.values())
            usual = [style for style, count in counts.items() if count == most]
            for style, places in styles.items():
                if usual != [style]:
                    for where, start, end in places:
                        yield where, error("masked-mixed", start, end)
        for values in self._people.values():
            if _recombine([seen for seen, *_ in values]):
                for _, where, start, end in values:
                    yield where, error("masked-recombined", start, end)


def _recombine(values: list[str]) -> bool:
    """Return whether masks of one number show together what none of them shows alone."""
    for first in values:
        for second in values:
            if len(first) != len(second) or first == second:
                continue
            pairs = list(zip(first, second, strict=True))
            if all("*" in (a, b) or a == b for a, b in pairs):
                together = sum(a != "*" or b != "*" for a, b in pairs)
                if together > max(len(first) - first.count("*"), len(second) - second.count("*")):
                    return True
    return False
