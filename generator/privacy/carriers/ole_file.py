"""OLE files: old Office and WPS documents (.xls, .et, .doc, .wps); the only door to olefile."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import olefile

from generator.privacy.carriers.biff import read_biff
from generator.privacy.carriers.decoding import raw_runs
from generator.privacy.carriers.piece import DAMAGED, ENCRYPTED, FORMAT, Lifted, Limits, Piece, unreadable

MAGIC = olefile.MAGIC
_SUMMARIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_BOOKS = ("Workbook", "Book")
_CODE_PAGES = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8", 950: "big5", 1252: "cp1252"}
# The numbers of the two property sets that Office writes, by the names its own dialogue gives them.
_NAMES = {
    0: {
        2: "title",
        3: "subject",
        4: "author",
        5: "keywords",
        6: "comments",
        7: "template",
        8: "last_saved_by",
    },
    1: {2: "category", 14: "manager", 15: "company", 27: "content_status"},
}


def read_ole(content: bytes, limits: Limits) -> Iterator[Lifted]:
    """Yield the cells of a workbook, or the plain runs of another document, and its properties."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            yield from _read(file, content, limits)
    except Exception:  # what olefile raises on a file cut short differs from one release to the next
        yield unreadable(DAMAGED)
        yield from raw_runs(content)


def _read(file: olefile.OleFileIO[Any], content: bytes, limits: Limits) -> Iterator[Lifted]:
    streams = ["/".join(path) for path in file.listdir()]
    if any(name.rpartition("/")[2] in ("EncryptedPackage", "EncryptionInfo") for name in streams):
        yield unreadable(ENCRYPTED)
        return
    for number, name in enumerate(_SUMMARIES):
        if name in streams:
            yield from _properties(file, name, _NAMES[number])
    if any(name in streams for name in _BOOKS):
        yield from read_biff(content)
    else:
        # Only what stands as plain characters can be seen in it; whether that is all, nobody knows.
        yield unreadable(FORMAT)
    for name in streams:
        with file.openstream(name) as stream:
            yield from raw_runs(stream.read(limits.unpacked_bytes))


def _properties(file: olefile.OleFileIO[Any], name: str, names: dict[int, str]) -> Iterator[Lifted]:
    values = file.getproperties(name, convert_time=False)
    page = values.get(1)
    encoding = _CODE_PAGES.get(page & 0xFFFF if isinstance(page, int) else 1252, "gb18030")
    for number, value in sorted(values.items()):
        text = value.decode(encoding, "replace") if isinstance(value, bytes) else value
        if isinstance(text, str) and text.strip("\0 "):
            yield Piece(text.strip("\0 "), where=f"property:{names.get(number, str(number))}")
