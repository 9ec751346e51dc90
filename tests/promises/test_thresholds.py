"""Thresholds: sums that a county sets itself; what it has not set is not checked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.promises.promises import load_promises
from generator.promises.settings import load_settings
from tests.counties import changed

SETTINGS = "site_config/county.yaml"
LINE = 'thresholds: {测试限额: "300000", 测试大额: "50000"}'


def test_a_threshold_is_a_sum_of_money(county: Path):
    thresholds = load_settings(county).thresholds

    assert thresholds == {"测试限额": Decimal(300000), "测试大额": Decimal(50000)}


def test_a_county_that_sets_none_has_none(county: Path):
    assert load_settings(changed(county, SETTINGS, (LINE, ""))).thresholds == {}


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ('"-1"', "不小于 0 的金额"),
        ("", "不小于 0 的金额"),
        ("三十万", "应当是数字"),
        ("NaN", "应当是数字"),
        ("[1]", "应当是一个值"),
    ],
)
def test_what_is_no_sum_of_money_is_refused(county: Path, value: str, problem: str):
    changed(county, SETTINGS, ('"300000"', value))

    with pytest.raises(SetupError, match=problem) as caught:
        load_promises(county)

    assert (caught.value.file, caught.value.key) == (SETTINGS, "thresholds.测试限额")


def test_a_threshold_that_no_schema_asks_for_is_most_likely_misspelt(county: Path):
    changed(county, SETTINGS, ("测试限额", "测试限额度"))

    with pytest.raises(SetupError, match=r"没有哪个项目用到「测试限额度」，可以写的有：.*测试限额") as caught:
        load_promises(county)

    assert (caught.value.file, caught.value.key) == (SETTINGS, "thresholds.测试限额度")
