"""Templates: what is written for an item is read back, whatever the item, and is made for a clerk."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.sheets.canonical import difference
from generator.sheets.writing.examples import example_rows
from generator.sheets.writing.template import FIRST_ROW, template_bytes
from tests.sheets.reading import county, read

TABLES = [
    version
    for versions in county()[0].catalogue.versions.values()
    for version in versions
    if not version.is_document
]
DAY = date(2026, 9, 30)


def place_for(item: DisclosureItem) -> tuple[str, str, Period]:
    """Return the slug and the name of somebody who discloses ``item``, and a period of it."""
    day = DAY if item.is_valid_on(DAY) else item.valid_to or item.valid_from or DAY
    village = next(v for v in county()[1].villages if v.kind in item.applies_to)
    return village.slug, village.name, Period.holding(day, item.period_kind or "month")


def typed(text: str, kind: str) -> Any:
    """Return a cell as a clerk's spreadsheet holds it."""
    if not text:
        return None
    if kind in ("number", "integer"):
        return float(Decimal(text))
    return date.fromisoformat(text) if kind == "date" else text


def filled(content: bytes, item: DisclosureItem, rows: list[dict[str, str]]) -> bytes:
    """Return a template after a clerk has typed rows into it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet: Any = book.active
    for number, row in enumerate(rows, start=FIRST_ROW):
        for place, column in enumerate(item.schema.fields, start=1):
            sheet.cell(number, place).value = typed(row[column.name], column.type)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ids(items: list[DisclosureItem]) -> list[str]:
    return [f"{item.name}-{item.valid_to or ''}" for item in items]


@pytest.mark.parametrize("item", TABLES, ids=ids(TABLES))
def test_what_is_typed_into_a_template_comes_in_as_it_is(item: DisclosureItem):
    slug, name, period = place_for(item)
    rows = list(example_rows(item))
    content = filled(template_bytes(item, village=name, period=period.title), item, rows)

    found = read(content, f"{name}{period.title}{item.title}.xlsx")

    assert found.remarks == []
    (draft,) = found.understanding.drafts
    assert (draft.village.slug, draft.item.name, draft.period) == (slug, item.name, period)
    expected = [tuple(row[column.name] for column in item.schema.fields) for row in rows]
    assert not difference(item.schema, expected, draft.rows)
    assert "4:示例行" in found.skipped


@pytest.mark.parametrize("item", TABLES, ids=ids(TABLES))
def test_a_template_that_nobody_filled_in_gives_no_row(item: DisclosureItem):
    _slug, name, period = place_for(item)

    found = read(template_bytes(item, village=name, period=period.title), "表.xlsx")

    assert [remark.rpartition(":")[2] for remark in found.remarks] == ["rows-missing"]
    assert all(not draft.records for draft in found.understanding.drafts)


@pytest.mark.parametrize("item", TABLES, ids=ids(TABLES))
def test_a_template_shows_every_column_with_a_note_and_lets_only_cells_be_written(item: DisclosureItem):
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(item, village="青石村", period="2026年9月")))
    sheet: Any = book.active
    # Receipts are attached, never typed.
    columns = [column for column in item.schema.fields if column.role != "receipts"]

    assert [cell.value for cell in sheet[3]] == [column.name for column in columns]
    assert all(cell.comment is not None and cell.protection.locked for cell in sheet[3])
    assert sheet["A4"].value.startswith("示例：")
    assert sheet.protection.sheet and not sheet.protection.password
    assert not any(sheet.column_dimensions[cell.column_letter].protection.locked for cell in sheet[3])
    lists = {str(v.sqref).split("5:")[0] for v in sheet.data_validations.dataValidation if v.type == "list"}
    enums = {
        cell.column_letter
        for cell, column in zip(sheet[3], columns, strict=True)
        if "enum" in column.constraints or column.type == "boolean"
    }
    assert lists == enums
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.freeze_panes == "A4"


def test_the_same_template_is_the_same_bytes():
    item = next(item for item in TABLES if item.name == "finance")

    first = template_bytes(item, village="青石村", period="2026年9月")

    assert first == template_bytes(item, village="青石村", period="2026年9月")


def test_a_note_says_what_which_unit_which_rule_and_an_example():
    item = next(item for item in TABLES if item.name == "finance")
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(item, village="", period="")))
    sheet: Any = book.active
    comment = sheet["H3"].comment

    assert comment is not None
    assert comment.text == "填什么：数字，单位元\n规定：不小于 0；最小单位 0.01\n例如：18000.00"


def test_a_ledger_s_second_example_is_a_payment_whose_balance_comes_out():
    item = next(item for item in TABLES if item.name == "finance")
    first, second = example_rows(item)

    assert Decimal(second["结余"]) == Decimal(first["结余"]) - Decimal(second["支出"])
    assert (first["序号"], second["序号"], second["收入"]) == ("001", "002", "")


@pytest.mark.parametrize("item", TABLES, ids=ids(TABLES))
def test_the_two_rows_of_an_example_have_keys_of_their_own(item: DisclosureItem):
    first, second = example_rows(item)
    keys = [column.name for column in item.schema.fields if column.constraints.get("unique")]

    assert all(first[name] != second[name] for name in keys if first[name])
    if item.schema.primary_key:
        assert any(first[name] != second[name] for name in item.schema.primary_key)


def test_where_rows_are_added_up_the_second_example_is_the_total():
    item = next(item for item in TABLES if item.name == "fee_reduction")
    first, second = example_rows(item)

    assert second["单位"] == "合计"
    assert first["减免金额"] == second["减免金额"]


def test_a_code_of_an_organisation_has_its_check_mark_in_both_examples():
    item = next(item for item in TABLES if item.name == "org_code")
    rows = example_rows(item)

    assert rows[0]["统一社会信用代码"] != rows[1]["统一社会信用代码"]
    assert all(is_valid_code(row["统一社会信用代码"]) for row in rows)


def is_valid_code(code: str) -> bool:
    """Return whether the last mark is that of GB 32100-2015."""
    marks = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(marks.index(mark) * 3**place for place, mark in enumerate(code[:17]))
    return (31 - total % 31) % 31 == marks.index(code[17])


def test_a_blank_title_is_asked_for_and_nothing_is_guessed():
    item = next(item for item in TABLES if item.name == "finance")
    content = filled(template_bytes(item, village="", period=""), item, list(example_rows(item)))

    found = read(content, "财务收支.xlsx")

    assert [remark.rpartition(":")[2] for remark in found.remarks] == ["sheet-village-absent"]
