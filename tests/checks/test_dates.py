"""Dates: in order, far enough and near enough, in their period, and not overdue."""

from __future__ import annotations

from datetime import date

import pytest

from generator.checks.dates import ageing_days
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from tests.checks.small import LAW, article, context_of, findings_of, found, read, resource_of

STEP = {"from": "起", "to": "止", **LAW}
HEAD = "起:date 止:date"


@pytest.mark.parametrize(
    ("law", "numbers", "row", "holds"),
    [
        ("gaps", {"days": 20}, "2026-01-01,2026-01-21", True),
        ("gaps", {"days": 20}, "2026-01-01,2026-01-20", False),
        ("gaps", {"days": 20}, "2026-01-01,", True),
        ("gaps", {}, "2026-01-02,2026-01-01", True),  # the order of dates is another law
        ("within", {"most_days": 10}, "2026-01-01,2026-01-11", True),
        ("within", {"most_days": 10}, "2026-01-01,2026-01-12", False),
        ("within", {"most_days": 10}, "2026-01-12,2026-01-01", True),
        ("within", {}, "2026-01-01,2026-12-31", True),
        # Spring Festival of 2026: the 14th and 28th of February are worked, the 16th to 23rd are off.
        ("within", {"most_workdays": 5}, "2026-02-13,2026-02-27", True),
        ("within", {"most_workdays": 5}, "2026-02-13,2026-02-28", False),
        ("within", {"most_workdays": 5}, "2026-02-13,2026-03-01", False),
        ("within", {"most_workdays": 5}, "2027-02-01,2027-12-31", True),  # nobody knows the holidays of 2027
        ("within", {"most_workdays": 5}, "2026-12-31,2027-03-01", True),
        ("within", {"most_workdays": 5}, "9999-12-31,9999-12-31", True),
        ("terms", {"years": 5}, "2021-01-15,2026-01-15", True),
        ("terms", {"years": 5}, "2021-01-15,2026-01-16", False),
        ("terms", {"years": 5}, "2024-02-29,2029-03-01", True),
        ("terms", {"years": 5}, "2024-02-29,2029-03-02", False),
        ("terms", {"years": 4}, "2024-02-29,2028-02-29", True),
        ("terms", {"years": 4}, "2024-02-29,2028-03-01", False),
        ("terms", {"years": 5}, "9996-02-29,9999-12-31", True),
        ("terms", {}, "2021-01-01,2099-01-01", True),
        ("terms", {"years": 5}, "2019-12-31,2029-12-31", True),  # before the act was in force
    ],
)
def test_two_dates_lie_as_far_apart_as_the_article_asks(
    law: str, numbers: dict[str, int], row: str, holds: bool
):
    assert (found(law, STEP, read(HEAD, row), context_of(article(**numbers))) == []) is holds


def test_what_is_too_close_is_shown_at_the_first_and_what_is_too_far_at_the_second_date():
    table = read(HEAD, "2026-01-01,2026-01-08")
    context = context_of(article(days=10, most_days=5, most_workdays=3))

    assert found("gaps", STEP, table, context) == ["2:起:gap-short"]
    assert found("within", STEP, table, context) == ["2:止:gap-long", "2:止:gap-long-workdays"]


def test_dates_in_order_may_be_equal_or_empty():
    table = read("甲:date 乙:date 丙:date", "2026-01-05,,2026-01-05", "2026-01-05,2026-01-04,2026-01-06")

    assert found("date_order", {"dates": ["甲", "乙", "丙"]}, table) == ["3:乙:date-order"]


@pytest.mark.parametrize(
    ("period", "outside"),
    [("2026-02", [2, 5]), ("2026Q1", [5]), ("2026", []), ("2026-02-01", [2, 4, 5]), ("2025", [2, 3, 4, 5])],
)
def test_the_first_and_last_day_of_a_period_belong_to_it(period: str, outside: list[int]):
    table = read("日期:date 事", "2026-01-31,a", "2026-02-01,b", "2026-02-28,c", "2026-12-31,d", ",e")

    found_in = found("in_period", {"dates": ["日期"]}, resource_of(table, period=period))

    assert found_in == [f"{line}:日期:date-outside" for line in outside]


