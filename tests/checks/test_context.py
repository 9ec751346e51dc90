"""Context: the rows of which a rule speaks, and the articles that govern them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.checks.context import Context, cited, rows_of
from generator.promises.promises import load_promises
from tests.checks.small import LAW, article, context_of, read, resource_of
from tests.counties import ROOT

TABLE = read("类型 状态", "诉求,办结", "诉求,", "出租,办结", ",办结")


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ({}, [0, 1, 2, 3]),
        ({"类型": ["诉求"]}, [0, 1]),
        ({"类型": ["诉求", "出租"]}, [0, 1, 2]),
        ({"类型": ["诉求"], "状态": ["办结"]}, [0]),
        ({"类型": ["没有"]}, []),
    ],
)
def test_a_rule_speaks_of_the_rows_that_hold_one_word_in_each_column(
    where: dict[str, list[str]], rows: list[int]
):
    table, found = rows_of(resource_of(TABLE), {"where": where})

    assert (table, list(found)) == (TABLE, rows)


def test_a_rule_with_a_part_speaks_of_that_part():
    resource = resource_of(read("名称", "甲"), parts={"事项": TABLE})

    table, rows = rows_of(resource, {"part": "事项", "where": {"类型": ["出租"]}})

    assert (table, list(rows)) == (TABLE, [2])


@pytest.mark.parametrize(("day", "number"), [(date(2019, 12, 31), 0), (date(2020, 1, 1), 1)])
def test_only_articles_in_force_on_the_day_are_cited(day: date, number: int):
    articles = context_of(article()).articles(LAW, resource_of(TABLE), day)

    assert len(list(articles)) == number


def test_a_rule_without_articles_cites_none():
    assert list(context_of(article()).articles({}, resource_of(TABLE), date(2026, 1, 1))) == []


def test_the_context_of_a_county_holds_its_law_thresholds_and_holidays():
    promises = load_promises(ROOT)

    context = Context.of(promises, date(2026, 3, 10))

    assert context.book is promises.law
    assert context.thresholds is promises.settings.thresholds
    assert context.workdays.is_workday(date(2026, 2, 14))
    assert not context.others


def test_nothing_is_cited_in_no_brackets():
    assert (cited(""), cited("《试行办法》第一条")) == ("", "（《试行办法》第一条）")
