"""Options: the day of judgement is the villager's, wherever the machine stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from generator.commands.options import day_in_china, judged_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 16, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 4, 1, 15, 59, tzinfo=UTC), date(2026, 4, 1)),
    ],
)
def test_the_day_begins_at_midnight_in_china_and_not_in_greenwich(moment: datetime, day: date):
    assert day_in_china(moment) == day


def test_a_day_that_was_asked_for_goes_before_a_pinned_one_and_that_before_today():
    asked, pinned = date(2026, 1, 2), date(2026, 1, 1)

    assert judged_day(asked, pinned) == asked
    assert judged_day(None, pinned) == pinned
