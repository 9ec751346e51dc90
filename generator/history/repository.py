"""The door to git: which commit last touched each file, from one pass over the history."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
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


def read_versions(root: Path, folders: Sequence[Path]) -> Versions:
    """Return the versions of the files below ``folders``; where there is no git, there are none."""
    places = [folder.relative_to(root).as_posix() for folder in folders if folder.is_relative_to(root)]
    head = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    top = _git(root, "rev-parse", "--show-prefix")
    if not head or top is None or not places:
        return NO_VERSIONS
    prefix = top.strip()
    log = _git(root, "log", "--format=%x01%h %cI", "--name-only", "--no-renames", "-z", "--", *places) or ""
    status = (
        _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *places)
        or ""
    )
    changed = frozenset(entry[3:].removeprefix(prefix) for entry in status.split("\0") if len(entry) > 3)
    return Versions(head.strip(), _latest(log, prefix), changed)


def _latest(log: str, prefix: str) -> dict[str, Version]:
    versions: dict[str, Version] = {}
    for entry in log.split("\x01"):
        heading, _separator, names = entry.partition("\0")
        commit, _space, moment = heading.strip().partition(" ")
        if not moment:
            continue
        version = Version(commit, datetime.fromisoformat(moment).date())
        for name in names.split("\0"):
            path = name.strip("\n").removeprefix(prefix)
            if path:
                versions.setdefault(path, version)
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
