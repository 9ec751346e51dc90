"""Working days: Monday to Friday but for holidays, and the weekends that make up for them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.finding import SetupError
from generator.promises.workdays import load_workdays
from tests.counties import ROOT, written

TABLE = "schemas/codes/holidays.yaml"
WORKDAYS = load_workdays(ROOT)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2026-01-01", False),
        ("2026-01-04", True),  # a Sunday that makes up for the 2nd
        ("2026-02-13", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-03-07", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
    ],
)
def test_offices_are_open_as_the_notice_of_the_year_says(day: str, is_worked: bool):
    assert WORKDAYS.is_workday(date.fromisoformat(day)) is is_worked


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2026-02-14", "2026-02-27", 5),
        ("2026-02-16", "2026-02-20", 0),
        ("2026-03-02", "2026-03-02", 1),
        ("2026-03-03", "2026-03-02", 0),
        ("2026-03-01", "2026-02-01", 0),
        ("2025-12-29", "2026-01-04", 4),
        ("2026-12-31", "2027-01-04", None),
        ("2024-12-31", "2025-01-02", None),
        ("1999-01-01", "9999-12-31", None),
    ],
)
def test_working_days_are_counted_with_both_ends_in_years_that_are_known(
    start: str, end: str, number: int | None
):
    assert WORKDAYS.count(date.fromisoformat(start), date.fromisoformat(end)) == number


@given(first=st.integers(0, 600), number=st.integers(1, 60))
@settings(max_examples=200)
def test_the_day_after_so_many_working_days_is_counted_back_to_as_many(first: int, number: int):
    day = date(2025, 1, 1) + timedelta(days=first)

    last = WORKDAYS.after(day, number)

    if last is not None:
        assert WORKDAYS.count(day + ONE_DAY, last) == number
        assert WORKDAYS.is_workday(last)


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        ("2026-02-13", 5, date(2026, 2, 27)),
        ("2026-02-13", 0, date(2026, 2, 13)),
        ("2026-12-31", 1, None),
        ("2026-12-25", 20, None),
    ],
)
def test_a_deadline_is_the_last_of_its_working_days(day: str, number: int, last: date | None):
    assert WORKDAYS.after(date.fromisoformat(day), number) == last


def test_without_a_table_no_year_is_known(tmp_path: Path):
    workdays = load_workdays(tmp_path)

    assert workdays.count(date(2026, 1, 5), date(2026, 1, 6)) is None
    assert workdays.after(date(2026, 1, 5), 1) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('"26":\n  notice: 通知\n', "26"),
        ('"2026":\n  off: ["2026-01-01"]\n', "2026.notice"),
        ('"2026":\n  notice: 通知\n  off: ["2025-01-01"]\n', "2026.off"),
        ('"2026":\n  notice: 通知\n  off: ["2026-01-03"]\n', "2026.off"),  # a Saturday
        ('"2026":\n  notice: 通知\n  work: ["2026-01-05"]\n', "2026.work"),  # a Monday
        ('"2026":\n  notice: 通知\n  off: ["元旦"]\n', "2026.off"),
        ('"2026":\n  notice: 通知\n  holidays: []\n', "2026.holidays"),
    ],
)
def test_a_mistake_in_the_table_is_named_by_file_and_key(tmp_path: Path, text: str, key: str):
    written(tmp_path, TABLE, text)

    with pytest.raises(SetupError) as caught:
        load_workdays(tmp_path)

    assert (caught.value.file, caught.value.key) == (TABLE, key)
