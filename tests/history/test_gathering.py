"""Gathering: a village's part of the history, made alone, is what reading the whole of it would tell."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from generator.history.commit_memory import stream_remembered
from generator.history.commits import Commit, FileChange, Told, list_commits
from generator.history.gathering import Gathering
from generator.history.repository import read_versions, short_length
from generator.history.timeline import Timeline, read_timeline
from generator.history.trailers import NO_TRAILERS
from tests.history.recording import Records

FOLDERS = ["dong/xi", "dong/bei", "dong/_township", "_county"]
LEDGER = "content/dong/xi/finance/2026-01.csv"
ROWS = "".join(f"{number:03},甲,{number}.00\n" for number in range(1, 30))


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "county")


def gathered(root: Path, place: str, memory: Path) -> Gathering:
    told = stream_remembered(root / place, memory)
    return Gathering(told, FOLDERS, prefix=f"{place}/", shown=place, length=short_length(root))


def last_commits(root: Path) -> dict[str, str]:
    """Return of each path the newest commit that touched it and was no merge, by the order of descent."""
    found: dict[str, str] = {}
    for commit in list_commits(root):
        for change in commit.changes if len(commit.parents) < 2 else ():
            found.setdefault(change.path, commit.id)
            found.setdefault(change.former, commit.id)
    return found


def require_same(root: Path, place: str, memory: Path) -> None:
    """Hold each folder's part against what git tells of all files at once."""
    lines = read_timeline(root / place, place).parted(FOLDERS, place)
    found, last = gathered(root, place, memory), last_commits(root)
    for own in FOLDERS:
        versions, chains = found.of(own)
        own_paths = {path for path in last if path.startswith(f"{place}/{own}/")}
        assert {p: last[p][: len(v.commit)] for p, v in versions.items()} == {
            path: version.commit for path, version in versions.items()
        }
        assert set(versions) == own_paths
        assert Timeline(found.head, False, chains) == lines[own]
        assert list(chains) == list(lines[own].by_path)


def test_the_part_of_a_village_is_the_same_whether_git_or_the_memory_tells_it(
    records: Records, tmp_path: Path
):
    records.write(LEDGER, ROWS)
    records.write("notes.csv", "1\n")
    records.commit("2026-02-01")
    records.git("checkout", "--quiet", "-b", "submission")
    records.write(LEDGER, ROWS + "x\n")
    records.commit("2026-02-02")
    records.git("checkout", "--quiet", "main")
    records.write("content/dong/xi/notice/2026-02-01.yaml", "标题: 通知\n")
    records.commit("2026-02-03")
    records.merge("submission", "2026-02-04", "采用")
    (records.root / LEDGER).rename(records.root / "content/dong/xi/finance/2026-02.csv")
    records.commit("2026-02-05")
    memory = tmp_path / "memory" / "commits"

    for _again in range(2):
        require_same(records.root, "content", memory)
    versions, chains = gathered(records.root, "content", memory).of("dong/xi")
    assert (
        versions
        == read_versions(records.root / "content", "content").parted(FOLDERS, "content")["dong/xi"].by_path
    )
    chain = chains["content/dong/xi/finance/2026-02.csv"]
    assert [version.since for version in chain] == [date(2026, 2, 1), date(2026, 2, 4), date(2026, 2, 5)]


def test_a_village_has_its_own_versions_wherever_the_records_lie(records: Records, tmp_path: Path):
    for place in ("content", "records/of/2026"):
        records.write(f"{place}/dong/xi/finance/2026-01.csv", ROWS)
        records.write(f"{place}/_county/finance/2026-01.csv", ROWS)
        records.commit("2026-02-01")
        records.write(f"{place}/dong/xi/finance/2026-01.csv", ROWS + "030,乙,1.00\n")
        records.commit("2026-02-09")

        require_same(records.root, place, tmp_path / place)
        found = gathered(records.root, place, tmp_path / place)
        assert len(found.of("dong/xi")[1][f"{place}/dong/xi/finance/2026-01.csv"]) == 2
        assert set(found.of("_county")[1]) == {f"{place}/_county/finance/2026-01.csv"}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_moved_merged_and_removed_each_part_is_that_of_the_whole(
    records: Records, tmp_path: Path, seed: int
):
    chance = Random(seed)
    names = [
        f"{top}/{item}/2026-0{n}.csv"
        for top in ("content/dong/xi", "content/dong/bei", "content/_county", "content/gone/cun", "old")
        for item in ("finance", "assets")
        for n in (1, 2)
    ]
    for step in range(16):
        day = f"2026-03-{chance.randint(1, 28):02}"
        is_side = step > 2 and chance.random() < 0.3
        if is_side:
            records.git("checkout", "--quiet", "-b", f"side{step}", f"HEAD~{chance.randint(0, 2)}")
        for _change in range(chance.randint(1, 4)):
            path, other = (records.root / chance.choice(names) for _end in range(2))
            if path.exists() and chance.random() < 0.4 and not other.exists():
                other.parent.mkdir(parents=True, exist_ok=True)
                path.rename(other)
            elif path.exists() and chance.random() < 0.3:
                path.unlink()
            else:
                records.write(path.relative_to(records.root).as_posix(), f"{ROWS}{chance.random()}\n")
        records.write("content/dong/_township/notice/1.yaml", f"标题: {step}\n" * 3 if not is_side else "a")
        records.commit(day, f"记\n\n更正原因: 第 {step} 次\n")
        if is_side:
            records.git("checkout", "--quiet", "main")
            records.git("merge", "--quiet", "--no-ff", "-X", "ours", "-m", "采用", f"side{step}", day=day)
        require_same(records.root, "content", tmp_path / "memory")


def history_of(villages: int, files: int) -> Iterator[Told]:
    """Yield a history in which each of so many villages has ``files`` files, all of one day's commit."""
    yield Commit("ab" * 20, (), "报账员", "报账员", date(2026, 2, 1), NO_TRAILERS, ())
    for village in range(villages):
        for number in range(files):
            path = f"content/t{village // 17:03}/v{village:04}/finance/20{number:02}-01.csv"
            yield FileChange(path, f"{village:020x}{number:020x}")


def test_a_file_costs_a_hundred_bytes_until_its_village_is_asked_for():
    def kept(villages: int) -> int:
        tracemalloc.start()
        folders = [f"t{n // 17:03}/v{n:04}" for n in range(villages)]
        found = Gathering(history_of(villages, 40), folders, prefix="content/", shown="content", length=7)
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert len(found.of("t000/v0007")[1]) == 40
        return held

    assert (kept(260) - kept(60)) / (200 * 40) < 100
