"""Grids: a clerk's sheet as cells, with what a spreadsheet knows of each and what it hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

# A spreadsheet keeps 15 digits; what stood behind them is lost.
EXACT_DIGITS = 15
_TOO_LONG = Decimal(10) ** EXACT_DIGITS


class Kind(StrEnum):
    """What a cell holds."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    ERROR = "error"  # #REF!, #DIV/0! and the like
    UNCOUNTED = "uncounted"  # a formula whose result was never saved
    LOST = "lost"  # a number of more digits than a spreadsheet keeps


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` as a clerk would read it; a number is exact at 15 significant digits."""

    kind: Kind
    text: str = ""
    number: Decimal | None = None
    day: date | None = None

    @property
    def is_blank(self) -> bool:
        """Return whether nothing stands in the cell."""
        return self.kind is Kind.BLANK


BLANK = Cell(Kind.BLANK)
UNCOUNTED = Cell(Kind.UNCOUNTED)
LOST = Cell(Kind.LOST)


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of merged cells, all four counted from 0 and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``rows[i][j]`` is row i+1, column j+1; all rows are equally long.

    ``noted_rows`` are rows in which a cell of this sheet, or of another of its workbook, has a note.
    ``widths`` tells of a text file how many cells each row really had; of a workbook it is empty.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_filtered: bool = False
    counts_from_1904: bool = False
    noted_rows: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def is_text_file(self) -> bool:
        """Return whether this came from a file of text, where a cell is what is written and no more."""
        return bool(self.widths)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets. ``form`` is xlsx, xls or the encoding of a text.

    Macros, notes on cells and pictures are not looked at, only told of.
    """

    file: str
    form: str
    grids: tuple[Grid, ...] = ()
    has_macros: bool = False
    has_pictures: bool = False


def text_cell(text: str) -> Cell:
    """Return the cell that holds ``text``; spaces alone are nothing."""
    return Cell(Kind.TEXT, text) if text.strip() else BLANK


def number_cell(value: float | int) -> Cell:
    """Return the cell of a number as a spreadsheet shows it; one beyond 15 digits is lost."""
    number = Decimal(f"{value:.{EXACT_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number) >= _TOO_LONG:
        return LOST
    number = number.normalize()
    return Cell(Kind.NUMBER, f"{number:f}", number=number)


def percent_cell(cell: Cell) -> Cell:
    """Return the cell of a number that is shown as so many of a hundred, as the text that it shows."""
    if cell.number is None:
        return cell
    return Cell(Kind.TEXT, f"{(cell.number * 100).normalize():f}%")


def day_cell(day: date) -> Cell:
    """Return the cell of a date."""
    return Cell(Kind.DAY, day.isoformat(), day=day)


def column_name(index: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int | None, column: int | None) -> str:
    """Return C14 for a cell, 14 for a row, C for a column, "" for a whole sheet; both counted from 0."""
    letters = "" if column is None else column_name(column)
    return letters if row is None else f"{letters}{row + 1}"
