"""Law and profile: what was in force on a day, and by when something is due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.model.period import Period
from generator.promises.profile import DueDate, load_profile
from generator.promises.promises import load_promises
from generator.promises.workdays import load_workdays
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
    due = load_profile(ROOT, "chongqing", 15).due_date("finance", cadence, Period.parse(period), kind)

    assert due is not None
    assert (due.day, due.is_binding) == (day, is_binding)


def test_standing_texts_are_never_due():
    assert (
        load_profile(ROOT, "chongqing", 15).due_date("notice", "standing", Period.parse("2026"), "village")
        is None
    )


def test_without_a_profile_every_day_is_a_suggestion():
    due = load_profile(ROOT, "", 20).due_date("finance", "monthly", Period.parse("2026-01"), "village")

    assert due is not None
    assert (due.day, due.is_binding) == (date(2026, 2, 20), False)


def test_a_rule_for_one_item_goes_before_the_rule_of_its_cadence(tmp_path: Path):
    profiles = tmp_path / "site_config" / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "trial.yaml").write_text(
        "name: 试\n"
        'due: {event: {days_after_end: "10", basis: CQ13-30}}\n'
        'items: {notice: {days_after_end: "5", applies_to: [village], basis: ZJ20-25}}\n',
        encoding="utf-8",
    )
    profile = load_profile(tmp_path, "trial", 15)
    day = Period.parse("2026-03-01")

    assert profile.due_date("notice", "event", day, "village") == DueDate(date(2026, 3, 6), "ZJ20-25")
    assert profile.due_date("notice", "event", day, "community") == DueDate(date(2026, 3, 16), "")
    assert profile.due_date("election", "event", day, "village") == DueDate(date(2026, 3, 11), "CQ13-30")


@pytest.mark.parametrize(
    ("event", "day"),
    [
        # Ten working days, over a weekend, the Spring Festival and the two Saturdays worked for it.
        ("2026-02-06", date(2026, 2, 27)),
        ("2026-03-02", date(2026, 3, 16)),
    ],
)
def test_a_national_rule_counts_working_days_and_binds_without_a_profile(event: str, day: date):
    profile = load_profile(ROOT, "", 15, load_workdays(ROOT))

    assert profile.due_date("welfare_list", "event", Period.parse(event), "village") == DueDate(day, "SA20-1")


def test_working_days_of_a_year_without_a_table_bind_nobody():
    profile = load_profile(ROOT, "", 15, load_workdays(ROOT))

    due = profile.due_date("welfare_list", "event", Period.parse("2031-03-03"), "village")

    assert due == DueDate(date(2031, 3, 18), "")
