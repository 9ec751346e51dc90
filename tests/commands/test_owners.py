"""Owners: the county's own places get their names, and a place that is nowhere is told."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import cunwu

PEOPLE = """keepers:
  - {name: admin, role: 县管理员, accounts: ["@admin"]}
reviewers:
  - {name: qs, role: 青石村监督委员会, places: [qingxi/qingshi], accounts: ["@qs"]}
"""


def test_each_village_is_listed_by_its_name(county: Path):
    (county / "site_config/people.yaml").write_text(PEOPLE, encoding="utf-8")

    done = cunwu("owners", "--format", "gitlab", "--root", county)

    assert done.returncode == 0
    assert "[青石村][1]\n/content/qingxi/qingshi/ @qs\n" in done.stdout


def test_a_place_that_is_nowhere_is_told(county: Path):
    text = PEOPLE.replace("qingxi/qingshi", "qingxi/qinshi")
    (county / "site_config/people.yaml").write_text(text, encoding="utf-8")

    done = cunwu("owners", "--root", county)

    assert done.returncode == 1
    assert "qingxi/qinshi" in done.stderr


def test_a_range_is_judged_for_a_user_and_an_unfinished_question_is_refused(county: Path):
    done = cunwu("check", "--as", "qs", "--root", county)

    assert done.returncode == 2
    assert "--range" in done.stderr
