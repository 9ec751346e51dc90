"""The overview: what the last build knew of every village, in one file, so that a build can begin there."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from generator.intake.kept_file import keep_parts, recall, remove
from generator.pipeline.state import SiteState
from generator.pipeline.summaries import packed, unpacked

_FORM = 2
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """One village whose site is what its records make: ``fingerprint`` as in its state.

    ``identity`` changes with the village itself and its relatives, ``sources`` with the stamps of its files
    ("" where stamps cannot tell), ``outputs`` with those of its pages, whose ``names`` are one a line, and
    ``past`` with what was committed of it.
    ``changed`` are its files whose bytes were not committed. ``summary`` is the state's, as JSON. This and
    the names are ``packed``: a county has thousands of villages, and few of them are asked.
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
            names=packed("\n".join(state.stamps)),
            outputs=_mark(state.stamps.values()),
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
        try:
            found = [os.stat(f"{output}/{name}") for name in unpacked(self.names).split("\n")]  # noqa: PTH116
        except OSError:
            return False
        return _mark([(stat.st_size, stat.st_mtime_ns) for stat in found]) == self.outputs


_PACKED, _DAYS = ("names", "summary"), ("since", "until")
_FIELDS = tuple(known.name for known in fields(Known))


@dataclass(frozen=True, slots=True)
class Overview:
    """What the last build knew: of its ``setup``, of the ``history`` and the ``index`` of the records."""

    setup: str = ""
    history: str = ""
    index: str = ""
    villages: Mapping[str, Known] = field(default_factory=dict)


def load_overview(path: Path, setup: str) -> Overview:
    """Return what is kept at ``path`` of builds with this ``setup``; nothing where it is damaged."""
    lines = io.BytesIO(recall(path) or b"{}")
    kept = json.loads(next(lines))
    if kept.get("form") != _FORM or kept["setup"] != setup:
        return Overview()
    return Overview(setup, kept["history"], kept["index"], dict(map(_read, lines)))


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
        told = [getattr(known, name) for name in _FIELDS]
        # What is packed is no text: JSON takes it in digits of base 64.
        kept = [base64.b64encode(value).decode() if isinstance(value, bytes) else value for value in told]
        # Names of files need not be UTF-8; JSON's own escapes hold them all.
        yield json.dumps([slug, *kept]).encode() + b"\n"


def _read(line: bytes) -> tuple[str, Known]:
    slug, *told = json.loads(line)
    kept = dict(zip(_FIELDS, told, strict=True))
    kept |= {name: base64.b64decode(kept[name]) for name in _PACKED}
    # What most villages have in common is held once.
    kept |= {name: sys.intern(kept[name]) for name in _DAYS}
    shared = {"errors": kept["errors"] or (), "receipts": kept["receipts"] or _NOTHING}
    return slug, Known(**kept | shared | {"changed": tuple(kept["changed"])})


def drop_overview(path: Path) -> None:
    """Forget what was known."""
    remove(path)


def identity_of(*told: object) -> str:
    """Return a hash of what a village is."""
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _mark(stamps: Iterable[tuple[int, int]]) -> str:
    return hashlib.blake2b(repr(list(stamps)).encode(), digest_size=16).hexdigest()
