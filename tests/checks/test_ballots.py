"""Votes: counts that can be true, and majorities as the law of the day asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.checks.ballots import BODIES
from generator.promises.promises import load_promises
from tests.counties import ROOT

Spoil = Callable[..., list[str]]
ELECTION, RULES = "election/2026-02-08.yaml", "village_rules/2026.yaml"


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ([('登记选民: "600", 参加投票: "500"', '登记选民: "999", 参加投票: "500"')], []),
        (
            [('登记选民: "600", 参加投票: "500"', '登记选民: "1000", 参加投票: "500"')],
            ["5:参加投票:majority-turnout"],
        ),
        ([('得票: "301"', '得票: "251"')], []),
        ([('得票: "301"', '得票: "250"')], ["11:得票:majority-elected"]),
        ([('得票: "150"', '得票: "149"')], ["13:得票:majority-elected"]),
        (
            [('收回选票: "450", 有效票: "440", 废票: "10"', '收回选票: "451", 有效票: "441", 废票: "10"')],
            ["6:收回选票:ballots-exceed", "6:收回选票:ballots-exceed"],
        ),
        ([('参加投票: "500"', '参加投票: "497"')], ["5:收回选票:ballots-exceed"]),
        ([('发出选票: "500"', '发出选票: "601"')], ["5:发出选票:ballots-exceed"]),
        (
            [('有效票: "490", 废票: "8"', '有效票: "0", 废票: "498"')],
            ["11:得票:ballots-ceiling", "11:得票:ballots-votes", "12:得票:ballots-votes"],
        ),
        ([('应选: "1"}\n  - {轮次: 另', '应选: "2"}\n  - {轮次: 另'), ('得票: "180"', '得票: "490"')], []),
        (
            [("轮次: 另行选举, 投票日", "轮次: 首次投票, 投票日")],
            ["13:得票:ballots-reference", "6:轮次:key-duplicate"],
        ),
        ([("类型: 换届", "类型: 换届\n公告:\n  - {类型: 结果公告, 日期: '2026-02-08'}")], []),
    ],
)
def test_an_election_adds_up(spoilt: Spoil, edits: list[tuple[str, str]], found: list[str]):
    # A repeated key holds the document back before its votes are counted.
    expected = [line for line in found if "key-duplicate" in line] or found
    assert spoilt(ELECTION, *edits) == sorted(f"{ELECTION}:{line}" for line in expected)


@pytest.mark.parametrize(
    ("body", "members", "present", "yes", "codes"),
    [
        ("村民代表会议", 42, 28, 15, []),
        ("村民代表会议", 43, 28, 15, ["实到:majority-attendance"]),
        ("村民代表会议", 42, 28, 14, ["同意:majority-passed"]),
        ("村民会议", 100, 51, 26, []),
        ("村民会议", 100, 50, 26, ["实到:majority-attendance"]),
        ("村民会议", 100, 101, 60, ["实到:votes-exceed"]),
        ("居民会议", 100, 50, 20, ["实到:majority-attendance", "同意:majority-passed"]),
        ("居民代表会议", 3, 2, 2, []),
    ],
)
def test_a_rule_is_passed_by_enough_of_enough(
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


@pytest.mark.parametrize(
    ("body", "day", "basis"),
    [
        ("村民代表会议", "2025-12-31", "《村民委员会组织法》第二十六条"),
        ("村民代表会议", "2026-01-20", "《村民委员会组织法》第三十条"),
        ("村民会议", "2025-12-31", "《村民委员会组织法》第二十二条"),
        ("居民会议", "2026-01-20", "《城市居民委员会组织法》第二十七条"),
        ("居民会议", "2025-12-31", None),
    ],
)
def test_the_article_is_that_of_the_day_of_the_vote(
    county, spoilt: Spoil, body: str, day: str, basis: str | None
):
    from tests.counties import verdict_on

    spoilt(
        RULES,
        ("会议: 村民代表会议", f"会议: {body}"),
        ('日期: "2026-01-20", 应到: "42"', f'日期: "{day}", 应到: "80"'),
    )

    messages = [f.message for f in verdict_on(county).findings if f.code == "majority-attendance"]
    assert len(messages) == 1
    assert messages[0].endswith(f"到会（{basis}）" if basis else "到会")


def test_every_article_that_a_majority_cites_is_in_the_law_book():
    from generator.checks import ballots

    known = {f"《{a.short}》{a.title}" for a in load_promises(ROOT).law.articles.values()}
    cited = {article for *_rule, articles in ballots._BODIES.values() for article in articles}
    cited |= {article for articles in ballots._ELECTION_BASIS.values() for article in articles}

    assert cited - {""} <= known


def test_every_body_that_a_schema_offers_is_one_whose_majority_is_known():
    part = load_promises(ROOT).catalogue.versions["village_rules"][-1].parts["表决"]

    assert set(part.field_named("会议").constraints["enum"]) == set(BODIES)


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (('  - {步骤: 征集民意, 日期: "2025-11-02"}\n', ""), ["1:步骤:stage-missing"]),
        (('"2025-11-20"', '"2025-11-02"'), []),
        (('"2025-11-20"', '"2025-11-01"'), ["7:日期:stage-order"]),
        (('"2026-01-28"', '"2025-01-28"'), ["10:日期:stage-order"]),
    ],
)
def test_stages_are_all_taken_in_order(spoilt: Spoil, edit: tuple[str, str], found: list[str]):
    assert spoilt(RULES, edit) == [f"{RULES}:{line}" for line in found]
