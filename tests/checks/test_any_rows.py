"""Whatever a table holds, no law breaks, and every finding names a row and says something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checks.small import context_of, findings_of, resource_of, table_of
from tests.checks.trials import HEAD, TRIALS, Trial

texts = st.none() | st.sampled_from(["号1", "号 3", "99999999999", "其中：甲", "甲", "壹元", "男", "女"])
days = st.none() | st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2026, 2, 14)]) | st.dates()
numbers = (
    st.none()
    | st.sampled_from([Decimal(0), Decimal("-0.01"), Decimal("1e-8"), Decimal("999999999999999.99999999")])
    | st.decimals(-(10**6), 10**6, places=2)
)
rows = st.tuples(texts, texts, days, days, numbers, numbers, numbers, texts, texts, texts)
periods = st.sampled_from(["2026", "2026-02", "2024-02-29", "1000", "2999"])


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.law}-{'-'.join(trial.rule)}")
@given(own=st.lists(rows, max_size=6), there=st.lists(rows, max_size=6), period=periods)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_is_too_odd_for_a_law(
    trial: Trial, own: list[tuple[object, ...]], there: list[tuple[object, ...]], period: str
):
    resource = resource_of(table_of(HEAD, own), period=period, slug="b")
    others = [
        resource_of(table_of(HEAD, there), period=period, item="other"),
        resource_of(table_of(HEAD, there), period=period, slug="a"),
        resource,
    ]
    context = context_of(*trial.articles, thresholds=trial.thresholds, others=others)

    for finding in findings_of(trial.law, trial.rule, resource, context):
        assert finding.place.line in range(2, len(own) + 2)
        assert "None" not in finding.message
        assert "E+" not in finding.message
