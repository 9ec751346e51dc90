"""Numbers and days in English: the same rounding as in Chinese, said as English says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from generator.model.period import Period
from generator.pages.words import day, in_unit, month_day, spoken
from generator.promises.languages import load_language
from generator.publish.serving import passing_pattern
from generator.wording import speaking
from tests.sample import ROOT


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking(load_language(ROOT, "en")):
        yield


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("9999.50", "¥9,999.50"),
        ("12000", "¥12,000"),
        ("12345.60", "¥12,000"),
        ("123456", "¥123,000"),
        ("123456789", "¥120,000,000"),
        ("-12345", "¥-12,000"),
    ],
)
def test_ten_thousands_are_written_out_as_they_were_rounded(value: str, said: str):
    assert spoken(Decimal(value)) == said


def test_a_figure_stands_beside_its_unit():
    assert in_unit("12,345.60", "元") == "¥12,345.60"
    assert in_unit("3.50", "亩") == "3.50 mu"


def test_days_and_periods_have_their_months_by_name():
    assert (day(date(2026, 10, 20)), month_day(date(2026, 3, 5))) == ("20 October 2026", "5 March")
    periods = ("2026-03", "2026Q1", "2026H1", "2026", "2026-03-15")
    assert [Period.parse(text).title for text in periods][:2] == ["March 2026", "2026 Q1"]
    assert Period.parse("2026-03-15").title == "15 March 2026"


def test_a_page_of_persons_is_known_as_one_in_every_language():
    pattern = re.compile(passing_pattern(("subsidy",), ("en", "zh-Hant")))

    assert all(
        pattern.match(path) for path in ("/qs/subsidy/2026/", "/en/qs/subsidy/2026/", "/zh-Hant/qs/subsidy/")
    )
    assert not pattern.match("/en/qs/finance/2026/") and not pattern.match("/x/qs/subsidy/2026/")
