"""The past of a build: what git tells of the records, asked no further than what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.history.parts import part_facts, part_of
from generator.history.repository import (
    NO_VERSIONS,
    Versions,
    folder_of,
    list_uncommitted,
    read_standing,
    short_length,
)
from generator.history.timeline import NO_TIMELINE, Timeline
from generator.intake.stamps import mark_of
from generator.model.disclosure_log import NAME as LOG
from generator.pipeline.state import SiteState
from generator.pipeline.summaries import packed, unpacked
from generator.promises.promises import Promises

if TYPE_CHECKING:
    from generator.history.gathering import Gathering

# Above so many villages one question about all is answered sooner.
_FEW = 50
Part = tuple[Versions, Timeline]


class Parts(Mapping[str, Part]):
    """Of each folder its part of a history, made when it is asked for.

    ``told`` is the timeline of each but for its versions; ``changed`` are the files whose bytes are not
    committed.
    """

    def __init__(
        self,
        gathering: Gathering | None,
        told: Mapping[str, Timeline],
        changed: Mapping[str, frozenset[str]],
    ) -> None:
        self._gathering, self._told, self.changed = gathering, told, changed

    def __getitem__(self, folder: str) -> Part:
        told, changed = self._told[folder], self.changed[folder]
        if self._gathering is None:
            return NO_VERSIONS, told
        head = self._gathering.head
        versions, chains = self._gathering.of(folder)
        return Versions(head, versions, changed), replace(told, head=head, by_path=chains)

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


@dataclass(frozen=True, slots=True)
class KeptPart:
    """A village's part of the history as a task carries it: of thousands, most wait to be looked at.

    ``facts`` are those of ``part_facts``, packed; ``changed`` are its files whose bytes are not committed.
    """

    head: str
    facts: bytes
    changed: frozenset[str]

    @classmethod
    def of(cls, part: Part) -> KeptPart:
        """Return ``part`` in as few bytes as it takes."""
        versions, timeline = part
        return cls(versions.head, packed(json.dumps(part_facts(versions, timeline))), versions.changed)

    def told(self) -> dict[str, Any]:
        """Return the facts, as the state of a site keeps them."""
        facts: dict[str, Any] = json.loads(unpacked(self.facts))
        return facts

    def part(self) -> Part:
        """Return the part itself."""
        return part_of(self.told(), self.head, self.changed)


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

    def read(self, folders: Iterable[str]) -> Parts:
        """Return of each of ``folders`` its part of the whole history, read through; raises SetupError."""
        # Where HEAD is what it was the history is not read.
        from generator.engine.corrections import with_log
        from generator.history.commit_memory import stream_remembered
        from generator.history.gathering import Gathering

        known = list(folders)
        logged = with_log(NO_TIMELINE, self._promises).parted(known, self._shown)
        if self._standing is None:
            return Parts(None, logged, self.changed(known))
        gathering = Gathering(
            stream_remembered(self._content, self._memory),
            known,
            prefix=self._standing.prefix,
            shown=self._shown,
            length=short_length(self._content),
        )
        whole = {f: replace(t, is_shallow=self._standing.is_shallow) for f, t in logged.items()}
        return Parts(gathering, whole, self.changed(known))
