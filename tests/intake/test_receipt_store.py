"""The store of receipts: a folder whose names say what they hold."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from generator.intake.receipt_store import ReceiptFolder, look_up, picture_size, stamp_of
from generator.model.receipts import Stored, stored_name
from generator.privacy.clean_image import clean_image
from tests.receipts import paper, photograph, picture, saved

PICTURE = clean_image(photograph(320, 240))
DIGEST = hashlib.sha256(PICTURE).hexdigest()
NAME = stored_name(DIGEST, "jpg")


def folder_with(path: Path, content: bytes = PICTURE) -> ReceiptFolder:
    store = ReceiptFolder(path / "store")
    store.put(NAME, content)
    return store


def test_what_was_put_is_found_by_its_digest(tmp_path: Path):
    assert look_up(folder_with(tmp_path), DIGEST) == Stored(DIGEST, "jpg", len(PICTURE), 320, 240)


def test_a_paper_is_found_as_what_it_is(tmp_path: Path):
    content = paper()
    digest = hashlib.sha256(content).hexdigest()
    store = folder_with(tmp_path)
    store.put(stored_name(digest, "pdf"), content)

    assert look_up(store, digest) == Stored(digest, "pdf", len(content))


def test_nothing_is_found_where_nothing_is(tmp_path: Path):
    assert look_up(folder_with(tmp_path), "0" * 64) == Stored("0" * 64)
    assert look_up(None, DIGEST) == Stored(DIGEST)
    assert list(ReceiptFolder(tmp_path / "no").names()) == []


def test_every_changed_byte_is_noticed(tmp_path: Path):
    for position in (0, 2, len(PICTURE) // 2, len(PICTURE) - 1):
        changed = bytearray(PICTURE)
        changed[position] ^= 1
        found = look_up(folder_with(tmp_path, bytes(changed)), DIGEST)
        assert found.is_changed
        assert not found.is_sound


def test_a_file_of_another_kind_is_no_picture_though_its_digest_be_right(tmp_path: Path):
    content = b"<script>alert(1)</script>"
    digest = hashlib.sha256(content).hexdigest()
    store = folder_with(tmp_path)
    store.put(stored_name(digest, "jpg"), content)

    assert look_up(store, digest).is_changed


def test_a_stamp_tells_without_reading_that_something_changed(tmp_path: Path):
    store = folder_with(tmp_path)
    before = stamp_of(store, DIGEST)
    assert stamp_of(store, DIGEST) == before

    (tmp_path / "store" / NAME).write_bytes(PICTURE + b"x")
    changed = stamp_of(store, DIGEST)
    (tmp_path / "store" / NAME).unlink()

    assert len({before, changed, stamp_of(store, DIGEST)}) == 3


def test_only_receipts_are_listed(tmp_path: Path):
    store = folder_with(tmp_path)
    for stray in ("README.txt", f"{NAME}.part", f"{NAME[:2]}/.{DIGEST}.jpg.1", f"{NAME[:2]}/x.jpg"):
        (tmp_path / "store" / stray).write_bytes(b"")

    assert list(store.names()) == [NAME]


@pytest.mark.parametrize("size", [(1, 1), (1600, 7), (333, 1599)])
@pytest.mark.parametrize("progressive", [False, True])
def test_the_size_of_a_picture_is_told_as_pillow_tells_it(size: tuple[int, int], progressive: bool):
    content = saved(
        picture(*size), "JPEG", progressive=progressive, exif=b"Exif\0\0MM\0*", comment=b"\xff\xc0"
    )
    with Image.open(io.BytesIO(content)) as image:
        assert picture_size(content) == image.size == size


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\0" * 9, PICTURE[:40], b"GIF89a"]
)
def test_what_is_no_whole_picture_has_no_size(content: bytes):
    assert picture_size(content) == (0, 0)
