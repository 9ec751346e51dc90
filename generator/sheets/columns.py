"""Columns: what becomes of each column of a table, and what is to be said of those that are not taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.model.item import Field
from generator.sheets.footers import is_footer
from generator.sheets.grid import Grid, column_name, text_cell
from generator.sheets.headings import Confirmed, Vocabulary
from generator.sheets.layout import (
    Block,
    Column,
    Label,
    MonthAndDay,
    is_serial,
    is_village,
    same_field_twice,
    split_blocks,
)
from generator.sheets.plain_text import plain
from generator.sheets.remark import Remark, Skipped, Speaker
from generator.sheets.rows import Role, role_of, total_word
from generator.sheets.tables import SheetTable
from generator.sheets.units import money_factor, unit_of_heading
from generator.wording import N_, _

_MEASURES = ("亩", "公顷", "平方米", "平方公里", "人", "户", "小时", "分", "吨", "公斤", "株", "头", "工日")
_YEAR = re.compile(r"([12]\d{3})年?")


@dataclass(slots=True)
class Plan:
    """How a table is read: its blocks, and what was found on the way."""

    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    serial: Field | None = None
    numbered: Field | None = None


def plan_table(
    grid: Grid, table: SheetTable, vocabulary: Vocabulary, confirmed: Confirmed, speaker: Speaker
) -> Plan:
    """Return how to read ``table`` into the schema of ``vocabulary``."""
    plan = Plan(serial=vocabulary.serial_field)
    for first, last, labels in split_blocks(table.heading, vocabulary, grid.width):
        plan.blocks.append(_plan_block(grid, table, vocabulary, speaker, plan, (first, last, labels)))
    _require_columns(table, vocabulary, confirmed, speaker, plan)
    return plan


def _plan_block(
    grid: Grid,
    table: SheetTable,
    vocabulary: Vocabulary,
    speaker: Speaker,
    plan: Plan,
    bounds: tuple[int, int, list[Label]],
) -> Block:
    first, last, labels = bounds
    columns: list[Column] = []
    village_column: int | None = None
    split_date = _month_and_day(labels, vocabulary)
    for label in labels:
        if split_date is not None and label.column in (split_date.month, split_date.day):
            continue
        field_ = vocabulary.field_of(label.upper, label.lower)
        letters = column_name(label.column)
        if vocabulary.is_left_out(label.upper, label.lower):
            plan.skipped.append(Skipped(speaker.sheet, None, letters, _("记住的对应：这一列不收")))
        elif kind := vocabulary.personal_kind(label.upper, label.lower):
            plan.skipped.append(Skipped(speaker.sheet, None, letters, _("个人信息，没有读入")))
            facts = {"column": letters, "kind": _(_PERSONAL[kind])}
            plan.remarks.append(speaker.remark("sheet-personal-column", None, label.column, **facts))
        elif field_ is not None:
            columns.append(_column(label, field_, table, speaker, plan))
        elif is_village(label):
            village_column = label.column
        elif is_serial(label) and _counts(grid, table.rows, label.column):
            plan.skipped.append(Skipped(speaker.sheet, None, letters, _("只是行次，本项没有这一列")))
        elif not _has_content(grid, table.rows, label.column):
            plan.skipped.append(Skipped(speaker.sheet, None, letters, _("有表头，没有内容")))
        else:
            _unknown(label, table, vocabulary, speaker, plan)
    for name, twice in same_field_twice(columns).items():
        headings = "、".join(
            f"{column_name(column.index)} {speaker.shown(column.heading)}" for column in twice
        )
        facts = {"column": name, "headings": headings}
        plan.remarks.append(speaker.remark("sheet-heading-twice", table.heading.row, twice[1].index, **facts))
    _outside(grid, table, (first, last), {label.column for label in labels}, speaker, plan)
    serials = tuple(label.column for label in labels if is_serial(label))
    return Block(first, last, tuple(columns), village_column, split_date, serials)


def _column(label: Label, field_: Field, table: SheetTable, speaker: Speaker, plan: Plan) -> Column:
    unit = unit_of_heading(label.lower) or unit_of_heading(label.upper)
    factor = money_factor(unit) if unit else None
    is_money = field_.unit == "元"
    is_other = unit in _MEASURES and bool(field_.unit) and plain(field_.unit) != unit
    if (factor is not None and not is_money and field_.unit) or is_other:
        facts = {"heading": label.text, "unit": unit, "column": field_.name, "expected": field_.unit}
        row = table.heading.row + table.heading.depth - 1
        plan.remarks.append(speaker.remark("sheet-unit", row, label.column, under=field_.name, **facts))
    return Column(label.column, label.text, field_, factor if is_money else None)


def _month_and_day(labels: Sequence[Label], vocabulary: Vocabulary) -> MonthAndDay | None:
    """Return the pair of columns 月 and 日 that stands for the table's date, or None."""
    days = [column for column in vocabulary.schema.fields if column.type == "date"]
    chosen = next((column for column in days if column.role == "date"), days[0] if len(days) == 1 else None)
    for left, right in pairwise(labels):
        if chosen is not None and (plain(left.lower), plain(right.lower)) == ("月", "日"):
            match = _YEAR.match(plain(left.upper))
            return MonthAndDay(left.column, right.column, chosen, int(match[1]) if match else None)
    return None


