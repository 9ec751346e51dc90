"""Records: one row of a sheet becomes one record, with a remark at every odd cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.item import DisclosureItem, Field
from generator.sheets.cells import Answer, CellProblem, Manner, read_cell
from generator.sheets.footers import Footer
from generator.sheets.grid import BLANK, Cell, Grid, text_cell
from generator.sheets.layout import Block, Column
from generator.sheets.plain_text import plain
from generator.sheets.remark import Remark, Skipped, Speaker
from generator.wording import _

# The categories of a balance that is brought forward.
_OPENING = ("期初", "上月结转")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its cells by column, the row of the sheet it stands in, and its village if that is said."""

    cells: dict[str, str]
    row: int
    block: int
    village: str = ""


@dataclass(slots=True)
class Reading:
    """All that a table gave: records in the sheet's own order, its foot, what is odd, what was left out."""

    records: list[Record] = field(default_factory=list)
    footer: Footer = field(default_factory=Footer)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """What stays the same while a table is read."""

    grid: Grid
    item: DisclosureItem
    manner: Manner
    constants: Mapping[str, str]
    speaker: Speaker
    filled: Mapping[tuple[int, int], tuple[int, int]]
    reading: Reading


def read_record(desk: Desk, block: Block, number: int, row: int, month: str) -> tuple[Record, str]:
    """Return the record in ``row`` and the month that the next row goes on with."""
    cells: dict[str, str] = {column.name: "" for column in desk.item.schema.fields}
    for column in block.columns:
        cell = _cell_at(desk, row, column)
        cells[column.field.name] = _read_one(desk, cell, column, row)
    if block.split_date is not None:
        cells[block.split_date.field.name], month = _date_of(desk, block, row, month)
    on_sheet = {column.field.name for column in block.columns}
    cells |= {name: value for name, value in desk.constants.items() if name in cells and name not in on_sheet}
    _complete_opening(desk, cells, row)
    village = ""
    if block.village_column is not None:
        place = desk.filled.get((row, block.village_column), (row, block.village_column))
        village = desk.grid.rows[place[0]][place[1]].text
    return Record(cells, row, number, village), month


def _complete_opening(desk: Desk, cells: dict[str, str], row: int) -> None:
    """Fill in what the row of the balance brought forward leaves open, and say so.

    What it is and of which day follows from its words alone: clerks write 上月结转 and an amount.
    """
    schema = desk.item.schema
    lead, kind, day = (schema.name_of(role) for role in ("lead", "category", "date"))
    if "running_balance" not in desk.item.laws or lead is None:
        return
    words = plain(cells[lead])
    filled = []
    if kind is not None:
        allowed = schema.field_named(kind).constraints.get("enum", ())
        meant = words if words in allowed else desk.manner.spellings.get((kind, words), "")
        if meant not in _OPENING:
            return
        if not cells[kind]:
            cells[kind] = meant
            filled.append(kind)
    if day is not None and not cells[day] and desk.manner.first_day is not None:
        cells[day] = desk.manner.first_day.isoformat()
        filled.append(day)
    if filled:
        desk.reading.remarks.append(desk.speaker.remark("sheet-opening", row, columns="、".join(filled)))


def _cell_at(desk: Desk, row: int, column: Column) -> Cell:
    """Return a cell; one merged over several rows stands in each, but an amount may count only once."""
    above = desk.filled.get((row, column.index))
    if above is None:
        return desk.grid.rows[row][column.index]
    cell = desk.grid.rows[above[0]][above[1]]
    if column.field.is_numeric and not cell.is_blank:
        facts = {"first": above[0] + 1, "column": column.field.name}
        remark = desk.speaker.remark(
            "sheet-merged-amount", row, column.index, under=column.field.name, **facts
        )
        desk.reading.remarks.append(remark)
        return BLANK
    return cell


def _read_one(desk: Desk, cell: Cell, column: Column, row: int) -> str:
    answer: Answer = read_cell(cell, column.field, desk.manner, column.factor)
    if isinstance(answer, str):
        return answer
    return odd_cell(desk, answer, row, column)


def odd_cell(desk: Desk, problem: CellProblem, row: int, column: Column) -> str:
    """Remark on a cell that could not be read, and return what stands for it."""
    desk.reading.remarks.append(problem_remark(desk.speaker, problem, column.field, row, column.index))
    return ""


def problem_remark(
    speaker: Speaker, problem: CellProblem, field_: Field, row: int | None = None, place: int | None = None
) -> Remark:
    """Return the remark on a cell of a column that could not be read."""
    example = field_.example
    facts = {
        "value": speaker.shown(problem.value),
        "column": field_.name,
        "example": _("，例如 {example}").format(example=example) if example else "",
        **problem.facts,
    }
    return speaker.remark(problem.code, row, place, under=field_.name, **facts)


def _date_of(desk: Desk, block: Block, row: int, month: str) -> tuple[str, str]:
    """Return the date of a row that has its month and its day in two columns, and the month to go on with."""
    split = block.split_date
    assert split is not None
    day_cell = desk.grid.rows[row][split.day]
    written = plain(desk.grid.rows[row][split.month].text) or month
    day = plain(day_cell.text)
    if not day:
        return "", written
    year = split.year or desk.manner.year
    text = f"{written}月{day}日" if year is None else f"{year}年{written}月{day}日"
    column = Column(split.day, split.field.name, split.field)
    return _read_one(desk, text_cell(text), column, row), written
