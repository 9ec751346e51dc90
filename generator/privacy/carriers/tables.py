"""Tables of text: CSV and TSV, cell by cell, numbered as a spreadsheet numbers its rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from generator.privacy.carriers.piece import Lifted, Piece, Row, lines_of

LONGEST_FIELD = 32 * 1024 * 1024
_SEPARATORS = ",\t;，；|"
_HEAD_ROWS = 8
_LONG_NUMBER = re.compile(r"(?:\d[ -]?){6}")
_MASKED_NUMBER = re.compile(r"\d[ -]?\*|\*[ -]?\d")
_WORDS = re.compile(r"[^*\s]")
# The library's own limit would end the reading at a long cell.
csv.field_size_limit(LONGEST_FIELD)


def read_table(text: str, *, is_tsv: bool = False) -> Iterator[Lifted]:
    """Yield the rows of the table in ``text``; a cell's line is its row, its column the heading above it."""
    rows = _rows(text, is_tsv=is_tsv)
    yield from lines_of(text) if rows is None else rows_of(rows)


def read_masks(text: str, *, is_tsv: bool = False) -> Iterator[Lifted]:
    """Yield what matters of a table in which nothing can be found but masks.

    That is every row with a half-masked number, and of each column one masked name of each shape: a second
    one alike says nothing more. Lists of a whole county are read in a fraction of the time.
    """
    rows = _rows(text, is_tsv=is_tsv)
    if rows is None:
        yield from lines_of(text)
        return
    if _MASKED_NUMBER.search(text):
        yield from rows_of(rows)
        return
    headings = rows[heading_row(rows)] if heading_row(rows) >= 0 else []
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] if column < len(row) else "" for row in rows]
        if not any("*" in cell for cell in cells):
            continue
        heading = (headings[column] or None) if column < len(headings) else None
        shapes: set[str] = set()
        for number, cell in enumerate(cells, start=1):
            if "*" in cell:
                shape = _WORDS.sub("w", cell)
                if shape not in shapes:
                    shapes.add(shape)
                    yield Piece(cell, number, heading)


def rows_of(rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Yield the filled rows of a table, each cell under its heading."""
    position = heading_row(rows)
    headings = rows[position] if position >= 0 else ()
    for number, row in enumerate(rows):
        names = () if number <= position else headings
        pieces = tuple(
            Piece(cell, number + 1, (names[column] or None) if column < len(names) else None)
            for column, cell in enumerate(row)
            if cell
        )
        if pieces:
            yield Row(pieces)


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Return which row holds the headings: the first that has several words and no long number.

    Titles and units above it fill one cell; a table without headings has none (-1).
    """
    for number, row in enumerate(rows[:_HEAD_ROWS]):
        filled = [cell for cell in row if cell.strip()]
        if any(_LONG_NUMBER.search(cell) for cell in filled):
            return -1
        if len(filled) > 1:
            return number
    return 0 if rows and len(rows[0]) == 1 and not _LONG_NUMBER.search(rows[0][0]) else -1


def separator_of(text: str) -> str:
    """Return the mark that stands most often in the first lines, a comma where there is none."""
    head = text[:4_096].split("\n", 3)[:3]
    counts = {mark: sum(line.count(mark) for line in head) for mark in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda mark: counts[mark])
    return best if counts[best] and not counts[","] else ","


def _rows(text: str, *, is_tsv: bool) -> list[list[str]] | None:
    """Return the rows, or None where a quotation mark is never closed and would swallow all that follows."""
    separator = "\t" if is_tsv else separator_of(text)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
