"""Canonical files: rows as the bytes that are kept, and how two versions of them differ."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from generator.model.item import TableSchema
from generator.rows.difference import compare_tables
from generator.rows.text_table import Refusal, table_of

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


def csv_content(schema: TableSchema, rows: Sequence[Row], header: Container[str] = ()) -> bytes:
    """Return the bytes of a table: UTF-8, LF, the schema's columns, no quotes but where they must be.

    ``rows`` have a cell for each column of the schema; an optional one is written when ``header`` has it or
    any row something in it.
    """
    places = [
        place
        for place, column in enumerate(schema.fields)
        if not column.is_optional or column.name in header or any(row[place] for row in rows)
    ]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([schema.fields[place].name for place in places])
    is_whole = len(places) == len(schema.fields)
    writer.writerows(rows if is_whole else ([row[place] for place in places] for row in rows))
    return buffer.getvalue().encode("utf-8")


def rows_of(content: bytes, schema: TableSchema) -> list[Row] | None:
    """Return the rows that a table's bytes hold, or None when it is no readable table of ``schema``.

    A row has a cell for each column of the schema, an empty one for those that the table does not have.
    """
    try:
        found = [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    except (UnicodeDecodeError, csv.Error):
        return None
    header = found[0] if found else ()
    if not header or header != tuple(column.name for column in schema.columns_of(header)):
        return None
    rows = [row for row in found[1:] if row]
    if any(len(row) != len(header) for row in rows):
        return None
    if len(header) == len(schema.fields):
        return rows
    places = [header.index(column.name) if column.name in header else None for column in schema.fields]
    return [tuple("" if place is None else row[place] for place in places) for row in rows]


def header_of(content: bytes) -> Row:
    """Return the first row of a table's bytes, () where it cannot be read."""
    try:
        return tuple(next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")), ()))
    except (UnicodeDecodeError, csv.Error):
        return ()


def difference(schema: TableSchema, before: Sequence[Row], after: Sequence[Row]) -> Difference:
    """Return what became of the rows; 8 and 8.00 are the same, another order of rows is a change.

    Rows whose key occurs twice are compared by all they hold: which was which would be a guess.
    """
    names = [column.name for column in schema.fields]
    old, new = table_of(names, before), table_of(names, after)
    found = compare_tables(old, new, schema)
    if isinstance(found, Refusal):
        found = compare_tables(old, new, schema, key=())
    assert not isinstance(found, Refusal), "a schema names each column once"
    changes = Difference(
        added=tuple(row.cells for row in found.added),
        removed=tuple(row.cells for row in found.removed),
        changed=tuple((row.before.cells, row.after.cells) for row in found.changed),
    )
    return replace(changes, is_reordered=found.is_reordered and not changes)
