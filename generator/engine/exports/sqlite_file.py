"""SQLite exports: one file, the same bytes for the same records and the same SQLite.

Numbers are kept as text, as they were written: SQLite would make floats of them. A sum of money has a second,
computed column in 分 beside it, which is exact and can be added up.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator.pages.export_rows import Cell, Row
from generator.pages.export_tables import INTEGER, NUMBER, Column, ExportTable

NAME = "county.sqlite"
_BATCH = 500
_YUAN, _FEN, _MONEY_PLACES = "元", "_分", 2
_LARGEST = 2**63


class SqliteWriter:
    """Writes ``county.sqlite`` below a folder."""

    def __init__(self, folder: Path) -> None:
        self._target, self._draft = folder / NAME, folder / f".{NAME}"
        self._database = sqlite3.connect(self._draft, isolation_level=None)
        for pragma in ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = OFF", "synchronous = OFF"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN")
        self._inserts: dict[str, str] = {}
        self._waiting: dict[str, list[tuple[str | int | None, ...]]] = {}

    def open_table(self, table: ExportTable) -> None:
        """Create a table with its keys and references."""
        lines = [
            f"{_quoted(c.name)} {'INTEGER' if c.kind == INTEGER else 'TEXT'}"
            f"{' NOT NULL' if c.name in table.key else ''}"
            for c in table.columns
        ]
        known = {column.name for column in table.columns}
        lines += [_in_fen(c) for c in table.columns if _is_money(c) and c.name + _FEN not in known]
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
        for column, other, named in table.refers:
            lines.append(f"FOREIGN KEY ({_quoted(column)}) REFERENCES {_quoted(other)} ({_quoted(named)})")
        self._database.execute(f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)")
        names = ", ".join(_quoted(column.name) for column in table.columns)
        places = ", ".join("?" * len(table.columns))
        # Names of tables and columns cannot be parameters; they are quoted, and ours.
        self._inserts[table.name] = f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({places})"  # noqa: S608
        self._waiting[table.name] = []

    def add(self, name: str, row: Row) -> None:
        """Add a row, sooner or later."""
        waiting = self._waiting[name]
        waiting.append(tuple(map(_stored, row)))
        if len(waiting) >= _BATCH:
            self._flush(name)

    def close(self) -> None:
        """Write the file anew without a gap, so that no trace is left of the order of writing."""
        for name in self._inserts:
            self._flush(name)
        self._database.execute("COMMIT")
        self._database.execute("VACUUM INTO ?", (str(self._target),))
        self._database.close()
        self._draft.unlink()

    def _flush(self, name: str) -> None:
        self._database.executemany(self._inserts[name], self._waiting[name])
        self._waiting[name].clear()


def _is_money(column: Column) -> bool:
    is_exact = column.places is not None and column.places <= _MONEY_PLACES
    return column.kind == NUMBER and column.unit == _YUAN and is_exact


def _in_fen(column: Column) -> str:
    # Two decimals of any sum below 90 billion 元 are told exactly by the float between.
    amount = f"CAST(round(CAST({_quoted(column.name)} AS REAL) * 100) AS INTEGER)"
    empty = f"CASE WHEN {_quoted(column.name)} IS NULL THEN NULL ELSE {amount} END"
    return f"{_quoted(column.name + _FEN)} INTEGER GENERATED ALWAYS AS ({empty}) VIRTUAL"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stored(cell: Cell) -> str | int | None:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) and abs(cell) >= _LARGEST else cell
