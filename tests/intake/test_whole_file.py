"""Whole files: the old one or the new one, and nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.intake.whole_file import write_whole


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
