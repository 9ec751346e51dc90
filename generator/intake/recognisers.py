"""Recognisers: the cells of one column that are plainly right, each text of them judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.item import Field
from generator.rows.hostile import FORMULA_IN_LINES, has_unseen

CELL_LIMIT = 5_000
# Of the texts of a column so many are kept in mind; beyond that they are judged anew.
KEPT = 8_192
_COVERED = {
    "string": {"required", "unique", "enum", "pattern", "minLength", "maxLength"},
    "number": {"required", "unique", "minimum", "maximum"},
    "integer": {"required", "unique", "minimum", "maximum"},
    "date": {"required", "unique", "minimum", "maximum"},
    "boolean": {"required", "unique"},
}
# What a descriptor may say without changing what its cells mean.
_TELLING_NOTHING = frozenset(
    ("name", "type", "title", "description", "example", "constraints", "role", "unit", "step", "optional")
)
_BOOLEANS = dict.fromkeys(("true", "True", "TRUE", "1"), True) | dict.fromkeys(
    ("false", "False", "FALSE", "0"), False
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# From texts, none of them empty, to their values in the same order; None when one is not plainly right.
_Values = Callable[[Sequence[str]], "Sequence[Any] | None"]


class Recogniser:
    """Knows the plainly right cells of one field, whose verdict and value Frictionless would confirm.

    Villages write the same words, days and numbers again and again: what a text means is kept in mind.
    """

    __slots__ = ("_known", "_seed", "_values_of")

    def __init__(self, field: Field) -> None:
        self._values_of = _values_of(field)
        self._seed: Mapping[str, Any] = {} if self._values_of is None or field.is_required else {"": None}
        self._known: dict[str, Any] = dict(self._seed)

    def column(self, cells: Sequence[str]) -> list[Any] | None:
        """Return the values of ``cells``, or None when any of them needs a closer look."""
        known = self._known
        try:
            # Nearly every file says only what others said before it.
            return list(map(known.__getitem__, cells))
        except KeyError:
            strange = set(cells).difference(known)
        if not self._learn(known, list(strange)):
            return None
        values = list(map(known.__getitem__, cells))
        if len(known) > KEPT:
            # Another thread may still be reading by the old one.
            self._known = dict(self._seed)
        return values

    def plain(self, cells: Iterable[str]) -> Mapping[str, Any]:
        """Return the values of those among ``cells`` that are plainly right, by their text."""
        known = dict(self._seed)
        for text in set(cells):
            self._learn(known, [text])
        return known

    def _learn(self, known: dict[str, Any], texts: Sequence[str]) -> bool:
        if self._values_of is None or "" in texts:
            return False
        values = self._values_of(texts)
        if values is None:
            return False
        known.update(zip(texts, values, strict=True))
        return True


def _values_of(field: Field) -> _Values | None:
    """Return how texts of ``field`` become values; None where every cell is left to Frictionless."""
    if field.type not in _COVERED or set(field.descriptor) - _TELLING_NOTHING:
        return None
    if set(field.constraints) - _COVERED[field.type]:
        return None
    if field.type == "string":
        return _texts(field)
    if field.type == "date":
        return _within(field, _dates)
    if field.type == "boolean":
        return _booleans
    return _within(field, _numbers(field))


def _texts(field: Field) -> _Values:
    constraints = field.constraints
    allowed = frozenset(constraints["enum"]) if "enum" in constraints else None
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    longest = min(int(constraints.get("maxLength", CELL_LIMIT)), CELL_LIMIT)
    shortest = int(constraints.get("minLength", 0))

    def values(texts: Sequence[str]) -> Sequence[str] | None:
        if allowed is not None and not allowed.issuperset(texts):
            return None
        joined = "\n".join(texts)
        if FORMULA_IN_LINES.search("\n" + joined):
            return None
        # Most texts are printable but for the line ends just put in, so the slow search is rare.
        if has_unseen("".join(texts)):
            return None
        lengths = set(map(len, texts))
        if max(lengths) > longest or min(lengths) < shortest:
            return None
        if pattern is not None and not all(map(pattern.fullmatch, texts)):
            return None
        return texts

    return values


def number_form(field: Field) -> re.Pattern[str]:
    """Return the plain decimal that ``field`` accepts: no exponent, no thousands mark, ASCII digits only."""
    fraction = r"(?:\.[0-9]{1,8})?"
    if field.type == "integer":
        fraction = ""
    elif field.step is not None and field.step == Decimal(1).scaleb(int(field.step.as_tuple().exponent)):
        places = -int(field.step.as_tuple().exponent)
        fraction = rf"(?:\.[0-9]{{1,{places}}})?" if places > 0 else ""
    return re.compile(rf"-?(?:0|[1-9][0-9]{{0,14}}){fraction}")


def _numbers(field: Field) -> _Values:
    form = number_form(field).pattern
    # No number can be read as another and a rest, so nothing is lost by never going back.
    column = re.compile(rf"{form}(?:\n{form})*+")
    convert: Callable[[str], Any] = int if field.type == "integer" else Decimal
    step = field.step
    has_odd_step = step is not None and step != Decimal(1).scaleb(int(step.as_tuple().exponent))

    def values(texts: Sequence[str]) -> Sequence[Any] | None:
        joined = "\n".join(texts)
        if column.fullmatch(joined) is None or joined.count("\n") != len(texts) - 1:
            return None
        numbers = list(map(convert, texts))
        if has_odd_step and any(number % step for number in numbers):
            return None
        return numbers

    return values


def _dates(texts: Sequence[str]) -> Sequence[date] | None:
    if not all(map(_DATE.fullmatch, texts)):
        return None
    try:
        return list(map(date.fromisoformat, texts))
    except ValueError:
        return None


def _booleans(texts: Sequence[str]) -> Sequence[bool] | None:
    return [_BOOLEANS[text] for text in texts] if _BOOLEANS.keys() >= set(texts) else None


def _within(field: Field, values_of: _Values) -> _Values:
    """Return ``values_of`` for values within the bounds of ``field`` alone."""
    minimum, maximum = field.constraints.get("minimum"), field.constraints.get("maximum")
    if minimum is None and maximum is None:
        return values_of

    def values(texts: Sequence[str]) -> Sequence[Any] | None:
        found = values_of(texts)
        if found is None or (minimum is not None and min(found) < minimum):
            return None
        return None if maximum is not None and max(found) > maximum else found

    return values
