"""Numbers: percentages, parts of a whole, plans and ceilings, compared exactly."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.numbers import money_or_count, rounded
from tests.checks.small import LAW, article, context_of, findings_of, found, read, table_of

WIDE = Context(prec=200)
RATIO = {"is": "率", "of": "数", "base": "基数"}
amounts = st.decimals(-(10**15) + 1, 10**15 - 1, places=8)


@given(of=amounts, base=amounts.filter(bool), places=st.integers(0, 8))
@settings(max_examples=500)
def test_a_ratio_is_rounded_as_decimal_rounds_half_up(of: Decimal, base: Decimal, places: int):
    quotient = WIDE.divide(WIDE.multiply(of, Decimal(100)), base)

    assert rounded((of, Decimal(100)), base, places) == quotient.quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE
    )


@given(of=st.integers(0, 10**6), base=st.integers(1, 10**6), places=st.integers(0, 6))
@settings(max_examples=300)
def test_a_ratio_is_never_further_than_half_a_place_from_the_true_one(of: int, base: int, places: int):
    off = abs(Fraction(rounded((of, 100), base, places)) - Fraction(100 * of, base))

    assert off <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ("93.62,323,345", True),
        ("93.6,323,345", True),
        ("94,323,345", True),
        ("93.623188,323,345", True),
        ("93.63,323,345", False),
        ("93,323,345", False),
        ("0.5,1,200", True),
        ("1,1,200", True),  # exactly half of the last place is rounded up
        ("0,1,200", False),
        ("50,1,2", True),
        ("66.67,2,3", True),
        ("66.66,2,3", False),
        ("-13,-1,8", True),  # -12.5, away from nought
        ("-12.5,-1,8", True),
        ("-12,-1,8", False),
        ("100.00,7,7", True),
        ("0,0,7", True),
        ("12,0,0", True),  # nothing can be computed from nothing
        (",1,2", True),
        ("3,,2", True),
        ("3,1,", True),
    ],
)
def test_a_percentage_follows_from_its_counts_to_the_places_written(row: str, holds: bool):
    table = read("率:number 数:number 基数:number", row)

    assert found("ratios", RATIO, table) == ([] if holds else ["2:率:ratio"])


def test_an_average_is_a_ratio_that_is_not_multiplied():
    table = read("率:number 数:number 基数:number", "1500.00,36000,24", "150000,36000,24")

    assert found("ratios", {**RATIO, "times": "1"}, table) == ["3:率:ratio"]


def test_the_largest_cells_are_judged_and_not_too_large_for_arithmetic():
    most = "999999999999999.99999999"
    table = read("率:number 数:number 基数:number", f"1,{most},0.00000001", f"1,0.00000001,{most}")

    messages = [finding.message for finding in findings_of("ratios", RATIO, table)]

    assert [message.endswith("E") for message in messages] == [False, False]
    assert "9999999999999999999999900" in messages[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (37, "37"),
        (1234567, "1,234,567"),
        (Decimal("36000.00"), "36,000.00"),
        (Decimal("0.5"), "0.50"),
        (Decimal("0.125"), "0.125"),
    ],
)
def test_a_count_is_written_without_places_and_an_amount_with_them(value: Decimal | int, text: str):
    assert money_or_count(value) == text


PARTS = {"label": "项目", "of": ["金额"]}


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["捐款,7.09", "其中：自身捐赠,1.46", "其中：物资折价,0.82"], []),
        (["捐款,7.09", "其中：自身捐赠,7.09"], []),
        (["捐款,7.09", "其中：自身捐赠,5.09", "其中：物资折价,2.01"], [4]),
        (["捐款,7.09", "其中：自身捐赠,8", "其中：物资折价,1"], [3]),
        (["捐款,7.09", "其中：自身捐赠,8", "其中：退回,-1"], []),
        (["捐款,0", "其中：自身捐赠,1"], [3]),
        (["捐款,", "其中：自身捐赠,1"], []),
        (["冲减,-5", "其中：退回,-3"], []),
        (["其中：没有上一行,3", "捐款,1"], []),
        (["捐款,1", "补助,9", "其中：自身捐赠,8"], []),
        (["捐款,9", "其中：甲,8", "补助,1", "其中：乙,8"], [5]),
    ],
)
def test_parts_may_fall_short_of_their_whole_and_not_exceed_it(rows: list[str], lines: list[int]):
    table = read("项目 金额:number", *rows)

    assert found("of_which", PARTS, table) == [f"{line}:金额:of-which" for line in lines]


def test_parts_belong_to_the_whole_of_their_own_series():
    table = read("主体 项目 金额:number", "甲,捐款,9", "乙,捐款,1", "甲,其中：实物,8", "乙,其中：实物,2")

    assert found("of_which", {**PARTS, "by": ["主体"]}, table) == ["5:金额:of-which"]


def test_of_two_columns_each_has_its_own_whole():
    table = read("项目 本期:number 累计:number", "捐款,5,9", "其中：实物,6,9", "其中：现金,1,1")

    found_in = found("of_which", {"label": "项目", "of": ["本期", "累计"]}, table)

    assert found_in == ["3:本期:of-which", "4:累计:of-which"]


def test_less_than_nothing_cannot_be_held_in_a_hand():
    table = read("现金:number 事", "0,a", "0.01,b", "-0.01,c", ",d")

    assert found("not_negative", {"column": "现金"}, table) == ["4:现金:not-negative"]


def test_more_may_not_be_spent_than_planned_unseen():
    table = read("预算:number 决算:number", "36000,34500", "36000,36000", "36000,36000.01", ",1", "1,")

    rule = {"plan": "预算", "actual": "决算"}
    assert found("budget", rule, table) == ["4:决算:budget-exceeded"]
    assert "多 0.01" in findings_of("budget", rule, table)[0].message


def test_a_ceiling_may_be_reached_and_not_exceeded():
    table = read("筹资:number 事", "300,a", "300.01,b", ",c")

    assert found("ceilings", {"column": "筹资", **LAW}, table, context_of(article(most=300))) == [
        "3:筹资:threshold-exceeded"
    ]


def test_an_article_that_sets_no_ceiling_forbids_nothing():
    table = read("筹资:number", "1")

    assert found("ceilings", {"column": "筹资", **LAW}, table, context_of(article())) == []


def test_only_a_threshold_that_the_county_set_is_checked():
    table, rule = read("合同价:number", "200000", "200000.01"), {"column": "合同价", "threshold": "招投标"}

    assert found("ceilings", rule, table) == []
    context = context_of(thresholds={"招投标": 200000})
    assert found("ceilings", rule, table, context) == ["3:合同价:threshold-exceeded"]


def test_a_threshold_of_nothing_is_a_threshold():
    table, rule = (
        table_of("合同价:number", [[Decimal(1)], [Decimal(0)]]),
        {"column": "合同价", "threshold": "甲"},
    )

    assert found("ceilings", rule, table, context_of(thresholds={"甲": 0})) == ["2:合同价:threshold-exceeded"]
