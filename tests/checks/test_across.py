"""Across items: one table of a village compared with another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.across import nearest
from generator.model.resource import Resource
from tests.checks.small import LAW, article, context_of, findings_of, found, read, resource_of

NAMED = {"column": "凭证", "item": "other", "to": "凭证号"}


def other(head: str, *rows: str, period: str = "2026", slug: str = "") -> Resource:
    return resource_of(read(head, *rows), item="other", period=period, slug=slug)


def test_what_one_table_names_stands_in_the_other():
    table = read("凭证 事由", "记-001,甲", "记-009,乙", ",丙", "记-002,丁")
    others = [other("凭证号", "记-001"), other("凭证号", "记-002", period="2025")]

    assert found("reference", NAMED, table, context_of(others=others)) == ["3:凭证:reference-missing"]


def test_where_nothing_of_the_other_item_is_disclosed_there_is_nothing_to_compare():
    assert found("reference", NAMED, read("凭证", "记-009")) == []


def test_only_the_rows_of_which_a_rule_speaks_are_known():
    others = [other("凭证号 类别", "记-001,支出", "记-002,收入")]
    rule = {**NAMED, "other_where": {"类别": ["支出"]}}

    assert found("reference", rule, read("凭证", "记-001", "记-002"), context_of(others=others)) == [
        "3:凭证:reference-missing"
    ]


def test_a_person_that_is_missing_there_is_not_named():
    context = context_of(others=[other("凭证号", "甲")])

    messages = [
        findings_of("reference", NAMED, read("凭证", "乙氏石岩", private=private), context)[0].message
        for private in ((), ["凭证"])
    ]

    assert messages == ["「乙氏石岩」在另表的「凭证号」里找不到", "这一格在另表的「凭证号」里找不到"]


SUM = {"of": "金额", "item": "other", "other": "支出"}


@pytest.mark.parametrize(
    ("period", "periods", "is_compared"),
    [
        ("2026Q1", ["2026-01", "2026-02", "2026-03"], True),
        ("2026Q1", ["2026-01", "2026-03"], False),
        ("2026Q1", ["2026-02", "2026-03"], False),
        ("2026Q1", ["2026-01", "2026-02"], False),
        ("2026Q1", ["2026Q1"], True),
        ("2026-01", ["2026Q1"], False),
        ("2026Q1", [], False),
        ("2026H1", ["2026Q1", "2026Q2"], True),
    ],
)
def test_sums_are_compared_only_where_the_other_tables_cover_the_period(
    period: str, periods: list[str], is_compared: bool
):
    others = [other("支出:number", "1", period=name) for name in periods]
    resource = resource_of(read("金额:number", "1000"), period=period)

    found_in = found("cross_total", SUM, resource, context_of(others=others))

    assert found_in == (["2:金额:cross-total"] if is_compared else [])


def test_a_list_whose_sum_is_that_of_the_ledger_is_silent():
    table = read("户 金额:number", "甲,100.10", "乙,200", "其中：代领,50", "合计,300.10")
    rule = {**SUM, "label": "户", "total": "合计"}

    for paid, holds in (("300.10", True), ("300.01", False)):
        context = context_of(others=[other("支出:number 类别", f"{paid},补贴", "9,办公")])
        found_in = found("cross_total", {**rule, "other_where": {"类别": ["补贴"]}}, table, context)
        assert found_in == ([] if holds else ["3:金额:cross-total"])


def test_sums_are_taken_series_by_series():
    table = read("账 金额:number", "银行,3", "现金,4", "银行,2", "存单,")
    context = context_of(others=[other("户头 支出:number", "银行,5", "现金,6")])
    rule = {**SUM, "by": ["账"], "other_by": ["户头"]}

    findings = findings_of("cross_total", rule, table, context)

    assert [finding.place.line for finding in findings] == [3]
    assert findings[0].message == "现金：本表金额合计是 4.00，2026年另表里支出合计是 6.00"


def test_a_sum_by_person_does_not_name_the_person():
    table = read("户主 金额:number", "甲氏青松,3", private=["户主"])
    context = context_of(others=[other("户主 支出:number", "甲氏青松,5")])

    rule = {**SUM, "by": ["户主"], "other_by": ["户主"]}
    assert "青松" not in findings_of("cross_total", rule, table, context)[0].message


BALANCE = {**SUM, "by": ["账"], "other": "结余", "other_by": ["账"], "other_series": ["账", "户头"]}


def ledger(period: str, *rows: str, slug: str = "") -> Resource:
    return other("账 户头 结余:number", *rows, period=period, slug=slug)


@pytest.mark.parametrize(
    ("ledgers", "lines"),
    [
        # the last row of each series in the last month
        ([("2026-02", ["甲,银行,1"]), ("2026-03", ["甲,银行,9", "甲,现金,4", "甲,银行,7"])], []),
        ([("2026-02", ["甲,银行,7", "甲,现金,4"]), ("2026-03", ["甲,银行,9"])], [2]),
        # cash rested in March
        ([("2026-02", ["甲,现金,4"]), ("2026-03", ["甲,银行,7"])], []),
        ([("2025-12", ["甲,现金,9"]), ("2026-03", ["甲,银行,11"])], []),
        # the ledger of March is not there, or nothing is known of this account
        ([("2026-02", ["甲,银行,1"])], []),
        ([("2026-04", ["甲,银行,1"])], []),
        ([("2026-03", ["乙,银行,1"])], []),
    ],
)
def test_of_balances_the_last_of_each_series_counts_at_the_end_of_the_period(
    ledgers: list[tuple[str, list[str]]], lines: list[int]
):
    resource = resource_of(read("账 金额:number", "甲,11"), period="2026Q1")
    others = [ledger(period, *rows) for period, rows in ledgers]

    assert found("cross_total", BALANCE, resource, context_of(others=others)) == [
        f"{line}:金额:cross-total" for line in lines
    ]


def test_two_ledgers_of_one_village_have_balances_of_their_own():
    resource = resource_of(read("账 金额:number", "甲,11"), period="2026Q1")
    others = [ledger("2026-03", "甲,银行,7"), ledger("2026-03", "甲,银行,4", slug="a")]

    assert found("cross_total", BALANCE, resource, context_of(others=others)) == []


def test_sums_and_parts_in_the_other_table_are_not_added_again():
    rows = ("收入,5", "其中：利息,2", "合计,5")
    table = read("项目 支出:number", *rows)
    laws = {"total": {"label": "项目", "total": "合计", "of": ["支出"]}}
    context = context_of(others=[resource_of(table, item="other", laws=laws)])

    for where, total in (({}, "5"), ({"项目": ["合计"]}, "5"), ({"项目": ["其中：利息"]}, "2")):
        rule = {**SUM, "other_where": where}
        assert found("cross_total", rule, read("金额:number", total), context) == []
        assert found("cross_total", rule, read("金额:number", "12"), context) == ["2:金额:cross-total"]


ONE_LIST = {"columns": ["编号"], "schemes": ["a", "b"]}


def lists(*periods: tuple[str, str], rows: tuple[str, ...] = ("H1,银行", ",银行")) -> list[Resource]:
    return [resource_of(read("编号 账户", *rows), period=period, slug=slug) for period, slug in periods]


@pytest.mark.parametrize(
    ("periods", "number"),
    [
        ([("2026-01", "a"), ("2026-01", "b")], 1),
        ([("2026-01", "a"), ("2026-02", "b")], 0),
        ([("2026-01", "a"), ("2026-01", "c")], 0),
        ([("2026-01", "a"), ("2026-01", "")], 0),
        ([("2026-01", "a"), ("2026-02", "a")], 0),
    ],
)
def test_nobody_is_on_two_lists_of_one_month_that_exclude_each_other(
    periods: list[tuple[str, str]], number: int
):
    resources = lists(*periods)

    findings = [
        f for r in resources for f in findings_of("exclusive", ONE_LIST, r, context_of(others=resources))
    ]

    assert len(findings) == number  # once for both lists, and never of an empty cell
    assert all("「甲类」第 2 行" in finding.message for finding in findings)
    assert all("H1" not in finding.message for finding in findings)


def test_only_the_rows_of_which_the_rule_speaks_exclude_each_other():
    resources = lists(("2026-01", "a"), ("2026-01", "b"))
    rule = {**ONE_LIST, "where": {"账户": ["现金"]}}

    assert [found("exclusive", rule, r, context_of(others=resources)) for r in resources] == [[], []]


BEFORE = {"column": "公布日", "item": "other", "other": "选举日", **LAW}


@pytest.mark.parametrize(
    ("own", "holds"),
    [
        ("2026-02-07", True),
        ("2026-02-08", False),  # on the very day is not before it
        ("2026-02-09", False),
        ("2027-02-09", False),
        ("2027-02-10", True),  # more than a year later it belongs to no election that is recorded
        ("2021-01-09", False),
        ("2019-12-31", True),
    ],
)
def test_a_step_comes_before_the_nearest_one_of_another_item(own: str, holds: bool):
    others = [
        other("选举日:date", "2026-02-08"),
        other("选举日:date 事", "2021-01-08,a", ",b", period="2021"),
    ]

    found_in = found("precedes", BEFORE, read("公布日:date", own), context_of(article(), others=others))

    assert found_in == ([] if holds else ["2:公布日:too-late"])


def test_without_a_day_to_compare_nothing_is_too_late():
    table = read("公布日:date 事", ",a", "2026-02-09,b")

    assert found("precedes", BEFORE, table, context_of(article())) == []
    empty = context_of(article(), others=[other("选举日:date 事", ",a")])
    assert found("precedes", BEFORE, table, empty) == []


@given(offsets=st.sets(st.integers(0, 60), max_size=8), at=st.integers(0, 60))
@settings(max_examples=300)
def test_the_nearest_day_is_the_earlier_of_two_that_are_equally_near(offsets: set[int], at: int):
    first = date(2026, 1, 1)
    days = [first + timedelta(days=offset) for offset in sorted(offsets)]
    day = first + timedelta(days=at)

    assert nearest(days, day) == min(days, key=lambda d: (abs((d - day).days), d), default=None)
