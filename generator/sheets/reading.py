"""Reading: the rows of one table, of which some are records and all others are accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.model.item import DisclosureItem
from generator.sheets.amounts import is_plain
from generator.sheets.cells import CellProblem, Manner, read_cell
from generator.sheets.columns import Plan
from generator.sheets.footers import read_footer
from generator.sheets.grid import Cell, Grid, Kind, text_cell
from generator.sheets.headings import digits_asked
from generator.sheets.layout import Block
from generator.sheets.plain_text import plain
from generator.sheets.records import Desk, Reading, odd_cell, problem_remark, read_record
from generator.sheets.remark import Skipped, Speaker
from generator.sheets.rows import Role, is_signature, role_of, shown_total, total_word
from generator.sheets.tables import SheetTable, texts_of
from generator.sheets.totals import Sums, amounts_of
from generator.wording import _

_SUMMARY_ROWS = 3


def read_table(
    grid: Grid,
    table: SheetTable,
    plan: Plan,
    item: DisclosureItem,
    manner: Manner,
    constants: Mapping[str, str],
    speaker: Speaker,
) -> Reading:
    """Return the records of ``table`` under the columns of ``item``."""
    reading = Reading(remarks=list(plan.remarks), skipped=list(plan.skipped))
    fixed = _constants(item, manner, constants, speaker, reading)
    desk = Desk(grid, item, manner, fixed, speaker, _filled_down(grid), reading)
    _remark_on_tables_above(desk, table.title_rows)
    for row in table.title_rows:
        _skip(desk, row, _("标题"))
        reading.footer = reading.footer.over(read_footer(texts_of(grid, row), manner.year))
    for row in range(table.heading.row, table.heading.row + table.heading.depth):
        _skip(desk, row, _("表头"))
    for row in table.repeated:
        _skip(desk, row, _("重复的标题或表头"))
    for number, block in enumerate(plan.blocks):
        _read_block(desk, table, block, number)
    return reading


def _constants(
    item: DisclosureItem, manner: Manner, constants: Mapping[str, str], speaker: Speaker, reading: Reading
) -> dict[str, str]:
    """Return what stands in every row of the columns that the sheet lacks, each as its column wants it."""
    fixed = {}
    for column in item.schema.fields:
        if column.name in constants:
            answer = read_cell(text_cell(constants[column.name]), column, manner)
            if isinstance(answer, str):
                fixed[column.name] = answer
            else:
                reading.remarks.append(problem_remark(speaker, answer, column))
    return fixed


def _skip(desk: Desk, row: int, why: str, amounts: Mapping[str, str] | None = None) -> None:
    desk.reading.skipped.append(Skipped(desk.speaker.sheet, row + 1, None, why, amounts or {}))


def _remark_on_tables_above(desk: Desk, rows: Sequence[int]) -> None:
    """Remark on rows above the heading that are no titles: a few sum up, many are a table of their own."""
    counted = [row for row in rows if any(map(_is_number, desk.grid.rows[row]))]
    wide = [row for row in rows if len(set(texts_of(desk.grid, row))) > _SUMMARY_ROWS]
    if len(wide) > _SUMMARY_ROWS:
        counted = sorted({*counted, *wide})
    code = "sheet-above-heading" if len(counted) <= _SUMMARY_ROWS else "sheet-table-above"
    desk.reading.remarks.extend(desk.speaker.remark(code, row) for row in counted)


def _is_number(cell: Cell) -> bool:
    return cell.kind in (Kind.NUMBER, Kind.LOST) or is_plain(plain(cell.text))


def _filled_down(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each cell that is merged to one above it the place of that one."""
    return {
        (row, merge.left): (merge.top, merge.left)
        for merge in grid.merges
        for row in range(merge.top + 1, min(merge.bottom, len(grid.rows) - 1) + 1)
    }


def _read_block(desk: Desk, table: SheetTable, block: Block, number: int) -> None:
    fields = {column.field.name: column.field for column in block.columns if column.field.is_numeric}
    fields = {name: column for name, column in fields.items() if digits_asked(column) == 0}
    sums = Sums(fields)
    series_names = _series_names(desk.item)
    roles = _roles(desk, table, block)
    last = max((row for row, role in roles.items() if role is Role.RECORD), default=-1)
    month = ""
    for row, role in roles.items():
        if role is Role.RECORD and _is_cut_short(desk, block, row):
            facts: dict[str, Any] = {"cells": desk.grid.widths[row], "columns": desk.grid.width}
            desk.reading.remarks.append(desk.speaker.remark("row-cells", row, **facts))
        elif role is Role.RECORD:
            record, month = read_record(desk, block, number, row, month)
            sums.add(amounts_of(record.cells, fields), tuple(record.cells.get(n, "") for n in series_names))
            desk.reading.records.append(record)
        elif role is Role.TOTAL:
            _compare_total(desk, block, row, sums)
        elif number == 0 or role is not Role.BLANK:
            _leave_out(desk, row, role, is_below=row > last)


