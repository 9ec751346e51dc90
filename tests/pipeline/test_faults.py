"""Faults of what a build remembers: damaged, another's, restored from a copy; and two builds at once."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.counties import ROOT, changed
from tests.pipeline.furnished import LEDGER, NOTE, WRITTEN, build, command, furnished, pages, started


def kept_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "build").rglob("*") if path.is_file() and path.name != "lock")


def _one_bit_flipped(path: Path, draw: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)


def _cut(path: Path, draw: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: draw.randrange(len(content))])


def _a_folder(path: Path, draw: random.Random) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)
    (path / "inside" / "file").write_bytes(b"")


def _of_an_earlier_version(path: Path, draw: random.Random) -> None:
    """Leave what a version wrote that kept no hashes: plain JSON with another number."""
    path.write_text(json.dumps({"form": 1, "villages": {}, "commits": []}), encoding="utf-8")


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (
    _one_bit_flipped,
    _cut,
    _a_folder,
    _of_an_earlier_version,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memory_is_as_good_as_none(copied, noted, damage):
    draw = random.Random(20261020)
    files = kept_files(copied)
    assert len(files) > 10
    for path in files:
        damage(path, draw)
    changed(copied, LEDGER, NOTE)

    build(copied)

    assert pages(copied) == noted


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 20))])
def test_a_memory_of_which_some_files_are_damaged_or_gone_is_as_good_as_none(copied, noted, seed):
    draw = random.Random(seed)
    for path in draw.sample(kept_files(copied), 5):
        draw.choice((*DAMAGES, lambda path, _draw: path.unlink()))(path, draw)
    changed(copied, LEDGER, NOTE)

    build(copied)

    assert pages(copied) == noted


def test_a_memory_of_other_records_is_not_taken_for_that_of_these(built, tmp_path, noted):
    other = furnished(tmp_path / "other")
    changed(other, LEDGER, NOTE)
    for name in WRITTEN:
        shutil.copytree(built / name, other / name)

    build(other)

    assert pages(other) == noted


def test_pages_and_memory_restored_from_a_copy_are_not_built_again(built, tmp_path):
    fresh = furnished(tmp_path / "fresh")
    for name in WRITTEN:
        # As a cache puts them back: the bytes are the same, the times are those of today.
        shutil.copytree(built / name, fresh / name, copy_function=shutil.copyfile)

    report = build(fresh)

    assert (report.built, report.unchanged) == (0, 2)
    assert pages(fresh) == pages(built)


def test_a_page_that_was_changed_in_a_restored_copy_is_built_again(built, tmp_path):
    fresh = furnished(tmp_path / "fresh")
    for name in WRITTEN:
        shutil.copytree(built / name, fresh / name, copy_function=shutil.copyfile)
    page = fresh / "site/xi/index.html"
    page.write_bytes(page.read_bytes().replace("月".encode(), "年".encode(), 1))

    report = build(fresh)

    assert (report.built, report.unchanged) == (1, 1)
    assert pages(fresh) == pages(built)


def test_a_folder_in_the_place_of_a_page_gives_way(copied, built):
    for name in ("site/xi/index.html", "site/index.html", "site-audit/index.html"):
        _a_folder(copied / name, random.Random(1))

    build(copied)

    assert pages(copied) == pages(built)


def test_a_file_in_the_place_of_a_folder_is_named_and_nothing_else_is_touched(copied):
    shutil.rmtree(copied / "site/xi")
    (copied / "site/xi").write_text("mine", encoding="utf-8")

    done = started(copied)

    assert done.returncode == 3
    assert "site/xi" in done.stderr and "应当是文件夹" in done.stderr
    assert (copied / "site/xi").read_text(encoding="utf-8") == "mine"


@contextmanager
def lock_held(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let another process hold the lock of the builds below ``root``."""
    program = (
        "import sys, time; from pathlib import Path; from generator.pipeline.lock import only_build\n"
        "with only_build(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, root / "build"], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_build_is_refused_when_its_patience_is_over(copied):
    with lock_held(copied) as holder:
        done = started(copied, "--wait", "0.2")

    assert done.returncode == 3
    assert f"进程 {holder.pid}" in done.stderr and "请等它做完再运行" in done.stderr


def test_a_second_build_says_that_it_waits_and_goes_on_when_the_first_is_killed(copied, noted):
    changed(copied, LEDGER, NOTE)
    with lock_held(copied) as holder:
        waiting = subprocess.Popen(
            command(copied), cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert waiting.stderr is not None
        assert f"另一个生成（进程 {holder.pid}）正在写" in waiting.stderr.readline()
        holder.kill()
        waiting.communicate()

    assert waiting.returncode == 0
    assert pages(copied) == noted


def test_two_builds_at_once_leave_what_one_would(copied, noted):
    changed(copied, LEDGER, NOTE)
    both = [subprocess.Popen(command(copied), cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(2)]

    assert [process.wait() for process in both] == [0, 0]
    assert pages(copied) == noted


def test_the_workers_of_a_build_that_was_killed_end_and_hold_no_lock(tmp_path):
    root = furnished(tmp_path / "county")
    for number in range(4):
        village = shutil.copytree(root / "content/dong/xi", root / f"content/dong/xi{number}")
        text = (village / "village.yaml").read_text(encoding="utf-8")
        text = text.replace("slug: xi", f"slug: xi{number}").replace("201000", f"20100{number + 3}")
        (village / "village.yaml").write_text(text, encoding="utf-8")
    running = subprocess.Popen(command(root, "--workers", "2"), cwd=ROOT, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while len(workers := children.read_text().split()) < 2:
        time.sleep(0.01)
    running.kill()
    running.wait()

    done = started(root, "--wait", "30")

    assert done.returncode == 0, done.stderr
    assert not [pid for pid in workers if runs(pid)]


def runs(pid: str) -> bool:
    """Return whether a process does; one that ended keeps its number until somebody asks how it ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except FileNotFoundError:
        return False
