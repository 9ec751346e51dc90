"""Corrections: what counts as one, against repositories whose every edit is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.history.blobs import BlobReader
from generator.history.changes import subject_of
from generator.history.corrections import Correction, Published, corrections_of
from generator.history.timeline import read_timeline
from generator.promises.promises import Promises, load_promises
from tests.history.recording import Records
from tests.sample import ROOT

FOLDER = "content/dong/xi/finance"
JANUARY, FEBRUARY, MARCH = (f"{FOLDER}/2026-0{month}.csv" for month in (1, 2, 3))
HEAD = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"
POSTED = {JANUARY: date(2026, 2, 10), FEBRUARY: date(2026, 3, 10), MARCH: date(2026, 4, 10)}


def ledger(opening: int, spent: int, *, label: str = "办公用品", note: str = "") -> str:
    """Return a ledger of an opening row and one expense."""
    return HEAD + (
        f"001,2026-01-01,,上月结转,村集体,银行,上月结转,,,{opening}.00,\n"
        f"002,2026-01-05,记-001,{label},村集体,银行,办公费,,{spent}.00,{opening - spent}.00,{note}\n"
    )


@pytest.fixture(scope="module")
def promises() -> Promises:
    return load_promises(ROOT)


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Return a repository in which three months were committed before they were posted."""
    found = Records(tmp_path)
    found.write(JANUARY, ledger(1000, 380))
    found.write(FEBRUARY, ledger(620, 20))
    found.write(MARCH, ledger(600, 50))
    found.commit("2026-02-01")
    return found


def corrected(
    records: Records, promises: Promises, posted: dict[str, date] | None = None
) -> tuple[Correction, ...]:
    timeline = read_timeline(records.root / "content", "content")
    days = POSTED if posted is None else posted
    published = [
        Published(path, subject_of(path, promises), timeline.of(path), day) for path, day in days.items()
    ]
    with BlobReader(records.root) as reader:
        return corrections_of(published, reader.read)


def cells(correction: Correction) -> list[tuple[str, str, str]]:
    return [
        (cell.column, cell.before, cell.after)
        for table in correction.changes.tables
        for row in table.entered.changed
        for cell in row.cells
    ]


def test_what_was_changed_before_it_was_posted_was_drafting(records: Records, promises: Promises):
    records.write(JANUARY, ledger(1000, 381))
    records.commit("2026-02-10")

    assert corrected(records, promises) == ()


def test_a_change_after_posting_says_when_who_why_and_what(records: Records, promises: Promises):
    records.write(JANUARY, ledger(1000, 308))
    commit = records.commit("2026-02-20", "更正\n\n更正原因: 票据录入错误\n审核: 监委会\n编制: 会计\n")

    (found,) = corrected(records, promises)
    assert (found.path, found.day, found.commit) == (JANUARY, date(2026, 2, 20), commit[:7])
    assert (found.role, found.reason, found.reviewed) == ("会计", "票据录入错误", "监委会")
    assert cells(found) == [("支出", "380.00", "308.00")]


def test_later_periods_that_only_carry_the_balance_are_counted_and_not_listed(
    records: Records, promises: Promises
):
    records.write(JANUARY, ledger(1000, 308))
    records.write(FEBRUARY, ledger(692, 20))
    records.write(MARCH, ledger(672, 50))
    records.commit("2026-05-01", "更正\n\n更正原因: 抄错\n")

    (found,) = corrected(records, promises)
    assert (found.path, found.followed_by) == (JANUARY, 2)


def test_a_later_period_with_a_change_of_its_own_is_listed(records: Records, promises: Promises):
    records.write(JANUARY, ledger(1000, 308))
    records.write(FEBRUARY, ledger(692, 20, note="补记"))
    records.commit("2026-05-01")

    found = corrected(records, promises)
    assert [(c.path, c.followed_by) for c in found] == [(JANUARY, 0), (FEBRUARY, 0)]


def test_an_opening_that_moved_by_itself_is_listed(records: Records, promises: Promises):
    records.write(FEBRUARY, ledger(692, 20))
    records.commit("2026-05-01")

    (found,) = corrected(records, promises)
    assert found.path == FEBRUARY
    assert cells(found) == []
    assert [effect.opening for table in found.changes.tables for effect in table.entered.effects] == [72]


def test_where_history_begins_after_posting_its_first_version_is_what_was_published(
    records: Records, promises: Promises
):
    records.write(JANUARY, ledger(1000, 308))
    records.commit("2026-02-20")

    (found,) = corrected(records, promises, {JANUARY: date(2025, 1, 1)})
    assert cells(found) == [("支出", "380.00", "308.00")]


def test_a_file_that_changed_its_encoding_is_no_correction(records: Records, promises: Promises):
    records.write(JANUARY, ledger(1000, 380).replace("\n", "\r\n").encode("gb18030"))
    records.commit("2026-02-20")

    assert corrected(records, promises) == ()


def test_a_broken_version_is_said_and_the_others_work(records: Records, promises: Promises):
    records.write(JANUARY, ledger(1000, 380) + '"')
    records.commit("2026-02-20", "坏了")
    records.write(JANUARY, ledger(1000, 308))
    records.commit("2026-02-21", "好了")

    after, broken = corrected(records, promises)
    assert broken.changes.unread == "after"
    assert cells(after) == [("支出", "380.00", "308.00")]


def test_keys_that_became_duplicates_in_one_version_are_refused_there(records: Records, promises: Promises):
    twice = ledger(1000, 380) + ledger(1000, 380).splitlines()[2] + "\n"
    records.write(JANUARY, twice)
    records.commit("2026-02-20")

    (found,) = corrected(records, promises)
    assert found.changes.refusal is not None
    assert not found.changes.unread


def test_a_file_taken_away_and_put_back_is_told_as_that(records: Records, promises: Promises):
    (records.root / JANUARY).unlink()
    records.commit("2026-02-20", "撤下\n\n撤回原因: 重复\n")
    records.write(JANUARY, ledger(1000, 380))
    records.commit("2026-02-22")

    assert [(c.kind, c.reason) for c in corrected(records, promises)] == [
        ("restored", ""),
        ("removed", "重复"),
    ]


def test_a_wrong_clock_makes_no_correction_a_draft(records: Records, promises: Promises):
    records.commit("2026-02-19")
    records.write(JANUARY, ledger(1000, 308))
    records.commit("2001-01-01")

    (found,) = corrected(records, promises)
    assert found.day == date(2001, 1, 1)


def test_a_version_that_a_clone_lacks_is_said_to_be_missing(records: Records, promises: Promises):
    records.write(JANUARY, ledger(1000, 308))
    records.commit("2026-02-20")
    timeline = read_timeline(records.root / "content", "content")
    published = Published(JANUARY, subject_of(JANUARY, promises), timeline.of(JANUARY), POSTED[JANUARY])
    last = timeline.of(JANUARY)[-1].blob

    with BlobReader(records.root) as reader:
        (found,) = corrections_of([published], lambda blob: None if blob == last else reader.read(blob))
    assert found.changes.unread == "after"
