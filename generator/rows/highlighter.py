"""The highlighter format: a difference as a table of its own, which daff and its like read and apply."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from generator.rows.difference import Difference, RowChange
from generator.rows.text_table import Row, TextTable

HEADER, ADDED, REMOVED, FILLED, SKIPPED, SCHEMA = "@@", "+++", "---", "+", "...", "!"


def highlight(difference: Difference, after: TextTable) -> str:
    """Return ``difference`` as CSV; rows that stayed as they were are left out, and "..." says where.

    ``after`` is the later version: a new column is told row by row.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    columns = difference.columns
    tags = tuple(_tag(name, difference) for name in columns.names)
    if any(tags):
        writer.writerow((SCHEMA, *tags))
    writer.writerow((HEADER, *columns.names))
    last = 1
    for line, marked in _rows(difference, after):
        if line > last + 1:
            writer.writerow([SKIPPED] * (len(columns.names) + 1))
        writer.writerow(marked)
        last = max(last, line)
    if difference and last < _end(after):
        writer.writerow([SKIPPED] * (len(columns.names) + 1))
    return buffer.getvalue()


def _end(after: TextTable) -> int:
    return after.lines[-1] if len(after) else 1


def _tag(name: str, difference: Difference) -> str:
    columns = difference.columns
    if name in columns.added:
        return ADDED
    if name in columns.removed:
        return REMOVED
    renamed = {_now(pair, difference): pair[0] for pair in columns.renamed}
    return f"({renamed[name]})" if name in renamed else ""


def _now(pair: tuple[str, str], difference: Difference) -> str:
    """Return under which of ``columns.names`` a renamed column stands."""
    names = difference.columns.names
    return next(name for name in names if name in pair) if set(pair) & set(names) else pair[1]


def _rows(difference: Difference, after: TextTable) -> Iterator[tuple[int, Row]]:
    """Yield the rows to be told, each behind the line of the later version after which it belongs."""
    told: list[tuple[int, int, Row]] = []
    for gone in difference.removed:
        told.append((gone.line, 0, (REMOVED, *gone.cells)))
    for row in difference.changed:
        told.append((row.after.line, 1, _changed(row, difference.columns.names)))
    for new in difference.added:
        told.append((new.line, 1, (ADDED, *new.cells)))
    told.extend(_filled(difference, after))
    told.sort(key=lambda entry: entry[:2])
    for line, _order, marked in told:
        yield line, marked


def _changed(row: RowChange, names: Sequence[str]) -> Row:
    former = {cell.column: cell.before for cell in row.cells}
    everything = (*row.after.cells, *former.values())
    arrow = "->"
    while any(arrow in cell for cell in everything):
        arrow = f"-{arrow}"
    cells = (
        f"{former[name]}{arrow}{cell}" if name in former else cell
        for name, cell in zip(names, row.after.cells, strict=True)
    )
    return (arrow, *cells)


def _filled(difference: Difference, after: TextTable) -> Iterator[tuple[int, int, Row]]:
    """Yield the rows whose only news are cells of a new column."""
    columns = difference.columns
    if not columns.added:
        return
    told = {row.line for row in difference.added} | {row.after.line for row in difference.changed}
    places = columns.positions[1]
    for cells, line in zip(after.rows(), after.lines, strict=True):
        if line not in told:
            yield line, 1, (FILLED, *(cells[place] if place is not None else "" for place in places))
