"""Canonical files: rows as the bytes that are kept, and how two versions of them differ."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.model.item import TableSchema

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How rows differ from those before: whole rows, pairs of before and after, or their order alone."""

    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    changed: tuple[tuple[Row, Row], ...] = ()
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.is_reordered)


NO_DIFFERENCE = Difference()


def csv_content(schema: TableSchema, rows: Sequence[Row]) -> bytes:
    """Return the bytes of a table: UTF-8, LF, the schema's columns, no quotes but where they must be."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in schema.fields])
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


def rows_of(content: bytes, schema: TableSchema) -> list[Row] | None:
    """Return the rows that a table's bytes hold, or None when it is no readable table of ``schema``."""
    try:
        found = [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    except (UnicodeDecodeError, csv.Error):
        return None
    if not found or found[0] != tuple(column.name for column in schema.fields):
        return None
    rows = [row for row in found[1:] if row]
    return rows if all(len(row) == len(found[0]) for row in rows) else None


def difference(schema: TableSchema, before: Sequence[Row], after: Sequence[Row]) -> Difference:
    """Return what became of the rows; 8 and 8.00 are the same, another order of rows is a change."""
    meant_before, meant_after = ([_meant(row, schema) for row in rows] for rows in (before, after))
    if meant_before == meant_after:
        return NO_DIFFERENCE
    names = [column.name for column in schema.fields]
    key = [names.index(name) for name in schema.primary_key] or list(range(len(names)))
    old = _keyed(before, meant_before, key)
    new = _keyed(after, meant_after, key)
    return Difference(
        added=tuple(new[k][0] for k in new if k not in old),
        removed=tuple(old[k][0] for k in old if k not in new),
        changed=tuple((old[k][0], new[k][0]) for k in new if k in old and old[k][1] != new[k][1]),
        is_reordered=Counter(meant_before) == Counter(meant_after),
    )


_Keyed = dict[tuple[Row, int], tuple[Row, Row]]


def _keyed(rows: Sequence[Row], meant: Sequence[Row], key: Sequence[int]) -> _Keyed:
    seen: Counter[Row] = Counter()
    keyed: _Keyed = {}
    for row, meaning in zip(rows, meant, strict=True):
        own = tuple(meaning[position] for position in key)
        keyed[own, seen[own]] = (row, meaning)
        seen[own] += 1
    return keyed


def _meant(row: Row, schema: TableSchema) -> Row:
    return tuple(
        _number(cell) if column.is_numeric and cell else cell
        for cell, column in zip(row, schema.fields, strict=True)
    )


def _number(text: str) -> str:
    try:
        return str(Decimal(text).normalize() + 0)
    except InvalidOperation:
        return text