def _roles(desk: Desk, table: SheetTable, block: Block) -> dict[int, Role]:
    """Return what each row of a table is, top to bottom."""
    kept = {str(desk.item.laws["total"].get("total", ""))} if "total" in desk.item.laws else set()
    roles = {}
    for row in table.rows:
        cells = desk.grid.rows[row][block.first : block.last + 1]
        written = {block.first + index for index, cell in enumerate(cells) if not cell.is_blank}
        # Forms are numbered down to their end before anybody writes on them.
        is_figure = all(plain(cell.text).isdigit() for cell in cells if not cell.is_blank)
        if written and is_figure and written <= set(block.serials):
            roles[row] = Role.NUMBERED
        else:
            roles[row] = role_of(cells, len(block.columns), kept)
    return roles


def _series_names(item: DisclosureItem) -> Sequence[str]:
    by = item.laws.get("running_balance", {}).get("by", ())
    return [name for name in by if isinstance(name, str)]


def _leave_out(desk: Desk, row: int, role: Role, *, is_below: bool) -> None:
    """Account for a row that is no record; ``is_below`` tells that no record follows."""
    grid, reading = desk.grid, desk.reading
    if role is Role.BLANK:
        # With two tables side by side, the other one may go on.
        if all(cell.is_blank for cell in grid.rows[row]):
            _skip(desk, row, _("空行"))
    elif role is Role.NUMBERED:
        _skip(desk, row, _("只有序号的空行"))
    elif role is Role.EXAMPLE:
        _skip(desk, row, _("示例行"))
    elif role is Role.FOOTER:
        reading.footer = reading.footer.over(read_footer(texts_of(grid, row), desk.manner.year))
        _skip(desk, row, _("表尾：制表、审核、公示期等，供公开登记簿用"))
    elif role is Role.LONE and is_below and is_signature(grid.rows[row]):
        _skip(desk, row, _("落款"))
    elif role is Role.NOTE:
        reading.remarks.append(desk.speaker.remark("sheet-note", row))
        _skip(desk, row, _("说明文字"))
    elif role is Role.PAGE:
        _skip(desk, row, _("页码"))
    else:
        reading.remarks.append(desk.speaker.remark("sheet-row-unplaced", row))


def _is_cut_short(desk: Desk, block: Block, row: int) -> bool:
    """Return whether a row of a text file has too few cells: one that is missing shifts all behind it."""
    widths = desk.grid.widths
    last = max((column.index for column in block.columns), default=0)
    return bool(widths) and widths[row] != desk.grid.width and widths[row] <= last


def _compare_total(desk: Desk, block: Block, row: int, sums: Sums) -> None:
    word = total_word(desk.grid.rows[row][block.first : block.last + 1])
    stated: dict[str, str] = {}
    for column in block.columns:
        cell = desk.grid.rows[row][column.index]
        if column.field.name not in sums.fields or cell.is_blank:
            continue
        answer = read_cell(cell, column.field, desk.manner, column.factor)
        if isinstance(answer, CellProblem) and cell.kind is not Kind.TEXT:
            odd_cell(desk, answer, row, column)
        elif isinstance(answer, CellProblem) and plain(cell.text) != word:
            name = column.field.name
            remark = desk.speaker.remark("sheet-total-unread", row, column.index, under=name, column=name)
            desk.reading.remarks.append(remark)
        elif isinstance(answer, str) and answer:
            stated[column.field.name] = answer
    mismatches, is_checked = sums.compare(word, amounts_of(stated, stated))
    places = {column.field.name: column.index for column in block.columns}
    word = shown_total(word)
    for wrong in mismatches:
        code = "sheet-total-balance" if wrong.is_balance else "sheet-total"
        facts: dict[str, Any] = {
            "word": word,
            "stated": wrong.stated,
            "counted": wrong.counted,
            "column": wrong.column,
        }
        remark = desk.speaker.remark(code, row, places[wrong.column], under=wrong.column, **facts)
        desk.reading.remarks.append(remark)
    if mismatches:
        why = _("{word}：与上面各行不符")
    elif is_checked:
        why = _("{word}：与上面各行核对相符") if stated else _("{word}：没有数字")
    else:
        why = _("{word}：含表外各期，没有核对")
    _skip(desk, row, why.format(word=word), stated)