def _unknown(label: Label, table: SheetTable, vocabulary: Vocabulary, speaker: Speaker, plan: Plan) -> None:
    names = "、".join(column.name for column in vocabulary.schema.fields)
    facts = {"heading": speaker.shown(label.text), "columns": names}
    row = table.heading.row + table.heading.depth - 1
    plan.remarks.append(speaker.remark("sheet-heading-unknown", row, label.column, **facts))


def _outside(
    grid: Grid,
    table: SheetTable,
    bounds: tuple[int, int],
    headed: set[int],
    speaker: Speaker,
    plan: Plan,
) -> None:
    """Remark on columns that have cells below and no heading above."""
    for column in range(bounds[0], bounds[1] + 1):
        if column in headed:
            continue
        rows = [row for row in table.rows if not grid.rows[row][column].is_blank]
        # What is alone in its row is a title or a note, and is told of as such.
        rows = [row for row in rows if sum(not cell.is_blank for cell in grid.rows[row]) > 1]
        rows = [row for row in rows if not _is_foot(grid, row)]
        if rows:
            plan.remarks.append(speaker.remark("sheet-cell-outside", rows[0], column, count=len(rows)))


def _is_foot(grid: Grid, row: int) -> bool:
    return role_of(grid.rows[row], grid.width, ()) in (Role.FOOTER, Role.NOTE, Role.PAGE)


def _counts(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Return whether a column holds figures alone: what is called 编号 may be more than a running number."""
    texts = [plain(grid.rows[row][column].text) for row in rows if not grid.rows[row][column].is_blank]
    return all(text.isdigit() or total_word([text_cell(text)]) or is_footer(text) for text in texts)


def _has_content(grid: Grid, rows: Sequence[int], column: int) -> bool:
    return any(not grid.rows[row][column].is_blank for row in rows)


def _require_columns(
    table: SheetTable, vocabulary: Vocabulary, confirmed: Confirmed, speaker: Speaker, plan: Plan
) -> None:
    for block in plan.blocks:
        present = {column.field.name for column in block.columns} | set(confirmed.constants)
        if block.split_date is not None:
            present.add(block.split_date.field.name)
        for column in vocabulary.schema.fields:
            if column.name in present or not column.is_required:
                continue
            if column is vocabulary.serial_field:
                plan.numbered = column
                continue
            remark = speaker.remark(
                "sheet-column-missing", table.heading.row, under=column.name, column=column.name
            )
            if remark not in plan.remarks:
                plan.remarks.append(remark)


_PERSONAL = {
    "citizen-id": N_("证件号码"),
    "account": N_("银行账号"),
    "phone": N_("电话"),
    "address": N_("住址"),
    "birth-date": N_("年龄、生日"),
    "health": N_("身体状况"),
    "reason": N_("家庭情况"),
}
