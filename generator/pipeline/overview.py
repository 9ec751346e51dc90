"""The overview: what the last build knew of every village, in one file, so that a build can begin there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from generator.intake.kept_file import keep, recall, remove
from generator.intake.stamps import mark_of
from generator.pipeline.state import SiteState

_FORM = 1


@dataclass(frozen=True, slots=True)
class Known:
    """One village whose site is what its records make: ``fingerprint`` as in its state.

    ``identity`` changes with the village itself and its relatives, ``sources`` with the stamps of its files
    ("" where stamps cannot tell), ``outputs`` with those of its pages, whose ``names`` are one a line, and
    ``past`` with what was committed of it.
    ``changed`` are its files whose bytes were not committed. ``summary`` is the state's, as JSON.
    """

    fingerprint: str
    identity: str
    sources: str
    since: str
    until: str
    names: str
    outputs: str
    past: str
    summary: str
    root: str
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
            names="\n".join(state.stamps),
            outputs=mark_of(list(state.stamps.values())),
            past=past,
            summary=json.dumps(state.summary, ensure_ascii=False, sort_keys=True),
            root=state.root,
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
        try:
            found = [os.stat(f"{output}/{name}") for name in self.names.split("\n")]  # noqa: PTH116
        except OSError:
            return False
        return mark_of([(stat.st_size, stat.st_mtime_ns) for stat in found]) == self.outputs


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
    kept = json.loads(recall(path) or b"{}")
    if kept.get("form") != _FORM or kept["setup"] != setup:
        return Overview()
    villages = {slug: Known(**known) for slug, known in kept["villages"].items()}
    return Overview(setup, kept["history"], kept["index"], villages)


def save_overview(path: Path, overview: Overview) -> None:
    """Keep ``overview`` at ``path``."""
    villages = {
        slug: {name: getattr(known, name) for name in _FIELDS} for slug, known in overview.villages.items()
    }
    kept = {
        "form": _FORM,
        "setup": overview.setup,
        "history": overview.history,
        "index": overview.index,
        "villages": villages,
    }
    # Names of files need not be UTF-8; JSON reads them back as it is given them.
    keep(path, json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def drop_overview(path: Path) -> None:
    """Forget what was known."""
    remove(path)
