"""Timelines: all versions of every file on the main line, followed through renames."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.history.commits import Commit, FileChange, has_commits, is_shallow, list_commits
from generator.history.git import ask_git
from generator.history.repository import folder_of
from generator.history.trailers import NO_TRAILERS, Trailers

# A file that is called otherwise afterwards is still the same file when this much of it, in percent, is.
_SAME_FILE = 90


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One version of a file on the main line; ``blob`` is "" where the file was taken away.

    ``commit`` put it there; where that is a merge, ``source`` is the commit it brought that last changed
    the file. ``since`` is never before the day of an earlier version: clocks may be wrong, the order is not.
    """

    path: str
    blob: str
    commit: Commit
    source: Commit | None
    since: date

    @property
    def trailers(self) -> Trailers:
        """Return what was said of this version, by the merge or else by the commit that it brought."""
        own = self.commit.trailers
        brought = self.source.trailers if self.source is not None else NO_TRAILERS
        return Trailers(
            own.reason or brought.reason,
            own.reviewed or brought.reviewed,
            own.prepared or brought.prepared,
            own.withdrawn or brought.withdrawn,
        )

    @property
    def role(self) -> str:
        """Return who made this version, as a role or as the name in git; never an address."""
        return self.trailers.prepared or (self.source or self.commit).author


@dataclass(frozen=True, slots=True)
class Timeline:
    """The versions of every file below one folder, oldest first, by the path that it has today.

    Paths are as findings name them. A file that is gone ends in a version without a blob.
    ``is_shallow`` tells that the history was cut off: what is first here may not have been the first.
    ``logged`` is the day on which the publication log first tells of a record.
    """

    head: str
    is_shallow: bool
    by_path: Mapping[str, tuple[FileVersion, ...]]
    logged: Mapping[str, date] = field(default_factory=dict)

    def of(self, path: str) -> tuple[FileVersion, ...]:
        """Return the versions of the file at ``path``, oldest first; none where it was never committed."""
        return self.by_path.get(path, ())

    @property
    def mark(self) -> str:
        """Return a hash of all that was ever changed here; a file of one version adds nothing to it."""
        digest = hashlib.blake2b(f"{bool(self.head)}{self.is_shallow}".encode(), digest_size=16)
        digest.update(repr(sorted(self.logged.items())).encode("utf-8", "surrogateescape"))
        for path, versions in self.by_path.items():
            if len(versions) > 1:
                told = "".join(f"\0{version.commit.id}{version.blob}" for version in versions)
                digest.update(f"{path}{told}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def parted(self, folders: Iterable[str], shown: str) -> dict[str, Timeline]:
        """Return the part of each of ``folders`` ("dong/xi") below what findings name as ``shown``."""
        known = set(folders)
        parts: dict[str, dict[str, tuple[FileVersion, ...]]] = {folder: {} for folder in known}
        logged: dict[str, dict[str, date]] = {folder: {} for folder in known}
        for path, versions in self.by_path.items():
            folder = folder_of(path, shown, known)
            if folder is not None:
                parts[folder][path] = versions
        for path, day in self.logged.items():
            folder = folder_of(path, shown, known)
            if folder is not None:
                logged[folder][path] = day
        return {f: Timeline(self.head, self.is_shallow, found, logged[f]) for f, found in parts.items()}


NO_TIMELINE = Timeline("", False, {})


def read_timeline(folder: Path, shown: str, revision: str = "HEAD") -> Timeline:
    """Return the versions of the files below ``folder``, which findings name as ``shown``.

    Where there is no git, or nothing was committed, there are none. Raises SetupError where git fails.
    """
    if not has_commits(folder):
        return NO_TIMELINE
    return _timeline(folder, shown, list_commits(folder, revision))


def _timeline(folder: Path, shown: str, commits: list[Commit]) -> Timeline:
    prefix = ask_git(folder, "rev-parse", "--show-prefix") or ""
    by_path = follow_files(commits, prefix, shown)
    return Timeline(commits[0].id if commits else "", is_shallow(folder), by_path)


def follow_files(
    commits: Iterable[Commit], prefix: str = "", shown: str = ""
) -> dict[str, tuple[FileVersion, ...]]:
    """Return the versions of each file below ``prefix``, named below ``shown``; ``commits`` newest first."""
    chains: dict[str, list[FileVersion]] = {}
    latest = date.min
    for commit, brought in main_line(commits):
        latest = max(latest, commit.day)
        sources = _last_to_touch(brought)
        # A version knows the commit, not all else that it changed: thousands of files may be of one commit.
        own = replace(commit, changes=())
        for change in commit.changes:
            source = sources.get(change.path) or sources.get(change.former)
            version = FileVersion(change.path, change.blob, own, source, latest)
            add_version(chains, change, version)
    base = f"{shown}/" if shown else ""
    return {
        f"{base}{path.removeprefix(prefix)}": tuple(chain)
        for path, chain in sorted(chains.items())
        if path.startswith(prefix)
    }


def _last_to_touch(brought: Iterable[Commit]) -> dict[str, Commit]:
    """Return by path the newest of the commits that a merge brought which changed it."""
    sources: dict[str, Commit] = {}
    for commit in brought:
        own = replace(commit, changes=())
        for change in commit.changes:
            sources.setdefault(change.path, own)
    return sources


def add_version(chains: dict[str, list[FileVersion]], change: FileChange, version: FileVersion) -> None:
    """Add what ``change`` made to the ``chains`` of versions.

    A renamed file's versions are carried over to its new path, unless the two only look alike. Identity is
    the path: a village or an item that is renamed keeps the names of its files.
    """
    if not change.former:
        chains.setdefault(change.path, []).append(version)
        return
    former = chains.get(change.former, [])
    has_same_name = change.former.rpartition("/")[2] == change.path.rpartition("/")[2]
    if has_same_name or change.likeness >= _SAME_FILE:
        chains.pop(change.former, None)
        chains[change.path] = [*former, version]
        return
    gone = FileVersion(change.former, "", version.commit, version.source, version.since)
    chains.setdefault(change.former, []).append(gone)
    chains.setdefault(change.path, []).append(version)


def main_line(commits: Iterable[Commit]) -> Iterator[tuple[Commit, tuple[Commit, ...]]]:
    """Yield the commits along first parents, oldest first, each with those that it brought, newest first."""
    ordered = list(commits)
    by_id = {commit.id: commit for commit in ordered}
    position = {commit.id: index for index, commit in enumerate(ordered)}
    line: list[Commit] = []
    step = ordered[0] if ordered else None
    while step is not None:
        line.append(step)
        step = by_id.get(step.parents[0]) if step.parents else None
    on_line = {commit.id for commit in line}
    for commit in reversed(line):
        brought: list[str] = []
        waiting = list(commit.parents[1:])
        while waiting:
            name = waiting.pop()
            if name in on_line or name not in by_id:
                continue
            on_line.add(name)
            brought.append(name)
            waiting.extend(by_id[name].parents)
        yield commit, tuple(by_id[name] for name in sorted(brought, key=position.__getitem__))
