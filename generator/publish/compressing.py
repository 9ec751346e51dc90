"""Compressed copies: beside each text of a release its .gz and .br, so that no server packs it anew."""

from __future__ import annotations

import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from types import ModuleType

GZIP, BROTLI = ".gz", ".br"
_TEXTS = frozenset(
    {".html", ".css", ".js", ".json", ".jsonl", ".csv", ".ics", ".xml", ".svg", ".yaml", ".txt", ".md"}
)
# Below this a copy saves less than its own headers cost.
_SMALLEST = 1024
# The highest level takes half as long again, and saves a hundredth.
_GZIP_LEVEL = 7
# The highest takes thirty times as long and saves a tenth: only what is kept for ever is worth it.
_BROTLI_KEPT, _BROTLI_LEVEL = 11, 5
_KEPT = "assets/"
# A window (in bits) wider than the text takes a quarter longer and saves nothing.
_WINDOWS = range(16, 23)


def compress(folder: Path, paths: Iterable[str], former: Path | None) -> int:
    """Write the compressed copies of ``paths`` below ``folder``; return how many had to be made.

    A file that is linked to the one in the release ``former`` shares that one's copies. Without the
    package brotli only .gz is made.
    """
    endings = (GZIP, BROTLI) if _brotli() else (GZIP,)
    made = 0
    for path in paths:
        source = f"{folder}/{path}"
        found = _stat_of(source)
        if found is None or not _is_worth(path, found.st_size):
            continue
        older = f"{former}/{path}" if former is not None else ""
        is_same = bool(older) and _is_one(found, _stat_of(older))
        missing = [ending for ending in endings if not (is_same and _link(older, source, ending))]
        if not missing:
            continue
        content = (folder / path).read_bytes()
        for ending in missing:
            packed = _packed(content, ending, path)
            if len(packed) < len(content):
                (folder / f"{path}{ending}").write_bytes(packed)
                made += 1
    return made


def gzip_copy(path: str, content: bytes) -> bytes | None:
    """Return the .gz that ``compress`` writes beside the file at ``path``, None where it writes none."""
    if not _is_worth(path, len(content)):
        return None
    packed = _packed(content, GZIP, path)
    return packed if len(packed) < len(content) else None


def original_of(path: str, known: Collection[str]) -> str | None:
    """Return the file of ``known`` of which ``path`` is by its name a compressed copy, or None."""
    for ending in (GZIP, BROTLI):
        original = path.removesuffix(ending)
        if original != path and original in known:
            return original
    return None


def without_copies(paths: Iterable[str]) -> Iterator[str]:
    """Yield ``paths`` without those that are compressed copies of another of them."""
    every = dict.fromkeys(paths)
    yield from (path for path in every if original_of(path, every) is None)


def holds(packed: bytes, path: str, digest: str, length: int) -> bool:
    """Return whether ``packed``, the copy called ``path``, opens to what has this SHA-256.

    Nothing longer than ``length`` bytes is opened; what this machine cannot open does not hold.
    """
    opened = _opened_gzip if path.endswith(GZIP) else _opened_brotli
    content = opened(packed, length)
    return content is not None and hashlib.sha256(content).hexdigest() == digest


def _is_worth(path: str, size: int) -> bool:
    return PurePosixPath(path).suffix in _TEXTS and size > _SMALLEST


def _stat_of(path: str) -> os.stat_result | None:
    """Return what the disk says of a file (paths stay text: there are tens of thousands), None of no file."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _is_one(source: os.stat_result, other: os.stat_result | None) -> bool:
    return other is not None and os.path.samestat(source, other)


def _link(older: str, source: str, ending: str) -> bool:
    """Let ``source`` share the copy of the file ``older``, which is the same; return False where none is."""
    if _stat_of(f"{older}{ending}") is None:
        return False
    os.link(f"{older}{ending}", f"{source}{ending}")
    return True


def _packed(content: bytes, ending: str, path: str) -> bytes:
    brotli = _brotli()
    if ending == GZIP or brotli is None:
        return gzip.compress(content, _GZIP_LEVEL, mtime=0)
    quality = _BROTLI_KEPT if path.startswith(_KEPT) else _BROTLI_LEVEL
    window = min(max(len(content).bit_length(), _WINDOWS.start), _WINDOWS.stop - 1)
    made: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality, lgwin=window)
    return made


def _opened_gzip(packed: bytes, length: int) -> bytes | None:
    opener = zlib.decompressobj(wbits=31)
    try:
        # One byte more than there may be: a copy that opens to gigabytes is not opened.
        content = opener.decompress(packed, length + 1)
    except zlib.error:
        return None
    return content if opener.eof and not opener.unused_data and len(content) <= length else None


def _opened_brotli(packed: bytes, length: int) -> bytes | None:
    brotli = _brotli()
    if brotli is None:
        return None
    opener = brotli.Decompressor()
    step: Callable[..., bytes] = opener.process
    content = b""
    try:
        content = step(packed, output_buffer_limit=length + 1)
        while content and len(content) <= length and not opener.is_finished():
            more = step(b"", output_buffer_limit=length + 1 - len(content))
            if not more:
                break
            content += more
    except brotli.error:
        return None
    return content if opener.is_finished() and len(content) <= length else None


@cache
def _brotli() -> ModuleType | None:
    """Return the package brotli where there is one that opens with a limit, or None."""
    try:
        found = import_module("brotli")
    except ImportError:
        return None
    return found if hasattr(found.Decompressor, "can_accept_more_data") else None
