"""Table readers: a finding for every cell and key that is wrong, and no word about persons."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from frictionless import Resource, Schema
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.csv_file import read_csv
from generator.intake.frictionless_door import table_schema_descriptor
from generator.intake.table_reader import HIDDEN, TableReader
from generator.model.item import TableSchema
from tests.intake.fields import field_of, schema_of

LEDGER = schema_of(
    field_of("string", {"required": True, "unique": True}, name="号"),
    field_of("date", {}, name="日期"),
    field_of("number", {}, name="金额", step="0.01"),
    key=("号",),
)


def read(text: str, schema: TableSchema = LEDGER, *, hides_values: bool = False) -> list[tuple[object, ...]]:
    """Return the line, column and code of what is wrong in a CSV text."""
    _table, findings = read_csv(text.encode(), "a.csv", TableReader(schema, hides_values=hides_values))
    return [(finding.place.line, finding.place.column, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("号,日期,金额\n1,2026-07-01,三千\n", [(2, "金额", "cell-type")]),
        ("号,日期,金额\n1,2026-07-01,3000\n2,7 月 2 日,\n", [(3, "日期", "cell-type")]),
        ("号,日期,金额\n,2026-07-01,3\n", [(2, "号", "cell-required")]),
        (
            "号,日期,金额\n1,,1e5\n2,,NaN\n3,,INF\n4,,1.005\n",
            [
                (2, "金额", "cell-number-form"),
                (3, "金额", "cell-number-form"),
                (4, "金额", "cell-number-form"),
                (5, "金额", "cell-step"),
            ],
        ),
        ('号,日期,金额\n1,,"1,000.00"\n', [(2, "金额", "cell-type")]),
        ("号,日期,金额\n1,,sNaN\n", [(2, "金额", "cell-number-form")]),
        ("号,日期,金额\n1,,-5\n1,,6\n2,,7\n1,,8\n", [(3, "号", "key-duplicate"), (5, "号", "key-duplicate")]),
        ('号,日期,金额\n"1\n一",,5\n2,,x\n', [(3, "金额", "cell-type")]),
        (
            "号,日期,金额\r\n1,,x\r\n\r\n2,,y\r\n",
            [(3, None, "row-blank"), (2, "金额", "cell-type"), (4, "金额", "cell-type")],
        ),
        ("号,日期,金额\n=1,,\n", [(2, "号", "cell-formula")]),
        ("号,日期,金额\n1,2\n", [(2, None, "row-cells")]),
        ('号,日期,金额\n1,,"2\n', [(2, None, "csv-syntax")]),
        ('号,日期,金额\n1,,"2"3\n', [(2, None, "csv-syntax")]),
        ("", [(None, None, "file-empty")]),
        ("\n\n,,\n", [(None, None, "file-empty")]),
        ("号,日期,金额\n", [(1, None, "rows-missing")]),
        ("日期,号,金额\n,1,\n", [(1, None, "header-order")]),
        ("号,日期,金额,\n1,,,\n", [(1, None, "header-unknown")]),
        ("号；日期；金额\n1；；\n", [(1, None, "csv-separator")]),
        ("\n号,日期,金额\n1,,\n", [(1, None, "header-absent")]),
        ("收支明细\n号,日期,金额\n", [(1, None, "header-absent")]),
    ],
)
def test_what_is_wrong_is_found_at_its_row_and_column(text: str, found: list[tuple[object, ...]]):
    assert sorted(map(str, read(text))) == sorted(map(str, found))


def test_a_repeated_key_names_the_first_row_that_has_it():
    _table, findings = read_csv("号,日期,金额\n1,,5\n2,,\n1,,6\n".encode(), "a.csv", TableReader(LEDGER))

    assert [finding.message for finding in findings] == ["「号」与第 2 行重复"]


def test_a_key_of_several_columns_repeats_only_as_a_whole():
    schema = schema_of(
        field_of("string", {}, name="甲"), field_of("integer", {}, name="乙"), key=("甲", "乙")
    )

    assert read("甲,乙\na,1\na,2\nb,1\na,1\n,\n", schema) == [
        (6, None, "row-blank"),
        (5, "甲", "key-duplicate"),
    ]


def test_an_empty_key_is_missing_and_not_repeated():
    assert read("号,日期,金额\n,2026-01-01,\n,2026-01-02,\n") == [
        (2, "号", "cell-required"),
        (3, "号", "cell-required"),
    ]


# Put together here: the guard over this repository must find no number in it.
NUMBERS = [("{}0000元".format("1380000"), HIDDEN), ("{}01123X".format("500101199001"), HIDDEN)]


@pytest.mark.parametrize(("cell", "shown"), [("三千", "三千"), ("x" * 40, "x" * 30 + "…"), *NUMBERS])
def test_a_finding_repeats_a_cell_only_when_it_is_nobodys_number(cell: str, shown: str):
    _table, findings = read_csv(f"号,日期,金额\n1,,{cell}\n".encode(), "a.csv", TableReader(LEDGER))

    assert [finding.message for finding in findings] == [f"「{shown}」不是数字"]


def test_a_table_about_persons_is_never_repeated_not_even_its_header():
    text = "号,日期,田某甲\n冉某乙,冉某乙,冉某乙\n"
    _table, findings = read_csv(text.encode(), "a.csv", TableReader(LEDGER, hides_values=True))
    _table, more = read_csv(
        "号,日期,金额\n1,冉某乙,冉某乙\n".encode(), "a.csv", TableReader(LEDGER, hides_values=True)
    )

    words = "".join(f.message + f.hint + str(f.place.column) for f in [*findings, *more])
    assert len(findings) == len(more) == 2
    assert "某" not in words


def test_columns_out_of_order_are_read_all_the_same():
    table, _findings = read_csv("金额,日期,号\n5,,1\n".encode(), "a.csv", TableReader(LEDGER))

    assert (list(table.column("号")), list(map(str, table.column("金额")))) == (["1"], ["5"])


small = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "", "01"]),
        st.sampled_from(["2026-07-01", "", "2026-02-30"]),
        st.sampled_from(["5", "5.00", "", "x", "-1.25"]),
    ),
    min_size=1,
    max_size=5,
)


@given(rows=small)
@settings(max_examples=60)
def test_a_table_without_findings_passes_stock_frictionless(
    rows: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
):
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("号", "日期", "金额"), *rows])
    if not read(buffer.getvalue()):
        path: Path = tmp_path_factory.mktemp("stock") / "a.csv"
        path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
        schema = Schema.from_descriptor(table_schema_descriptor(LEDGER))
        report = Resource(path=path.name, basepath=str(path.parent), schema=schema).validate()
        assert report.valid, report.flatten(["type", "note"])
