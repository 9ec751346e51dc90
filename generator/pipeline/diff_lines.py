"""Lines of a comparison: file by file and row by row, as a person reads them on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from generator.history.changes import TableChange
from generator.pipeline.comparing import Compared, Comparison, Largest
from generator.rows.entered import Move
from generator.rows.words import (
    cell_text,
    column_lines,
    counts_text,
    effect_text,
    filled_cells,
    moves_text,
    refusal_text,
    row_label,
)
from generator.wording import _


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison: each file that differs, its rows below it, and what it all comes to."""
    for file in comparison.files:
        yield file_heading(file)
        for line in file_lines(file):
            yield f"  {line}"
    yield from summary_lines(comparison)


def file_heading(file: Compared) -> str:
    """Return how a file is announced: its path, what it is, and whether it came, went or was renamed."""
    words = {"added": _("新文件"), "removed": _("已删去的文件"), "changed": ""}[file.kind]
    if file.former:
        words = _("原来是 {former}").format(former=file.former)
    title = file.title if file.title != file.subject.path else ""
    return " ".join(part for part in (file.subject.path, title, f"（{words}）" if words else "") if part)


def file_lines(file: Compared) -> Iterator[str]:
    """Yield what became of one file."""
    if file.changes.refusal is not None:
        yield _("没有比较：{reason}").format(reason=refusal_text(file.changes.refusal, file.changes.unread))
    for table in file.changes.tables:
        if table.part:
            yield _("〔{part}〕").format(part=table.part)
        yield from table_summary(table, file.followed_by)
        if file.kind == "changed":
            yield from row_lines(table)


def table_summary(table: TableChange, followed_by: int) -> Iterator[str]:
    """Yield what one table's changes come to: rows, money, balances, and what merely followed."""
    entered = table.entered
    counts = counts_text(len(entered.added), len(entered.removed), len(entered.changed))
    parts = [part for part in (counts, moves_text(entered.moves)) if part]
    if parts:
        yield _("；").join(parts)
    elif entered.effects:
        yield _("没有直接改动，只是随前面的期间变动")
    for effect in entered.effects:
        yield effect_text(effect, followed_by if entered else 0)
    if entered.followed:
        yield _("另有 {count} 格余额和合计随之变动，不逐格列出").format(count=entered.followed)


def row_lines(table: TableChange) -> Iterator[str]:
    """Yield every row and cell that was entered, the rows in order of line."""
    difference, entered = table.difference, table.entered
    yield from column_lines(difference.columns)
    told: list[tuple[int, int, str]] = []
    for row in entered.removed:
        label = row_label(row, difference, table.schema)
        whole = filled_cells(row, difference)
        told.append((row.line, 0, _("－ {label}：{cells}").format(label=label, cells=whole)))
    for change in entered.changed:
        label = row_label(change.after, difference, table.schema)
        cells = _("；").join(cell_text(cell) for cell in change.cells)
        told.append((change.after.line, 1, _("改 {label}：{cells}").format(label=label, cells=cells)))
    for row in entered.added:
        label = row_label(row, difference, table.schema)
        whole = filled_cells(row, difference)
        told.append((row.line, 2, _("＋ {label}：{cells}").format(label=label, cells=whole)))
    for _line, _order, text in sorted(told, key=lambda entry: entry[:2]):
        yield text


def summary_lines(comparison: Comparison) -> Iterator[str]:
    """Yield what all files come to: how many, how much money, where the most of it."""
    names = {"before": comparison.before, "after": comparison.after}
    if not comparison.files:
        yield _("{before} 和 {after} 之间，记录没有不同").format(**names)
    else:
        counts = counts_text(*comparison.rows) or _("没有直接改动的行")
        yield _("从 {before} 到 {after}：{files} 个文件有不同，{counts}").format(
            files=len(comparison.files), counts=counts, **names
        )
    moves = [Move(column, unit, net, moved) for (column, unit), (net, moved) in comparison.money.items()]
    if moves:
        yield _("数额变动：{moves}").format(moves=moves_text(moves))
    if len(comparison.largest) > 1:
        yield _("变动最大的几处：")
        for one in comparison.largest:
            yield f"  {largest_text(one)}"
    if comparison.alike:
        yield _("另有 {count} 个文件只是写法不同（编码、换行、引号、行列顺序），记录一样").format(
            count=comparison.alike
        )
    if comparison.refused:
        yield _("有 {count} 个文件没有比较，原因写在各自下面").format(count=comparison.refused)
    if comparison.is_shallow:
        yield _("注意：这份克隆只有最近一段历史（浅克隆），更早的版本看不到")
    yield from comparison.notes


def largest_text(one: Largest) -> str:
    """Return one of the rows that moved most money."""
    table = one.table
    label = row_label(one.row, table.difference, table.schema)
    return _("{amount} 元：{title} {label}").format(
        amount=f"{one.weight:,.2f}", title=one.compared.title, label=label
    )
