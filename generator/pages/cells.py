"""Cells: columns of values become columns of safe HTML text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import repeat
from operator import is_
from typing import Any

from generator.model.item import Field
from generator.pages.escaping import has_marks, printed
from generator.wording import said


def places_of(field: Field) -> int | None:
    """Return how many decimals a number column shows, or None for as many as were written."""
    if field.type == "integer":
        return 0
    if field.step is not None:
        return max(0, -int(field.step.as_tuple().exponent))
    return None


def shown_column(field: Field, values: Sequence[Any], texts: Sequence[str] = ()) -> list[str]:
    """Return the cells of a column as text for people, already escaped.

    ``texts`` are the cells as written, where they are known: most numbers are printed as they are written.
    """
    if field.is_numeric:
        # Years, articles and ordinals are integers that no one writes with thousands marks.
        if field.type == "integer" and not field.unit:
            return ["" if value is None else str(value) for value in values]
        places = places_of(field)
        if texts and (written := _as_texts(values, texts, places)) is not None:
            return written
        form = ",f" if places is None else f",.{places}f"
        return ["" if value is None else format(value, form) for value in values]
    is_listed = "enum" in field.constraints
    if field.type == "string" and not is_listed:
        cells = ["" if value is None else value for value in values]
        # Almost no cell holds a mark that HTML knows: one search over the column spares a call per cell.
        return list(map(printed, cells)) if has_marks("\n".join(cells)) else cells
    # Words of a list come again and again, and so do days: what each is printed as is asked once.
    known = {value: _printed(value, is_listed=is_listed) for value in set(values)}
    return [known[value] for value in values]


def _printed(value: Any, *, is_listed: bool) -> str:
    if value is None:
        return ""
    return printed(said(value) if is_listed else value)


def _as_texts(values: Sequence[Any], texts: Sequence[str], places: int | None) -> list[str] | None:
    """Return numbers as printed, from how they are written; None where that does not tell."""
    if not is_plain(texts, places):
        return None
    if sum(map(is_, values, repeat(None))) != texts.count(""):
        return None
    if places is None:
        return list(texts)
    end = 4 + places if places else 3
    return [f"{text[:-end]},{text[-end:]}" if len(text) > end else text for text in texts]


def is_plain(texts: Sequence[str], places: int | None) -> bool:
    """Return whether all ``texts`` are numbers below a million with so many ``places``, or empty."""
    return _plain(places).fullmatch("\n".join(texts)) is not None


@cache
def _plain(places: int | None) -> re.Pattern[str]:
    """Return the form of such lines."""
    if places is None:
        number = r"(?:[1-9][0-9]{0,2}|0)(?:\.[0-9]+)?"
    else:
        number = "(?:[1-9][0-9]{0,5}|0)" + (rf"\.[0-9]{{{places}}}" if places else "")
    # Written out like this it is searched three times as fast as with an optional number.
    return re.compile(rf"(?:{number}|)(?:\n{number}|\n)*")


def _as_written(value: Decimal) -> str:
    return f"{value:,f}"


def shown(field: Field, value: Any) -> str:
    """Return one cell as plain text for people, not escaped."""
    if value is None:
        return ""
    if field.is_numeric:
        places = places_of(field)
        if field.type == "integer" and not field.unit:
            return said(str(value)) if "enum" in field.constraints else str(value)
        return _as_written(value) if places is None else f"{value:,.{places}f}"
    return said(str(value)) if "enum" in field.constraints else str(value)
