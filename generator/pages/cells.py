"""Cells: columns of values become columns of safe HTML text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import escape

from generator.model.item import Field
from generator.wording import said

_MARKS = re.compile(r"[&<>'\"]")


def places_of(field: Field) -> int | None:
    """Return how many decimals a number column shows, or None for as many as were written."""
    if field.type == "integer":
        return 0
    if field.step is not None:
        return max(0, -int(field.step.as_tuple().exponent))
    return None


def shown_column(field: Field, values: Sequence[Any]) -> list[str]:
    """Return the cells of a column as text for people, already escaped."""
    if field.is_numeric:
        # Years, articles and ordinals are integers that no one writes with thousands marks.
        if field.type == "integer" and not field.unit:
            return ["" if value is None else str(value) for value in values]
        places = places_of(field)
        if places is None:
            return ["" if value is None else _as_written(value) for value in values]
        form = f"{{:,.{places}f}}".format
        return ["" if value is None else form(value) for value in values]
    if field.type == "string":
        texts = ["" if value is None else value for value in values]
        if "enum" in field.constraints:
            texts = [said(text) for text in texts]
        # Almost no cell holds a mark that HTML knows: one search over the column spares a call per cell.
        return [str(escape(text)) for text in texts] if _MARKS.search("\n".join(texts)) else texts
    known = {value: "" if value is None else str(escape(value)) for value in set(values)}
    return [known[value] for value in values]


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
