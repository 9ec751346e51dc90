"""Schemas: one file is one disclosure item, in the version of its time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.period import Period
from generator.promises.promises import load_promises
from tests.counties import ROOT, changed, verdict_on, written

FINANCE, OLD = "schemas/finance.yaml", "schemas/finance--2025.yaml"
TIME_BANK = """\
name: time_bank
title: 时间银行
description: 志愿服务时长的存入与支取
fields:
  - {name: 编号,   type: string, example: S-2026-0012, constraints: {required: true, unique: true}}
  - {name: 日期,   type: date,   example: "2026-07-03", constraints: {required: true}}
  - {name: 志愿者, type: string, example: V017, role: series, constraints: {required: true}}
  - {name: 服务,   type: string, example: 陪诊, constraints: {enum: [期初, 陪诊, 送餐, 打扫, 其他]}}
  - {name: 存入,   type: number, role: income,  unit: 小时, step: "0.5", constraints: {minimum: "0"}}
  - {name: 支取,   type: number, role: expense, unit: 小时, step: "0.5", constraints: {minimum: "0"}}
  - {name: 结余,   type: number, role: balance, unit: 小时}
primaryKey: [编号]
disclosure:                       # ours: how it is disclosed, not what it contains
  category: affairs
  question: 谁帮了谁多少小时，还剩多少？
  layout: ledger
  cadence: quarterly
  applies_to: [village, community]
  basis: {village: [VC25-35], community: [RC25-34]}
  privacy: {志愿者: alias}
  laws: {running_balance: {by: [志愿者]}, continuity: {by: [志愿者]}}
  valid_from: "2026-01-01"
"""
HOURS = """\
编号,日期,志愿者,服务,存入,支取,结余
S1,2025-10-01,V017,期初,,,3
S2,2025-10-08,V017,陪诊,2.5,,5.5
S3,2025-10-09,V018,期初,,,0
S4,2025-10-10,V018,送餐,1,,2
S5,2025-10-11,V017,打扫,,0.3,5.2
"""


def test_the_whole_schema_becomes_an_item():
    item = load_promises(ROOT).catalogue.versions["subsidy"][-1]

    person = item.schema.field_named("户主")
    assert (item.title, item.layout, item.cadence, item.is_private) == ("补贴发放", "list", "quarterly", True)
    assert (person.role, person.privacy, person.aliases) == ("person", "surname", ("户主姓名", "姓名"))
    assert item.schema.field_named("数量").step == Decimal("0.01")
    assert item.schema.field_named("数量").constraints == {"required": True, "minimum": Decimal(0)}
    assert item.schemes == {"farmland": "耕地地力保护补贴", "elderly": "高龄津贴"}
    assert item.schema.name_of("nobody") is None
    with pytest.raises(KeyError):
        item.schema.field_named("电话")


def test_the_descriptor_holds_only_what_stock_tools_know_or_keep():
    for versions in load_promises(ROOT).catalogue.versions.values():
        for schema in (versions[-1].schema, *versions[-1].parts.values()):
            for field in schema.fields:
                assert set(field.descriptor) <= {
                    *("name", "type", "title", "description", "example", "constraints"),
                    *("role", "unit", "step", "optional"),
                }


def two_versions(county: Path) -> Path:
    """Give the ledger another column until 2026-01, which the base's table of 2026-01 does not have."""
    text = (county / FINANCE).read_text(encoding="utf-8")
    written(county, OLD, text.replace("备注", "附注"))
    changed(county, OLD, ("  cadence: monthly", '  cadence: monthly\n  valid_to: "2026-01-31"'))
    return changed(county, FINANCE, ("  cadence: monthly", '  cadence: monthly\n  valid_from: "2026-02-01"'))


def test_a_period_is_judged_by_the_version_of_its_own_time(county: Path):
    assert verdict_on(two_versions(county)).lines == [
        "content/dong/xi/finance/2026-01.csv:1:备注:header-unknown",
        "content/dong/xi/finance/2026-01.csv:1:附注:header-missing",
    ]
    changed(county, "content/dong/xi/finance/2026-01.csv", ("备注", "附注"))

    assert verdict_on(county).lines == []


@pytest.mark.parametrize(
    ("period", "source"),
    [("2025-12", OLD), ("2026-01", OLD), ("2026-02", FINANCE), ("2027-01", FINANCE)],
)
def test_the_version_valid_at_the_end_governs(county: Path, period: str, source: str):
    item = load_promises(two_versions(county)).catalogue.governing("finance", Period.parse(period))

    assert item is not None
    assert item.source == source


def test_before_and_after_all_versions_nothing_is_owed(county: Path):
    changed(county, FINANCE, ("  cadence: monthly", '  cadence: monthly\n  valid_from: "2026-02-01"'))
    catalogue = load_promises(county).catalogue

    assert catalogue.version("finance", date(2026, 1, 31)) is None
    assert catalogue.version("nothing", date(2026, 1, 31)) is None
    assert verdict_on(county).lines == [
        "content/dong/xi/finance/2026-01.csv:::schema-not-valid",
        "content/dong/xi/publications.csv:6:期间:register-stray",
    ]


def test_a_new_item_needs_one_schema_and_no_code(county: Path):
    written(county, "schemas/time_bank.yaml", TIME_BANK)
    written(county, "content/dong/xi/time_bank/2026Q1.csv", HOURS.replace("2025-", "2026-"))
    verdict = verdict_on(county)

    assert verdict.lines == [
        "content/dong/xi/time_bank/2026Q1.csv:6:支取:cell-step",
        "content/dong/xi/time_bank/2026Q1.csv:::publication-missing",
    ]
    changed(county, "content/dong/xi/time_bank/2026Q1.csv", ("0.3,5.2", "0.5,5.0"))
    verdict = verdict_on(county)

    assert verdict.lines == [
        "content/dong/xi/time_bank/2026Q1.csv:5:结余:running-balance",
        "content/dong/xi/time_bank/2026Q1.csv:::publication-missing",
    ]
    assert not [finding for finding in verdict.findings if "V018" in finding.message + finding.hint]


def test_the_latest_versions_are_in_order_of_name():
    names = [item.name for item in load_promises(ROOT).catalogue.latest()]

    assert names == sorted(names)
    assert "publications" not in names


def test_a_schema_that_changed_is_read_anew_and_what_did_not_is_known(county: Path):
    before = load_promises(county).catalogue.latest()
    changed(county, FINANCE, ("title: 财务收支", "title: 收支"))
    after = load_promises(county).catalogue.latest()

    differing = [new.title for old, new in zip(before, after, strict=True) if new is not old]
    assert differing == ["收支"]
