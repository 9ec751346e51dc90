"""Stamps: whether files are those of the last build, told by the file system, without reading them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Sequence

# Two changes this close together may bear the same time: a file this young is not told by its stamp.
RACY_NS = 2_000_000_000


class UntoldError(Exception):
    """Stamps cannot tell: a link or a pipe lies there, a file is too young, a folder cannot be read."""


def young_since(now: int) -> int:
    """Return the time from which on a file is too young at ``now`` (both ns) to be told by its stamp."""
    return now - RACY_NS


def stamp_file(path: str, before: int) -> tuple[int, int, int, int]:
    """Return the stamp of a file; raises UntoldError, also where it was changed after ``before`` (ns)."""
    try:
        found = os.lstat(path)
    except OSError:
        raise UntoldError from None
    if not stat.S_ISREG(found.st_mode):
        raise UntoldError
    return _stamp(found, before)


def is_hidden(name: str) -> bool:
    """Return whether a file or folder is one that no walk through records sees."""
    return name[0] == "."


def stamp_tree(
    folder: str, before: int, *, depth: int, leave_out: Callable[[str], bool] = is_hidden
) -> list[object]:
    """Return the names and stamps of what lies in ``folder``, ``depth`` folders deep, in order of name.

    Raises UntoldError.
    """
    told: list[object] = []
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=_name)
        for entry in entries:
            name = entry.name
            if leave_out(name):
                continue
            if entry.is_file(follow_symlinks=False):
                told.append((name, *_stamp(entry.stat(follow_symlinks=False), before)))
            elif not entry.is_dir(follow_symlinks=False):
                raise UntoldError
            elif depth:
                told.append((name, stamp_tree(entry.path, before, depth=depth - 1, leave_out=leave_out)))
            else:
                told.append(name)
    except OSError:
        raise UntoldError from None
    return told


def mark_of(told: Sequence[object]) -> str:
    """Return a hash of what was told; names of files need not be UTF-8."""
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _stamp(found: os.stat_result, before: int) -> tuple[int, int, int, int]:
    changed, written = found.st_ctime_ns, found.st_mtime_ns
    if changed > before or written > before:
        raise UntoldError
    # The time of change is told too: nobody can set it back.
    return found.st_size, written, changed, found.st_ino
