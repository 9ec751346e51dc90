"""Rows: what must be filled in, what must not be there, what comes twice or is left out."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model.item import Field, TableSchema
from generator.model.table import Table
from tests.checks.small import LAW, article, context_of, findings_of, found, read, resource_of


def test_what_a_row_of_a_kind_needs_is_asked_of_no_other_row():
    table = read("状态 办结日:date 结果", "办结,,", "办理中,,", "办结,2026-01-05,好")
    rule = {"filled": ["办结日", "结果"], "where": {"状态": ["办结", "已办"]}}

    assert found("requires", rule, table) == ["2:办结日:required-when", "2:结果:required-when"]
    assert findings_of("requires", rule, table)[0].message == "办结，记录未显示办结日"


@pytest.mark.parametrize(
    ("thresholds", "lines"), [({}, []), ({"大额": 5000}, [3]), ({"大额": 4999}, [2, 3]), ({"小额": 1}, [])]
)
def test_more_is_asked_above_the_threshold_that_the_county_set(thresholds: dict[str, int], lines: list[int]):
    table = read("支出:number 会议", "5000.00,", "5000.01,", "9000,村民会议", ",村民会议")
    rule = {"filled": ["会议"], "over": "支出", "threshold": "大额"}

    found_in = found("requires", rule, table, context_of(thresholds=thresholds))

    assert found_in == [f"{line}:会议:required-when" for line in lines]


def test_where_money_must_be_there_a_nought_is_none():
    table = read("事项 经费:number", "巡山,0.00", "医保,", "核查,0.01")
    rule = {"above_zero": ["经费"], "where": {"事项": ["巡山", "医保", "核查"]}}

    assert found("requires", rule, table) == ["2:经费:required-when", "3:经费:required-when"]
    rule = {"above_zero": ["经费"], **LAW}
    finding = findings_of("requires", rule, table, context_of(article()))[0]
    assert finding.message == "本行，记录未显示经费（《试行办法》第一条）"


def test_an_article_that_is_not_in_force_here_asks_for_nothing():
    table = read("状态 办结日:date", "办结,")
    rule = {"filled": ["办结日"], "where": {"状态": ["办结"]}, **LAW}

    assert found("requires", rule, table, context_of(article(province="zhejiang"))) == []
    finding = findings_of("requires", rule, table, context_of(article()))[0]
    assert finding.message == "办结，记录未显示办结日（《试行办法》第一条）"


def test_what_the_law_forbids_is_shown_where_it_stands():
    table = read("事项 类型", "修路,工程", "为人担保,担保")
    rule = {"where": {"类型": ["担保"]}, **LAW}

    assert found("forbidden", rule, table, context_of(article())) == ["3:类型:forbidden"]
    assert found("forbidden", rule, table, context_of(article(province="zhejiang"))) == []


def test_the_same_thing_twice_is_shown_at_each_row_after_the_first():
    table = read(
        "日期:date 事项", "2026-01-05,甲", "2026-01-05,乙", "2026-01-05,甲", "2026-01-05,甲", ",甲", ",甲"
    )

    findings = findings_of("repeated", {"columns": ["日期", "事项"]}, table)

    assert [finding.place.line for finding in findings] == [4, 5]
    assert [finding.message for finding in findings] == ["本行的日期、事项与第 2 行相同"] * 2


def test_a_repeated_person_is_not_named():
    table = read("户主 事由", "甲氏青松,甲", "甲氏青松,甲", private=["户主"])

    assert "青松" not in findings_of("repeated", {"columns": ["户主"]}, table)[0].message


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        ("1 2 3", []),
        ("1 3", [(3, 1)]),
        ("3 1 2", []),
        ("记-001 记-002 记-004", [(4, 1)]),
        ("记-009 记-010", []),
        ("记-001 收-007 记-002 收-008", []),
        ("第1周 第3周", []),  # no trailing number: not counted
        ("2026-01 2026-02 2026-05", [(4, 2)]),
        ("1 1 2", []),
        ("1 999999999", [(3, 999999997)]),
    ],
)
def test_a_number_that_is_left_out_is_shown_at_the_next(numbers: str, gaps: list[tuple[int, int]]):
    findings = findings_of("continuous", {"column": "号"}, read("号", *numbers.split()))

    assert [
        (f.place.line, f"缺 {gap[1]} 个" in f.message) for f, gap in zip(findings, gaps, strict=True)
    ] == [(line, True) for line, _missing in gaps]


def test_each_series_is_numbered_by_itself():
    table = read("账户 号:integer", "银行,1", "现金,1", "银行,2", "现金,3")

    assert found("continuous", {"column": "号", "by": ["账户"]}, table) == ["5:号:sequence-gap"]


def test_what_comes_later_stands_below():
    table = read("日期:date", "2026-01-05", "2026-01-05", "2026-01-04", "2026-01-06")

    findings = findings_of("ascending", {"column": "日期"}, table)

    assert [finding.message for finding in findings] == ["日期是 2026-01-04，比上面第 3 行的 2026-01-05 早"]


def test_numbers_grow_too_and_are_called_smaller():
    table = read("甲 期:integer", "a,1", "b,9", "a,2", "b,8", "a,")

    findings = findings_of("ascending", {"column": "期", "by": ["甲"]}, table)

    assert [finding.message for finding in findings] == ["期是 8，比上面第 3 行的 9 小"]


def test_stages_come_in_the_order_in_which_the_column_allows_them():
    stages = ["准备", "登记", "投票"]
    named = {"name": "阶段", "type": "string"}
    field = Field("阶段", "string", named, constraints={"enum": stages})
    cells: dict[str, list[Any]] = {"阶段": ["准备", "投票", None, "登记", "投票"]}
    table = Table(TableSchema((field,)), cells, {}, range(2, 7))

    findings = findings_of("ascending", {"column": "阶段"}, table)

    assert [finding.message for finding in findings] == ["阶段是 登记，比上面第 3 行的 投票 早"]


HEAD = "地块 起:date 止:date"
LEASE = {"by": ["地块"], "from": "起", "to": "止"}


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["东塘,2026-01-01,2026-06-30", "东塘,2026-07-01,2026-12-31"], []),
        (["东塘,2026-01-01,2026-06-30", "东塘,2026-06-30,2026-12-31"], [3]),
        (["东塘,2026-06-30,2026-12-31", "东塘,2026-01-01,2026-06-30"], [2]),
        (["东塘,2026-01-01,2026-12-31", "东塘,2026-02-01,2026-02-02", "东塘,2026-03-01,2026-03-02"], [3, 4]),
        (["东塘,2026-01-01,2026-06-30", "西塘,2026-01-01,2026-06-30"], []),
        (["东塘,2026-01-01,", "东塘,2026-01-01,2026-06-30"], []),
        ([",2026-01-01,2026-06-30", ",2026-01-01,2026-06-30"], []),
        (["东塘,2026-06-30,2026-01-01", "东塘,2026-02-01,2026-03-01"], []),
    ],
)
def test_a_thing_is_given_away_once_at_a_time(rows: list[str], lines: list[int]):
    assert found("overlaps", LEASE, read(HEAD, *rows)) == [f"{line}:起:overlap" for line in lines]


def test_an_overlap_names_the_thing_and_no_person():
    row = "东塘,2026-01-01,2026-06-30"

    shown = [
        findings_of("overlaps", LEASE, read(HEAD, row, row, private=private))[0].message
        for private in ((), ["地块"])
    ]

    assert shown == [
        "东塘：从 2026-01-01 起，与第 2 行的期限重叠",
        "从 2026-01-01 起，与第 2 行的期限重叠",
    ]


def test_a_rule_about_a_part_speaks_of_the_rows_of_that_part():
    resource = resource_of(read("名称", "甲"), parts={"次": read("号:integer", "1", "3")})

    assert found("continuous", {"part": "次", "column": "号"}, resource) == ["3:号:sequence-gap"]
