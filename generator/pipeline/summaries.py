"""Summaries: what the portal is told of thousands of villages, packed until it is asked for."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

# What is asked of every village again and again, and takes little: the rest is unpacked each time.
_AT_HAND = {"slug": 0, "name": 1, "kind": 2, "township": 3, "closed": 4}
_SHARED = ("kind", "township")


def packed(text: str) -> bytes:
    """Return ``text`` in as few bytes as it takes; names of files in it need not be UTF-8."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(content: bytes) -> str:
    """Return the text that was ``packed``."""
    return zlib.decompress(content).decode("utf-8", "surrogatepass")


class Reader:
    """Unpacks summaries; the last one stays open, since whoever asks one thing of a village asks another."""

    def __init__(self) -> None:
        self._open = b""
        self._told: dict[str, Any] = {}

    def read(self, content: bytes) -> dict[str, Any]:
        """Return the summary that was packed as JSON into ``content``; it must not be changed."""
        if self._open is not content:
            self._told = json.loads(unpacked(content))
            self._open = content
        return self._told


class Summary(Mapping[str, Any]):
    """What is told of one village, as the state of its site says: an object of JSON, most of it packed."""

    __slots__ = ("_at_hand", "_content", "_reader")

    def __init__(self, content: bytes, reader: Reader) -> None:
        self._content, self._reader = content, reader
        told = reader.read(content)
        self._at_hand = tuple(sys.intern(told[key]) if key in _SHARED else told[key] for key in _AT_HAND)

    def __getitem__(self, key: str) -> Any:
        place = _AT_HAND.get(key)
        return self._reader.read(self._content)[key] if place is None else self._at_hand[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reader.read(self._content))

    def __len__(self) -> int:
        return len(self._reader.read(self._content))
