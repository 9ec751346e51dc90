"""The door to git: which commit last touched each file, from one pass over the history."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Version:
    """The commit that last changed a file: its short id and the day it was made."""

    commit: str
    day: date


@dataclass(frozen=True, slots=True)
class Versions:
    """The last version of every committed file; ``head`` is "" where there is no history."""

    head: str
    by_path: Mapping[str, Version]
    changed: frozenset[str]

    def of(self, path: str) -> Version | None:
        """Return the version that ``path`` stands at, or None when its bytes are not committed."""
        return None if path in self.changed else self.by_path.get(path)


NO_VERSIONS = Versions("", {}, frozenset())


def read_versions(folder: Path, shown: str) -> Versions:
    """Return the versions of the files below ``folder``, which findings name as ``shown``.

    The folder may be a repository of its own or lie inside one; where there is no git, there are none.
    """
    head = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    prefix = _git(folder, "rev-parse", "--show-prefix")
    if not head or prefix is None:
        return NO_VERSIONS
    log = _git(folder, "log", "--format=%x01%h %cI", "--name-only", "--no-renames", "-z", "--", ".") or ""
    status = (
        _git(folder, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".") or ""
    )
    place = _Place(prefix.strip("\n"), shown)
    changed = frozenset(place.name(entry[3:]) for entry in status.split("\0") if len(entry) > 3)
    return Versions(head.strip(), _latest(log, place), changed)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a folder lies in its repository, and how the names of its files are shown."""

    prefix: str
    shown: str

    def name(self, path: str) -> str:
        """Return how findings name the file at ``path`` below the top of the repository."""
        return f"{self.shown}/{path.removeprefix(self.prefix)}"


def _latest(log: str, place: _Place) -> dict[str, Version]:
    versions: dict[str, Version] = {}
    for entry in log.split("\x01"):
        heading, _separator, names = entry.partition("\0")
        commit, _space, moment = heading.strip().partition(" ")
        if not moment:
            continue
        version = Version(commit, datetime.fromisoformat(moment).date())
        for name in names.split("\0"):
            path = name.strip("\n")
            if path:
                versions.setdefault(place.name(path), version)
    return versions


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", "-c", "log.showSignature=false", "-C", str(root), *arguments],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
