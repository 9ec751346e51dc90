"""Every law that is a list of rules is linear: four times the rows cost about four times the time.

What is compared is a ratio of processor times on one machine; a quadratic law would cost sixteen times.
"""

from __future__ import annotations

import gc
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from time import process_time

import pytest

from generator.checks.context import Context
from generator.model.resource import Resource
from tests.checks.small import CHECKS, context_of, resource_of, table_of
from tests.checks.trials import HEAD, TRIALS, Trial

MANY, FEW = 20_000, 5_000
FIRST = date(1960, 1, 1)


@cache
def resource_with(number: int, item: str = "small", slug: str = "a") -> Resource:
    """Return a table of ``number`` rows, no two of which are alike but for their group."""
    rows = []
    for at in range(number):
        day, half = FIRST + timedelta(days=at), Decimal(at) / 2
        later = day + timedelta(days=3000)
        group = "其中" if at else "捐款"
        cells = (f"号{2 * at:06d}", group, day, later, Decimal(at), half, -half, "拾元整", None, "男")
        rows.append(cells)
    return resource_of(table_of(HEAD, rows), item=item, slug=slug)


def cost(trial: Trial, number: int) -> tuple[float, int]:
    """Return the least processor time of three runs, and how many findings there were."""
    resource = resource_with(number)
    # The other list comes first by its path, so that the law speaks of this one.
    others = [resource_with(number, "other", ""), resource_with(number, slug="b"), resource]
    if trial.law == "exclusive":
        resource, others = others[1], [resource, others[1]]
    limits = trial.thresholds
    context: Context = context_of(*trial.articles, thresholds=limits, others=others)
    times = []
    gc.disable()
    try:
        for _run in range(3):
            start = process_time()
            found = len(list(CHECKS[trial.law](resource, {"rules": [trial.rule]}, context)))
            times.append(process_time() - start)
    finally:
        gc.enable()
    return min(times), found


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.law}-{'-'.join(trial.rule)}")
def test_four_times_the_rows_cost_less_than_eight_times_the_time(trial: Trial):
    # Whoever shares the machine's caches disturbs one measurement, or two; a law that is too slow fails all.
    for _time in range(5):
        (few, _), (many, found) = cost(trial, FEW), cost(trial, MANY)
        # Where a run is shorter than a clock can tell, it is quick enough.
        if many < 8 * max(few, 0.002):
            return
    pytest.fail(f"{trial}: {few:.4f} s, {many:.4f} s, {found} findings")


@pytest.mark.parametrize("length", [500, 5_000])
def test_a_cell_of_any_length_is_read_in_good_time(length: int):
    for cell in ("壹" * length, "壹佰" * (length // 2), "9" * length, "9零" * (length // 2), "零" * length):
        table = table_of("号 数:number", [[cell, Decimal(1)]])
        for law, rule in (("in_words", {"number": "数", "words": "号"}), ("continuous", {"column": "号"})):
            assert len(list(CHECKS[law](resource_of(table), {"rules": [rule]}, context_of()))) <= 1
