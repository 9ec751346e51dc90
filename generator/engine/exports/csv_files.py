"""CSV exports: a file for each table, for spreadsheets, or with their schema as a Data Package."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from generator.pages.export_rows import Cell, Row
from generator.pages.export_tables import Column, ExportTable

_PIECE = 1 << 20


class CsvWriter:
    """Writes a CSV for each table below a folder; spreadsheets tell by its mark that it is UTF-8."""

    encoding = "utf-8-sig"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, TextIOWrapper] = {}
        self._writers: dict[str, Any] = {}

    def open_table(self, table: ExportTable) -> None:
        """Begin the table's file with its heading."""
        file = self._path(table.name).open("w", encoding=self.encoding, newline="")
        self._files[table.name] = file
        self._writers[table.name] = csv.writer(file, lineterminator="\n")
        self._writers[table.name].writerow([column.name for column in table.columns])

    def add(self, name: str, row: Row) -> None:
        """Add a row."""
        self._writers[name].writerow(map(_text, row))

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.csv"


class PackageWriter(CsvWriter):
    """Writes a Data Package: the CSV files, and what each column is."""

    encoding = "utf-8"

    def __init__(self, folder: Path, name: str, title: str) -> None:
        super().__init__(folder)
        self._head = {"name": name, "title": title, "profile": "tabular-data-package"}
        self._tables: list[ExportTable] = []

    def open_table(self, table: ExportTable) -> None:
        """Begin the table's file and remember what to say of it."""
        super().open_table(table)
        self._tables.append(table)

    def close(self) -> None:
        """Close the files and describe them."""
        super().close()
        resources = [self._resource(table) for table in self._tables]
        text = json.dumps(self._head | {"resources": resources}, ensure_ascii=False, indent=1) + "\n"
        (self._folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")

    def _resource(self, table: ExportTable) -> dict[str, Any]:
        path = self._path(table.name)
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
        foreign = [
            {"fields": [column], "reference": {"resource": other, "fields": [named]}}
            for column, other, named in table.refers
        ]
        schema: dict[str, Any] = {
            "fields": [_descriptor(column) for column in table.columns],
            "primaryKey": list(table.key),
        }
        return {
            "name": table.name,
            "title": table.title,
            "path": path.name,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": path.stat().st_size,
            "hash": f"sha256:{digest.hexdigest()}",
            "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
        }


def _descriptor(column: Column) -> dict[str, str]:
    said = {"unit": column.unit, "description": column.note}
    return {"name": column.name, "type": column.kind} | {name: text for name, text in said.items() if text}


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
