"""Records: the SHA-256 of every file that is public, read again only where its stamp is another."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from generator.intake.whole_file import write_whole
from generator.promises.promises import Promises

_MEMORY, _FORM = "build/publish/records.json", 1
# What was changed so shortly before (seconds) may change again within one tick of the disk's clock.
_YOUNG = 2

# Size, last change of the content and of the file itself (ns): nobody sets the last.
_Stamp = list[int]


def records_of(promises: Promises, moment: datetime) -> dict[str, str]:
    """Return the SHA-256 of every file of the public records, by the name that findings give it.

    What the county's build folder remembers of a file holds as long as its stamp does; what was changed
    shortly before ``moment``, which is now, is not remembered.
    """
    content, memory = promises.settings.content, promises.root / _MEMORY
    shown, former = promises.shown(content), _remembered(memory)
    young = (moment.timestamp() - _YOUNG) * 1e9
    found: dict[str, tuple[_Stamp, str]] = {}
    old: dict[str, tuple[_Stamp, str]] = {}
    for path, stamp in sorted(_files(str(content), "")):
        known = former.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, hashlib.sha256((content / path).read_bytes()).hexdigest())
        found[path] = known
        if max(stamp[1:]) < young:
            old[path] = known
    if old != former:
        write_whole(memory, json.dumps({"form": _FORM, "files": old}, ensure_ascii=False).encode())
    return {f"{shown}/{path}": digest for path, (_stamp, digest) in found.items()}


def _files(top: str, below: str) -> Iterator[tuple[str, _Stamp]]:
    """Yield the files below ``top`` that are not hidden, each with its stamp."""
    with os.scandir(f"{top}/{below}") as inside:
        for entry in inside:
            if entry.name.startswith("."):
                continue
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(top, f"{path}/")
            elif entry.is_file():
                stat = entry.stat()
                yield path, [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def _remembered(memory: Path) -> dict[str, tuple[_Stamp, str]]:
    try:
        kept = json.loads(memory.read_bytes())
        if kept["form"] != _FORM:
            return {}
        return {path: (stamp, digest) for path, (stamp, digest) in kept["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
