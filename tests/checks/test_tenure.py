"""Tenure: terms end together, audits are told before, representatives stand for so many households."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.checks.small import LAW, article, context_of, findings_of, resource_of, table_of
from tests.counties import EXAMPLES, changed, county_at, verdict_on, written

VILLAGE = "content/dong/xi"
BY_ELECTION = EXAMPLES / "good" / "by-election-by-exactly-two-thirds"
REPRESENTATIVES = EXAMPLES / "good" / "representatives-of-exactly-fifteen-households"
AUDIT = f"{VILLAGE}/audit_result/2025-12-30.yaml"


def found(root: Path) -> list[str]:
    findings = [f for f in verdict_on(root).findings if f.code != "publication-missing"]
    return [f"{finding.place.column or ''}:{finding.code}" for finding in findings]


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
        ("2026-02-08", "chongqing", ["公布日:too-late"]),
        ("2026-01-07", "chongqing", ["公布日:too-late"]),
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


@pytest.mark.parametrize(
    ("members", "relative", "profile", "codes"),
    [
        (3, "否", "shandong", []),
        (4, "否", "shandong", [":members-odd"]),
        (4, "否", "chongqing", []),
        (3, "是", "chongqing", ["与村（居）委会成员近亲属:forbidden"]),
    ],
)
def test_a_supervision_committee_has_the_provinces_number_and_no_relatives(
    tmp_path: Path, members: int, relative: str, profile: str, codes: list[str]
):
    root = county_at(tmp_path)
    changed(root, "site_config/county.yaml", ("profile: chongqing", f"profile: {profile}"))
    head = f'名称: 监督委员会\n推选日: "2026-02-08"\n成员数: "{members}"\n任期: 五年\n推选: 村民会议\n成员:\n'
    answers = ["否"] * (members - 1) + [relative]
    rows = [
        f"  - {{职务: 委员, 姓名: 辰氏{number}, 与村（居）委会成员近亲属: {answer}}}\n"
        for number, answer in zip("甲乙丙丁", answers, strict=False)
    ]
    written(root, f"{VILLAGE}/supervision_committee/2026.yaml", head + "".join(rows))

    judged = [line for line in found(root) if "period" not in line and "display" not in line]
    assert judged == codes


@pytest.mark.parametrize(
    ("before", "note", "codes"),
    [
        ("不称职", "2026-01-05 职务终止", []),
        ("不称职", "", ["说明:required-when"]),
        ("称职", "", []),
        ("", "", []),
    ],
)
def test_an_office_ends_when_its_holder_fails_twice_in_a_row(
    tmp_path: Path, before: str, note: str, codes: list[str]
):
    root = county_at(tmp_path)
    head = "职务,姓名,评议日,应到,参评,优秀,称职,基本称职,不称职,结果,上年结果,说明\n"
    row = f"委员,甲氏青松,2025-12-26,42,30,0,4,6,20,不称职,{before},{note}\n"
    written(root, f"{VILLAGE}/appraisal/2025.csv", head + row)

    assert [line for line in found(root) if "period" not in line] == codes


TERM = {"item": "other", "from": "起", "to": "止", "other_from": "起", "other_to": "止", **LAW}
TERMS = "起:date 止:date"


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        ("2021-04-20", "2026-04-19"),
        ("2026-04-18", "2031-04-17"),
        ("2026-04-19", "2031-04-17"),
        ("2026-02-20", "2031-04-17"),
        ("2026-02-10", "2026-04-19"),
        ("2031-04-17", "2031-04-17"),
    ],
)
def test_a_term_is_that_which_began_last_some_weeks_before_it_included(began: str, ends: str):
    terms = table_of(TERMS, [span("2021-04-20", "2026-04-19"), span("2026-04-18", "2031-04-17")])
    context = context_of(article(), others=[resource_of(terms, item="other")])

    held = table_of(TERMS, [span(began, ends)])
    other = table_of(TERMS, [span(began, "2031-12-31")])

    assert findings_of("same_term", TERM, held, context) == []
    assert [f.code for f in findings_of("same_term", TERM, other, context)] == ["term-differs"]


@pytest.mark.parametrize("began", ["2020-12-31", "2031-04-18", "0001-01-01", "9999-12-31"])
def test_outside_every_term_nothing_is_said(began: str):
    terms = table_of(TERMS, [span("2021-04-20", "2026-04-19"), span("2026-04-18", "2031-04-17")])
    context = context_of(article(), others=[resource_of(terms, item="other")])

    assert findings_of("same_term", TERM, table_of(TERMS, [span(began, "9999-12-31")]), context) == []


def span(start: str, end: str) -> list[date]:
    return [date.fromisoformat(start), date.fromisoformat(end)]
