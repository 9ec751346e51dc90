"""Output: files written only when their bytes change, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.intake.kept_file import PARTIAL, make_folder, put
from generator.model.site import File

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Written:
    """What is on disk after writing: the stamp (size, time in ns) of each file, and how many changed."""

    stamps: dict[str, Stamp]
    changed: int
    removed: int


def write_files(folder: Path, files: Iterable[File], former: Iterable[str], writer: str = "") -> Written:
    """Write ``files`` below ``folder`` and remove those of ``former`` that are not among them.

    Where others might be writing the same files, ``writer`` is a name that only this process has: then no
    two of them ever have the same file open.
    """
    stamps: dict[str, Stamp] = {}
    is_fresh: dict[str, bool] = {}
    changed = 0
    for file in files:
        path = f"{folder}/{file.path}"
        parent = path.rpartition("/")[0]
        if parent not in is_fresh:
            is_fresh[parent] = make_folder(parent)
        if is_fresh[parent] or not _is_there(path, file.content):
            put(path, file.content, writer)
            changed += 1
        stat = os.stat(path)  # noqa: PTH116 (asked once it is closed: some systems stamp it only then)
        stamps[file.path] = (stat.st_size, stat.st_mtime_ns)
    removed = sum(_remove(folder, name) for name in former if name not in stamps)
    return Written(stamps, changed, removed)


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of a file that is there."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def partial_files(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield the unfinished copies, whoever began them, in those folders in which ``names`` lie."""
    for parent in sorted({name.rpartition("/")[0] for name in names}):
        try:
            inside = sorted(os.listdir(folder / parent))  # noqa: PTH208 (names are all that is needed)
        except FileNotFoundError:
            continue
        base = f"{parent}/" if parent else ""
        yield from (f"{base}{name}" for name in inside if name.endswith(PARTIAL))


def _is_there(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as known:  # noqa: PTH123
            return os.fstat(known.fileno()).st_size == len(content) and known.read() == content
    except (FileNotFoundError, IsADirectoryError):
        return False


def _remove(folder: Path, name: str) -> bool:
    """Remove a file and the folders that it leaves empty; return whether it was there.

    A name that leads out of ``folder`` was never ours, whatever a state says.
    """
    if name.startswith("/") or ".." in name.split("/"):
        return False
    path = folder / name
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except IsADirectoryError:
        shutil.rmtree(path)
    for parent in path.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break
    return True


def is_intact(folder: Path, stamps: Mapping[str, Iterable[int]]) -> bool:
    """Return whether every file is still there as it was written."""
    base = str(folder)
    try:
        for name, (size, time) in stamps.items():
            stat = os.stat(f"{base}/{name}")  # noqa: PTH116
            if stat.st_size != size or stat.st_mtime_ns != time:
                return False
    except OSError:
        return False
    return True
