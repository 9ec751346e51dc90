"""Mending: texts that a person put into cells of a workbook, as if they had been typed there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from generator.sheets.grid import Grid, Workbook, text_cell

_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def cell_place(name: str) -> tuple[int, int] | None:
    """Return row and column, both counted from 0, of a cell called C14; None for any other name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def mended(book: Workbook, mends: Mapping[tuple[str, str], str]) -> Workbook:
    """Return ``book`` with the texts in ``mends``, by sheet and cell.

    What lies outside a sheet is passed over.
    """
    grids = []
    for grid in book.grids:
        own = {cell: text for (sheet, cell), text in mends.items() if sheet == grid.name}
        grids.append(_mended(grid, own) if own else grid)
    return replace(book, grids=tuple(grids))


def _mended(grid: Grid, mends: Mapping[str, str]) -> Grid:
    rows = list(grid.rows)
    widths = list(grid.widths)
    for name, text in mends.items():
        place = cell_place(name)
        if place is None or place[0] >= len(rows) or place[1] >= grid.width:
            continue
        row, column = place
        cells = list(rows[row])
        cells[column] = text_cell(text)
        rows[row] = cells
        # Whoever fills in a cell that a line of text lacked has seen where that line ends.
        if widths and column >= widths[row]:
            widths[row] = grid.width
    return replace(grid, rows=rows, widths=tuple(widths))
