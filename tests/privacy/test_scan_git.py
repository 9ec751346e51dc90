"""Scanning git: what was ever committed, what a push adds, what is staged."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from generator.model.finding import SetupError
from generator.pipeline.gitscan import scan_history, scan_message, scan_range, scan_staged
from generator.privacy.scan import Tally
from tests.history.test_repository import Repository
from tests.privacy.generators import citizen, mobile

PERSON, PHONE = str(citizen(Random(7))), str(mobile(Random(7)))
LEAK = f"户主,说明\n甲,{PHONE}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def places(leaks):
    return [(leak.file, leak.line, leak.column, leak.where, leak.kind) for leak in leaks]


def test_a_leak_that_was_removed_long_ago_is_found_at_its_first_commit(repository: Repository):
    repository.commit("2026-01-01", a="公告")
    first = repository.commit("2026-01-02", 表__b=LEAK)
    repository.commit("2026-01-03", 表__b="公告", c=LEAK)
    repository.git("rm", "-q", "c.csv")
    repository.commit("2026-01-04")
    tally = Tally()

    found = places(scan_history(repository.root, tally=tally))

    assert found == [("表/b.csv", 2, "说明", f"commit:{first}", "mobile")]
    assert tally.files == 2


def test_every_name_that_a_file_ever_had_is_read(repository: Repository):
    repository.commit("2026-01-01", a="公告")
    repository.git("mv", "a.csv", f"{PHONE}.csv")
    second = repository.commit("2026-01-02")
    repository.git("mv", f"{PHONE}.csv", "b.csv")
    repository.commit("2026-01-03")

    assert places(scan_history(repository.root)) == [
        ("***********.csv", None, None, f"commit:{second};filename", "mobile")
    ]


def test_messages_tags_and_names_of_branches_are_read(repository: Repository):
    commit = repository.commit("2026-01-01", a="公告")
    repository.git("commit", "-q", "--allow-empty", "-m", f"更正\n\n甲 {PERSON}")
    said = repository.git("rev-parse", "--short=7", "HEAD")
    repository.git("tag", "-a", "v1", "-m", f"打{PHONE}", commit)
    repository.git("branch", f"甲{PHONE}")

    found = [(leak.file, leak.where.partition(":")[0], leak.kind) for leak in scan_history(repository.root)]

    assert found == [("", "commit", "citizen-id"), ("", "ref", "mobile"), ("", "ref", "mobile")]
    assert (None, f"commit:{said};commit-message") in [
        (leak.facts()["file"], leak.where) for leak in scan_history(repository.root)
    ]


def test_branches_that_were_never_merged_belong_to_the_history(repository: Repository):
    repository.commit("2026-01-01", a="公告")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("2026-01-02", b=LEAK)
    repository.git("checkout", "-q", "main")

    assert [leak.file for leak in scan_history(repository.root)] == ["b.csv"]


def test_what_only_a_merge_holds_is_read(repository: Repository):
    repository.commit("2026-01-01", a="公告")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("2026-01-02", b="一")
    repository.git("checkout", "-q", "main")
    repository.commit("2026-01-03", c="二")
    repository.git("merge", "-q", "--no-commit", "--no-ff", "side")
    repository.commit("2026-01-04", b=LEAK)

    assert [leak.file for leak in scan_history(repository.root)] == ["b.csv"]


def test_a_push_is_scanned_with_all_its_commits_and_nothing_before_them(repository: Repository):
    repository.commit("2026-01-01", old=LEAK)
    base = repository.git("rev-parse", "HEAD")
    added = repository.commit("2026-01-02", a=LEAK.replace(PHONE, PERSON))
    repository.commit("2026-01-03", a="公告")
    tip = repository.git("rev-parse", "HEAD")
    tally = Tally()

    found = places(scan_range(repository.root, f"{base}..{tip}", tally=tally))

    assert found == [("a.csv", 2, "说明", f"commit:{added}", "citizen-id")]
    assert tally.files == 2


def test_of_a_log_that_goes_on_only_what_is_new_is_read_and_of_one_that_does_not_all(
    repository: Repository,
):
    log = repository.root / "disclosure-log.jsonl"

    def commit(*lines: str) -> str:
        log.write_text("".join(f'{{"note":"{line}"}}\n' for line in lines), encoding="utf-8")
        repository.git("add", "-A")
        repository.git("commit", "-qm", "登记")
        return repository.git("rev-parse", "HEAD")

    base = commit(PHONE)
    commit(PHONE, "没有什么")
    tip = commit(PHONE, "没有什么", PERSON)
    other = commit("没有什么", PHONE)

    assert [(leak.line, leak.kind) for leak in scan_range(repository.root, f"{base}..{tip}")] == [
        (3, "citizen-id")
    ]
    assert [(leak.line, leak.kind) for leak in scan_range(repository.root, f"{tip}..{other}")] == [
        (2, "mobile")
    ]


def test_a_new_branch_is_scanned_back_to_what_other_branches_hold(repository: Repository):
    repository.commit("2026-01-01", old=LEAK)
    repository.git("checkout", "-q", "-b", "new")
    repository.commit("2026-01-02", a=LEAK)
    repository.commit("2026-01-03", a="公告")
    tip = repository.git("rev-parse", "HEAD")

    for pushed in (f"{'0' * 40}..{tip}", tip, f"{'1' * 40}..{tip}"):
        assert [leak.file for leak in scan_range(repository.root, pushed)] == ["a.csv"]


def test_the_first_push_of_all_is_scanned_whole(repository: Repository):
    repository.commit("2026-01-01", old=LEAK)
    tip = repository.git("rev-parse", "HEAD")

    assert [leak.file for leak in scan_range(repository.root, f"{'0' * 40}..{tip}")] == ["old.csv"]


def test_a_branch_that_is_deleted_adds_nothing(repository: Repository):
    tip = repository.commit("2026-01-01", old=LEAK)

    assert list(scan_range(repository.root, f"{tip}..{'0' * 40}")) == []


def test_a_commit_that_is_not_here_is_no_clean_push(repository: Repository):
    repository.commit("2026-01-01", old="公告")

    with pytest.raises(SetupError):
        list(scan_range(repository.root, f"{'0' * 40}..{'1' * 40}"))


def test_messages_of_a_push_are_read(repository: Repository):
    repository.commit("2026-01-01", a="公告")
    base = repository.git("rev-parse", "HEAD")
    repository.git("commit", "-q", "--allow-empty", "-m", f"打{PHONE}")

    assert [leak.kind for leak in scan_range(repository.root, f"{base}..HEAD")] == ["mobile"]


def test_what_is_staged_is_read_as_it_will_be_committed(repository: Repository):
    repository.write("a.csv", LEAK)
    repository.git("add", "a.csv")
    repository.write("a.csv", "公告")
    repository.write("b.csv", LEAK)

    assert places(scan_staged(repository.root)) == [("a.csv", 2, "说明", None, "mobile")]

    repository.git("commit", "-q", "-m", "一")
    assert list(scan_staged(repository.root)) == []


def test_office_telephones_are_those_of_the_commit(repository: Repository):
    repository.write("x/village.yaml", f"contacts:\n  - {{title: 办公室, phone: '{PHONE}'}}\n")
    repository.write("x/a.csv", LEAK)
    repository.git("add", "-A")

    assert list(scan_staged(repository.root)) == []
    repository.git("commit", "-q", "-m", "一")
    (repository.root / "x/village.yaml").unlink()
    assert list(scan_range(repository.root, "HEAD")) == []
    assert list(scan_history(repository.root)) == []


def test_a_message_that_is_about_to_be_committed_is_read():
    assert places(scan_message(f"更正\n打{PHONE}\n")) == [("", 2, None, "commit-message", "mobile")]


def test_replaced_objects_hide_nothing(repository: Repository):
    bad = repository.commit("2026-01-01", a=LEAK)
    repository.git("checkout", "-q", "--orphan", "clean")
    repository.git("rm", "-rqf", ".")
    good = repository.commit("2026-01-02", a="公告")
    repository.git("replace", "-f", bad, good)

    assert [leak.file for leak in scan_history(repository.root)] == ["a.csv"]


def test_a_push_of_one_file_into_a_large_history_is_scanned_at_once(repository: Repository):
    for number in range(300):
        repository.write(
            f"v{number}/village.yaml", f"contacts:\n  - {{title: 室, phone: 000-{number:08d}}}\n"
        )
    repository.commit("2026-01-01", a="公告")
    base = repository.git("rev-parse", "HEAD")
    repository.commit("2026-01-02", a=LEAK)
    start = time.process_time()

    assert [leak.file for leak in scan_range(repository.root, f"{base}..HEAD")] == ["a.csv"]
    assert time.process_time() - start < 1
