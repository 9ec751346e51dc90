"""Receipts: how a record names the pictures and papers that prove a payment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ROLE = "receipts"
# What a stored receipt can be, as its name ends: a picture as we write pictures, or a cleaned PDF.
KINDS = ("jpg", "pdf")
CAPTION_LIMIT = 40
SHA256 = re.compile("[0-9a-f]{64}")
_MARK, _BETWEEN = " sha256:", "；"
_CAPTION = re.compile(r"[^\s；=+@](?:[^；\t\r\n]{0,38}[^\s；])?")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt of a record: what it is, in the clerk's words, and the SHA-256 of what is stored."""

    caption: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store holds of a receipt; ``kind`` is "" when nothing is there.

    ``is_changed`` says that its bytes are not those that the record names. ``width`` and ``height`` are in
    pixels, 0 for a PDF; ``size`` is in bytes.
    """

    sha256: str
    kind: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    is_changed: bool = False

    @property
    def is_sound(self) -> bool:
        """Return whether this receipt can be shown."""
        return bool(self.kind) and not self.is_changed

    @property
    def name(self) -> str:
        """Return its name in the store."""
        return stored_name(self.sha256, self.kind)


def stored_name(sha256: str, kind: str) -> str:
    """Return the name of a receipt in a store: folders of two letters keep 100,000 files apart."""
    return f"{sha256[:2]}/{sha256}.{kind}"


def is_caption(text: str) -> bool:
    """Return whether ``text`` can stand before a digest: one short line, no formula, no ；."""
    return _CAPTION.fullmatch(text) is not None and _MARK not in f" {text}"


def read_receipts(text: str) -> tuple[Receipt, ...]:
    """Return the receipts that a cell names; raises ValueError for any other form than ours."""
    if not text:
        return ()
    found: list[Receipt] = []
    for entry in text.split(_BETWEEN):
        caption, mark, digest = entry.rpartition(_MARK)
        if not mark or not is_caption(caption) or SHA256.fullmatch(digest) is None:
            raise ValueError(entry)
        if any(known.sha256 == digest for known in found):
            raise ValueError(entry)
        found.append(Receipt(caption, digest))
    return tuple(found)


def receipts_text(receipts: Iterable[Receipt]) -> str:
    """Return the cell that names ``receipts``."""
    return _BETWEEN.join(f"{receipt.caption}{_MARK}{receipt.sha256}" for receipt in receipts)