DUE = {"due": "限期", "open": "欠款", "done": "办结日"}
DEBTS = ("2026-03-09,5,", "2026-03-10,5,", "2026-03-09,0,", "2026-03-09,,", "2026-03-09,5,2026-03-01", ",5,")


def debts(period: str = "2026", cadence: str = "standing", slug: str = "") -> Resource:
    table = read("限期:date 欠款:number 办结日:date", *DEBTS)
    return resource_of(table, period=period, cadence=cadence, slug=slug, laws={"ageing": {"rules": [DUE]}})


@pytest.mark.parametrize(
    ("as_of", "lines"), [("2026-03-09", []), ("2026-03-10", [2]), ("2026-03-11", [2, 3])]
)
def test_on_the_last_day_nothing_is_overdue_and_on_the_next_it_is(as_of: str, lines: list[int]):
    context = context_of(as_of=date.fromisoformat(as_of))

    assert found("ageing", DUE, debts(), context) == [f"{line}:限期:row-overdue" for line in lines]


@pytest.mark.parametrize(("period", "lines"), [("2026-02", []), ("2026-03", [2, 3]), ("2026Q1", [2, 3])])
def test_a_table_tells_the_state_at_the_end_of_its_period(period: str, lines: list[int]):
    cadence = "quarterly" if "Q" in period else "monthly"
    context = context_of(as_of=date(2026, 10, 1))

    found_in = found("ageing", DUE, debts(period, cadence), context)

    assert found_in == [f"{line}:限期:row-overdue" for line in lines]


def test_only_the_newest_table_of_a_series_is_asked_what_is_open():
    old, new, of_others = debts("2025"), debts("2026"), debts("2027", slug="a")
    context = context_of(others=[old, new, of_others], as_of=date(2026, 3, 20))

    assert found("ageing", DUE, old, context) == []
    assert len(found("ageing", DUE, new, context)) == 2


def test_what_is_not_marked_as_done_is_open():
    table = read("限期:date 状态", "2026-03-01,办理中", "2026-03-01,办结")

    rule = {"due": "限期", "where": {"状态": ["办理中"]}}
    assert found("ageing", rule, table) == ["2:限期:row-overdue"]


@pytest.mark.parametrize(
    ("resource", "days"),
    [
        (debts(), {date(2026, 3, 10), date(2026, 3, 11)}),
        (debts("2026-02-01", "event"), {date(2026, 3, 10), date(2026, 3, 11)}),  # an old list goes on ageing
        (debts("2026-02", "monthly"), set()),
        (debts("2026-03", "monthly"), {date(2026, 3, 10), date(2026, 3, 11)}),
    ],
)
def test_the_days_on_which_the_judgement_changes_are_announced(resource: Resource, days: set[date]):
    assert ageing_days(resource) == days

    signs = {
        day: found("ageing", DUE, resource, context_of(as_of=date(2026, 3, day))) for day in range(5, 20)
    }
    assert {date(2026, 3, day) for day in range(6, 20) if signs[day] != signs[day - 1]} == days


def test_a_table_that_is_held_back_ages_no_more():
    lost = Finding.of("file-unreadable", Place("a.yaml"))
    rule = {"part": "明细", "due": "限期", "done": "办结日"}
    resource = resource_of(read("名称", "甲"), laws={"ageing": {"rules": [rule]}})

    from dataclasses import replace

    assert ageing_days(replace(resource, findings=(lost,))) == set()


def test_no_message_about_dates_has_a_blank():
    table = read(HEAD, "2026-01-01,2026-03-08")
    context = context_of(article(days=90, most_days=5, most_workdays=3))

    for law in ("gaps", "within"):
        for finding in findings_of(law, STEP, table, context):
            assert "None" not in finding.message
            assert finding.message.endswith("（《试行办法》第一条）")
