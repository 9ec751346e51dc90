"""Answers: what a county says of itself becomes folders, or is asked for again in words."""

from __future__ import annotations

from datetime import date

import pytest

from generator.starting.answers import (
    AnswerError,
    CountyAnswers,
    TownshipAnswer,
    county_code,
    folder_of,
    township_answer,
)

COUNTY = "999900000000"


def test_a_county_may_be_given_by_its_first_six_digits():
    assert county_code(" 999900 ") == COUNTY
    assert county_code(COUNTY) == COUNTY


@pytest.mark.parametrize("code", ["", "9999", "99990０", "999901000001", "999900x00000"])
def test_what_is_no_county_code_is_refused(code: str):
    with pytest.raises(AnswerError, match="区划代码"):
        county_code(code)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("清溪镇", "qingxi"), ("白云街道", "baiyun"), ("乡", "xiang"), ("单家集乡", "danjiaji"), ("A8镇", "a8")],
)
def test_a_townships_folder_is_spelled_from_its_name(name: str, folder: str):
    assert folder_of(name) == folder


def test_a_township_is_read_with_or_without_its_folder():
    plain = township_answer("清溪镇=999901000", COUNTY, ())

    assert plain == TownshipAnswer("清溪镇", "999901000000", "qingxi")
    assert township_answer("清溪镇 = 999901000000 = qx", COUNTY, ()).folder == "qx"


def test_two_townships_of_one_sound_get_two_folders():
    first = township_answer("清溪镇=999901000", COUNTY, ())

    assert township_answer("青西乡=999902000", COUNTY, (first,)).folder == "qingxi-2"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("清溪镇", "写成"),
        ("清溪镇=12", "写成"),
        ("清溪镇=888801000000", "不是本县的"),
        ("清溪镇=999901000000=About QR", "不能作文件夹名"),
        ("清溪镇=999901000000=assets", "不能作文件夹名"),
        ("白云镇=999902000000", "已经写过"),
        ("别的镇=999902000000", "已经写过"),
        ("别的镇=999903000000=baiyun", "已经给了别的乡镇"),
    ],
)
def test_a_township_that_cannot_be_is_refused_in_words(text: str, problem: str):
    known = (TownshipAnswer("白云镇", "999902000000", "baiyun"),)

    with pytest.raises(AnswerError, match=problem):
        township_answer(text, COUNTY, known)


def test_the_provinces_due_dates_are_taken_where_they_ship():
    def answers(code: str) -> CountyAnswers:
        return CountyAnswers(code, "某县", (), date(2026, 1, 1))

    assert answers("500100000000").profile == "chongqing"
    assert answers(COUNTY).profile == ""
