"""The office between machines: pushing, two machines at once, and bundles that are carried."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.desk.office import Office, Refused, State
from tests.desk.county import (
    CLERK,
    FINANCE,
    MICRO,
    PASSPHRASE,
    REGISTER,
    DeskCounty,
    after,
    machine,
    new_county,
)
from tests.history.repositories import Repo

TODAY = date(2026, 10, 20)


@pytest.fixture
def far(tmp_path: Path) -> Repo:
    """Return the county's repository on a server."""
    county = new_county(tmp_path)
    far = Repo(tmp_path / "far.git", bare=True)
    county.repo.git("push", "--quiet", str(far.root), "main")
    return far


def test_a_push_sends_main_and_what_waits(village: DeskCounty, far: Repo):
    handed = village.hand_in()

    assert "1 份等待审核" in village.office.push()

    assert far.git("rev-parse", handed.name) == village.repo.git("rev-parse", handed.name)
    assert far.git("rev-parse", "main") == village.repo.git("rev-parse", "main")


def test_what_one_machine_hands_in_another_signs_off_and_the_first_sees_it(
    village: DeskCounty, township: DeskCounty, far: Repo
):
    handed = village.hand_in()
    village.office.push()
    reviewer = township.enrol()
    assert "收到 1 份" in township.office.push()
    assert [one.name for one in township.office.submissions()] == [handed.name]
    township.sign_off(handed.name, reviewer)
    township.office.push()
    assert far.git("branch", "--list", "desk/*") == ""

    said = village.office.push()

    assert "主线新增" in said
    (seen,) = village.office.submissions()
    assert (seen.name, seen.state) == (handed.name, State.LANDED)
    assert village.read(FINANCE) == township.read(FINANCE)
    assert village.is_clean()
    assert village.repo.git("branch", "--list", "desk/*") == ""


def test_what_was_sent_back_reaches_the_clerk_with_its_reason(village: DeskCounty, township: DeskCounty):
    handed = village.hand_in()
    village.office.push()
    reviewer = township.enrol()
    township.office.push()
    township.office.send_back(handed.name, reviewer.name, PASSPHRASE, "缺凭证号", after(3))
    township.office.push()

    village.office.push()

    (seen,) = village.office.submissions()
    assert (seen.state, seen.answer) == (State.RETURNED, "缺凭证号")


def test_two_machines_that_signed_off_different_tables_are_merged(village: DeskCounty, township: DeskCounty):
    first, second = village.enrol(), township.enrol(role="乡镇经管站")
    one = village.sign_off(village.hand_in().name, first)
    two = township.sign_off(township.hand_in(township.table(MICRO), minutes=1).name, second)
    township.office.push()

    assert "主线新增" in village.office.push()

    assert {sub.name for sub in village.office.submissions()} == {one.name, two.name}
    assert village.read(MICRO) == township.read(MICRO)
    register = village.read(REGISTER).decode().splitlines()[-2:]
    assert sorted(line.split(",")[1] for line in register) == ["2026-08", "2026-09"]
    assert {person.name for person in village.office.reviewers()} == {first.name, second.name}
    assert village.is_clean()
    township.office.push()
    assert township.repo.git("rev-parse", "main") == village.repo.git("rev-parse", "main")


def test_two_machines_that_changed_the_same_table_keep_both_until_one_takes_its_own_back(
    village: DeskCounty, township: DeskCounty
):
    first, second = village.enrol(), township.enrol(role="乡镇经管站")
    one = village.sign_off(village.hand_in().name, first)
    other = township.table(content=township.read(FINANCE) + b"\n")
    township.sign_off(township.hand_in(other, minutes=1).name, second)
    township.office.push()
    ours = village.read(FINANCE)

    with pytest.raises(Refused, match="两台电脑都改了同一份表"):
        village.office.push()
    assert village.read(FINANCE) == ours
    village.office.undo(one.name, CLERK, "另一台先公开了", after(9))
    village.office.push()

    assert village.read(FINANCE) == other.content
    assert village.office.tables_of(one.name)[0][2] == ours
    assert village.is_clean()


def test_without_a_remote_or_a_network_the_bundle_is_offered(tmp_path: Path, village: DeskCounty):
    with pytest.raises(Refused, match="优盘"):
        new_county(tmp_path, "没有远端").office.push()
    village.repo.git("remote", "set-url", "origin", str(tmp_path / "gone.git"))
    village.hand_in()
    with pytest.raises(Refused, match=r"连不上远端.*优盘"):
        village.office.push()


def test_a_server_that_refuses_is_quoted(village: DeskCounty, far: Repo):
    hook = far.root / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 今天不收 >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    village.hand_in()

    with pytest.raises(Refused, match="今天不收"):
        village.office.push()


def test_a_bundle_carries_what_waits_there_and_what_landed_back(
    tmp_path: Path, village: DeskCounty, township: DeskCounty
):
    handed = village.hand_in()
    (carried,) = village.office.bundle(tmp_path / "优盘", TODAY)
    assert carried.name == "示范县-2026-10-20.bundle"
    reviewer = township.enrol()

    assert "收到 1 份" in township.office.receive(carried)
    township.sign_off(handed.name, reviewer)
    (back,) = township.office.bundle(tmp_path / "优盘", TODAY)
    assert back.name == "示范县-2026-10-20-2.bundle"
    assert "主线新增" in village.office.receive(back)

    (seen,) = village.office.submissions()
    assert (seen.name, seen.state) == (handed.name, State.LANDED)
    assert village.is_clean()
    assert village.repo.git("for-each-ref", "refs/remotes/carried") == ""


