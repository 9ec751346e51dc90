"""The memory of commits: the same answer as git's, whatever became of the history in between."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.history.commit_memory import stream_remembered
from generator.history.commits import Commit, list_commits, whole_commits
from tests.history.recording import Records

FILE = "content/dong/xi/finance/2026-01.csv"


def list_remembered(folder: Path, memory: Path) -> list[Commit]:
    return list(whole_commits(stream_remembered(folder, memory)))


@pytest.fixture
def records(tmp_path: Path) -> Records:
    found = Records(tmp_path / "county")
    for number in range(3):
        found.write(FILE, f"{number}\n")
        found.commit("2026-02-01", f"记\n\n更正原因: 第 {number} 次\n")
    return found


def test_what_is_remembered_is_what_git_says(records: Records, tmp_path: Path):
    memory = tmp_path / "memory" / "commits.json"
    first = list_remembered(records.root, memory)

    assert first == list_commits(records.root)
    assert list_remembered(records.root, memory) == first


def test_a_history_that_grew_is_read_from_where_it_was_known(records: Records, tmp_path: Path):
    memory = tmp_path / "commits.json"
    list_remembered(records.root, memory)
    records.git("checkout", "--quiet", "-b", "submission", "HEAD~1")
    records.write("content/dong/xi/notice/2026-01-01.yaml", "标题: 甲\n")
    records.commit("2026-02-03")
    records.git("checkout", "--quiet", "main")
    records.merge("submission", "2026-02-05", "采用")
    found = list_remembered(records.root, memory)

    assert {commit.id: commit for commit in found} == {c.id: c for c in list_commits(records.root)}
    order = [commit.id for commit in found]
    assert all(order.index(c.id) < order.index(parent) for c in found for parent in c.parents)


def test_a_history_that_was_rewritten_is_read_anew(records: Records, tmp_path: Path):
    memory = tmp_path / "commits.json"
    list_remembered(records.root, memory)
    records.git("commit", "--quiet", "--amend", "--message", "改写\n\n更正原因: 另一个\n", day="2026-02-01")

    assert list_remembered(records.root, memory) == list_commits(records.root)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"form": 0, "commits": []}', b'{"form": 1, "commits": [[1]]}']
)
def test_a_memory_that_cannot_be_read_is_none(records: Records, tmp_path: Path, content: bytes):
    memory = tmp_path / "commits.json"
    memory.write_bytes(content)

    assert list_remembered(records.root, memory) == list_commits(records.root)


def test_a_history_that_was_cut_off_is_not_remembered(records: Records, tmp_path: Path):
    shallow, memory = tmp_path / "shallow", tmp_path / "commits.json"
    command = ["git", "clone", "--quiet", "--depth", "1", records.root.as_uri(), str(shallow)]
    subprocess.run(command, check=True, capture_output=True)
    list_remembered(shallow, memory)
    subprocess.run(["git", "-C", str(shallow), "fetch", "--quiet", "--unshallow"], check=True)

    assert len(list_remembered(shallow, memory)) == 3


def test_a_file_whose_name_is_no_text_is_remembered_too(records: Records, tmp_path: Path):
    name = records.root / "content" / b"\xff\xfe.csv".decode("utf-8", "surrogateescape")
    name.write_bytes(b"1\n")
    records.commit("2026-02-03")
    memory = tmp_path / "commits.json"
    list_remembered(records.root, memory)

    assert list_remembered(records.root, memory) == list_commits(records.root)
