"""Packed files: the texts inside workbooks, documents, images and archives, for whoever looks for a value."""

from __future__ import annotations

from collections.abc import Iterator

from generator.privacy.carriers.piece import Limits, Notice, Piece
from generator.privacy.carriers.reading import read_file
from generator.privacy.carriers.zipped import Package, Unpacking, gunzipped
from generator.privacy.leaks import UNREADABLE

_ZIP, _GZIP = b"PK", b"\x1f\x8b"


def look_inside(name: str, content: bytes) -> Iterator[str | None]:
    """Yield the texts packed into a file, and None for each part that cannot be read."""
    limits = Limits()
    for lifted in read_file(name, content, limits):
        if isinstance(lifted, Notice):
            if lifted.kind == UNREADABLE:
                yield None
        elif isinstance(lifted, Piece):
            yield lifted.text
        else:
            yield from (piece.text for piece in lifted.pieces)
    # The reader leaves out what can hold no identifier; a value may also be a name.
    try:
        if content.startswith(_ZIP):
            for member, inside in Package(content, limits).members():
                yield member
                if isinstance(inside, bytes):
                    yield inside.decode("utf-8", "surrogateescape")
        elif content.startswith(_GZIP):
            yield gunzipped(content, limits).decode("utf-8", "surrogateescape")
    except Unpacking:
        yield None
