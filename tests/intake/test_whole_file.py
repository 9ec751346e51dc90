"""Whole files: the old one or the new one, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.intake.whole_file import remove_leftovers, write_whole


def test_a_file_takes_the_place_of_another_and_leaves_nothing_beside_it(tmp_path: Path):
    path = tmp_path / "a/b.csv"
    write_whole(path, b"1")
    with path.open("rb") as reader:
        write_whole(path, b"22", mode=0o750)

        assert reader.read() == b"1"
    assert path.read_bytes() == b"22"
    assert path.stat().st_mode & 0o777 == 0o750
    assert [entry.name for entry in path.parent.iterdir()] == ["b.csv"]


def test_where_the_place_is_taken_the_draft_goes_again(tmp_path: Path):
    (tmp_path / "b.csv").mkdir()

    with pytest.raises(OSError):
        write_whole(tmp_path / "b.csv", b"1")

    assert [entry.name for entry in tmp_path.iterdir()] == ["b.csv"]


# Ends in the middle of a write, as a process that is killed does.
KILLED = """
import os, signal, sys
from pathlib import Path
from generator.intake.whole_file import write_whole
Path.replace = lambda self, target: os.kill(os.getpid(), signal.SIGKILL)
write_whole(Path(sys.argv[1]), b"1")
"""


def test_what_a_killed_process_left_goes_and_what_is_being_written_stays(tmp_path: Path):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "b.csv")], check=False)
    assert killed.returncode < 0
    (left,) = tmp_path.iterdir()
    others = [
        f".b.csv.{os.getppid()}",
        ".b.csv.1",
        ".b.csv.part",
        ".b.csv.９",
        f".other{left.name}",
        left.name.removeprefix("."),
    ]
    for name in others:
        (tmp_path / name).write_bytes(b"1")
    (tmp_path / f".b.csv.{os.getpid()}").write_bytes(b"1")

    remove_leftovers(tmp_path, "b.csv")

    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(others)
