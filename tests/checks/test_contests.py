"""Contests: who may stand, who is elected, and what happens when too few are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counties import EXAMPLES, changed, county_at, verdict_on

Spoil = Callable[..., list[str]]
ELECTION = "content/dong/xi/election/2026-02-08.yaml"
FULL = EXAMPLES / "good" / "election-with-every-column"
IN_ZHEJIANG = ("profile: chongqing", "profile: zhejiang")


@pytest.fixture
def elected(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that edits an election with every column and returns codes and columns found."""

    def elect(*edits: tuple[str, str], zhejiang: bool = False) -> list[str]:
        root = county_at(tmp_path, FULL)
        changed(root, ELECTION, *edits)
        if zhejiang:
            changed(root, "site_config/county.yaml", IN_ZHEJIANG)
        found = [finding for finding in verdict_on(root).findings if finding.place.file == ELECTION]
        return [f"{finding.place.column}:{finding.code}" for finding in found]

    return elect


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ([("姓名: 庚氏竹林, 性别: 男, 提名: 另选人", "姓名: 庚氏竹林, 性别: 男")], []),
        (
            [("姓名: 己氏秧田, 性别: 男, 提名: 正式候选人", "姓名: 己氏秧田, 性别: 男, 提名: 另选人")],
            [],
        ),
        (
            [
                ("姓名: 己氏秧田, 性别: 男, 提名: 正式候选人", "姓名: 己氏秧田, 性别: 男, 提名: 另选人"),
                ("姓名: 丙氏秋兰, 性别: 女, 提名: 正式候选人", "姓名: 丙氏秋兰, 性别: 女, 提名: 另选人"),
            ],
            ["姓名:candidates-few"],
        ),
        (
            [
                ("姓名: 己氏秧田, 性别: 男, 提名: 正式候选人", "姓名: 己氏秧田, 性别: 男, 提名: 另选人"),
                ("姓名: 丙氏秋兰, 性别: 女, 提名: 正式候选人", "姓名: 丙氏秋兰, 性别: 女, 提名: 另选人"),
                ("提名方式: 村民提名", "提名方式: 不提名候选人"),
            ],
            [],
        ),
    ],
)
def test_more_stand_than_there_are_seats_unless_nobody_is_nominated(
    elected, edits: list[tuple[str, str]], found: list[str]
):
    assert elected(*edits) == found


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ([('得票: "149", 结果: 未当选', '得票: "150", 结果: 未当选')], ["得票:elected-tie"]),
        ([('得票: "149", 结果: 未当选', '得票: "151", 结果: 未当选')], ["得票:elected-not-top"]),
        ([("姓名: 己氏秧田, 性别: 男, 得票", "姓名: 庚氏竹林, 性别: 男, 得票")], ["姓名:runoff-candidates"]),
        ([("姓名: 己氏秧田, 性别: 男, 得票", "姓名: 辛氏小溪, 性别: 女, 得票")], ["姓名:runoff-candidates"]),
    ],
)
def test_those_with_most_votes_win_and_those_next_stand_again(
    elected, edits: list[tuple[str, str]], found: list[str]
):
    assert elected(*edits) == found


