"""Zipped files: members read one by one, within limits; what a bomb would unpack to is never unpacked."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from generator.privacy.carriers.piece import DAMAGED, ENCRYPTED, TOO_LARGE, Limits

_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


class Unpacking(Exception):
    """A member, or the whole file, cannot be unpacked; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Package:
    """The members of a zip file. All that is unpacked of it counts against one limit."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
            raise Unpacking(DAMAGED) from None
        self._entries = {
            entry.filename: entry for entry in self._archive.infolist() if not entry.filename.endswith("/")
        }
        self.names = tuple(self._entries)
        self.comment = self._archive.comment
        self._left = limits.unpacked_bytes
        if len(self.names) > limits.members:
            raise Unpacking(TOO_LARGE)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def shown(self, name: str) -> str:
        """Return the name of a member as its author wrote it: old Chinese programs write GB18030."""
        if self._entries[name].flag_bits & _UTF8_NAME or name.isascii():
            return name
        try:
            return name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return name

    def read(self, name: str) -> bytes:
        """Return the bytes of a member; raises Unpacking when it has none that may be read."""
        entry = self._entries[name]
        if entry.flag_bits & _ENCRYPTED:
            raise Unpacking(ENCRYPTED)
        chunks = []
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unpacking(TOO_LARGE)
                    chunks.append(chunk)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            raise Unpacking(DAMAGED) from None
        except (zlib.error, lzma.LZMAError):
            raise Unpacking(DAMAGED) from None
        return b"".join(chunks)

    def members(self) -> Iterator[tuple[str, bytes | str]]:
        """Yield each member's name with its bytes, or with the reason why it has none."""
        for name in self.names:
            try:
                yield name, self.read(name)
            except Unpacking as problem:
                yield name, problem.reason


def gunzipped(content: bytes, limits: Limits) -> bytes:
    """Return what a gzip file holds; raises Unpacking when it is broken or too large."""
    parts: list[bytes] = []
    left, rest = limits.unpacked_bytes, content
    while rest.startswith(b"\x1f\x8b"):
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(rest, left + 1)
        except zlib.error:
            raise Unpacking(DAMAGED) from None
        if len(part) > left:
            raise Unpacking(TOO_LARGE)
        if not stream.eof:
            raise Unpacking(DAMAGED)
        left -= len(part)
        parts.append(part)
        rest = stream.unused_data
    return b"".join(parts)
