"""Columns that a file need not have: absent, they read as empty; there, they stand in their order."""

from __future__ import annotations

import pytest

from generator.intake.csv_file import read_csv
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding
from generator.model.item import Field, TableSchema
from generator.model.table import Table

SCHEMA = TableSchema(
    (
        Field(
            "号", "string", {"name": "号", "type": "string"}, constraints={"required": True, "unique": True}
        ),
        Field("旁注", "string", {"name": "旁注", "type": "string"}, is_optional=True),
        Field("金额", "number", {"name": "金额", "type": "number"}),
        Field("页数", "integer", {"name": "页数", "type": "integer"}, is_optional=True),
    ),
    ("号",),
)


def read(text: str) -> tuple[Table, list[Finding]]:
    return read_csv(text.encode(), "a.csv", TableReader(SCHEMA))


def codes(text: str) -> list[tuple[int | None, str | None, str]]:
    return [(found.place.line, found.place.column, found.code) for found in read(text)[1]]


def test_an_absent_column_reads_as_empty():
    table, findings = read("号,金额\n1,5\n2,6\n")

    assert findings == []
    assert list(table.column("旁注")) == [None, None]
    assert list(table.amounts("页数")) == [0, 0]
    assert list(table.texts) == ["号", "金额"]


@pytest.mark.parametrize("header", ["号,旁注,金额,页数", "号,旁注,金额", "号,金额,页数", "号,金额"])
def test_any_choice_of_optional_columns_is_a_sound_table(header: str):
    row = ",".join("1" for _name in header.split(","))

    assert codes(f"{header}\n{row}\n") == []


def test_a_column_that_is_there_stands_in_its_order_and_is_judged():
    assert codes("号,金额,旁注\n1,5,甲\n") == [(1, None, "header-order")]
    assert codes("号,旁注,旁注,金额\n1,甲,乙,5\n") == [(1, "旁注", "header-duplicate")]
    assert codes("号,金额,页数\n1,5,三\n") == [(2, "页数", "cell-type")]


def test_the_other_columns_must_be_there():
    assert codes("号,旁注\n1,甲\n") == [(1, "金额", "header-missing")]


def test_keys_are_judged_with_and_without_the_column():
    assert codes("号,金额\n1,5\n1,6\n") == [(3, "号", "key-duplicate")]
    assert codes("号,旁注,金额\n1,甲,5\n1,乙,6\n") == [(3, "号", "key-duplicate")]
