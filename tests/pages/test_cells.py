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


_NUMBERS = st.from_regex(r"-?[0-9]{1,8}(\.[0-9]{1,3})?", fullmatch=True, alphabet="-0123456789.")


@given(st.lists(st.just("") | _NUMBERS), st.sampled_from([None, "0.01", "0.1", "1"]))
def test_numbers_are_printed_the_same_from_how_they_are_written(texts, step):
    column = field("number", step=Decimal(step) if step else None)
    values = [Decimal(text) if text else None for text in texts]

    assert shown_column(column, values, texts) == shown_column(column, values)


@pytest.mark.parametrize("texts", [["1234.50", "", "999999.99", "0.00"], ["123.45"], ["1000000.00", "7"]])
def test_numbers_with_all_their_places_have_thousands_marks(texts):
    values = [Decimal(text) if text else None for text in texts]

    cells = shown_column(field("number", step=Decimal("0.01")), values, texts)

    assert cells == ["" if value is None else f"{value:,.2f}" for value in values]


def test_what_could_not_be_read_as_a_number_is_not_printed():
    assert shown_column(field("number"), [None, Decimal(2)], ["1", "2"]) == ["", "2"]


@given(st.lists(st.none() | st.text()))
def test_no_text_of_a_column_becomes_markup(values):
    for value, cell in zip(values, shown_column(field("string"), values), strict=True):
        parsed = Parsed(f"<p>{cell}</p>")
        assert parsed.shape() == {("p", ()): 1}
        assert parsed.text == (value or "")
