"""Periods: written, read, and in a row without gap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.period import Period

KINDS = ("day", "month", "quarter", "half", "year")
days = st.dates(date(1001, 1, 1), date(2998, 12, 31))
periods = st.builds(Period.holding, days, st.sampled_from(KINDS))


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "title"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31), "month", "2026年3月"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "month", "2026年12月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month", "2024年2月"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "quarter", "2026年第一季度"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "quarter", "2026年第四季度"),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "half", "2026年上半年"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "half", "2026年下半年"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "year", "2026年"),
        ("2026-03-15", date(2026, 3, 15), date(2026, 3, 15), "day", "2026年3月15日"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, start: date, end: date, kind: str, title: str):
    period = Period.parse(text)

    assert (period.start, period.end, period.kind, period.title, period.text) == (
        start,
        end,
        kind,
        title,
        text,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-3",
        "2026Q5",
        "2026Q0",
        "2026q1",
        "2026H3",
        "26",
        "2026-02-30",
        "0026-01",
        "2026-01-01-01",
        " 2026",
        "2026 ",
        "2026-03\n",
        "２０２６",
        "2026年3月",
        "2026Q1-03",
        "3026",
    ],
)
def test_anything_else_is_no_period(text: str):
    with pytest.raises(ValueError):
        Period.parse(text)


@given(periods)
@settings(max_examples=200)
def test_writing_and_reading_a_period_gives_it_back(period: Period):
    assert Period.parse(period.text) == period


@given(periods)
@settings(max_examples=200)
def test_periods_follow_each_other_without_gap(period: Period):
    after = period.following

    assert after.start == period.end + timedelta(days=1)
    assert after.kind == period.kind
    assert period < after


@given(days, st.sampled_from(KINDS))
@settings(max_examples=200)
def test_the_period_holding_a_day_holds_it(day: date, kind: str):
    period = Period.holding(day, kind)

    assert period.start <= day <= period.end


@given(st.text(max_size=12))
@settings(max_examples=300)
def test_what_is_read_is_written_the_same_way(text: str):
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert period.text == text
