"""Scanning: every file below a folder, whether it is a county or not, read once and judged."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from io import FileIO
from pathlib import Path

from generator.privacy.carriers.familiar import Familiar
from generator.privacy.carriers.piece import DAMAGED, FORMAT, LINK, Lifted, Limits, Notice, unreadable
from generator.privacy.carriers.reading import may_say, read_file
from generator.privacy.judging import Judge
from generator.privacy.leaks import UNREADABLE, Leak
from generator.privacy.surroundings import NAMES, Surroundings, read_surroundings
from generator.promises.promises import printable

# Git's own store is read by its history, object by object; nothing else is skipped unasked:
# a file that git ignores is published all the same when it lies in the wrong folder.
_STORE = ".git"


@dataclass(slots=True)
class Tally:
    """How much was looked at: files (or versions of files) read, and files of which a part was not."""

    files: int = 0
    unchecked: int = 0

    def count(self, leaks: Sequence[Leak]) -> None:
        """Count one file with what was found in it."""
        self.files += 1
        self.unchecked += any(leak.kind == UNREADABLE for leak in leaks)


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    shown: str
    problem: str = ""


def scan_path(
    path: Path, *, exclude: Sequence[str] = (), tally: Tally | None = None, limits: Limits | None = None
) -> Iterator[Leak]:
    """Yield what must not get out of the files at or below ``path``, in order of file and of place.

    Files are named below ``path``. Folders called as in ``exclude`` are left out. Links are named and not
    followed.
    """
    entries = list(_entries(path, exclude))
    surroundings = read_surroundings(
        (entry.shown, Path(entry.path).read_bytes())
        for entry in entries
        if not entry.problem and _name(entry.path) in NAMES and os.access(entry.path, os.R_OK)
    )
    yield from _scan(entries, surroundings, tally or Tally(), limits or Limits())


def scan_entries(
    named: Iterable[tuple[Path, str]], *, offices: frozenset[str] = frozenset(), tally: Tally | None = None
) -> list[Leak]:
    """Return what must not get out of a county's own folders and files, each with the name it is shown by.

    They are records: what cannot be checked in them is an error.
    """
    entries: list[_Entry] = []
    for path, shown in named:
        if path.is_dir() and not path.is_symlink():
            entries += _below(os.fspath(path), f"{shown}/", ())
        else:
            entries.append(replace(_entry(path), shown=shown))
    return list(_scan(entries, Surroundings(offices, ("",)), tally or Tally(), Limits()))


def scan_output(
    folder: Path,
    *,
    offices: frozenset[str] = frozenset(),
    only: Container[str] | None = None,
    tally: Tally | None = None,
) -> list[Leak]:
    """Return what must not get out of a finished output: pages, downloads, search index, feeds, images.

    ``offices`` are the telephones that are public. ``only`` names the files that are new, below ``folder``;
    None means all. What cannot be checked is no reader's business: an error. Masks of names are compared in
    the records, not here, where one style is drawn for all.
    """
    surroundings = Surroundings(offices, ("",))
    entries = [entry for entry in _entries(folder, ()) if only is None or entry.shown in only]
    return list(_scan(entries, surroundings, tally or Tally(), Limits(), Familiar(may_say)))


def _scan(
    entries: Sequence[_Entry],
    surroundings: Surroundings,
    tally: Tally,
    limits: Limits,
    familiar: Familiar | None = None,
) -> Iterator[Leak]:
    judge = Judge(surroundings.offices)
    for entry in entries:
        leaks = [*judge.judge_name(entry.shown)]
        leaks += judge.judge(
            entry.shown, _lifted(entry, limits, familiar), is_content=surroundings.holds(entry.shown)
        )
        tally.count(leaks)
        if familiar is not None:
            familiar.settle(is_clean=not leaks)
        yield from leaks
    yield from judge.judge_styles()


def _lifted(entry: _Entry, limits: Limits, familiar: Familiar | None) -> Iterator[Lifted]:
    if entry.problem:
        yield unreadable(entry.problem)
        return
    try:
        with FileIO(entry.path) as file:
            # Asked for more than there is, Python would set that much memory aside for each file.
            is_huge = os.fstat(file.fileno()).st_size > limits.file_bytes
            content = file.read(limits.file_bytes + 1) if is_huge else file.read()
    except OSError:
        yield Notice(UNREADABLE, DAMAGED)
        return
    yield from read_file(_name(entry.path), content, limits, familiar=familiar)


def _entries(path: Path, exclude: Sequence[str]) -> Iterator[_Entry]:
    if path.is_dir() and not path.is_symlink():
        yield from _below(os.fspath(path), "", exclude)
    else:
        yield _entry(path)


def _below(folder: str, prefix: str, exclude: Sequence[str]) -> Iterator[_Entry]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        yield _Entry(folder, prefix.rstrip("/"), DAMAGED)
        return
    for entry in entries:
        shown = prefix + printable(entry.name)
        if entry.is_dir(follow_symlinks=False):
            if entry.name != _STORE and not any(fnmatchcase(entry.name, name) for name in exclude):
                yield from _below(entry.path, f"{shown}/", exclude)
        elif entry.is_file(follow_symlinks=False):
            yield _Entry(entry.path, shown)
        else:
            yield _Entry(entry.path, shown, LINK if entry.is_symlink() else FORMAT)


def _entry(path: Path) -> _Entry:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return _Entry(os.fspath(path), path.name, LINK)
    # A pipe or a device: reading it might never end.
    return _Entry(os.fspath(path), path.name, "" if stat.S_ISREG(mode) else FORMAT)


def _name(path: str) -> str:
    return path.rpartition(os.sep)[2]
