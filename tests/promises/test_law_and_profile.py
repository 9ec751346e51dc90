"""Law and profile: what was in force on a day, and by when something is due."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.period import Period
from generator.promises.profile import load_profile
from generator.promises.promises import load_promises
from tests.counties import ROOT


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2010, 10, 27), []),
        (date(2025, 12, 31), ["VC18-30"]),
        (date(2026, 1, 1), ["VC25-35"]),
        (date(2030, 1, 1), ["VC25-35"]),
    ],
)
def test_only_the_articles_of_the_day_are_cited(day: date, keys: list[str]):
    articles = load_promises(ROOT).law.in_force(["VC18-30", "VC25-35"], day)

    assert [article.key for article in articles] == keys


def test_an_article_is_cited_by_its_short_name():
    article = load_promises(ROOT).law.articles["VC25-35"]

    assert article.citation == "《村民委员会组织法》第三十五条"
    assert article.display_days == 15


@pytest.mark.parametrize(
    ("cadence", "period", "kind", "day", "is_binding"),
    [
        ("monthly", "2026-01", "village", date(2026, 2, 15), True),
        ("quarterly", "2025Q4", "village", date(2026, 1, 15), True),
        ("event", "2026-02-25", "village", date(2026, 3, 7), True),
        ("monthly", "2026-01", "community", date(2026, 2, 15), False),
        ("yearly", "2025", "village", date(2026, 1, 15), False),
        ("half_yearly", "2025H2", "county", date(2026, 1, 15), False),
    ],
)
def test_only_a_rule_of_the_province_binds(cadence: str, period: str, kind: str, day: date, is_binding: bool):
    due = load_profile(ROOT, "chongqing", 15).due_date(cadence, Period.parse(period), kind)

    assert due is not None
    assert (due.day, due.is_binding) == (day, is_binding)


def test_standing_texts_are_never_due():
    assert load_profile(ROOT, "chongqing", 15).due_date("standing", Period.parse("2026"), "village") is None


def test_without_a_profile_every_day_is_a_suggestion():
    due = load_profile(ROOT, "", 20).due_date("monthly", Period.parse("2026-01"), "village")

    assert due is not None
    assert (due.day, due.is_binding) == (date(2026, 2, 20), False)
