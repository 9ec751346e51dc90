"""Sudden ends: a build that is killed, a disk that is full or read-only, a clock that goes back."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from generator.pipeline import build as building
from generator.pipeline import intactness
from generator.pipeline.build import Places, run_build
from tests.counties import AS_OF, ROOT, changed
from tests.history.recording import Records
from tests.pipeline.furnished import LEDGER, NOTE, WRITTEN, build, command, furnished, pages, started

_DAY_NS = 86_400_000_000_000


def _in_a_process(root: Path) -> int:
    """Begin a build in a process of its own, which has loaded all that it needs, and return its id."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            # So that a county this small is looked at by two processes too.
            intactness._MANY = 0
            build(root)
            code = 0
        finally:
            os._exit(code)
    return process


def test_a_page_that_is_gone_or_another_is_seen_by_a_second_process_too(copied, built):
    (copied / "site/xi/finance/2026-01/index.html").unlink()
    (copied / "site/dong/index.html").write_text("改过的", encoding="utf-8")

    _process, status = os.waitpid(_in_a_process(copied), 0)

    assert status == 0
    assert pages(copied) == pages(built)


@pytest.mark.parametrize("moments", [8, pytest.param(50, marks=pytest.mark.soak)])
def test_whenever_a_build_is_killed_no_page_is_half_and_the_next_build_makes_it_good(
    built, noted, tmp_path, moments
):
    draw = random.Random(20261020)
    root = furnished(tmp_path / "county")
    began = time.monotonic()
    os.waitpid(_in_a_process(root), 0)
    longest = time.monotonic() - began
    whole = [pages(built), noted]
    killed = 0
    for moment in range(moments):
        if moment % 3 == 0:
            for name in WRITTEN:
                shutil.rmtree(root / name, ignore_errors=True)
        changed(root, LEDGER, NOTE if moment % 2 == 0 else (NOTE[1], NOTE[0]))
        process = _in_a_process(root)
        time.sleep(draw.random() * longest)
        os.kill(process, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(process, 0)[1])

        served = {name: page for name, page in pages(root).items() if not name.endswith(".part")}
        assert {name for name, page in served.items() if page not in [w.get(name) for w in whole]} == set()
        build(root)
        assert pages(root) == whole[(moment + 1) % 2], moment
    assert killed > moments / 3


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """Let ``folder`` be a disk of ``size`` bytes; yield whether this machine lets us make one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_named_and_the_build_goes_on_when_there_is_room(tmp_path, noted):
    root = furnished(tmp_path / "county")
    changed(root, LEDGER, NOTE)
    with small_disk(root / "site", 200_000) as is_disk:
        if is_disk:
            done = started(root)
        else:
            # Where nothing can be mounted, no file may grow beyond a limit: the same call fails.
            done = subprocess.run(
                command(root),
                capture_output=True,
                encoding="utf-8",
                cwd=ROOT,
                check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
            )

        assert done.returncode == 3, done.stderr
        assert "磁盘满了" in done.stderr and "腾出空间以后再运行一次" in done.stderr
        assert "Traceback" not in done.stderr
        left = {name: page for name, page in pages(root).items() if not name.startswith("audit/")}
        assert {name for name, page in left.items() if noted.get(name) != page} == set()
        if is_disk:
            subprocess.run(["mount", "-o", "remount,size=64m", str(root / "site")], check=True)
        build(root)
        assert pages(root) == noted


def test_a_disk_too_full_for_what_is_remembered_is_named_too(tmp_path, noted):
    root = furnished(tmp_path / "county")
    changed(root, LEDGER, NOTE)
    with small_disk(root / "build", 60_000) as is_disk:
        limits = None if is_disk else (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000)))
        done = subprocess.run(
            command(root), capture_output=True, encoding="utf-8", cwd=ROOT, check=False, preexec_fn=limits
        )

        assert done.returncode == 3, done.stderr
        assert "磁盘满了" in done.stderr
        if is_disk:
            subprocess.run(["mount", "-o", "remount,size=64m", str(root / "build")], check=True)
        build(root)
        assert pages(root) == noted


@pytest.mark.parametrize("name", ["build", "site"])
def test_a_folder_that_must_not_be_written_is_named_and_nothing_changes(copied, noted, name):
    before = pages(copied)
    changed(copied, LEDGER, NOTE)
    with read_only(copied / name):
        done = started(copied)

    assert done.returncode == 3, done.stderr
    assert str(copied / name) in done.stderr and "只读的盘" in done.stderr
    assert "Traceback" not in done.stderr
    assert pages(copied) == before
    build(copied)
    assert pages(copied) == noted


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written below ``folder``, not even by root, whom permissions do not stop."""
    subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False)
    bound = subprocess.run(
        ["mount", "-o", "remount,bind,ro", str(folder)], capture_output=True, check=False
    ).returncode
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    if bound != 0:
        for path in folders:
            path.chmod(0o555)
    try:
        yield
    finally:
        if bound == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        else:
            for path in folders:
                path.chmod(0o755)


