"""Majorities: enough came and enough agreed, as the law of the day asks; no more and no less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.citations import cited_by
from generator.checks.quorum import BODIES, MODES
from generator.promises.promises import load_promises
from tests.counties import ROOT, changed, county_at, verdict_on

Spoil = Callable[..., list[str]]
RULES, MEETING, ELECTION = "village_rules/2026.yaml", "meeting/2026-01-20.yaml", "election/2026-02-08.yaml"
COMMUNITY = ("kind: village", "kind: community")
OFFERS = ("village_rules", "meeting", "one_matter")


@pytest.mark.parametrize(
    ("body", "members", "present", "yes", "codes"),
    [
        ("村民代表会议", 42, 28, 15, []),
        ("村民代表会议", 43, 28, 15, ["实到:majority-attendance"]),
        ("村民代表会议", 42, 28, 14, ["同意:majority-passed"]),
        ("村民会议", 100, 51, 26, []),
        ("村民会议", 100, 50, 26, ["实到:majority-attendance"]),
        ("村民会议", 100, 101, 60, ["实到:votes-exceed"]),
        ("村民小组会议", 60, 40, 21, []),
        ("村民小组会议", 60, 39, 20, ["实到:majority-attendance"]),
        ("居民会议", 100, 50, 20, ["同意:majority-passed", "实到:majority-attendance"]),
        ("居民代表会议", 3, 2, 2, []),
        ("成员大会", 300, 200, 200, []),
        ("成员大会", 300, 250, 199, ["同意:majority-passed"]),
        ("成员大会", 300, 199, 199, ["同意:majority-passed", "实到:majority-attendance"]),
        ("成员代表大会", 21, 15, 14, []),
        ("成员代表大会", 21, 15, 13, ["同意:majority-passed"]),
        ("成员代表大会", 20, 20, 20, ["应到:members-number"]),
        ("理事会", 5, 4, 3, []),
        ("理事会", 5, 3, 3, ["实到:majority-attendance"]),
        ("理事会", 6, 4, 3, ["同意:majority-passed", "应到:members-odd"]),
        ("理事会", 9, 6, 5, ["应到:members-number"]),
        ("党员大会", 30, 20, 15, []),
        ("党员大会", 30, 19, 15, ["实到:majority-attendance"]),
        ("党员大会", 30, 20, 14, ["同意:majority-passed"]),
        ("社区议事会", 37, 25, 25, []),
        ("社区议事会", 37, 30, 24, ["同意:majority-passed"]),
        ("社区议事会", 36, 30, 24, []),
    ],
)
def test_a_decision_is_passed_by_enough_of_enough(
    spoilt: Spoil, body: str, members: int, present: int, yes: int, codes: list[str]
):
    found = spoilt(
        RULES,
        ("会议: 村民代表会议", f"会议: {body}"),
        (
            '应到: "42", 实到: "28", 同意: "27", 反对: "1"',
            f'应到: "{members}", 实到: "{present}", 同意: "{yes}", 反对: "{present - yes}"',
        ),
    )

    assert found == sorted(f"{RULES}:12:{code}" for code in codes)


@pytest.mark.parametrize(("present", "found"), [(66, ["实到:majority-attendance"]), (67, [])])
def test_where_one_of_each_household_comes_two_thirds_of_them_are_asked(
    spoilt: Spoil, present: int, found: list[str]
):
    lines = spoilt(
        RULES,
        ("会议: 村民代表会议", "会议: 村民会议, 参会方式: 户代表"),
        ('应到: "42", 实到: "28", 同意: "27"', f'应到: "100", 实到: "{present}", 同意: "{present - 1}"'),
    )

    assert lines == [f"{RULES}:12:{code}" for code in found]


@pytest.mark.parametrize(
    ("body", "day", "basis"),
    [
        ("村民代表会议", "2025-12-31", "《村民委员会组织法》第二十六条"),
        ("村民代表会议", "2026-01-20", "《村民委员会组织法》第三十条"),
        ("村民会议", "2025-12-31", "《村民委员会组织法》第二十二条"),
        ("居民会议", "2026-01-20", "《城市居民委员会组织法》第二十七条"),
        ("成员大会", "2025-05-01", "《农村集体经济组织法》第二十七条"),
        ("党员大会", "2026-01-20", "通行做法：四议两公开的党员大会"),
    ],
)
def test_the_article_is_that_of_the_day_of_the_vote(
    county: Path, spoilt: Spoil, body: str, day: str, basis: str
):
    spoilt(
        RULES,
        ("会议: 村民代表会议", f"会议: {body}"),
        ('日期: "2026-01-20", 应到: "42"', f'日期: "{day}", 应到: "80"'),
    )

    messages = [f.message for f in verdict_on(county).findings if f.code == "majority-attendance"]
    assert len(messages) == 1
    assert messages[0].endswith(f"到会（{basis}）")


@pytest.mark.parametrize(("body", "day"), [("居民会议", "2025-12-31"), ("成员大会", "2025-04-30")])
def test_before_the_law_that_we_know_nothing_is_said(spoilt: Spoil, body: str, day: str):
    found = spoilt(
        RULES,
        ("会议: 村民代表会议", f"会议: {body}"),
        ('日期: "2026-01-20", 应到: "42"', f'日期: "{day}", 应到: "80"'),
    )

    assert found == []


def meeting(body: str, notice: str, urgent: str = "") -> str:
    return (
        f"议题: 修渠\n类别: 公益事业\n{notice}{urgent}"
        '会议日: "2026-01-20"\n公布日: "2026-01-22"\n主持: 主任\n决议: 同意\n'
        f'表决:\n  - {{会议: {body}, 日期: "2026-01-20", 应到: "60", 实到: "50", '
        '同意: "40", 反对: "6", 弃权: "4"}\n'
    )


@pytest.mark.parametrize(
    ("body", "notice", "urgent", "found"),
    [
        ("村民会议", '通知日: "2026-01-10"\n', "", []),
        ("村民会议", '通知日: "2026-01-11"\n', "", ["3:通知日:gap-short"]),
        ("村民会议", '通知日: "2026-01-11"\n', "紧急: 否\n", ["3:通知日:gap-short"]),
        ("村民会议", '通知日: "2026-01-18"\n', "紧急: 是\n", []),
        ("村民会议", "", "", []),
        ("村民代表会议", '通知日: "2026-01-18"\n', "", []),
        ("成员大会", '通知日: "2026-01-11"\n', "", ["3:通知日:gap-short"]),
        ("居民会议", '通知日: "2026-01-11"\n', "", ["3:通知日:gap-short"]),
    ],
)
def test_a_meeting_of_all_is_told_ten_days_before_unless_it_is_urgent(
    county: Path, body: str, notice: str, urgent: str, found: list[str]
):
    path = county / "content/dong/xi" / MEETING
    path.parent.mkdir()
    path.write_text(meeting(body, notice, urgent), encoding="utf-8")

    lines = [line for line in verdict_on(county).lines if not line.endswith("publication-missing")]
    assert lines == [f"content/dong/xi/{MEETING}:{line}" for line in found]


@pytest.mark.parametrize(
    ("mode", "registered", "voted", "found"),
    [
        ("全体选民", 999, 500, []),
        ("全体选民", 1000, 500, ["turnout"]),
        ("户代表", 999, 500, []),
        ("户代表", 1000, 500, ["turnout"]),
        ("居民代表", 749, 500, []),
        ("居民代表", 750, 500, ["turnout"]),
    ],
)
def test_a_community_elects_by_enough_voters_households_or_representatives(
    tmp_path: Path, mode: str, registered: int, voted: int, found: list[str]
):
    root = county_at(tmp_path)
    changed(root, "content/dong/xi/village.yaml", COMMUNITY)
    changed(
        root,
        f"content/dong/xi/{ELECTION}",
        ("类型: 换届", f"类型: 换届\n选举方式: {mode}"),
        (
            '登记选民: "600", 参加投票: "500", 委托投票: "20"',
            f'登记选民: "{registered}", 参加投票: "{voted}"',
        ),
    )

    codes = [finding.code for finding in verdict_on(root).findings if finding.place.file.endswith(ELECTION)]
    assert codes == [f"majority-{code}" for code in found]


def test_where_representatives_of_residents_elect_nobody_votes_for_another(tmp_path: Path):
    root = county_at(tmp_path)
    changed(root, "content/dong/xi/village.yaml", COMMUNITY)
    changed(root, f"content/dong/xi/{ELECTION}", ("类型: 换届", "类型: 换届\n选举方式: 居民代表"))

    found = [f for f in verdict_on(root).findings if f.place.file.endswith(ELECTION)]
    assert [(f.code, f.place.column) for f in found] == [("forbidden", "委托投票")]


@pytest.mark.parametrize("name", OFFERS)
def test_every_body_that_a_schema_offers_is_one_whose_majority_is_known(name: str):
    part = load_promises(ROOT).catalogue.versions[name][-1].parts["表决"]

    assert set(part.field_named("会议").constraints["enum"]) <= set(BODIES)


def test_every_way_to_elect_that_a_schema_offers_is_known_in_some_village():
    election = load_promises(ROOT).catalogue.versions["election"][-1]

    offered = set(election.schema.field_named("选举方式").constraints["enum"])
    assert offered == {mode for modes in MODES.values() for mode in modes}


def test_every_article_that_a_law_without_rules_cites_is_in_the_law_book():
    promises = load_promises(ROOT)

    cited = {
        key
        for versions in promises.catalogue.versions.values()
        for item in versions
        for law in item.laws
        for key in cited_by(item, law)
    }
    assert len(cited) > 40
    assert cited <= set(promises.law.articles)
