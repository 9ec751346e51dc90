"""Tenure: terms end together, audits are told before, representatives stand for so many households."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counties import EXAMPLES, changed, county_at, verdict_on, written

VILLAGE = "content/dong/xi"
BY_ELECTION = EXAMPLES / "good" / "by-election-by-exactly-two-thirds"
REPRESENTATIVES = EXAMPLES / "good" / "representatives-of-exactly-fifteen-households"
AUDIT = f"{VILLAGE}/audit_result/2025-12-30.yaml"


def found(root: Path) -> list[str]:
    findings = [f for f in verdict_on(root).findings if f.code != "publication-missing"]
    return [f"{finding.place.column}:{finding.code}" for finding in findings]


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (('任期止: "2031-02-07"', '任期止: "2031-02-08"'), ["任期止:term-differs"]),
        (('任期止: "2031-02-07"\n', ""), []),
        (('参加投票: "28", 发出', '参加投票: "27", 发出'), ["收回选票:ballots-exceed"]),
        (('登记选民: "42"', '登记选民: "43"'), ["参加投票:majority-turnout"]),
        (('得票: "15"', '得票: "14"'), ["得票:majority-elected"]),
    ],
)
def test_a_by_election_by_representatives_fills_the_rest_of_the_term(
    tmp_path: Path, edit: tuple[str, str], codes: list[str]
):
    root = county_at(tmp_path, BY_ELECTION)
    changed(root, f"{VILLAGE}/election/2026-03-05.yaml", edit)

    assert found(root) == codes


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (('届满日: "2031-02-07"', '届满日: "2031-02-06"'), ["届满日:term-differs"] * 3),
        (('户数: "540"', '户数: "541"'), ["代表:each-for"]),
        (('户数: "540"', '户数: "179"'), ["代表:each-for"]),
        (('户数: "540"', '户数: "180"'), []),
        (('推选方式: 按户\n户数: "540"', '推选方式: 按组\n户数: "541"'), []),
        (('代表会议人数: "45"', '代表会议人数: "46"'), ["代表:share-reached", "代表会议妇女:share-reached"]),
        (('代表会议妇女: "15"', '代表会议妇女: "14"'), ["代表会议妇女:share-reached"]),
        (("性别: 女", "性别: 男"), ["性别:members-include"]),
    ],
)
def test_a_roster_shows_terms_women_and_whom_representatives_stand_for(
    tmp_path: Path, edit: tuple[str, str], codes: list[str]
):
    root = county_at(tmp_path, REPRESENTATIVES)
    changed(root, f"{VILLAGE}/roster/2026.yaml", edit)

    assert found(root) == codes


@pytest.mark.parametrize(
    ("told", "profile", "codes"),
    [
        ("2026-01-02", "chongqing", []),
        ("2026-01-03", "chongqing", ["公布日:gap-short"]),
        ("2026-01-03", "zhejiang", []),
        ("2026-02-08", "zhejiang", ["公布日:too-late"]),
    ],
)
def test_the_audit_is_told_before_the_election_and_in_chongqing_before_its_committee(
    tmp_path: Path, told: str, profile: str, codes: list[str]
):
    root = county_at(tmp_path, EXAMPLES / "good" / "election-with-every-column")
    changed(root, "site_config/county.yaml", ("profile: chongqing", f"profile: {profile}"))
    head = "名称: 离任审计\n类型: 离任\n对象: 主任\n审计: 镇农经站\n"
    days = f'开始日: "2023-01-01"\n截止日: "2025-11-30"\n报告日: "2025-12-30"\n公布日: "{told}"\n'
    counts = '问题数: "0"\n已整改数: "0"\n涉及金额: "0.00"\n'
    written(root, AUDIT, head + days + counts)

    assert found(root) == codes