def test_a_tie_is_settled_by_another_vote_between_those_who_tied(elected):
    count = '参加投票: "450", 发出选票: "450", 收回选票: "450", 有效票: "440", 废票: "10"}\n'
    third = f'  - {{轮次: 再次投票, 投票日: "2026-02-08", 登记选民: "999", {count}'
    again = f'  - {{轮次: 另行选举, 投票日: "2026-02-08", 登记选民: "999", {count}'
    seat = '  - {轮次: 另行选举, 职务: 委员, 应选: "1"}\n'
    rows = "".join(
        f'  - {{轮次: 再次投票, 职务: 委员, 姓名: {name}, 性别: 女, 得票: "{votes}", 结果: {outcome}}}\n'
        for name, votes, outcome in (("丙氏秋兰", 230, "当选"), ("己氏秧田", 210, "未当选"))
    )

    assert (
        elected(
            (again, again + third),
            (seat, seat + seat.replace("另行选举", "再次投票")),
            ('得票: "150", 结果: 当选', '得票: "149", 结果: 未当选'),
            ("公告:\n", rows + "公告:\n"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("day", "zhejiang", "found"),
    [
        ("2026-03-10", True, []),
        ("2026-03-11", True, ["投票日:gap-long"]),
        ("2026-03-11", False, []),
    ],
)
def test_only_a_province_says_how_soon_people_vote_again(elected, day: str, zhejiang: bool, found: list[str]):
    edit = ('{轮次: 另行选举, 投票日: "2026-02-08"', f'{{轮次: 另行选举, 投票日: "{day}"')

    assert elected(edit, zhejiang=zhejiang) == found


@pytest.mark.parametrize(("day", "found"), [("2026-02-03", []), ("2026-02-04", ["候选人公布日:gap-short"])])
def test_a_province_says_how_long_before_the_candidates_are_told(elected, day: str, found: list[str]):
    edits = [('候选人公布日: "2026-02-03"', f'候选人公布日: "{day}"')]

    assert elected(*edits, zhejiang=True) == found
    assert elected(*edits) == []


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ([('应选总数: "3"', '应选总数: "2"')], ["应选总数:members-number", "应选总数:part-totals"]),
        (
            [("性别: 女, 得票", "性别: 男, 得票"), ("姓名: 戊氏冬梅, 性别: 女", "姓名: 戊氏冬梅, 性别: 男")],
            ["结果:members-include"],
        ),
        ([("性别: 女, 得票", "性别: 男, 得票"), ("姓名: 戊氏冬梅, 性别: 女", "姓名: 戊氏冬梅")], []),
        ([('得票: "150", 结果: 当选', '得票: "150", 结果: 未当选')], ["结果:members-number"]),
        ([("近亲属: 没有", "近亲属: 与其他成员是近亲属")], ["近亲属:forbidden"]),
    ],
)
def test_a_committee_has_its_number_a_woman_and_no_relatives(
    elected, edits: list[tuple[str, str]], found: list[str]
):
    assert sorted(elected(*edits)) == found


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ([('结果公布日: "2026-02-08"', '结果公布日: "2026-02-09"')], ["结果公布日:result-late"]),
        ([('移交日: "2026-02-18"', '移交日: "2026-02-19"')], ["移交日:gap-long"]),
        ([('任期止: "2031-02-08"', '任期止: "2031-02-09"')], ["任期止:term-long"]),
        ([('上届任期止: "2026-02-08"', '上届任期止: "2026-02-07"')], ["延期批准:required-when"]),
        (
            [
                (
                    '上届任期止: "2026-02-08"',
                    '上届任期止: "2026-02-07"\n延期批准: 县人民政府 2025 年 12 月批准',
                )
            ],
            [],
        ),
        ([('决定日: "2026-01-24"', '决定日: "2026-01-25"')], ["决定日:gap-long", "公布日:date-order"]),
        ([('公告, 日期: "2026-01-19"', '公告, 日期: "2026-01-05"')], ["日期:not-ascending"]),
    ],
)
def test_each_step_comes_in_its_time(elected, edits: list[tuple[str, str]], found: list[str]):
    assert sorted(elected(*edits)) == sorted(found)


@pytest.mark.parametrize(
    ("edits", "found"),
    [
        ([('退出日: "2026-02-03"', '退出日: "2026-02-04"')], ["退出日:committee-exit"]),
        ([(', 退出日: "2026-02-03"', "")], ["退出日:committee-exit"]),
        ([("职务: 主任, 近亲属被提名: 否", "职务: 主任, 近亲属被提名: 是")], ["退出日:committee-exit"]),
        ([('候选人公布日: "2026-02-03"\n', "")], []),
    ],
)
def test_who_stands_has_left_the_election_committee(elected, edits: list[tuple[str, str]], found: list[str]):
    assert elected(*edits) == found