@pytest.mark.parametrize("days", [-400, 400])
def test_files_of_another_day_and_a_clock_that_jumped_change_nothing(copied, noted, monkeypatch, days):
    now = time.time_ns() + days * _DAY_NS
    monkeypatch.setattr(building.time, "time_ns", lambda: now)
    for path in sorted((copied / "content").rglob("*")):
        os.utime(path, ns=(now, now + _DAY_NS))
    build(copied)
    changed(copied, LEDGER, NOTE)
    os.utime(copied / LEDGER, ns=(now, now - _DAY_NS))

    build(copied)

    assert pages(copied) == noted


def test_a_build_for_an_earlier_day_says_what_a_clean_build_of_that_day_says(copied, tmp_path):
    day = AS_OF - timedelta(days=40)
    fresh = furnished(tmp_path / "fresh")
    for root in (copied, fresh):
        run_build(root, Places.below(root), as_of=day, workers=1)

    assert pages(copied) == pages(fresh)


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Return a county whose records were committed, and that was built."""
    found = Records(furnished(tmp_path / "records"))
    found.git("add", "content", "site_config", "schemas")
    found.git("commit", "--quiet", "--message", "记录", day="2026-01-31")
    build(found.root)
    return found


def test_a_commit_that_changes_no_record_changes_the_manifest_alone(records):
    before = pages(records.root)
    records.git("commit", "--quiet", "--allow-empty", "--message", "空", day="2026-02-01")

    report = build(records.root)

    after = pages(records.root)
    assert report.built == 0
    assert {name for name in after if after[name] != before[name]} == {"manifest.json"}


@pytest.mark.parametrize("steps", ["edit add commit", "edit commit undo", "edit reset"])
def test_whatever_git_is_told_between_builds_the_pages_are_those_of_a_clean_build(records, tmp_path, steps):
    root = records.root
    acts = {
        "edit": lambda: changed(root, LEDGER, NOTE),
        "add": lambda: records.git("add", "content"),
        "commit": lambda: records.git("commit", "-qam", "改\n\n更正原因: 漏写\n", day="2026-03-01"),
        "undo": lambda: records.git("reset", "-q", "--hard", "HEAD~1"),
        "reset": lambda: records.git("checkout", "-q", "--", "content"),
    }
    for step in steps.split():
        acts[step]()
        build(root)
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(root, clean, symlinks=True, ignore=shutil.ignore_patterns(*WRITTEN))
        build(clean)
        assert pages(root) == pages(clean), step


_LOADED = """
import sys
from generator.cli import main
from generator.intake import stamps
stamps.RACY_NS = 0
sys.argv = ["cunwu", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
_HEAVY = {"mkdocs", "markdown", "yaml", "babel", "frictionless", "multiprocessing", "concurrent", "sqlite3"}


def loaded(*words: str) -> set[str]:
    """Return the libraries that are loaded when the command line has done what it was told."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *words], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_build_loads_no_more_than_it_needs(copied):
    words = command(copied)[3:]
    # What was compiled and printed for a folder that was copied is not taken over: it is made once more.
    changed(copied, LEDGER, NOTE)
    loaded(*words)

    assert not loaded("--help") & (_HEAVY | {"jinja2", "csv", "decimal"})
    assert not loaded(*words) & (_HEAVY | {"jinja2"})
    changed(copied, LEDGER, NOTE[::-1])
    assert not loaded(*words) & (_HEAVY - {"yaml"})
