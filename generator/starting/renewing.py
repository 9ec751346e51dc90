"""Renewing: what a newer engine changes in a county's repository, and what the county has made its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

from generator.model.finding import SetupError
from generator.starting.engine_lock import FILE as LOCK
from generator.starting.engine_lock import EngineLock, lock_of, read_lock, sha256
from generator.starting.engine_source import is_pinned, is_release, requirement_for
from generator.starting.founding import Engine, engine_files, write_files
from generator.wording import _

_NUMBERS = re.compile(r"[0-9]+")


class Fate(StrEnum):
    """What becomes of a file: the engine's change is taken, or the county's own file stays."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    # The county changed it, and so did the engine: the county's stays, somebody must look.
    KEPT = "kept"
    # The county changed it and the engine did not.
    OWN = "own"
    # The county removed it; it stays away.
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Step:
    """One file of an upgrade: ``before`` is what lies there, ``after`` what the engine brings.

    Either is None where there is no such file.
    """

    path: str
    fate: Fate
    before: bytes | None
    after: bytes | None

    @property
    def is_taken(self) -> bool:
        """Return whether the engine's change is taken."""
        return self.fate in (Fate.ADDED, Fate.CHANGED, Fate.REMOVED)

    def counts(self) -> tuple[int, int]:
        """Return how many lines would come and how many would go."""
        old, new = ((content or b"").splitlines() for content in (self.before, self.after))
        blocks = [
            block
            for block in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
            if block[0] != "equal"
        ]
        return sum(b[4] - b[3] for b in blocks), sum(b[2] - b[1] for b in blocks)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """From which engine to which, and what becomes of the files that are not already the same."""

    old: EngineLock
    new: EngineLock
    steps: tuple[Step, ...]

    @property
    def is_needed(self) -> bool:
        """Return whether applying it would write anything."""
        return self.old != self.new or any(step.is_taken for step in self.steps)


def plan_upgrade(root: Path, installed: str, wanted: str = "") -> Upgrade:
    """Return what the installed engine would change in the county at ``root``; raises SetupError.

    ``wanted`` is where pip is to get the engine from, "" as before.
    A file is judged by three hashes: as the lock's engine brought it, as it lies there, as it would be.
    """
    old = read_lock(root)
    if _order(installed) < _order(old.engine):
        raise SetupError(
            _("这个仓库是用 {old} 版建的，装的程序是 {new} 版，更旧。请先升级程序").format(
                old=old.engine, new=installed
            ),
            file=LOCK,
        )
    requirement = old.requirement
    is_stale = old.engine != installed or not is_pinned(requirement)
    if wanted or (is_stale and is_release(requirement, old.engine)):
        requirement = requirement_for(wanted, installed)
    files = engine_files(Engine(installed, requirement, old.hosts))
    new = lock_of(installed, requirement, old.hosts, files)
    return Upgrade(old, new, tuple(_steps(root, old.files, files)))


def apply_upgrade(root: Path, upgrade: Upgrade) -> None:
    """Write what is taken and the new lock; files of the county's own are not touched."""
    write_files(root, {s.path: s.after for s in upgrade.steps if s.is_taken and s.after is not None})
    for step in upgrade.steps:
        if step.fate is Fate.REMOVED:
            (root / step.path).unlink()
    # Last: whoever was interrupted starts again from the lock of before.
    (root / LOCK).write_bytes(upgrade.new.content())


def _steps(root: Path, locked: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[Step]:
    for path in sorted({*locked, *files}):
        before, after, base = _lying(root / path), files.get(path), locked.get(path)
        if before == after:
            continue
        fate = _fate(base, before, after)
        if fate is not None:
            yield Step(path, fate, before, after)


def _fate(base: str | None, before: bytes | None, after: bytes | None) -> Fate | None:
    ours = None if before is None else sha256(before)
    theirs = None if after is None else sha256(after)
    if ours is None:
        return Fate.ADDED if base is None else Fate.GONE
    if ours == base:
        return Fate.REMOVED if theirs is None else Fate.CHANGED
    return Fate.OWN if theirs == base else Fate.KEPT


def _lying(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _order(version: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(version)]