def test_a_bundle_of_everything_finds_its_county_and_another_countys_is_refused(tmp_path: Path):
    county = new_county(tmp_path)
    twin = machine(tmp_path, county.root, "另一台")
    twin.repo.git("remote", "remove", "origin")
    handed = twin.hand_in()
    (whole,) = twin.office.bundle(tmp_path / "stick", TODAY)
    stranger = Repo(tmp_path / "stranger")
    stranger.commit("别处")
    stranger.git("bundle", "create", str(tmp_path / "x.bundle"), "main")

    assert "收到 1 份" in county.office.receive(whole)
    assert county.office.submissions()[0].name == handed.name
    with pytest.raises(Refused, match="不是本县的"):
        county.office.receive(tmp_path / "x.bundle")
    assert stranger.git("rev-parse", "HEAD").encode() not in county.repo.stored()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no bundle", b"# v2 git bundle\n" + b"x" * 50])
def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path, content: bytes):
    county = new_county(tmp_path)
    path = tmp_path / "x.bundle"
    path.write_bytes(content)

    with pytest.raises(Refused):
        county.office.receive(path)


def test_a_bundle_cut_short_is_refused(tmp_path: Path, village: DeskCounty, township: DeskCounty):
    village.hand_in()
    (carried,) = village.office.bundle(tmp_path, TODAY)
    carried.write_bytes(carried.read_bytes()[:-40])

    with pytest.raises(Refused, match="坏了"):
        township.office.receive(carried)
    assert township.office.submissions() == []


def test_a_landing_whose_text_was_altered_after_signing_is_not_taken_in(
    tmp_path: Path, village: DeskCounty, township: DeskCounty
):
    reviewer = village.enrol()
    village.sign_off(village.hand_in().name, reviewer)
    raw = village.repo.git("cat-file", "commit", "HEAD").replace("漏记一笔", "一切正常") + "\n"
    command = ["git", "-C", str(village.root), "hash-object", "-t", "commit", "-w", "--stdin"]
    forged = subprocess.run(command, input=raw.encode(), capture_output=True, check=True).stdout.decode()
    village.repo.git("update-ref", "refs/heads/main", forged.strip())
    (carried,) = village.office.bundle(tmp_path, TODAY)
    before = township.repo.git("rev-parse", "main")

    with pytest.raises(Refused, match="签名对不上"):
        township.office.receive(carried)
    assert township.repo.git("rev-parse", "main") == before


def test_a_bundle_that_changes_more_than_records_moves_nothing(
    tmp_path: Path, village: DeskCounty, township: DeskCounty
):
    village.hand_in()
    village.repo.write("site_config/theme/main.html", "{{ 1 }}")
    village.repo.git("add", "site_config")
    village.repo.git("commit", "--quiet", "-m", "主题")
    (carried,) = village.office.bundle(tmp_path, TODAY)

    with pytest.raises(Refused, match=r"收到 1 份.*公开内容以外的文件"):
        township.office.receive(carried)
    assert not (township.root / "site_config/theme/main.html").exists()
    assert len(township.office.submissions()) == 1


def test_a_submission_with_personal_data_is_not_taken_from_a_bundle(
    tmp_path: Path, village: DeskCounty, township: DeskCounty
):
    phone = "1" + "39" + "1234" + "5678"
    handed = village.hand_in()
    village.repo.git("checkout", "--quiet", handed.name)
    village.repo.write(FINANCE, village.read(FINANCE) + f"099,2026-09-30,,电话{phone},,,,,,,\n".encode())
    message = village.repo.git("log", "-1", "--format=%B")
    village.repo.git("commit", "--quiet", "--all", "--amend", "-m", message)
    village.repo.git("checkout", "--quiet", "main")
    (carried,) = village.office.bundle(tmp_path, TODAY)

    said = township.office.receive(carried)

    assert "收到 0 份" in said and "2026-09.csv" in said and phone not in said
    assert township.office.submissions() == []


def test_a_private_repository_travels_in_a_bundle_of_its_own(tmp_path: Path):
    from tests.desk.test_office_lists import NEW, apart, brought

    county, lists = apart(tmp_path, has_git=True)
    public, private = county.repo.root, lists
    reviewer = county.enrol()
    other = tmp_path / "另一台"
    for source, name in ((public, "县"), (private, "名单/content_private")):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        Repo(tmp_path / "git").git("clone", "--quiet", "--origin", "far", str(source), str(other / name))
    handed = county.hand_in(brought(county, lists, NEW))
    bundles = county.office.bundle(tmp_path / "stick", TODAY)
    there = Office(other / "县", county.home)

    assert [("名单" in path.name) for path in bundles] == [False, True]
    for path in bundles:
        there.receive(path)

    landed = there.sign_off(handed.name, reviewer.name, PASSPHRASE, after(4))
    assert not isinstance(landed, tuple) and landed.state is State.LANDED
    assert (other / "名单" / NEW).is_file()
