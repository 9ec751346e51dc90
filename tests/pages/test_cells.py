"""Cells: typed values as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.item import Field
from generator.pages.cells import shown, shown_column
from tests.pages.parsing import Parsed


def field(kind: str, **more) -> Field:
    return Field("列", kind, {}, **more)


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        (field("number", step=Decimal("0.01")), Decimal("18000"), "18,000.00"),
        (field("number", step=Decimal("0.5")), Decimal("2.5"), "2.5"),
        (field("number", step=Decimal("1")), Decimal("1234"), "1,234"),
        (field("number"), Decimal("1234.5000"), "1,234.5000"),
        (field("number", step=Decimal("0.01")), Decimal("-72"), "-72.00"),
        (field("integer", unit="人"), 1812, "1,812"),
        (field("integer"), 2026, "2026"),
        (field("date"), date(2026, 9, 3), "2026-09-03"),
        (field("string"), "记-001", "记-001"),
        (field("string"), None, ""),
        (field("number"), None, ""),
    ],
)
def test_a_cell_is_shown_as_its_column_says(column, value, text):
    assert shown(column, value) == text
    assert shown_column(column, [value]) == [text]


@given(st.lists(st.none() | st.text()))
def test_no_text_of_a_column_becomes_markup(values):
    for value, cell in zip(values, shown_column(field("string"), values), strict=True):
        parsed = Parsed(f"<p>{cell}</p>")
        assert parsed.shape() == {("p", ()): 1}
        assert parsed.text == (value or "")
