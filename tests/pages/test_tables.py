"""Tables: all rows, the naming column first, said aloud sensibly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.model.item import Field, TableSchema
from generator.model.table import Table
from generator.pages.tables import RowForm, rows_html
from tests.pages.parsing import Parsed

SCHEMA = TableSchema(
    (
        Field("序号", "string", {}),
        Field("日期", "date", {}),
        Field("摘要", "string", {}, role="lead"),
        Field("金额", "number", {}, unit="元"),
        Field("<i>100%</i>", "string", {}),
    )
)


def table(*rows: tuple[object, ...]) -> Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA.fields)
    values = {field.name: column for field, column in zip(SCHEMA.fields, columns, strict=True)}
    texts = {name: ["" if cell is None else str(cell) for cell in column] for name, column in values.items()}
    return Table(SCHEMA, values, texts, list(range(2, 2 + len(rows))))


def test_the_naming_column_comes_first_and_the_others_keep_their_order():
    assert [field.name for field in RowForm.of(SCHEMA).fields] == [
        "摘要",
        "序号",
        "日期",
        "金额",
        "<i>100%</i>",
    ]


def test_without_a_naming_column_the_first_one_leads():
    schema = TableSchema((Field("甲", "string", {}), Field("乙", "string", {})))

    assert [field.name for field in RowForm.of(schema).fields] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("rows", "caption"), [(0, "共 0 条，全部列出"), (1, "共 1 条，全部列出"), (120, "共 120 条，全部列出")]
)
def test_every_row_is_listed_and_counted(rows, caption):
    found = Parsed(
        rows_html(table(*[(f"{n:03}", None, "事", None, None) for n in range(rows)]), RowForm.of(SCHEMA))
    )

    assert found.texts("caption") == [caption]
    assert [row[1] for row in found.rows() if len(row) > 1] == [f"{n:03}" for n in range(rows)]


def test_an_empty_table_says_so():
    assert Parsed(rows_html(table(), RowForm.of(SCHEMA))).rows() == [["没有记录"]]


def test_headings_have_a_scope_and_cells_repeat_them_for_cards():
    found = Parsed(rows_html(table(("001", None, "事", Decimal(5), "<b>%s</b>")), RowForm.of(SCHEMA)))

    assert found.texts("th") == ["摘要", "序号", "日期", "金额（元）", "<i>100%</i>"]
    assert found.values("scope") == ["col"] * 5
    assert found.values("data-label") == ["序号", "日期", "金额（元）", "<i>100%</i>"]
    assert found.rows() == [["事", "001", "", "5", "<b>%s</b>"]]
    assert found.unbalanced == []


def test_rows_that_are_sums_are_told_apart():
    html = rows_html(
        table(("1", None, "水费", Decimal(3), None), ("2", None, "合计", Decimal(3), None)),
        RowForm.of(SCHEMA),
        total=("摘要", "合计"),
    )

    assert [attributes.get("class", "") for tag, attributes in Parsed(html).tags if tag == "tr"] == [
        "",
        "",
        "sum",
    ]
