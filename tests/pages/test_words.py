"""Words: figures and days as they are said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.words import amount, day, month_day, spoken


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "0 元"),
        ("0.50", "0.50 元"),
        ("308.00", "308 元"),
        ("9999.99", "9,999.99 元"),
        ("10000", "1.0 万元"),
        ("12345.60", "1.2 万元"),
        ("12500", "1.3 万元"),
        ("99949.99", "10.0 万元"),
        ("-12345.60", "-1.2 万元"),
        ("99994999.99", "9,999.5 万元"),
        ("99999500", "1.0 亿元"),
        ("100000000", "1.0 亿元"),
        ("1234567890.12", "12.3 亿元"),
        ("999994999999.99", "9,999.9 亿元"),
        ("999999999999.99", "1.0 万亿元"),
        ("-2000000000000", "-2.0 万亿元"),
    ],
)
def test_money_is_said_in_yuan_below_ten_thousand_and_in_tenths_of_wan_and_yi_above(value, said):
    assert spoken(Decimal(value)) == said


def test_other_units_are_said_with_their_own_name():
    assert spoken(Decimal("2.50"), "小时") == "2.50 小时"
    assert spoken(Decimal(3), "小时") == "3 小时"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_said_is_never_off_by_more_than_half_a_tenth_of_its_unit(value):
    number, unit = spoken(value).split(" ")
    size = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}[unit]
    allowed = 0 if unit == "元" else size / 20

    assert abs(Decimal(number.replace(",", "")) * size - value) <= allowed


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_printed_amount_reads_back_as_itself(value):
    assert Decimal(amount(value).replace(",", "")) == value


def test_days_are_written_with_spaces_and_without_leading_zeros():
    assert day(date(2026, 3, 5)) == "2026 年 3 月 5 日"
    assert month_day(date(2026, 12, 31)) == "12 月 31 日"
    assert (day(None), month_day(None)) == ("", "")
