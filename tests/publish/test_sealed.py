"""Sealed lists: what is said of a list that is gone is held against what was bound while it hung."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from generator.intake.package import Intake
from generator.intake.seal_file import seal_text
from generator.intake.walk import walk_county
from generator.model.disclosure_log import Entry, next_entry
from generator.model.seal import Seal
from generator.promises.promises import load_promises
from generator.publish.sealed import verify_lists, verify_seals
from tests.counties import changed, county_at

SEAL = Seal(3, {"金额": Decimal("1650.00"), "人数": Decimal(1200)}, "a" * 64)
PAGE, FILE = "xi/welfare_list/2025Q4--elderly/index.html", "xi/data/welfare-list-2025q4-elderly.sealed.yaml"
SAID = "高龄津贴共 3 户（人），金额合计 1,650.00 元，人数合计 1,200 人。"
LIST = "content_private/dong/xi/subsidy/2025Q4--elderly.csv"


def site(said: str = SAID, seal: Seal = SEAL) -> dict[str, bytes]:
    return {PAGE: f"<p>{said}</p>".encode(), FILE: seal_text(seal).encode()}


def log_of(seal: Seal) -> list[Entry]:
    record = {"content/dong/xi/x.sealed.yaml": hashlib.sha256(seal_text(seal).encode()).hexdigest()}
    moment = datetime(2026, 1, 10, tzinfo=UTC)
    return [next_entry(b"", record, moment=moment, as_of=date(2026, 1, 10), engine="1", site="0" * 64)]


def said_of(files: dict[str, bytes], seal: Seal = SEAL) -> list[tuple[str, str]]:
    found = verify_seals(files.get, sorted(files), log_of(seal))
    return [(finding.place.file, finding.code) for finding in found]


def test_a_page_that_says_what_was_sealed_while_the_list_hung_holds():
    assert said_of(site()) == []


def test_each_number_that_a_page_says_otherwise_is_a_finding():
    for old, new in (("共 3 户", "共 2 户"), ("1,650.00", "1,560.00"), ("1,200", "1,201")):
        assert said_of(site(SAID.replace(old, new))) == [(PAGE, "seal-page-differs")]


def test_a_closed_list_without_its_page_says_nothing_of_its_seal():
    files = site()
    del files[PAGE]

    assert said_of(files) == [(FILE, "seal-page-differs")]


def test_a_seal_that_the_log_never_registered_proves_nothing():
    other = Seal(2, SEAL.totals, SEAL.root)

    assert said_of(site(SAID.replace("共 3", "共 2"), other)) == [(FILE, "seal-not-logged")]


def test_a_seal_that_cannot_be_read_is_named():
    assert said_of(site() | {FILE: b"rows: 3\n"}) == [(FILE, "seal-form")]


def lists_of(root: Path) -> list[str | None]:
    promises = load_promises(root)
    found = verify_lists(Intake(promises), walk_county(promises))
    return [None if finding is None else f"{finding.place.file} {finding.code}" for finding in found]


def test_a_list_that_is_still_held_must_be_the_one_that_was_sealed(tmp_path: Path):
    root = county_at(tmp_path)
    assert lists_of(root) == [None]

    changed(root, LIST, ("150.00", "105.00"))

    assert lists_of(root) == [f"{LIST} seal-stale"]


def test_of_a_list_that_is_gone_nothing_more_is_asked(tmp_path: Path):
    root = county_at(tmp_path)
    (root / LIST).unlink()

    assert lists_of(root) == []
