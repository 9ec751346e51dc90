"""The overview: what the last build knew of every village, in one file, so that a build can begin there."""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from generator.intake.kept_file import keep_parts, recalling, remove
from generator.intake.stamps import mark_of
from generator.pipeline.state import SiteState
from generator.pipeline.summaries import packed

_FORM = 3
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """One village whose site is what its records make: ``fingerprint`` as in its state.

    ``identity`` changes with the village itself and its relatives, ``sources`` with the stamps of its files
    ("" where stamps cannot tell), ``outputs`` with those of its pages, whose ``names`` are kept as the system
    writes them, parted by zeros and compressed, and ``past`` with what was committed of it.
    ``changed`` are its files whose bytes were not committed. ``summary`` is the state's, as JSON, ``packed``:
    a county has thousands of villages, and few of them are asked.
    """

    fingerprint: str
    identity: str
    sources: str
    since: str
    until: str
    names: bytes
    outputs: str
    past: str
    summary: bytes
    root: str
    errors: Sequence[dict[str, Any]]
    warnings: int
    receipts: Mapping[str, str]
    changed: tuple[str, ...]

    @classmethod
    def of(cls, state: SiteState, identity: str, sources: str, past: str, changed: Iterable[str]) -> Known:
        """Return what is to be known of a village whose site has just been found right, or built."""
        return cls(
            fingerprint=state.fingerprint,
            identity=identity,
            sources=sources,
            since=state.as_of.isoformat(),
            until=state.valid_until.isoformat() if state.valid_until else "",
            names=zlib.compress(b"\0".join(map(os.fsencode, state.stamps)), 1),
            outputs=mark_of(list(state.stamps.values())),
            past=past,
            summary=packed(json.dumps(state.summary, ensure_ascii=False, sort_keys=True)),
            root=state.root,
            errors=state.errors or (),
            warnings=state.warnings,
            receipts=state.receipts or _NOTHING,
            changed=tuple(sorted(changed)),
        )

    def holds_on(self, day: date) -> bool:
        """Return whether a build on ``day`` would say the same."""
        told = day.isoformat()
        return self.since <= told and (not self.until or told < self.until)

    def is_intact(self, output: str) -> bool:
        """Return whether every page is still there below ``output`` as it was written."""
        base = os.fsencode(f"{output}/")
        try:
            found = [os.stat(base + name) for name in zlib.decompress(self.names).split(b"\0")]  # noqa: PTH116
        except OSError:
            return False
        return mark_of([(stat.st_size, stat.st_mtime_ns) for stat in found]) == self.outputs


# What is long stands as it is behind its village's line: nobody parses what few will ask for.
_LONG, _DAYS = ("names", "summary"), ("since", "until")
_SHORT = tuple(known.name for known in fields(Known) if known.name not in _LONG)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the last build knew: of its ``setup``, of the ``history`` and the ``index`` of the records."""

    setup: str = ""
    history: str = ""
    index: str = ""
    villages: Mapping[str, Known] = field(default_factory=dict)


def load_overview(path: Path, setup: str) -> Overview:
    """Return what is kept at ``path`` of builds with this ``setup``; nothing where it is damaged."""
    with recalling(path) as kept:
        head = json.loads(kept.readline() or b"{}")
        if head.get("form") != _FORM or head["setup"] != setup:
            return Overview()
        return Overview(setup, head["history"], head["index"], dict(_read(kept)))


def save_overview(path: Path, overview: Overview) -> None:
    """Keep ``overview`` at ``path``, village by village."""
    keep_parts(path, _lines(overview))


def _lines(overview: Overview) -> Iterator[bytes]:
    head = {
        "form": _FORM,
        "setup": overview.setup,
        "history": overview.history,
        "index": overview.index,
    }
    yield json.dumps(head).encode() + b"\n"
    for slug, known in overview.villages.items():
        long: list[bytes] = [getattr(known, name) for name in _LONG]
        told = [slug, [len(part) for part in long], *(getattr(known, name) for name in _SHORT)]
        # Names of files need not be UTF-8; JSON's own escapes hold them all.
        yield b"".join((json.dumps(told).encode(), b"\n", *long))


def _read(kept: BinaryIO) -> Iterator[tuple[str, Known]]:
    while line := kept.readline():
        slug, lengths, *short = json.loads(line)
        told = dict(zip(_SHORT, short, strict=True))
        told |= zip(_LONG, map(kept.read, lengths), strict=True)
        # What most villages have in common is held once.
        told |= {name: sys.intern(told[name]) for name in _DAYS}
        shared = {"errors": told["errors"] or (), "receipts": told["receipts"] or _NOTHING}
        yield slug, Known(**told | shared | {"changed": tuple(told["changed"])})


def drop_overview(path: Path) -> None:
    """Forget what was known."""
    remove(path)
