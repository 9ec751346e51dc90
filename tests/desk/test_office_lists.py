"""The office and lists of persons: they land in their private root, wherever that lies, and nowhere else."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.desk.office import Handover, Office, Refused, State, Table
from generator.intake.package import Intake
from generator.promises.promises import load_promises
from tests.counties import changed
from tests.desk.county import (
    CLERK,
    LIST,
    MORNING,
    PASSPHRASE,
    DeskCounty,
    after,
    new_county,
)
from tests.history.repositories import Repo

SEAL = "content/qingxi/qingshi/subsidy/2026Q1--farmland.sealed.yaml"
NEW = LIST.replace("2026Q1", "2026Q4")


def apart(folder: Path, *, has_git: bool) -> tuple[DeskCounty, Path]:
    """Return a county whose private root lies beside it: a repository of its own, or a plain folder."""
    county = new_county(folder)
    lists = folder / "名单" / "content_private"
    shutil.move(county.root / "content_private", lists)
    changed(
        county.root,
        "site_config/county.yaml",
        ("private_content: content_private", "private_content: ../名单/content_private"),
    )
    county.repo.commit("名单另放")
    if has_git:
        Repo(lists).commit("名单")
    county.office = Office(county.root, county.home)
    return county, lists


def listing(lists: Path, shown: str = LIST) -> bytes:
    path = lists / Path(shown).relative_to("content_private")
    return path.read_bytes() if path.exists() else b""


def brought(county: DeskCounty, lists: Path, shown: str = LIST) -> Table:
    """Return the list with a row less, to be handed in."""
    content = listing(lists).rstrip(b"\n").rpartition(b"\n")[0] + b"\n"
    path = lists / Path(shown).relative_to("content_private")
    seen = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    village = county.villages()["qingxi/qingshi"]
    return Table(village, "subsidy", path.stem, path, content, seen, {"类型": "公开"})


def is_sealed(county: DeskCounty, stem: str) -> bool:
    """Return whether the seal of a list is that of its rows, as the county reads it."""
    package = Intake(load_promises(county.root)).read_package(county.villages()["qingxi/qingshi"])
    (resource,) = [r for r in package.resources if (r.item.name, r.stem) == ("subsidy", stem)]
    assert resource.seal is not None
    return not [finding for finding in resource.findings if "seal" in finding.code]


def test_a_list_inside_the_demonstration_county_lands_with_a_seal_of_its_new_rows(tmp_path: Path):
    county = new_county(tmp_path)
    reviewer = county.enrol()
    before = county.read(SEAL)
    handed = county.hand_in(brought(county, county.root / "content_private"))

    county.sign_off(handed.name, reviewer)

    assert county.read(SEAL) != before
    assert is_sealed(county, "2026Q1--farmland")
    assert county.is_clean()
    county.office.undo(handed.name, CLERK, "核对", after(9))
    assert county.read(SEAL) == before
    assert county.is_clean()


def test_a_new_list_gets_a_salt_that_only_the_private_root_keeps(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=True)
    reviewer = county.enrol()
    table = brought(county, lists, NEW)

    county.sign_off(county.hand_in(table).name, reviewer)

    salt = (lists / "qingxi/qingshi/subsidy/2026Q4--farmland.salt").read_text().strip()
    assert len(salt) == 64
    assert is_sealed(county, "2026Q4--farmland")
    assert salt.encode() not in county.repo.stored()


def test_a_list_lands_in_its_own_repository_and_no_row_of_it_in_the_public_one(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=True)
    private, reviewer = Repo(lists), county.enrol()
    table = brought(county, lists, NEW)
    row = table.content.splitlines()[1]

    handed = county.hand_in(table, county.table())

    assert handed.paths == ("content/qingxi/qingshi/finance/2026-09.csv", NEW)
    assert private.git("branch", "--list", handed.name).strip() == handed.name
    assert county.office.submissions()[0].state is State.WAITING
    landed = county.sign_off(handed.name, reviewer)
    assert landed.state is State.LANDED
    assert listing(lists, NEW) == table.content
    assert private.git("status", "--porcelain") == ""
    assert county.is_clean()
    assert private.git("branch", "--list", "desk/*") == ""
    assert row not in county.repo.git("log", "-p", "-1", "-m").encode()
    county.office.undo(handed.name, CLERK, "核对", after(9))
    assert listing(lists, NEW) == b""
    assert private.git("status", "--porcelain") == ""
    assert county.is_clean()


def test_a_list_in_a_folder_without_git_waits_at_home_and_is_written_at_the_landing(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=False)
    reviewer = county.enrol()
    before, table = listing(lists), brought(county, lists)

    handed = county.hand_in(table)

    assert listing(lists) == before
    kept = [path for path in county.home.rglob("*.csv") if path.is_file()]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept)
    assert (county.home / "held").stat().st_mode & 0o077 == 0
    assert county.office.tables_of(handed.name) == ((LIST, before, table.content),)
    county.sign_off(handed.name, reviewer)
    assert listing(lists) == table.content
    assert is_sealed(county, "2026Q1--farmland")
    county.office.undo(handed.name, CLERK, "核对", after(9))
    assert listing(lists) == before
    assert county.is_clean()


def test_a_list_that_expired_in_a_folder_without_git_is_kept_at_home_no_longer(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=False)
    reviewer = county.enrol()
    county.sign_off(county.hand_in(brought(county, lists)).name, reviewer)
    assert list(county.home.rglob("*.csv"))
    (lists / Path(LIST).relative_to("content_private")).unlink()

    county.hand_in(minutes=7)

    assert list(county.home.rglob("*.csv")) == []


def test_a_list_changed_since_in_a_folder_without_git_clashes(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=False)
    reviewer = county.enrol()
    handed = county.hand_in(brought(county, lists))
    path = lists / Path(LIST).relative_to("content_private")
    path.write_bytes(path.read_bytes() + b"\n")

    found = county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))

    assert isinstance(found, tuple) and [clash.path for clash in found] == [LIST]
    assert path.read_bytes().endswith(b"\n\n")


def test_without_the_list_on_this_machine_its_submission_cannot_be_signed(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=True)
    reviewer, handed = county.enrol(), county.hand_in(brought(county, lists))
    Repo(lists).git("branch", "-D", handed.name)

    with pytest.raises(Refused, match="名单不在这台电脑上"):
        county.office.sign_off(handed.name, reviewer.name, PASSPHRASE, after(1))


def test_what_the_guard_finds_in_a_list_is_refused(tmp_path: Path):
    county, lists = apart(tmp_path, has_git=True)
    table = brought(county, lists)
    phone = "1" + "39" + "1234" + "5678"
    bad = replace(table, content=table.content[:-1] + f"手机{phone}\n".encode())

    with pytest.raises(Refused, match="不该公开的个人信息"):
        county.office.hand_in(Handover((bad,), CLERK), MORNING)
    assert phone.encode() not in Repo(lists).stored()
