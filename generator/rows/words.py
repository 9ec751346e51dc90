"""Words for differences: rows, cells and sums as one line each, for a screen, a page or a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.model.item import TableSchema
from generator.rows.balances import Effect
from generator.rows.columns import Columns
from generator.rows.difference import CellChange, Difference, RowAt
from generator.rows.entered import Move
from generator.rows.text_table import Refusal
from generator.wording import _, counted, retold, said

_MONEY = "元"


def signed(value: Decimal, unit: str) -> str:
    """Return by how much something moved, with its sign and unit: +72.00 元."""
    number = f"{value:+,.2f}" if unit == _MONEY else f"{value:+,f}"
    return f"{number} {said(unit)}".strip()


def row_label(row: RowAt, difference: Difference, schema: TableSchema) -> str:
    """Return how a reader finds a row: its line, its key, and what it is about."""
    parts = [_("第 {line} 行").format(line=row.line)] if row.line else []
    parts += [
        f"{said(name)} {cell}" for name, cell in zip(difference.key, difference.key_of(row), strict=True)
    ]
    lead = schema.name_of("lead")
    if lead is not None and lead not in difference.key and lead in difference.columns.names:
        about = row.cells[difference.columns.names.index(lead)]
        parts += [_("「{about}」").format(about=about)] if about else []
    return " ".join(parts)


def cell_text(cell: CellChange) -> str:
    """Return one cell as old → new; an empty cell is said to be one."""
    nothing = _("（空）")
    return _("{column} {before} → {after}").format(
        column=said(cell.column), before=cell.before or nothing, after=cell.after or nothing
    )


def filled_cells(row: RowAt, difference: Difference) -> str:
    """Return what a whole row says, its key and its empty cells left out."""
    cells = zip(difference.columns.names, row.cells, strict=True)
    told = [f"{said(name)} {cell}" for name, cell in cells if cell and name not in difference.key]
    return _("，").join(told)


def column_lines(columns: Columns) -> Iterator[str]:
    """Yield one line for each column that came, went or was renamed."""
    for name in columns.added:
        yield _("多了一列「{column}」").format(column=name)
    for name in columns.removed:
        yield _("少了一列「{column}」").format(column=name)
    for old, new in columns.renamed:
        yield _("列「{old}」改名为「{new}」").format(old=old, new=new)


def counts_text(added: int, removed: int, changed: int) -> str:
    """Return how many rows were added, removed and changed, in few words."""
    parts = []
    if added:
        parts.append(counted("新增 {count} 行", added).format(count=added))
    if removed:
        parts.append(counted("删去 {count} 行", removed).format(count=removed))
    if changed:
        parts.append(counted("改动 {count} 行", changed).format(count=changed))
    return _("，").join(parts)


def moves_text(moves: Iterable[Move]) -> str:
    """Return what moved in each column of money; both ways where that differs from the balance of it."""
    parts = []
    for move in moves:
        part = f"{said(move.column)} {signed(move.net, move.unit)}"
        if abs(move.net) != move.moved:
            moved = f"{move.moved:,.2f}" if move.unit == _MONEY else f"{move.moved:,f}"
            part += _("（增减合计 {moved}）").format(moved=f"{moved} {said(move.unit)}".strip())
        parts.append(part)
    return _("，").join(parts)


def effect_text(effect: Effect, later: int = 0) -> str:
    """Return what a change did to one balance: 影响本期结余 +72.00 元，及此后 2 期."""
    closing = signed(effect.closing, effect.unit)
    text = _("影响{series}本期结余 {closing}").format(
        series=f"{said(effect.series)} " if effect.series else "", closing=closing
    )
    if effect.opening:
        opening = signed(effect.opening, effect.unit)
        text = _("{series}上期结余带来 {opening}，本期结余 {closing}").format(
            series=f"{said(effect.series)} " if effect.series else "", opening=opening, closing=closing
        )
    return text + (counted("，及此后 {count} 期", later).format(count=later) if later else "")


def refusal_text(refusal: Refusal, unread: str = "") -> str:
    """Return why tables were not compared, and where."""
    version = {"before": _("前一版"), "after": _("后一版")}.get(unread, "")
    where = _("第 {line} 行：").format(line=refusal.line) if refusal.line and unread else ""
    return f"{version}{where}{retold(refusal.reason)}"
