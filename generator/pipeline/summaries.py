"""Summaries: what the portal is told of thousands of villages, packed until it is asked for."""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# What is asked of every village again and again, and takes little: the rest is unpacked each time.
_AT_HAND = {"slug": 0, "name": 1, "kind": 2, "township": 3, "closed": 4, "households": 5}
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
    """What is told of one village, as the state of its site says: an object of JSON, most of it packed.

    ``mark`` changes with anything that is told, and with the ``doubt`` whether all of it still stands.
    """

    __slots__ = ("_at_hand", "_content", "_reader", "mark")

    def __init__(self, content: bytes, reader: Reader, doubt: str = "") -> None:
        self._content, self._reader = content, reader
        self.mark = hashlib.blake2b(content, digest_size=16).digest() + doubt.encode()
        told = reader.read(content)
        self._at_hand = tuple(sys.intern(told[key]) if key in _SHARED else told[key] for key in _AT_HAND)

    def __getitem__(self, key: str) -> Any:
        place = _AT_HAND.get(key)
        return self._reader.read(self._content)[key] if place is None else self._at_hand[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reader.read(self._content))

    def __len__(self) -> int:
        return len(self._reader.read(self._content))


def digest_of(*told: str | bytes) -> str:
    """Return a hash of texts and of what is packed; names of files in them need not be UTF-8."""
    digest = hashlib.blake2b(digest_size=16)
    for part in told:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        # What is packed may hold any byte: its length tells where it ends.
        digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()


def mark_of_villages(setup: str, told: str, villages: Iterable[Mapping[str, Any]]) -> str:
    """Return what changes with the set-up, with what is ``told`` and with the summaries of ``villages``."""
    return digest_of(setup, told, *map(_mark, villages))


def _mark(village: Mapping[str, Any]) -> bytes:
    # What has no mark would be held for unchanged.
    assert isinstance(village, Summary), village
    return village.mark
