"""Tables: a sheet falls into tables, each with its titles, its heading and its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.sheets.footers import is_footer
from generator.sheets.grid import Cell, Grid, Kind
from generator.sheets.layout import Heading
from generator.sheets.plain_text import plain
from generator.sheets.rows import total_word
from generator.sheets.titles import Said, said_in
from generator.sheets.units import stated_factor

_TITLE_CELLS = 3


@dataclass(slots=True)
class SheetTable:
    """One table of a sheet: ``titles`` are the texts above it, ``rows`` what stands below its heading.

    ``repeated`` are rows that only say the heading or the title again; all are counted from 0.
    """

    heading: Heading
    titles: list[str]
    title_rows: list[int]
    rows: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)


def cut_tables(
    grid: Grid, headings: Sequence[Heading], says_new: Callable[[Sequence[str], Sequence[str]], bool]
) -> list[SheetTable]:
    """Return the tables of ``grid``; ``says_new`` tells of two groups of titles whether the second is new."""
    tables: list[SheetTable] = []
    body = 0
    for heading in headings:
        first = _first_title_row(grid, body, heading) if tables else 0
        rows = [row for row in range(first, heading.row) if texts_of(grid, row)]
        titles = [text for row in rows for text in texts_of(grid, row)]
        own_rows = list(range(heading.row, heading.row + heading.depth))
        if tables:
            tables[-1].rows.extend(range(body, first))
        is_same_form = bool(tables) and heading.texts == tables[-1].heading.texts
        if is_same_form and not says_new(tables[-1].titles, titles):
            # A row that says what no title said before is a row like any other, however short.
            again = [row for row in rows if set(texts_of(grid, row)) <= set(tables[-1].titles)]
            tables[-1].repeated.extend([*again, *own_rows])
            tables[-1].rows.extend(row for row in range(first, heading.row) if row not in again)
        else:
            tables.append(SheetTable(heading, titles, rows))
        body = heading.row + heading.depth
    tables[-1].rows.extend(range(body, len(grid.rows)))
    return tables


def texts_of(grid: Grid, row: int) -> list[str]:
    """Return what stands in the cells of a row, left to right."""
    return [cell.text for cell in grid.rows[row] if not cell.is_blank]


def _is_telling(text: str) -> bool:
    """Return whether a text says what a table is of: a time, a unit, 编制单位：…"""
    return ":" in plain(text) or said_in(text) != Said() or stated_factor(text) is not None


def _first_title_row(grid: Grid, body: int, heading: Heading) -> int:
    """Return the first of the rows right above a heading that are titles and not rows of the table before."""
    most = min(_TITLE_CELLS, (len(heading.labels) - 1) // 2)
    first = heading.row
    while first > body and _is_title(grid.rows[first - 1], most):
        first -= 1
    return first


def _is_title(row: Sequence[Cell], most: int) -> bool:
    written = [cell for cell in row if not cell.is_blank]
    texts = {cell.text for cell in written}
    if any(cell.kind is not Kind.TEXT for cell in written) or len(texts) > most:
        return False
    if len(texts) > 1 and not any(map(_is_telling, texts)):
        return False
    return not total_word(row) and not any(is_footer(cell.text) for cell in written)
