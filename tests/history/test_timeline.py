"""Timelines: every version of every file, through renames, merges, wrong clocks and missing history."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.history.blobs import BlobReader
from generator.history.timeline import NO_TIMELINE, FileVersion, Timeline, read_timeline
from tests.history.recording import Records

LEDGER = "content/dong/xi/finance/2026-01.csv"
ROWS = "".join(f"{number:03},甲,{number}.00\n" for number in range(1, 30))


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "county")


def timeline(records: Records, revision: str = "HEAD") -> Timeline:
    return read_timeline(records.root / "content", "content", revision)


def told(versions: tuple[FileVersion, ...]) -> list[tuple[str, str, str]]:
    return [(version.since.isoformat(), version.role, version.trailers.reason) for version in versions]


def test_every_version_of_a_file_is_told_with_its_day_its_role_and_its_reason(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")
    records.write(LEDGER, ROWS + "030,乙,1.00\n")
    records.commit("2026-02-09", "补登\n\n更正原因: 票据迟到\n审核: 监委会\n编制: 会计\n")

    versions = timeline(records).of(LEDGER)
    assert told(versions) == [("2026-02-01", "报账员", ""), ("2026-02-09", "会计", "票据迟到")]
    assert versions[1].trailers.reviewed == "监委会"


def test_files_outside_the_content_are_no_records(records: Records):
    records.write("notes.csv", "1\n")
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")

    assert list(timeline(records).by_path) == [LEDGER]


@pytest.mark.parametrize(
    "after",
    [
        "content/dong/xi/finance/2026-1.csv",
        "content/dong/xi/ledger/2026-01.csv",
        "content/dong/nan/finance/2026-01.csv",
    ],
    ids=["file", "item", "village"],
)
def test_a_file_keeps_its_versions_through_a_renaming(records: Records, after: str):
    records.write(LEDGER, ROWS)
    first = records.commit("2026-02-01")
    (records.root / after).parent.mkdir(parents=True, exist_ok=True)
    (records.root / LEDGER).rename(records.root / after)
    second = records.commit("2026-02-02")
    records.write(after, ROWS + "030,乙,1.00\n")
    third = records.commit("2026-02-03")

    assert [version.commit.id for version in timeline(records).of(after)] == [first, second, third]
    assert timeline(records).of(LEDGER) == ()


def test_a_new_period_that_looks_like_one_taken_away_is_not_the_same_file(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")
    (records.root / LEDGER).unlink()
    following = LEDGER.replace("2026-01", "2026-02")
    records.write(following, ROWS.replace("甲", "乙"))
    records.commit("2026-03-01")

    versions = timeline(records)
    assert [version.blob == "" for version in versions.of(LEDGER)] == [False, True]
    assert len(versions.of(following)) == 1


def test_a_file_that_was_taken_away_and_came_back_keeps_what_was_before(records: Records):
    for day, is_there in (("2026-02-01", True), ("2026-02-02", False), ("2026-02-03", True)):
        if is_there:
            records.write(LEDGER, ROWS)
        else:
            (records.root / LEDGER).unlink()
        records.commit(day)

    assert [bool(version.blob) for version in timeline(records).of(LEDGER)] == [True, False, True]


def test_a_merge_is_one_change_with_what_was_said_on_its_branch(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")
    records.git("checkout", "--quiet", "-b", "submission")
    records.write(LEDGER, ROWS.replace("1.00", "1.50"))
    records.commit("2026-02-02", "试改", author="文书")
    records.write(LEDGER, ROWS.replace("29.00", "92.00"))
    brought = records.commit("2026-02-03", "改正\n\n更正原因: 抄错\n", author="文书")
    records.git("checkout", "--quiet", "main")
    merge = records.merge("submission", "2026-02-05", "采用")

    versions = timeline(records).of(LEDGER)
    assert [version.commit.id for version in versions][1:] == [merge]
    assert told(versions)[1:] == [("2026-02-05", "文书", "抄错")]
    assert versions[1].source is not None and versions[1].source.id == brought


def test_what_a_merge_itself_says_goes_before_what_its_branch_said(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")
    records.git("checkout", "--quiet", "-b", "submission")
    records.write(LEDGER, ROWS.replace("29.00", "92.00"))
    records.commit("2026-02-03", "改正\n\n更正原因: 草稿里的话\n", author="文书")
    records.git("checkout", "--quiet", "main")
    records.merge("submission", "2026-02-05", "采用\n\n更正原因: 抄错\n编制: 报账员\n审核: 监委会")

    assert told(timeline(records).of(LEDGER))[1:] == [("2026-02-05", "报账员", "抄错")]


def test_what_came_to_the_main_line_before_a_branch_did_is_not_told_twice(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")
    records.git("checkout", "--quiet", "-b", "late")
    records.write("content/dong/xi/notice/2026-02-01.yaml", "标题: 通知\n")
    records.commit("2026-02-02")
    records.git("checkout", "--quiet", "main")
    records.write(LEDGER, ROWS.replace("29.00", "92.00"))
    own = records.commit("2026-02-03")
    records.merge("late", "2026-02-04", "合并")

    assert [version.commit.id for version in timeline(records).of(LEDGER)][1:] == [own]


def test_another_branch_has_a_timeline_of_its_own(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01")
    records.git("checkout", "--quiet", "-b", "other")
    records.write(LEDGER, ROWS.replace("29.00", "92.00"))
    records.commit("2026-02-03")
    records.git("checkout", "--quiet", "main")

    assert len(timeline(records).of(LEDGER)) == 1
    assert len(timeline(records, "other").of(LEDGER)) == 2


def test_the_order_of_commits_counts_and_not_their_clocks(records: Records):
    for number, day in enumerate(("2026-03-01", "2001-01-01", "2026-03-05")):
        records.write(LEDGER, ROWS + f"{number}\n")
        records.commit(day)

    versions = timeline(records).of(LEDGER)
    assert [v.commit.day for v in versions] == [date(2026, 3, 1), date(2001, 1, 1), date(2026, 3, 5)]
    assert [v.since for v in versions] == [date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 5)]


def test_a_clone_of_the_end_of_history_says_so(records: Records, tmp_path: Path):
    for number in range(3):
        records.write(LEDGER, ROWS + f"{number}\n")
        records.commit("2026-02-01")
    shallow = tmp_path / "shallow"
    command = ["git", "clone", "--quiet", "--depth", "1", records.root.as_uri(), str(shallow)]
    subprocess.run(command, check=True, capture_output=True)

    assert not timeline(records).is_shallow
    found = read_timeline(shallow / "content", "content")
    assert found.is_shallow
    assert len(found.of(LEDGER)) == 1


def test_a_detached_head_has_the_history_that_leads_to_it(records: Records):
    records.write(LEDGER, ROWS)
    first = records.commit("2026-02-01")
    records.write(LEDGER, ROWS + "x\n")
    records.commit("2026-02-02")
    records.git("checkout", "--quiet", "--detach", first)

    assert len(timeline(records).of(LEDGER)) == 1


def test_without_history_there_are_no_versions(tmp_path: Path):
    (tmp_path / "content").mkdir()
    assert read_timeline(tmp_path / "content", "content") == NO_TIMELINE
    empty = Records(tmp_path / "empty")
    empty.write(LEDGER, ROWS)

    assert timeline(empty) == NO_TIMELINE


def test_settings_of_the_reader_change_nothing(records: Records):
    records.write(LEDGER, ROWS)
    records.commit("2026-02-01", author="甲")
    records.git("config", "log.showSignature", "true")
    records.git("config", "diff.renames", "false")
    records.git("config", "core.quotePath", "true")
    records.git("config", "log.date", "relative")

    assert told(timeline(records).of(LEDGER)) == [("2026-02-01", "甲", "")]


def test_no_address_is_kept_of_anybody(records: Records):
    records.write(LEDGER, ROWS)
    records.commit(
        "2026-02-01", "记\n\n更正原因: 问 wang@example.invalid 得知\n", author="li@example.invalid"
    )

    assert "@" not in repr(timeline(records))


def test_three_hundred_versions_of_a_file_are_read_by_as_many_processes_as_three(
    records: Records, monkeypatch: pytest.MonkeyPatch
):
    started: list[object] = []

    class Counted(subprocess.Popen[Any]):
        def __init__(self, command: Any, *arguments: Any, **options: Any) -> None:
            started.append(command)
            super().__init__(command, *arguments, **options)

    counts = []
    for total in (3, 300):
        stream = [b"reset refs/heads/main\n"]
        for number in range(total):
            content = f"编号,金额\n1,{number}\n".encode()
            stream.append(
                b"commit refs/heads/main\ncommitter a <a@example.invalid> %d +0000\ndata 1\nx\n"
                % (1_770_000_000 + number)
                + b"M 100644 inline %s\ndata %d\n%s\n" % (LEDGER.encode(), len(content), content)
            )
        importing = ["git", "-C", str(records.root), "fast-import", "--quiet", "--force"]
        subprocess.run(importing, input=b"".join(stream), check=True)
        records.git("reset", "--quiet", "--hard")
        with monkeypatch.context() as patch, BlobReader(records.root) as reader:
            patch.setattr(subprocess, "Popen", Counted)
            versions = timeline(records).of(LEDGER)
            contents = list(reader.read_all(version.blob for version in versions))

        assert contents[-1] == f"编号,金额\n1,{total - 1}\n".encode()
        assert len(contents) == total
        counts.append(len(started))
        started.clear()

    assert counts[0] == counts[1] > 0
