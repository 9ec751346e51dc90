"""States: all content files as they stood at a commit, at the end of a day, or as they lie in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.history.blobs import BlobReader
from generator.history.commits import list_commits
from generator.history.git import run_git

_SUFFIXES = (".csv", ".yaml")


@dataclass(frozen=True, slots=True)
class State:
    """The content files of one state: ``title`` says which, ``marks`` tell by path what each holds.

    Two files of one kind of state with the same mark hold the same bytes; ``read`` returns those, or None.
    """

    title: str
    marks: Mapping[str, str]
    read: Callable[[str], bytes | None] = field(repr=False)
    commit: str = ""


def state_at_commit(content: Path, shown: str, commit: str, title: str, reader: BlobReader) -> State:
    """Return the files below ``content`` at ``commit``; findings name that folder as ``shown``."""
    listed = run_git(content, "ls-tree", "-r", "-z", commit).decode("utf-8", "surrogateescape")
    marks: dict[str, str] = {}
    for entry in listed.split("\0"):
        head, _tab, path = entry.partition("\t")
        if path.endswith(_SUFFIXES) and not head.startswith("120000"):
            marks[f"{shown}/{path}"] = head.split()[2]
    return State(title, marks, lambda path: reader.read(marks[path]), commit)


def state_of_folder(content: Path, shown: str, title: str) -> State:
    """Return the files as they lie below ``content`` now; links are not followed."""
    files: dict[str, Path] = {}
    for folder, folders, names in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(_SUFFIXES) and not name.startswith(".") and not path.is_symlink():
                files[f"{shown}/{path.relative_to(content).as_posix()}"] = path

    def read(path: str) -> bytes | None:
        try:
            return files[path].read_bytes()
        except OSError:
            return None

    return State(title, {path: f"file:{own}" for path, own in files.items()}, read)


def commit_on(folder: Path, day: date) -> str | None:
    """Return the last commit of the main line that was there at the end of ``day``, None before the first.

    A commit is never taken to be older than those before it, whatever its clock said.
    """
    by_id = {commit.id: commit for commit in list_commits(folder)}
    line = []
    step = next(iter(by_id.values()), None)
    while step is not None:
        line.append(step)
        step = by_id.get(step.parents[0]) if step.parents else None
    found, latest = None, date.min
    for commit in reversed(line):
        latest = max(latest, commit.day)
        if latest > day:
            break
        found = commit.id
    return found


def renamed_between(content: Path, shown: str, before: str, after: str) -> dict[str, str]:
    """Return by its path at ``after`` the path at ``before`` of each file that was renamed in between."""
    listed = run_git(
        content,
        "diff-tree",
        "-r",
        "-M",
        "-z",
        "--name-status",
        "--diff-filter=R",
        "--relative",
        before,
        after,
    )
    fields = listed.decode("utf-8", "surrogateescape").split("\0")
    pairs = zip(fields[1::3], fields[2::3], strict=False)
    return {
        f"{shown}/{new}": f"{shown}/{old}"
        for old, new in pairs
        if old.rpartition("/")[2] == new.rpartition("/")[2]
    }
