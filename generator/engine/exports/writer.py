"""Writers of exports: what each format must be able to do, row after row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from generator.pages.export_rows import Row
from generator.pages.export_tables import ExportTable


class Writer(Protocol):
    """Writes tables of one format below a folder; holds no more than a few rows of each."""

    def open_table(self, table: ExportTable) -> None:
        """Begin a table; a table that another refers to is begun before it."""

    def add(self, name: str, row: Row) -> None:
        """Add a row to the table ``name``."""

    def close(self) -> None:
        """Finish every file."""


class SeveralWriters:
    """Writes several formats in one pass over the records."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self._writers = writers

    def open_table(self, table: ExportTable) -> None:
        """Begin a table in each format."""
        for writer in self._writers:
            writer.open_table(table)

    def add(self, name: str, row: Row) -> None:
        """Add a row to the table ``name`` of each format."""
        for writer in self._writers:
            writer.add(name, row)

    def close(self) -> None:
        """Finish every file of each format."""
        for writer in self._writers:
            writer.close()
