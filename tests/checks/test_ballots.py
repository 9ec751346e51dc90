"""Ballots: counts of voters, ballots and votes that can be true together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
        (
            [
                ('应选: "1"}\n  - {轮次: 另', '应选: "2"}\n  - {轮次: 另'),
                ('得票: "180", 结果: 未当选', '得票: "490", 结果: 当选'),
                ("类型: 换届", "类型: 换届\n提名方式: 不提名候选人"),
            ],
            [],
        ),
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
    ("columns", "found"),
    [
        ('委托投票: "20", 本人投票: "480"', []),
        ('委托投票: "20", 本人投票: "479"', ["5:本人投票:ballots-channels"]),
        ('本人投票: "470"', []),
        ('本人投票: "501"', ["5:本人投票:ballots-channels"]),
        ('委托投票: "501"', ["5:委托投票:ballots-exceed"]),
        ('中心会场: "400", 投票站: "100"', []),
        ('中心会场: "400", 投票站: "101"', ["5:中心会场:ballots-channels"]),
        ('中心会场: "400", 投票站: "99", 流动票箱: "0"', ["5:中心会场:ballots-channels"]),
        ('委托投票: "20", 受托人数: "7", 一人最多受托: "3"', []),
        ('委托投票: "21", 受托人数: "7", 一人最多受托: "3"', []),
        ('委托投票: "22", 受托人数: "7", 一人最多受托: "3"', ["5:委托投票:ballots-proxies"]),
        ('委托投票: "6", 受托人数: "7"', ["5:受托人数:ballots-exceed"]),
        ('委托投票: "20", 受托人数: "5", 一人最多受托: "4"', ["5:一人最多受托:threshold-exceeded"]),
        ('委托投票: "20", 候选人受托: 是', ["5:候选人受托:forbidden"]),
        ('参选率: "83.33"', []),
        ('参选率: "83.3"', []),
        ('参选率: "83.34"', ["5:参选率:ratio"]),
    ],
)
def test_the_ways_to_vote_add_up_to_those_who_voted(spoilt: Spoil, columns: str, found: list[str]):
    found = [f"{ELECTION}:{line}" for line in found]

    assert spoilt(ELECTION, ('委托投票: "20"', columns)) == found


@pytest.mark.parametrize(
    ("votes", "found"),
    [
        ('得票: "301", 反对: "150", 弃权: "39"', []),
        ('得票: "301", 反对: "150", 弃权: "38"', ["11:得票:ballots-answers"]),
        ('得票: "301", 反对: "189"', []),
        ('得票: "301", 反对: "190"', ["11:得票:ballots-answers"]),
    ],
)
def test_votes_for_and_against_are_the_valid_ballots(spoilt: Spoil, votes: str, found: list[str]):
    assert spoilt(ELECTION, ('得票: "301"', votes)) == [f"{ELECTION}:{line}" for line in found]


@pytest.mark.parametrize(
    ("mode", "second", "found"),
    [
        ("全体选民", "292", []),
        ("全体选民", "291", ["5:本届:ballots-roll"]),
        ("村民代表会议", "291", []),
    ],
)
def test_the_groups_rolls_add_up_to_the_voters_registered(
    spoilt: Spoil, mode: str, second: str, found: list[str]
):
    groups = '选民登记:\n  - {组: 一组, 本届: "308"}\n' + f'  - {{组: 二组, 本届: "{second}"}}\n'

    assert spoilt(ELECTION, ("类型: 换届\n", f"类型: 换届\n选举方式: {mode}\n{groups}")) == [
        f"{ELECTION}:{line}" for line in found
    ]


def test_a_groups_roll_is_the_last_one_with_those_added_and_without_those_removed(spoilt: Spoil):
    groups = '选民登记:\n  - {组: 一组, 上届: "590", 新增: "21", 减少: "10", 本届: "600"}\n'

    assert spoilt(ELECTION, ("类型: 换届\n", f"类型: 换届\n{groups}")) == [f"{ELECTION}:4:本届:sums"]


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (('  - {步骤: 征集民意, 日期: "2025-11-02"}\n', ""), ["6:步骤:stage-missing"]),
        (('"2025-11-20"', '"2025-11-02"'), []),
        (('"2025-11-20"', '"2025-11-01"'), ["7:日期:stage-order"]),
        (('"2026-01-28"', '"2025-01-28"'), ["10:日期:stage-order"]),
    ],
)
def test_stages_are_all_taken_in_order(spoilt: Spoil, edit: tuple[str, str], found: list[str]):
    assert spoilt(RULES, edit) == [f"{RULES}:{line}" for line in found]
