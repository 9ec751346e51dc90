"""Recognisers: what they accept at once, Frictionless accepts with an equal value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.frictionless_door import Judge
from generator.intake.recognisers import Recogniser
from generator.intake.table_reader import TableReader
from generator.model.item import Field
from tests.intake.fields import cells, dates, field_of, fields, numbers, schema_of

columns = (
    st.lists(cells, max_size=6) | st.lists(numbers | st.just(""), max_size=6) | st.lists(dates, max_size=6)
)


@given(fields(), columns)
@settings(max_examples=400)
def test_what_a_recogniser_accepts_frictionless_accepts_with_an_equal_value(field: Field, column: list[str]):
    values = Recogniser(field).column(column)

    if values is not None:
        judge = Judge(schema_of(field))
        assert [judge.read_cell(field.name, cell) for cell in column] == [(value, ()) for value in values]
        assert [type(value) for value in values] == [
            type(judge.read_cell(field.name, cell)[0]) for cell in column
        ]


@given(fields(), columns)
@settings(max_examples=300)
def test_the_reader_never_accepts_what_frictionless_rejects(field: Field, column: list[str]):
    lines = range(2, len(column) + 2)

    table, findings = TableReader(schema_of(field)).read([column], lines, "a.csv")

    judge = Judge(schema_of(field))
    wrong = {finding.place.line for finding in findings}
    for line, cell, value in zip(lines, column, table.column(field.name), strict=True):
        expected, broken = judge.read_cell(field.name, cell)
        if line not in wrong:
            assert not broken
            assert value == expected


@given(fields(), columns)
@settings(max_examples=200)
def test_a_recogniser_accepts_nothing_that_our_own_rules_refuse(field: Field, column: list[str]):
    if Recogniser(field).column(column) is not None:
        assert not [
            cell for cell in column if cell.startswith(("=", "+", "@", "\t", "\r")) or len(cell) > 5_000
        ]


@pytest.mark.parametrize(
    ("kind", "step", "column", "values"),
    [
        ("number", "0.01", ["1.5", "-2.25", ""], [Decimal("1.5"), Decimal("-2.25"), None]),
        ("number", "0.01", ["0", "-0"], [Decimal(0), Decimal(0)]),
        ("integer", None, ["7", "-7", ""], [7, -7, None]),
        ("date", None, ["2026-02-28", ""], [date(2026, 2, 28), None]),
        ("string", None, ["甲", "", "a\nb"], ["甲", None, "a\nb"]),
        ("number", "0.5", ["0.5", "2"], [Decimal("0.5"), Decimal(2)]),
        ("number", None, [], []),
    ],
)
def test_plain_cells_are_known_at_once(kind: str, step: str | None, column: list[str], values: list[object]):
    assert Recogniser(field_of(kind, {}, step=step)).column(column) == values


@pytest.mark.parametrize(
    ("kind", "step", "cell"),
    [
        ("number", "0.01", cell)
        for cell in ["0.001", "01", "1e5", "NaN", "1,000", " 1", "+1", "１", "1.", ".5", "1\n2"]
    ]
    + [("number", "0.5", "0.3"), ("integer", None, "1.0"), ("integer", None, "1" * 16)]
    + [("date", None, cell) for cell in ["2026-2-8", "2026-02-30", "2026-02-28\n", "２０２６-02-28"]]
    + [("string", None, cell) for cell in ["=1", "+1", "@x", "\tx", "长" * 5_001, "x\u200by", "x\x00y"]]
    + [("boolean", None, "yes")],
)
def test_other_cells_get_a_closer_look(kind: str, step: str | None, cell: str):
    assert Recogniser(field_of(kind, {}, step=step)).column([cell]) is None
