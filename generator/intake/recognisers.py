"""Recognisers: what a column of plainly right cells looks like, judged a whole column at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.item import Field
from generator.rows.hostile import FORMULA_IN_LINES, has_unseen

Recogniser = Callable[[Sequence[str]], "list[Any] | None"]
CELL_LIMIT = 5_000
_COVERED = {
    "string": {"required", "unique", "enum", "pattern", "minLength", "maxLength"},
    "number": {"required", "unique", "minimum", "maximum"},
    "integer": {"required", "unique", "minimum", "maximum"},
    "date": {"required", "unique", "minimum", "maximum"},
}


def recogniser_for(field: Field) -> Recogniser:
    """Return a function from a column's texts to its values, or to None when any cell needs a closer look."""
    if set(field.constraints) - _COVERED.get(field.type, set()):
        return lambda cells: None
    if field.type == "string":
        return _text_recogniser(field)
    if field.type == "date":
        return _date_recogniser(field)
    if field.type in ("number", "integer"):
        return _number_recogniser(field)
    return lambda cells: None


def _text_recogniser(field: Field) -> Recogniser:
    constraints = field.constraints
    allowed = frozenset(constraints["enum"]) | {""} if "enum" in constraints else None
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    longest = min(int(constraints.get("maxLength", CELL_LIMIT)), CELL_LIMIT)
    shortest = int(constraints.get("minLength", 0))
    required = field.is_required

    def recognise(cells: Sequence[str]) -> list[Any] | None:
        distinct = set(cells)
        if required and "" in distinct:
            return None
        if allowed is not None:
            if not distinct <= allowed:
                return None
        else:
            joined = "\n".join(distinct)
            if FORMULA_IN_LINES.search("\n" + joined):
                return None
            # Most columns are printable but for the line ends just put in, so the slow search is rare.
            if has_unseen("".join(distinct)):
                return None
        if max(map(len, distinct), default=0) > longest:
            return None
        written = distinct - {""}
        if shortest and min(map(len, written), default=shortest) < shortest:
            return None
        if pattern is not None and not all(map(pattern.fullmatch, written)):
            return None
        if "" in distinct:
            return [cell or None for cell in cells]
        return list(cells)

    return recognise


def number_form(field: Field) -> re.Pattern[str]:
    """Return the plain decimal that ``field`` accepts: no exponent, no thousands mark, ASCII digits only."""
    fraction = r"(?:\.[0-9]{1,8})?"
    if field.type == "integer":
        fraction = ""
    elif field.step is not None and field.step == Decimal(1).scaleb(int(field.step.as_tuple().exponent)):
        places = -int(field.step.as_tuple().exponent)
        fraction = rf"(?:\.[0-9]{{1,{places}}})?" if places > 0 else ""
    return re.compile(rf"-?(?:0|[1-9][0-9]{{0,14}}){fraction}")


def _number_recogniser(field: Field) -> Recogniser:
    form = number_form(field).pattern
    column = re.compile(rf"(?:{form})?(?:\n(?:{form})?)*")
    convert: Callable[[str], Any] = int if field.type == "integer" else Decimal
    step = field.step
    has_odd_step = step is not None and step != Decimal(1).scaleb(int(step.as_tuple().exponent))
    within = _bounds(field)
    required = field.is_required

    def recognise(cells: Sequence[str]) -> list[Any] | None:
        joined = "\n".join(cells)
        if column.fullmatch(joined) is None or joined.count("\n") != max(len(cells) - 1, 0):
            return None
        if "" not in cells:
            values: list[Any] = list(map(convert, cells))
            numbers = values
        else:
            if required:
                return None
            values = [convert(cell) if cell else None for cell in cells]
            numbers = [value for value in values if value is not None]
        if not within(numbers):
            return None
        if has_odd_step and any(number % step for number in numbers):
            return None
        return values

    return recognise


_DATES = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?(?:\n(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?)*")


def _date_recogniser(field: Field) -> Recogniser:
    within = _bounds(field)
    required = field.is_required
    # A county has a few thousand days: each is made once, and all its rows share it.
    known: dict[str, date] = {}

    def recognise(cells: Sequence[str]) -> list[Any] | None:
        distinct = set(cells)
        if required and "" in distinct:
            return None
        for cell in distinct - known.keys() - {""}:
            if _DATES.fullmatch(cell) is None or "\n" in cell:
                return None
            try:
                known[cell] = date.fromisoformat(cell)
            except ValueError:
                return None
        values = [known.get(cell) for cell in cells]
        if not within([known[cell] for cell in distinct if cell]):
            return None
        return values

    return recognise


def _bounds(field: Field) -> Callable[[Sequence[Any]], bool]:
    minimum, maximum = field.constraints.get("minimum"), field.constraints.get("maximum")

    def within(values: Sequence[Any]) -> bool:
        if not values:
            return True
        if minimum is not None and min(values) < minimum:
            return False
        return maximum is None or max(values) <= maximum

    return within
