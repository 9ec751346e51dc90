"""Workbooks of old (.xls, and .et when it is one): sheets read through xlrd."""

from __future__ import annotations

from typing import Any

import xlrd

from generator.sheets.grid import (
    BLANK,
    UNCOUNTED,
    Cell,
    Grid,
    Kind,
    Merge,
    day_cell,
    number_cell,
    percent_cell,
    text_cell,
)
from generator.sheets.refusals import CELL_LIMIT, DamagedError, TooLargeError


class EncryptedError(Exception):
    """The workbook asks for a password."""


def read_old_grids(content: bytes) -> tuple[Grid, ...]:
    """Return the sheets of the BIFF workbook in ``content``.

    Raises DamagedError, TooLargeError or EncryptedError.
    """
    try:
        with xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=_Silence()) as book:
            return tuple(_grid(book, index) for index in range(book.nsheets))
    except TooLargeError:
        raise
    except xlrd.biffh.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedError from error
        raise DamagedError from error
    except Exception as error:  # what xlrd raises on a file cut short depends on where the cut is
        raise DamagedError from error


class _Silence:
    """Takes what xlrd would print about odd files."""

    def write(self, _text: str) -> None:
        """Drop it: what matters is raised."""

    def flush(self) -> None:
        """Hold nothing back."""


def _grid(book: Any, index: int) -> Grid:
    sheet = book.sheet_by_index(index)
    if sheet.nrows * sheet.ncols > CELL_LIMIT:
        raise TooLargeError("cells", sheet.name)
    rows = [[BLANK] * sheet.ncols for _row in range(sheet.nrows)]
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            rows[row][column] = _cell(cell, book)
    merges = tuple(Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    hidden_rows = {number for number, info in sheet.rowinfo_map.items() if info.hidden}
    columns = {number for number, info in sheet.colinfo_map.items() if info.hidden}
    return Grid(
        name=sheet.name,
        rows=rows,
        merges=merges,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(columns),
        is_hidden=bool(sheet.visibility),
        is_filtered=False,
        counts_from_1904=book.datemode == 1,
        noted_rows=frozenset(row for row, _column in sheet.cell_note_map),
    )


def _cell(cell: Any, book: Any) -> Cell:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            # Only a formula leaves a text of nothing: its result was never saved.
            return text_cell(cell.value) if cell.value else UNCOUNTED
        case xlrd.XL_CELL_NUMBER:
            number = number_cell(cell.value)
            form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
            return percent_cell(number) if form is not None and "%" in form.format_str else number
        case xlrd.XL_CELL_DATE:
            try:
                return day_cell(xlrd.xldate_as_datetime(cell.value, book.datemode).date())
            except (xlrd.xldate.XLDateError, OverflowError, ValueError):
                return number_cell(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return text_cell("是" if cell.value else "否")
        case xlrd.XL_CELL_ERROR:
            return Cell(Kind.ERROR, xlrd.error_text_from_code.get(cell.value, "#"))
    return BLANK
