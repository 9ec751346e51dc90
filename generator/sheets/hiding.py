"""Hiding: rows and columns that a sheet hides are read all the same, and that is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.sheets.grid import Grid, column_name
from generator.sheets.remark import Remark, Speaker
from generator.sheets.tables import texts_of
from generator.wording import _

_NUMBERS_SHOWN = 6


def hidden_parts(grid: Grid, speaker: Speaker) -> Iterator[Remark]:
    """Yield a remark on the hidden rows, and one on the hidden columns, that hold anything."""
    rows = [row for row in sorted(grid.hidden_rows) if row < len(grid.rows)]
    rows = [row for row in rows if texts_of(grid, row)]
    if rows:
        shown = _listed([str(row + 1) for row in rows])
        yield speaker.remark("sheet-filtered" if grid.is_filtered else "sheet-hidden-rows", rows=shown)
    columns = [column for column in sorted(grid.hidden_columns) if column < grid.width]
    columns = [column for column in columns if any(not row[column].is_blank for row in grid.rows)]
    if columns:
        yield speaker.remark("sheet-hidden-columns", columns=_listed(list(map(column_name, columns))))


def _listed(words: Sequence[str]) -> str:
    shown = "、".join(words[:_NUMBERS_SHOWN])
    if len(words) <= _NUMBERS_SHOWN:
        return shown
    return _("{shown} 等 {count} 处").format(shown=shown, count=len(words))
