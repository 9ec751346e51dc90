"""The sample's quarterly tables tell the same story as its ledgers, and carry on from quarter to quarter."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from generator.model.period import Period
from generator.model.resource import Package, Resource
from tests.counties import sample_packages

_PACKAGES = {package.village.slug: package for package in sample_packages()[1]}
VILLAGES = ("hexin", "qingshi", "shiqiao", "zhuyuan")
QUARTERS = tuple(map(Period.parse, ("2025Q4", "2026Q1", "2026Q2", "2026Q3")))
# Zhuyuan has not yet put up its ledger of September.
WHOLE = [(village, q) for village in VILLAGES for q in QUARTERS if (village, q.text) != ("zhuyuan", "2026Q3")]
COMMITTEES = ("村委会", "居委会")
# Item: what tells a row from the others, its opening and its closing.
CARRIED = {
    "debts": ("编号", "期初余额", "期末余额"),
    "donations": ("编号", "上期结存", "结存"),
    "relief_funds": ("编号", "上期结存", "结存"),
    "special_funds": ("编号", "上期结转", "结余"),
    "operating_funds": ("编号", "上期结转", "结余"),
    "assist_government": ("事项", "上期结余", "结余"),
}


def resources_of(package: Package, item: str) -> list[Resource]:
    return [resource for resource in package.resources if resource.item.name == item]


def ledger_rows(village: str, quarter: Period) -> list[dict[str, object]]:
    ledgers = resources_of(_PACKAGES[village], "finance")
    months = [ledger for ledger in ledgers if quarter.start <= ledger.period.start <= quarter.end]
    return [record for month in months for record in month.table.records()]


def rows_of(village: str, item: str, quarter: Period) -> list[dict[str, object]]:
    found = [resource for resource in resources_of(_PACKAGES[village], item) if resource.period == quarter]
    return [record for resource in found for record in resource.table.records()]


@pytest.mark.parametrize(("village", "quarter"), WHOLE, ids=str)
def test_what_was_paid_to_cadres_and_helpers_is_what_the_ledger_paid(village: str, quarter: Period):
    paid: dict[str, Decimal] = defaultdict(Decimal)
    booked: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(village, "cadre_pay", quarter):
        paid[row["主体"]] += row["发放金额"]
    for row in ledger_rows(village, quarter):
        if row["类别"] in ("干部报酬", "误工补贴"):
            booked[row["主体"]] += row["支出"]

    assert paid == booked


@pytest.mark.parametrize(("village", "quarter"), WHOLE, ids=str)
def test_the_operating_funds_of_a_committee_are_what_it_has(village: str, quarter: Period):
    left = {row["账户"]: row["结余"] for row in ledger_rows(village, quarter) if row["主体"] in COMMITTEES}
    funds = [row for row in rows_of(village, "operating_funds", quarter) if row["主体"] in COMMITTEES]

    assert sum(row["结余"] for row in funds) == sum(left.values())


@pytest.mark.parametrize("item", CARRIED)
@pytest.mark.parametrize("village", VILLAGES)
def test_what_is_left_of_one_quarter_is_there_in_the_next(village: str, item: str):
    key, opening, closing = CARRIED[item]
    for before, after in pairwise(QUARTERS):
        left = {row[key]: row[closing] for row in rows_of(village, item, before) if row[closing]}
        there = {row[key]: row[opening] for row in rows_of(village, item, after) if row[opening]}

        assert there == left, f"{village} {item} {after.text}"


@pytest.mark.parametrize(("village", "quarter"), [(v, q) for v in VILLAGES for q in QUARTERS], ids=str)
def test_a_fund_on_two_lists_has_the_same_figures_on_both(village: str, quarter: Period):
    special = {row["资金名称"]: row for row in rows_of(village, "special_funds", quarter)}
    for row in rows_of(village, "operating_funds", quarter):
        twin = special.get(row["经费项目"])
        if twin is not None:
            assert (row["实际到账"], row["使用"], row["结余"]) == (twin["收到"], twin["使用"], twin["结余"])
