"""The past of a build: what git tells of the records, asked no further than what has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.history.parts import part_of
from generator.history.repository import NO_VERSIONS, Versions, folder_of, list_uncommitted, read_standing
from generator.history.timeline import NO_TIMELINE, Timeline, read_history
from generator.intake.stamps import mark_of
from generator.model.disclosure_log import NAME as LOG
from generator.pipeline.state import SiteState
from generator.promises.promises import Promises

# Above so many villages one question about all is answered sooner.
_FEW = 50
Part = tuple[Versions, Timeline]


def mark_of_part(part: Part) -> str:
    """Return what changes with anything that was committed of a village's files."""
    versions, timeline = part
    told = (sorted(versions.by_path.items(), key=lambda entry: entry[0]), timeline.mark)
    return mark_of(told)


class Past:
    """The history of a county's records as it stands now.

    ``mark`` changes whenever anything that was committed or published does, ``index`` with what is staged.
    ``memory`` is a file that keeps what was read of the history once.
    """

    def __init__(self, promises: Promises, memory: Path) -> None:
        self._promises, self._memory = promises, memory
        self._content = promises.settings.content
        self._shown = promises.shown(self._content)
        self._standing = read_standing(self._content)
        self.head = self._standing.head if self._standing is not None else ""
        self.index = self._standing.index if self._standing is not None else ""
        self.mark = self._mark()

    def _mark(self) -> str:
        standing = self._standing
        told = (standing.head, standing.prefix, standing.is_shallow) if standing is not None else ()
        log = self._promises.root / LOG
        published = log.read_bytes() if log.is_file() else b""
        return hashlib.blake2b(f"{told!r}".encode() + published, digest_size=16).hexdigest()

    def changed(self, folders: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return of each of ``folders`` ("dong/xi") the files whose bytes are not committed."""
        found: dict[str, set[str]] = {folder: set() for folder in folders}
        if self._standing is not None:
            below = folders if len(folders) <= _FEW else ["."]
            for path in list_uncommitted(self._content, self._shown, self._standing.prefix, below):
                folder = folder_of(path, self._shown, found)
                if folder is not None:
                    found[folder].add(path)
        return {folder: frozenset(paths) for folder, paths in found.items()}

    def part_of(self, state: SiteState, changed: frozenset[str]) -> Part:
        """Return what is remembered in the state of a village about which nothing was committed since."""
        if self._standing is None:
            return NO_VERSIONS, NO_TIMELINE
        return part_of(state.history, self.head, changed)

    def read(self, folders: Iterable[str]) -> dict[str, Part]:
        """Return of each of ``folders`` its part of the whole history, read through; raises SetupError."""
        from generator.engine.corrections import with_log

        versions, timeline = read_history(self._content, self._shown, self._memory)
        timeline = with_log(timeline, self._promises)
        known = list(folders)
        own, timelines = versions.parted(known, self._shown), timeline.parted(known, self._shown)
        return {folder: (own[folder], timelines[folder]) for folder in known}
