"""Villages: open on the days of their life."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.village import Village


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_village_is_open_from_its_first_to_its_last_day(day: date, is_open: bool):
    village = Village(
        "xi",
        "溪口村",
        "999901201000",
        "village",
        "dong",
        "dong/xi",
        valid_from=date(2020, 1, 1),
        valid_to=date(2026, 6, 30),
    )

    assert village.is_open_on(day) is is_open


def test_a_village_without_dates_is_always_open():
    assert Village("xi", "溪口村", "999901201000", "village", "dong", "dong/xi").is_open_on(date.min)
