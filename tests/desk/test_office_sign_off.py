"""The office in a county that asks for a second signature under everything that is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.desk.office import Refused
from generator.history.authority import judge_range
from tests.desk.county import CLERK, FINANCE, MICRO, DeskCounty, after, new_county
from tests.history.repositories import Repo


@pytest.fixture
def far(tmp_path: Path) -> Repo:
    """Return the repository on a server of a county that asks for it."""
    county = new_county(tmp_path)
    settings = county.root / "site_config" / "county.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "sign_off: required\n", encoding="utf-8")
    county.repo.git("commit", "--quiet", "--all", "--message", "要两个人签名")
    far = Repo(tmp_path / "far.git", bare=True)
    county.repo.git("push", "--quiet", str(far.root), "main")
    return far


def test_what_the_desk_lands_merges_and_takes_back_passes_the_servers_rule(
    village: DeskCounty, township: DeskCounty, far: Repo
):
    start = far.git("rev-parse", "main")
    first, second = village.enrol(), township.enrol(role="乡镇经管站")
    one = village.sign_off(village.hand_in().name, first)
    township.sign_off(township.hand_in(township.table(MICRO), minutes=1).name, second)
    township.office.push()
    village.office.push()
    village.office.undo(one.name, CLERK, "表交错了", after(9))
    village.office.push()

    assert far.git("log", "--merges", "--format=%H", f"{start}..main").count("\n") >= 2
    assert judge_range(far.root, start, "main", "") == []


def test_the_desk_takes_nothing_in_that_nobody_signed_off(village: DeskCounty, township: DeskCounty):
    township.repo.write(FINANCE, township.read(FINANCE) + b"\n")
    township.repo.git("commit", "--quiet", "--all", "--message", "直接改")
    township.repo.git("push", "--quiet", "origin", "main")
    before = village.repo.git("rev-parse", "main")

    with pytest.raises(Refused, match=r"没有第二个人签名审核，没有收下"):
        village.office.push()

    assert village.repo.git("rev-parse", "main") == before
