"""The overview: what the last build knew of every village, in one file, so that a build can begin there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from generator.intake.kept_file import keep, recall, remove
from generator.pipeline.state import SiteState

_FORM = 2


@dataclass(frozen=True, slots=True)
class Known:
    """One village whose site is what its records make: ``fingerprint`` as in its state.

    ``identity`` changes with the village itself and its relatives, ``sources`` with the stamps of its files
    ("" where stamps cannot tell), ``outputs`` with those of its pages, whose ``names`` are kept as the system
    writes them, parted by zeros, and ``past`` with what was committed of it.
    ``changed`` are its files whose bytes were not committed. ``summary`` is the state's, as JSON.
    """

    fingerprint: str
    identity: str
    sources: str
    since: str
    until: str
    outputs: str
    past: str
    root: str
    names: bytes
    summary: bytes
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: int = 0
    receipts: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, state: SiteState, identity: str, sources: str, past: str, changed: Iterable[str]) -> Known:
        """Return what is to be known of a village whose site has just been found right, or built."""
        return cls(
            fingerprint=state.fingerprint,
            identity=identity,
            sources=sources,
            since=state.as_of.isoformat(),
            until=state.valid_until.isoformat() if state.valid_until else "",
            outputs=_mark(state.stamps.values()),
            past=past,
            root=state.root,
            names=b"\0".join(map(os.fsencode, state.stamps)),
            summary=_json(state.summary),
            errors=state.errors,
            warnings=state.warnings,
            receipts=state.receipts,
            changed=sorted(changed),
        )

    def holds_on(self, day: date) -> bool:
        """Return whether a build on ``day`` would say the same."""
        told = day.isoformat()
        return self.since <= told and (not self.until or told < self.until)

    def is_intact(self, output: str) -> bool:
        """Return whether every page is still there below ``output`` as it was written."""
        base = os.fsencode(f"{output}/")
        try:
            found = [os.stat(base + name) for name in self.names.split(b"\0")]  # noqa: PTH116
        except OSError:
            return False
        return _mark([(stat.st_size, stat.st_mtime_ns) for stat in found]) == self.outputs


# The long ones stand each in a line of its own, so that nobody reads those that did not change.
_LONG = ("names", "summary")
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
    head, *long = (recall(path) or b"{}").split(b"\n")
    kept = json.loads(head)
    if kept.get("form") != _FORM or kept["setup"] != setup or len(long) != 2 * len(kept["villages"]):
        return Overview()
    villages = {
        slug: Known(**dict(zip(_SHORT, short, strict=True)), names=names, summary=summary)
        for (slug, short), names, summary in zip(kept["villages"], long[::2], long[1::2], strict=True)
    }
    return Overview(setup, kept["history"], kept["index"], villages)


def save_overview(path: Path, overview: Overview) -> None:
    """Keep ``overview`` at ``path``."""
    kept = {
        "form": _FORM,
        "setup": overview.setup,
        "history": overview.history,
        "index": overview.index,
        "villages": [
            (slug, [getattr(known, name) for name in _SHORT]) for slug, known in overview.villages.items()
        ],
    }
    lines = [_json(kept)]
    for known in overview.villages.values():
        lines += (known.names, known.summary)
    keep(path, b"\n".join(lines))


def drop_overview(path: Path) -> None:
    """Forget what was known."""
    remove(path)


def _json(told: Any) -> bytes:
    """Return ``told`` as one line; names of files need not be UTF-8, and JSON reads them back."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def identity_of(*told: object) -> str:
    """Return a hash of what a village is."""
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _mark(stamps: Iterable[tuple[int, int]]) -> str:
    return hashlib.blake2b(repr(list(stamps)).encode(), digest_size=16).hexdigest()
