"""A rollback that is killed: at every step what is served is old or new and whole, and the next goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import read_log
from tests.commands.conftest import cunwu

# What moves a name: between two of these nobody outside sees a difference.
_MOVES = frozenset(("os.rename", "os.symlink", "os.remove", "os.rmdir", "shutil.rmtree"))
_ALL = _MOVES | {"os.link", "os.mkdir", "open"}
# Which publication may be served with how many lines in the log: the line is written before the switch.
_STATES = frozenset((("000002", 2), ("000002", 3), ("000003", 3)))
# Of the two thousand steps of all kinds one in so many.
_STRIDE = 41


@pytest.fixture(scope="module")
def twice_published(once_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("killed")
    subprocess.run(["cp", "-a", f"{once_published}/.", str(work)], check=True)
    assert cunwu("publish", work / "www", "--root", work / "county").returncode == 0
    return work


def killed_at(work: Path, step: int, events: frozenset[str]) -> bool:
    """Roll back in a process that is killed before its ``step``-th event; return whether it came to that."""
    child = os.fork()
    if child == 0:
        seen = 0

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal seen
            if event not in events or not str(arguments[0]).startswith(str(work)):
                return
            if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE):
                return
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        code = 9
        try:
            code = cunwu("rollback", work / "www", "--root", work / "county").returncode
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def served(work: Path) -> str:
    """Return the number of the publication that is served, whose files must all hold."""
    done = cunwu("verify", work / "www/current", "--root", work / "county")
    assert done.returncode == 0, done.stdout
    return (work / "www/current").resolve().name.partition("-")[0]


def steps(made: Path, folder: Path, events: frozenset[str], stride: int) -> Iterator[Path]:
    """Yield a copy of the county for each step at which its rollback was killed."""
    for step in range(1, 100_000, stride):
        work = folder / str(step)
        subprocess.run(["cp", "-a", str(made), str(work)], check=True)
        if not killed_at(work, step, events):
            return
        yield work
        subprocess.run(["rm", "-r", str(work)], check=True)


@pytest.mark.parametrize(
    ("events", "stride"),
    [
        pytest.param(_MOVES, 1, id="moves"),
        pytest.param(_ALL, _STRIDE, id="all", marks=pytest.mark.soak),
    ],
)
def test_a_rollback_killed_at_any_step_leaves_one_or_the_other_and_the_next_goes_on(
    twice_published: Path, tmp_path: Path, events: frozenset[str], stride: int
):
    found: list[tuple[str, int]] = []
    halves: list[Path] = []
    for work in steps(twice_published, tmp_path, events, stride):
        number = served(work)
        halves += (work / "county").glob(".disclosure-log*")
        entries, faults = read_log((work / "county" / LOG).read_bytes())
        assert faults == []
        found.append((number, len(entries)))
        if number == "000003":
            again = cunwu("publish", work / "www", "--root", work / "county")
        else:
            again = cunwu("rollback", work / "www", "--root", work / "county")
        assert again.returncode == 0, again.stderr
        assert served(work) > number
        assert not list((work / "www").rglob(".part-*"))
        assert not list((work / "county").glob(".disclosure-log*"))
    assert found == sorted(found)
    assert halves or stride > 1
    assert set(found) == _STATES if stride == 1 else set(found) <= _STATES
    assert len(found) > len(_STATES)
