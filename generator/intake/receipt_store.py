"""The store of receipts: a folder outside git, in which a name says the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from generator.intake.whole_file import write_whole
from generator.model.receipts import KINDS, SHA256, Stored, stored_name
from generator.promises.settings import Settings

_JPEG, _PDF = b"\xff\xd8\xff", b"%PDF-"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_BARE = frozenset({0x01, *range(0xD0, 0xDA)})


class ReceiptStore(Protocol):
    """What keeps receipts, by name (ab/abcd….jpg): a folder today, a bucket whenever a county has one."""

    def get(self, name: str) -> bytes | None:
        """Return what is kept under ``name``, or None."""

    def put(self, name: str, content: bytes) -> None:
        """Keep ``content`` under ``name``, whole or not at all."""

    def stamp(self, name: str) -> str:
        """Return what changes whenever what is kept under ``name`` does; "" where nothing is."""

    def names(self) -> Iterator[str]:
        """Yield the names of all that is kept, in order."""


class ReceiptFolder:
    """A store in a folder: ab/abcd….jpg."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None where there is none to be read."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, content: bytes) -> None:
        """Write a file at once: a reader sees all of it or nothing."""
        write_whole(self._folder / name, content)

    def stamp(self, name: str) -> str:
        """Return the size and the time of a file."""
        try:
            found = os.stat(f"{self._folder}/{name}")  # noqa: PTH116 (one for each of a county's receipts)
        except OSError:
            return ""
        return f"{found.st_size}:{found.st_mtime_ns}"

    def names(self) -> Iterator[str]:
        """Yield the names of the receipts; whatever else lies in the folder is none of them."""
        if not self._folder.is_dir():
            return
        for folder in sorted(path.name for path in self._folder.iterdir() if len(path.name) == 2):
            yield from sorted(
                f"{folder}/{path.name}" for path in (self._folder / folder).glob("*.*") if _is_receipt(path)
            )


def store_of(settings: Settings) -> ReceiptStore | None:
    """Return the county's store, or None where its settings name none."""
    return None if settings.receipts is None else ReceiptFolder(settings.receipts)


def stamp_of(store: ReceiptStore | None, sha256: str) -> str:
    """Return what changes whenever what is kept of a receipt does."""
    return "" if store is None else "|".join(store.stamp(stored_name(sha256, kind)) for kind in KINDS)


def look_up(store: ReceiptStore | None, sha256: str) -> Stored:
    """Return what is kept of a receipt, its bytes checked against its name."""
    for kind in KINDS if store is not None else ():
        content = store.get(stored_name(sha256, kind)) if store is not None else None
        if content is not None:
            return stored_of(sha256, kind, content)
    return Stored(sha256)


def stored_of(sha256: str, kind: str, content: bytes) -> Stored:
    """Return what ``content``, kept as the receipt ``sha256``, is; other bytes than its own are changed."""
    size = picture_size(content) if kind == "jpg" else (0, 0)
    is_kind = content.startswith(_PDF) if kind == "pdf" else size != (0, 0)
    if not is_kind or hashlib.sha256(content).hexdigest() != sha256:
        return Stored(sha256, kind, len(content), is_changed=True)
    return Stored(sha256, kind, len(content), *size)


def picture_size(content: bytes) -> tuple[int, int]:
    """Return the width and the height of a JPEG in pixels, (0, 0) for anything else."""
    position = 2 if content.startswith(_JPEG) else len(content)
    while position + 9 < len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker in _FRAMES:
            height, width = content[position + 5 : position + 7], content[position + 7 : position + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        if marker in _BARE:
            position += 2
        else:
            position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return 0, 0


def _is_receipt(path: Path) -> bool:
    return path.suffix.removeprefix(".") in KINDS and SHA256.fullmatch(path.stem) is not None
