"""Sources: whether a village's files are those of the last build, told from their stamps, unread."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator

from generator.history.repository import Versions
from generator.model.village import Village
from generator.promises.promises import Promises, printable

# Two changes this close together may bear the same time: a file this young is not told by its stamp.
RACY_NS = 2_000_000_000


def sources_mark(village: Village, promises: Promises, versions: Versions, beside: str, before: int) -> str:
    """Return what changes whenever a file of ``village`` in either root, its version or ``beside`` does.

    It is "" where the stamps cannot tell: a link or a pipe lies there, a folder cannot be read, or a file
    was changed later than ``before`` (ns, a little before now).
    """
    digest = hashlib.blake2b(f"{village!r}\0{beside}\0".encode(), digest_size=16)
    settings = promises.settings
    try:
        for root in (settings.content, settings.private_content):
            base = None if root is None else root / village.folder
            if base is not None and base.is_dir():
                for line in _told(os.fspath(base), promises.shown(base), versions, before):
                    digest.update(line.encode("utf-8", "surrogateescape"))
    except (OSError, _UntoldError):
        return ""
    return digest.hexdigest()


class _UntoldError(Exception):
    pass


def _told(folder: str, shown: str, versions: Versions, before: int, depth: int = 0) -> Iterator[str]:
    """Yield a line for each entry that a village's listing sees: no hidden ones, none that lie deeper."""
    yield f"{shown}/\n"
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth:
                yield f"{name}/\n"
            else:
                yield from _told(entry.path, f"{shown}/{printable(name)}", versions, before, depth + 1)
            continue
        if not entry.is_file(follow_symlinks=False):
            raise _UntoldError
        stat = entry.stat(follow_symlinks=False)
        # The time of change is told too: nobody can set it back.
        if stat.st_ctime_ns > before or stat.st_mtime_ns > before:
            raise _UntoldError
        version = versions.of(f"{shown}/{printable(name)}") if versions.head else None
        told = f"{version.commit} {version.day}" if version is not None else ""
        yield f"{name}\0{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino} {told}\n"


def young_since(now: int) -> int:
    """Return the time from which on a file is too young at ``now`` (both ns) to be told by its stamp."""
    return now - RACY_NS
