"""Hushing: cells in which something personal seems to stand, taken out of a difference before it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.privacy.detectors import detect
from generator.rows.difference import CellChange, Difference, RowAt, RowChange
from generator.rows.entered import Entered
from generator.rows.text_table import Row, TextTable
from generator.wording import _

NO_OFFICES: frozenset[str] = frozenset()


def hushed_text(text: str, heading: str = "", offices: frozenset[str] = NO_OFFICES) -> str:
    """Return a cell, or that it is not shown; a correction that takes a number out must not tell it again.

    ``offices`` are telephones that are published anyway.
    """
    return _("（像是个人信息，不显示）") if text and detect(text, heading, offices=offices) else text


def hushed_difference(difference: Difference) -> Difference:
    """Return a difference without what seems personal."""
    names = difference.columns.names
    return replace(
        difference,
        added=tuple(_row(row, names) for row in difference.added),
        removed=tuple(_row(row, names) for row in difference.removed),
        changed=tuple(_change(change, names) for change in difference.changed),
    )


def hushed_entered(entered: Entered, names: Sequence[str]) -> Entered:
    """Return what was entered under the columns ``names`` without what seems personal; sums stay."""
    return replace(
        entered,
        added=tuple(_row(row, names) for row in entered.added),
        removed=tuple(_row(row, names) for row in entered.removed),
        changed=tuple(_change(change, names) for change in entered.changed),
    )


def hushed_table(table: TextTable) -> TextTable:
    """Return a table without what seems personal."""
    rows = [_cells(tuple(row), table.columns) for row in table.rows()]
    return TextTable(table.columns, rows, table.lines)


def _row(row: RowAt, names: Sequence[str]) -> RowAt:
    return RowAt(row.line, _cells(row.cells, names))


def _cells(cells: Row, names: Sequence[str]) -> Row:
    return tuple(hushed_text(cell, name) for cell, name in zip(cells, names, strict=True))


def _change(change: RowChange, names: Sequence[str]) -> RowChange:
    cells = tuple(
        CellChange(c.column, hushed_text(c.before, c.column), hushed_text(c.after, c.column))
        for c in change.cells
    )
    return RowChange(_row(change.before, names), _row(change.after, names), cells)
