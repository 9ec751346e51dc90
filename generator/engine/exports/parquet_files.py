"""Parquet exports: a file for each table, exact decimals; the only door to PyArrow."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.model.finding import SetupError
from generator.pages.export_rows import Cell, Row
from generator.pages.export_tables import DATE, INTEGER, NUMBER, Column, ExportTable
from generator.wording import _

_BATCH, _DIGITS = 5000, 38


class ParquetWriter:
    """Writes a Parquet file for each table below a folder; raises SetupError without PyArrow.

    A number whose schema states its step is a decimal of as many places; any other stays text.
    """

    def __init__(self, folder: Path) -> None:
        self._arrow, self._parquet = _pyarrow()
        self._folder = folder
        self._tables: dict[str, ExportTable] = {}
        self._writers: dict[str, Any] = {}
        self._waiting: dict[str, list[Row]] = {}

    def open_table(self, table: ExportTable) -> None:
        """Begin the table's file."""
        arrow = self._arrow
        schema = arrow.schema([(column.name, self._type_of(column)) for column in table.columns])
        path = self._folder / f"{table.name}.parquet"
        self._writers[table.name] = self._parquet.ParquetWriter(path, schema, compression="zstd")
        self._tables[table.name], self._waiting[table.name] = table, []

    def add(self, name: str, row: Row) -> None:
        """Add a row, sooner or later."""
        self._waiting[name].append(row)
        if len(self._waiting[name]) >= _BATCH:
            self._flush(name)

    def close(self) -> None:
        """Finish the files."""
        for name, writer in self._writers.items():
            self._flush(name)
            writer.close()

    def _flush(self, name: str) -> None:
        rows, self._waiting[name] = self._waiting[name], []
        if not rows:
            return
        writer, columns = self._writers[name], self._tables[name].columns
        arrays = [
            self._arrow.array([_value(cell, column) for cell in cells], type=self._type_of(column))
            for column, cells in zip(columns, zip(*rows, strict=True), strict=True)
        ]
        writer.write_table(self._arrow.Table.from_arrays(arrays, schema=writer.schema))

    def _type_of(self, column: Column) -> Any:
        if column.kind == NUMBER and column.places is not None:
            return self._arrow.decimal128(_DIGITS, column.places)
        types = {INTEGER: self._arrow.int64, DATE: self._arrow.date32}
        return types.get(column.kind, self._arrow.string)()


def _value(cell: Cell, column: Column) -> Cell:
    if isinstance(cell, Decimal):
        return cell if column.places is not None else format(cell, "f")
    return cell


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]
        import pyarrow.parquet  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise SetupError(
            _("导出 parquet 要先安装 pyarrow：pip install 'cunwu[export]'；或改用 --format sqlite")
        ) from None
    return pyarrow, pyarrow.parquet
