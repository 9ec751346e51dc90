"""References: how a page and a row of it are called when somebody asks about them, for good."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.item import TableSchema
from generator.model.resource import Resource
from generator.model.table import Table

# A key that can be said over the telephone and stand in an address; names and amounts are none.
_KEY = "[A-Za-z0-9]{1,12}+(?:-[A-Za-z0-9]{1,12}+){0,3}+"
_KEYS = re.compile(rf"{_KEY}(?:\n{_KEY})*+")


def reference_of(resource: Resource) -> str:
    """Return the reference of a resource: village, item and stem, as its address has them, in one word."""
    return reference_in(resource.village.slug, resource.item.name, resource.stem)


def reference_in(village: str, item: str, stem: str = "") -> str:
    """Return the reference of a file of an item, or of the item itself."""
    words = [village, item, stem] if stem else [village, item]
    return "-".join(words).replace("_", "-").replace("--", "-")


def row_keys(table: Table, schema: TableSchema) -> Sequence[str]:
    """Return how each row is called: its key where that is short and one column, else its place from 1.

    A column that is about persons never names a row.
    """
    if len(schema.primary_key) == 1:
        field = schema.field_named(schema.primary_key[0])
        keys = table.texts[field.name]
        is_sayable = not field.privacy and field.role != "person" and _are_sayable(keys)
        if is_sayable and len(set(keys)) == len(keys):
            return keys
    return [str(number) for number in range(1, len(table) + 1)]


def _are_sayable(keys: Sequence[str]) -> bool:
    lines = "\n".join(keys)
    return not keys or (lines.count("\n") == len(keys) - 1 and _KEYS.fullmatch(lines) is not None)
