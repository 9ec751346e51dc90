"""Text tables: a header and rows as they were written, kept as raw lines wherever a line is a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import ne

from generator.wording import _

Row = tuple[str, ...]
# What a line of nothing but empty cells is made of.
_EMPTY_CELLS = ',"'
# A row as it is kept: its raw line, or its cells where a cell goes over several lines.
Atom = str | Row


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why tables are not compared: in words, with the line (as a spreadsheet counts) and the column.

    No cell is repeated: the table may list persons.
    """

    reason: str
    line: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text: ``atoms[i]`` is the row on line ``lines[i]``; blank rows are left out."""

    columns: Row
    atoms: Sequence[Atom]
    lines: Sequence[int]
    has_quotes: bool = False

    def cells(self, index: int) -> Row:
        """Return the cells of one row."""
        return cells_of(self.atoms[index])

    def rows(self) -> Iterator[Sequence[str]]:
        """Yield the cells of every row; a table is parsed anew each time, since rows kept cost ten times."""
        return rows_of(self.atoms, has_quotes=self.has_quotes)

    def __len__(self) -> int:
        return len(self.atoms)


EMPTY = TextTable((), (), ())


def cells_of(atom: Atom) -> Row:
    """Return the cells of a row as it is kept."""
    if isinstance(atom, tuple):
        return atom
    return tuple(next(csv.reader([atom], strict=True))) if '"' in atom else tuple(atom.split(","))


def rows_of(atoms: Sequence[Atom], *, has_quotes: bool) -> Iterator[Sequence[str]]:
    """Yield the cells of rows that are all kept in one way."""
    if not atoms or isinstance(atoms[0], tuple):
        return iter(atoms)
    if has_quotes:
        return csv.reader(atoms, strict=True)  # type: ignore[arg-type]
    return (atom.split(",") for atom in atoms)  # type: ignore[union-attr]


def read_table(text: str, near: TextTable = EMPTY) -> TextTable | Refusal:
    """Return the table that a CSV text holds; a text without a header is an empty table.

    ``near`` is another version that was read before: what stands in it at the same place is sound. A
    Refusal says where the text is no table: a quotation mark that is never closed, a row of other length.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    has_quotes = '"' in text
    if has_quotes and not _stand_alone(lines):
        return _read_across_lines(text)
    if len(lines) == 1 and not lines[0]:
        return EMPTY
    columns = cells_of(lines.pop(0))
    atoms: list[Atom] = list(lines)
    while atoms and not atoms[-1]:
        atoms.pop()
    numbers: Sequence[int] = range(2, len(atoms) + 2)
    if has_quotes or "" in atoms or "," * (len(columns) - 1) in atoms:
        bare = {atom for atom in atoms if isinstance(atom, str) and not atom.strip(_EMPTY_CELLS)}
        blank = {atom for atom in bare if not any(cells_of(atom))}
        kept = [(atom, line) for atom, line in zip(atoms, numbers, strict=True) if atom not in blank]
        atoms, numbers = [atom for atom, _line in kept], [line for _atom, line in kept]
    table = TextTable(columns, atoms, numbers, has_quotes)
    if not _is_even_beside(table, near):
        return _ragged(table) or table
    return table


def table_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> TextTable:
    """Return the table of rows that were read already; the first stands on line 2."""
    return TextTable(tuple(columns), [tuple(row) for row in rows], range(2, len(rows) + 2))


def _stand_alone(lines: Sequence[str]) -> bool:
    """Return whether every line is a row of its own, quotation marks and all."""
    marked = [line for line in lines if '"' in line]
    try:
        # A row takes one line at least: as many rows as lines means that each takes just one.
        return sum(1 for _row in csv.reader(marked, strict=True)) == len(marked)
    except csv.Error:
        return False


def _read_across_lines(text: str) -> TextTable | Refusal:
    rows: list[Row] = []
    try:
        rows.extend(map(tuple, csv.reader(io.StringIO(text, newline=""), strict=True)))
    except csv.Error:
        return Refusal(_("这一行的引号不成对，后面的内容读不出来"), len(rows) + 1)
    if not rows:
        return EMPTY
    kept = [(row, line) for line, row in enumerate(rows[1:], start=2) if any(row)]
    table = TextTable(rows[0], [row for row, _line in kept], [line for _row, line in kept])
    return _ragged(table) or table


def _is_even_beside(table: TextTable, near: TextTable) -> bool:
    """Return whether the rows of which ``near`` holds no copy at the same place are as long as the header."""
    is_near = table.columns == near.columns and not table.has_quotes and not near.has_quotes
    if not is_near or not isinstance(near.atoms[0] if len(near) else None, str):
        return False
    new = list(compress(table.atoms, map(ne, table.atoms, near.atoms)))
    new += table.atoms[len(near) :]
    return set(map(str.count, new, repeat(","))) <= {len(table.columns) - 1}  # type: ignore[arg-type]


def _ragged(table: TextTable) -> Refusal | None:
    width = len(table.columns)
    if table.has_quotes or any(isinstance(atom, tuple) for atom in table.atoms[:1]):
        widths = [len(row) for row in table.rows()]
    else:
        # map keeps the loop over 100,000 rows out of the interpreter.
        widths = list(map(str.count, table.atoms, repeat(",")))  # type: ignore[arg-type]
        width -= 1
    if set(widths) <= {width}:
        return None
    index, cells = next((i, found) for i, found in enumerate(widths) if found != width)
    reason = _("这一行有 {cells} 格，表头有 {width} 列，分不清哪一格是哪一列")
    columns = len(table.columns)
    return Refusal(reason.format(cells=cells + columns - width, width=columns), table.lines[index])
