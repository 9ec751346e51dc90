"""Receipt cells: one cell of a table written anew, all others left as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model.item import TableSchema
from generator.model.receipts import ROLE

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as text, and how its bytes are written: with a mark at the beginning, with which line ends."""

    schema: TableSchema
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_mark: bool = False
    end: str = "\n"

    @property
    def column(self) -> str:
        """Return the name of the column of receipts."""
        return self.schema.name_of(ROLE) or ""

    def cell(self, index: int, name: str) -> str:
        """Return a cell; in a column that the table does not have it is empty."""
        return self.rows[index][self.header.index(name)] if name in self.header else ""

    def index_of(self, cells: Mapping[str, str]) -> int | None:
        """Return the row that holds just ``cells``, by column, or None when there is none or several."""
        found = [
            index
            for index in range(len(self.rows))
            if all(self.cell(index, name) == text for name, text in cells.items())
        ]
        return found[0] if len(found) == 1 else None


def read_rows(content: bytes, schema: TableSchema) -> Rows | None:
    """Return the table that ``content`` holds, or None when it is none of ``schema`` in its order."""
    try:
        text = content.decode("utf-8")
        found = list(csv.reader(io.StringIO(text.removeprefix(_BOM), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    header = tuple(found[0]) if found else ()
    if not header or header != tuple(field.name for field in schema.columns_of(header)):
        return None
    rows = tuple(map(tuple, found[1:]))
    if any(len(row) != len(header) for row in rows):
        return None
    return Rows(schema, header, rows, text.startswith(_BOM), "\r\n" if "\r\n" in text else "\n")


def with_receipts(rows: Rows, cells: Mapping[int, str]) -> bytes:
    """Return the bytes of a table with other receipts in the rows ``cells``.

    The column is there as long as any row names a receipt.
    """
    column = rows.column
    named = [cells.get(index, rows.cell(index, column)) for index in range(len(rows.rows))]
    names = [field.name for field in rows.schema.columns_of({*rows.header, column})]
    if not any(named):
        names.remove(column)
    place = {name: rows.header.index(name) for name in names if name in rows.header}
    lines = (
        [text if name == column else row[place[name]] for name in names]
        for row, text in zip(rows.rows, named, strict=True)
    )
    return _written(rows, [names, *lines])


def _written(rows: Rows, lines: Iterable[Iterable[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=rows.end).writerows(lines)
    return f"{_BOM if rows.has_mark else ''}{buffer.getvalue()}".encode()
