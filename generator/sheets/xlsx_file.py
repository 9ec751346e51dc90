"""Workbooks of today (.xlsx, .xlsm, and .et when it is one): the only door to calamine."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from generator.sheets.grid import (
    BLANK,
    LOST,
    UNCOUNTED,
    Cell,
    Grid,
    Kind,
    day_cell,
    number_cell,
    percent_cell,
    text_cell,
)
from generator.sheets.refusals import DamagedError
from generator.sheets.xlsx_structure import SheetStructure, WorkbookStructure


def read_grids(content: bytes, structure: WorkbookStructure) -> tuple[Grid, ...]:
    """Return the sheets of the workbook in ``content``, whose ``structure`` was found fit to be read.

    Raises DamagedError.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [_values(book, index) for index in range(len(book.sheet_names))]
    except (CalamineError, ValueError, OSError) as error:
        raise DamagedError from error
    if len(tables) != len(structure.sheets):
        raise DamagedError
    return tuple(_grid(rows, sheet, structure) for rows, sheet in zip(tables, structure.sheets, strict=True))


def _values(book: CalamineWorkbook, index: int) -> list[list[Any]]:
    if str(book.sheets_metadata[index].typ) not in ("SheetTypeEnum.WorkSheet", "WorkSheet"):
        return []
    return book.get_sheet_by_index(index).to_python(skip_empty_area=False)


def _grid(values: list[list[Any]], sheet: SheetStructure, structure: WorkbookStructure) -> Grid:
    rows = [list(map(_cell, row)) for row in values]
    marked: dict[tuple[int, int], Cell] = dict.fromkeys(sheet.uncounted, UNCOUNTED)
    marked |= dict.fromkeys(sheet.long_numbers, LOST)
    marked |= {place: Cell(Kind.ERROR, text) for place, text in sheet.errors.items()}
    width = max([len(row) for row in rows[:1]] + [column + 1 for _row, column in marked], default=0)
    height = max([len(rows)] + [row + 1 for row, _column in marked])
    rows.extend([] for _missing in range(height - len(rows)))
    for row in rows:
        row.extend([BLANK] * (width - len(row)))
    for (line, column), cell in marked.items():
        rows[line][column] = cell
    for line, column in sheet.percents:
        rows[line][column] = percent_cell(rows[line][column])
    return Grid(
        name=sheet.name,
        rows=rows,
        merges=tuple(sheet.merges),
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        is_hidden=sheet.is_hidden,
        is_filtered=sheet.is_filtered,
        counts_from_1904=structure.counts_from_1904,
        noted_rows=structure.noted_rows,
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return text_cell("是" if value else "否")
    if isinstance(value, float | int):
        return number_cell(value)
    if isinstance(value, datetime):
        return day_cell(value.date())
    if isinstance(value, date):
        return day_cell(value)
    return text_cell(str(value))
