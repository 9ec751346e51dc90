"""Sums in words: read as they are written on forms, refused when they cannot be read in one way only."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.sums_in_words import read_sum
from tests.checks.small import found, read

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def four_figures(number: int) -> str:
    """Write 1 to 9999; a run of noughts inside is one 零, at the end none."""
    text, is_open = "", False
    for unit, power in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            text += ("零" if is_open and text else "") + DIGITS[digit] + unit
        is_open = not digit
    return text


def write_sum(cents: int) -> str:
    """Write a sum of 分 as a cheque does."""
    yuan, rest = divmod(cents, 100)
    text = ""
    for unit, power in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section = yuan // power % 10**4
        if section:
            text += ("零" if text and section < 1000 else "") + four_figures(section) + unit
    text += "元" if text else ""
    jiao, fen = divmod(rest, 10)
    if not rest:
        return text + "整"
    text += DIGITS[jiao] + "角" if jiao else "零" if text else ""
    return text + (DIGITS[fen] + "分" if fen else "整")


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (1, "壹分"),
        (105, "壹元零伍分"),
        (1001, "壹拾元零壹分"),
        (123456, "壹仟贰佰叁拾肆元伍角陆分"),
        (3_600_000, "叁万陆仟元整"),
        (10_000_500, "壹拾万零伍元整"),
        (70_900_000_000, "柒亿零玖佰万元整"),
        (9_999_999_999_999, "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_the_writer_of_these_tests_writes_as_a_cheque_does(cents: int, text: str):
    assert write_sum(cents) == text


@given(cents=st.one_of(st.integers(1, 10**7), st.integers(1, 9_999_999_999_999)))
@settings(max_examples=600)
def test_what_is_written_out_is_read_back(cents: int):
    assert read_sum(write_sum(cents)) == Decimal(cents) / 100


@given(cents=st.integers(100, 9_999_999_999_999))
@settings(max_examples=200)
def test_a_nought_left_out_changes_nothing(cents: int):
    assert read_sum(write_sum(cents).replace("零", "")) == Decimal(cents) / 100


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币壹仟元整", "1000"),
        ("人民币（大写）：壹仟圆正", "1000"),
        ("大写 拾元", "10"),
        ("拾万元整", "100000"),
        ("一千二百三十四元五角六分", "1234.56"),
        ("两万元", "20000"),
        ("贰萬伍仟圓整", "25000"),
        ("零元整", "0"),
        ("伍角", "0.5"),
        ("叁角整", "0.3"),
        ("壹佰元零角零分", "100"),
        ("负壹佰元整", "-100"),
    ],
)
def test_a_sum_is_read_in_each_of_its_usual_forms(text: str, amount: str):
    assert read_sum(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("", "整", "元", "元整", "零", "人民币", "1000元", "壹仟", "叁万六"),
        *("壹贰元", "壹佰壹佰元", "壹拾壹佰元", "贰万叁万元", "万元", "亿元", "壹元贰元"),
        *("壹元伍分陆角", "壹元伍", "壹仟元整备用", "大约壹仟元"),
    ],
)
def test_what_cannot_be_read_is_no_sum(text: str):
    assert read_sum(text) is None


@given(text=st.text(alphabet="零壹贰拾佰仟万亿元角分整负人民币 ：", max_size=40))
@settings(max_examples=300)
def test_no_text_is_too_odd_to_be_judged(text: str):
    amount = read_sum(text)

    assert amount is None or amount.is_finite()


RULE = {"number": "金额", "words": "大写"}


def test_a_sum_in_words_is_compared_with_the_number_beside_it():
    table = read(
        "金额:number 大写",
        *("1234.56,壹仟贰佰叁拾肆元伍角陆分", "1234.5,壹仟贰佰叁拾肆元伍角", "1000,壹万元整", "1000,1000元"),
        *(",壹仟元整", "1000,"),
    )

    assert found("in_words", RULE, table) == ["4:大写:sum-in-words", "5:大写:sum-in-words-form"]
