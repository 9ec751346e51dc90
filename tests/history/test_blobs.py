"""Blobs: bytes of old versions, and what is missing from a clone."""

from __future__ import annotations

from pathlib import Path

from generator.history.blobs import BlobReader
from tests.history.recording import Records


def test_old_bytes_come_back_whole_and_in_the_order_asked(tmp_path: Path):
    records = Records(tmp_path)
    contents = [b"", b"a\n", b"\x00\xff\n\n", b"x" * 200_000]
    for number, content in enumerate(contents):
        records.write(f"{number}.csv", content)
    records.commit("2026-02-01")
    blobs = [records.git("rev-parse", f"HEAD:{number}.csv") for number in range(len(contents))]

    with BlobReader(tmp_path) as reader:
        assert list(reader.read_all(blobs)) == contents
        assert reader.read(blobs[1]) == b"a\n"


def test_what_is_missing_or_no_file_is_none_and_the_rest_goes_on(tmp_path: Path):
    records = Records(tmp_path)
    records.write("a/b.csv", "1\n")
    records.commit("2026-02-01")
    tree, blob = records.git("rev-parse", "HEAD:a"), records.git("rev-parse", "HEAD:a/b.csv")

    with BlobReader(tmp_path) as reader:
        assert list(reader.read_all(["0" * 40, tree, blob])) == [None, None, b"1\n"]


def test_git_is_not_started_before_it_is_asked(tmp_path: Path):
    with BlobReader(tmp_path / "nowhere") as reader:
        reader.close()
