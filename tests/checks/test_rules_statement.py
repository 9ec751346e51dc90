"""Laws that are lists of rules: a wrong statement is one clear set-up error."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.laws import require_laws
from generator.model.finding import SetupError
from generator.promises.promises import load_promises
from tests.counties import changed, county_at

TIES = "schemas/ties.yaml"
LIMITS = "limits: {rules: [{less: 决算, more: 预算}]}"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("limits: {less: 决算, more: 预算}", r"应写成 rules: \[\{…\}, \{…\}\]"),
        ("limits: {rules: [{less: 决算}]}", "缺少「more」"),
        ("limits: {rules: [{less: 决算, more: 预算, most: 预算}]}", "不认识「most」"),
        ("limits: {rules: [{less: 决算, more: 没有的}]}", "没有「没有的」这一列"),
        ("limits: {rules: [{less: 名称, more: 预算}]}", "「名称」这一列不是数字"),
    ],
)
def test_a_rule_that_cannot_be_checked_is_refused_with_the_reason(tmp_path: Path, wrong: str, reason: str):
    root = changed(county_at(tmp_path), TIES, (LIMITS, wrong))

    with pytest.raises(SetupError, match=reason):
        require_laws(load_promises(root).catalogue)
