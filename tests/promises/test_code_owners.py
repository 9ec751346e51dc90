"""Code owners: each host reads from the county's list who must agree to which change."""

from __future__ import annotations

import json
import re

import pytest

from generator.promises.code_owners import code_owners
from generator.promises.people import Person, Staff

STAFF = Staff(
    reviewers=(
        Person("qs", "青石村监督委员会", ("qingxi/qingshi",), ("qs-sh",)),
        Person("zhen", "清溪镇农经站", ("qingxi",), ("qingxi-zhen",)),
        Person("xian", "县农经科", (".",), ("org/nongjing",)),
        Person("none", "竹园村监督委员会", ("qingxi/zhuyuan",)),
    ),
    keepers=(Person("admin", "县管理员", (), ("admin",)),),
)
TITLES = {"qingxi": "清溪镇", "qingxi/qingshi": "青石村", "qingxi/zhuyuan": "竹园村"}


def lines(form: str) -> list[str]:
    return [
        line for line in code_owners(STAFF, "content", form, TITLES).splitlines() if not line.startswith("#")
    ]


def test_the_narrowest_place_stands_last_with_all_who_answer_for_it():
    assert lines("github") == [
        "* @admin",
        "/content/ @org/nongjing",
        "/content/qingxi/ @qingxi-zhen @org/nongjing",
        "/content/qingxi/qingshi/ @qs-sh @qingxi-zhen @org/nongjing",
        "/content/qingxi/zhuyuan/ @qingxi-zhen @org/nongjing",
    ]


def test_gitlab_asks_one_of_each_section():
    found = lines("gitlab")

    assert found[-4:] == [
        "[青石村][1]",
        "/content/qingxi/qingshi/ @qs-sh @qingxi-zhen @org/nongjing",
        "[竹园村][1]",
        "/content/qingxi/zhuyuan/ @qingxi-zhen @org/nongjing",
    ]


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("content/qingxi/qingshi/finance/2026-01.csv", "@qs-sh"),
        ("content/qingxi/shan/finance/2026-01.csv", "@qingxi-zhen"),
        ("content/baiyun/he/finance/2026-01.csv", "@org/nongjing"),
        ("schemas/finance.yaml", "@admin"),
    ],
)
def test_gitea_reads_regular_expressions(path: str, owner: str):
    fitting = [line.split() for line in lines("gitea") if re.fullmatch(line.split()[0], path)]

    assert fitting[-1][1] == owner


def test_gitlabs_rules_name_accounts_and_leave_out_places_without_one():
    rules = json.loads(
        code_owners(
            Staff(reviewers=STAFF.reviewers[:1] + STAFF.reviewers[3:]), "content", "gitlab-rules", TITLES
        )
    )

    assert rules == [{"name": "青石村", "approvals_required": 1, "usernames": ["qs-sh"]}]


def test_a_place_in_whose_list_nobody_has_an_account_is_told():
    text = code_owners(Staff(), "content", "github")

    assert "设置和发布流程：名单里没有人有账号" in text
