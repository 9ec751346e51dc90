"""Whatever is done to the records between two builds: the second says what a clean build would say."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake import stamps
from generator.intake.walk import list_files
from tests.pipeline.conftest import build
from tests.sample import copy_sample, tree

LEDGER = "content/qingxi/qingshi/finance/2026-03.csv"
KEPT = ("qingxi/qingshi", "baiyun/hexin")
STEPS = 4


@pytest.fixture(autouse=True)
def told_by_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let stamps tell however young a file is: it is they that are tried here."""
    monkeypatch.setattr(stamps, "RACY_NS", 0)


@pytest.fixture(scope="module")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a county of two villages that was built."""
    county = copy_sample(tmp_path_factory.mktemp("small") / "county")
    for root in (county / "content", county / "content_private"):
        for village in root.glob("*/*/"):
            if village.relative_to(root).as_posix() not in (*KEPT, "qingxi/_township", "baiyun/_township"):
                shutil.rmtree(village)
    build(county)
    return county


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Path:
    """Return a copy of it whose stamps were taken: to the build before, they were those of the original."""
    county = shutil.copytree(small_once, tmp_path / "county")
    assert build(county).built == 0
    return county


def everything(county: Path) -> dict[str, bytes]:
    return {**tree(county / "site"), **{f"audit/{k}": v for k, v in tree(county / "site-audit").items()}}


def clean_build_of(county: Path, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    leave_out = shutil.ignore_patterns("site", "site-audit", "build")
    shutil.copytree(county, folder, symlinks=True, ignore=leave_out)
    build(folder)
    return everything(folder)


def _another_mark(path: Path, draw: random.Random) -> None:
    """Change one character to another of the same length, and give the file its former time."""
    before, content = path.stat(), path.read_bytes()
    places = [place for place, byte in enumerate(content) if chr(byte) in "0123456789"]
    if places:
        place = draw.choice(places)
        other = bytes([48 + (content[place] - 47) % 10])
        path.write_bytes(content[:place] + other + content[place + 1 :])
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _a_longer_cell(path: Path, draw: random.Random) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[draw.randrange(len(lines))] += "补充"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")


def _without_a_line(path: Path, draw: random.Random) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    del lines[draw.randrange(len(lines))]
    path.write_text("\n".join(lines), encoding="utf-8", newline="")


def _gone(path: Path, draw: random.Random) -> None:
    path.unlink()


def _renamed(path: Path, draw: random.Random) -> None:
    path.rename(path.with_name(f"{draw.choice(('2024-02', '2025Q1', '2019', 'x y'))}{path.suffix}"))


def _copied(path: Path, draw: random.Random) -> None:
    shutil.copy2(path, path.with_name(f"{draw.choice(('2024-03', '2025Q2', '2020'))}{path.suffix}"))


def _touched(path: Path, draw: random.Random) -> None:
    path.touch()


def _a_stray_folder(path: Path, draw: random.Random) -> None:
    path.with_name(f"folder{draw.randrange(9)}").mkdir(exist_ok=True)


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    _another_mark,
    _another_mark,
    _a_longer_cell,
    _without_a_line,
    _gone,
    _renamed,
    _copied,
    _touched,
    _a_stray_folder,
)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_after_any_edits_an_incremental_build_equals_a_clean_one(small, tmp_path, seed):
    draw = random.Random(seed)
    for step in range(STEPS):
        done = []
        for _edit in range(draw.randint(1, 3)):
            roots = (small / "content", small / "content_private")
            paths = sorted(path for root in roots for path in root.glob("*/*/*/*") if path.is_file())
            path, edit = draw.choice(paths), draw.choice(EDITS)
            try:
                edit(path, draw)
            except FileExistsError:
                continue
            done.append(f"{edit.__name__} {path.relative_to(small)}")

        report = build(small)

        assert not report.withheld  # such a village keeps its former pages, which a clean build has not
        made, clean = everything(small), clean_build_of(small, tmp_path / "clean")
        assert {name for name in {*made, *clean} if made.get(name) != clean.get(name)} == set(), (step, done)


def test_a_village_whose_stamps_are_the_same_is_not_read(small, monkeypatch):
    def refuse(*_args: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr("generator.pipeline.sorting.list_files", refuse)
    monkeypatch.setattr("generator.pipeline.sorting.village_fingerprint", refuse)
    report = build(small)
    assert (report.built, report.unchanged) == (0, 5)


def test_a_change_that_keeps_size_and_time_is_seen(small):
    path = small / LEDGER
    before, content = path.stat(), path.read_bytes()
    path.write_bytes(content.replace("补助".encode(), "补肋".encode(), 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert path.read_bytes() != content

    assert build(small).built == 1


def test_a_file_that_was_only_touched_is_read_once_more_and_nothing_is_built(small, monkeypatch):
    (small / LEDGER).touch()
    assert build(small).built == 0
    monkeypatch.setattr("generator.pipeline.sorting.list_files", None)
    report = build(small)
    assert (report.built, report.unchanged) == (0, 5)


def test_a_file_that_has_just_been_written_is_not_told_by_its_stamp(small, monkeypatch):
    monkeypatch.setattr(stamps, "RACY_NS", 3_600_000_000_000)
    build(small)
    read = []

    def listed(village, promises):
        read.append(village)
        return list_files(village, promises)

    monkeypatch.setattr("generator.pipeline.sorting.list_files", listed)
    assert build(small).built == 0
    assert len(read) >= 2
