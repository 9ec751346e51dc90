"""States: what the last build knew about each village, kept below build/state."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.intake.kept_file import keep, recall, remove
from generator.pipeline.output import Stamp, partial_files

_FORM = 6
_UNFINISHED = ""
_UNKNOWN: Stamp = (-1, -1)


@dataclass(frozen=True, slots=True)
class SiteState:
    """One built site: made from ``fingerprint``, right from ``as_of`` until before ``valid_until``.

    ``summary`` is what the portal and the audit board need of it; ``errors`` are as ``check`` prints them.
    ``receipts`` are those that the files name, SHA-256 to stamp. ``root`` is that of its manifest;
    ``history`` what its records' history told.
    """

    fingerprint: str
    as_of: date
    valid_until: date | None
    stamps: dict[str, Stamp]
    summary: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: int = 0
    receipts: dict[str, str] = field(default_factory=dict)
    root: str = ""
    history: dict[str, Any] = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        """Return whether a build on ``day`` would say the same."""
        return self.as_of <= day and (self.valid_until is None or day < self.valid_until)


class StateFolder:
    """The folder of states; a state that cannot be read is none, and its site is built anew."""

    def __init__(self, folder: Path, writer: str = "") -> None:
        self._folder, self._writer = folder, writer

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def names(self) -> list[str]:
        """Return the names of all states."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def load(self, name: str) -> SiteState | None:
        """Return the state called ``name``, or None."""
        try:
            kept = json.loads(recall(self._path(name)) or b"null")
            if kept["form"] != _FORM:
                return None
            until = kept["valid_until"]
            return SiteState(
                fingerprint=kept["fingerprint"],
                as_of=date.fromisoformat(kept["as_of"]),
                valid_until=date.fromisoformat(until) if until else None,
                stamps={path: (size, time) for path, (size, time) in kept["stamps"].items()},
                summary=kept["summary"],
                errors=kept["errors"],
                warnings=kept["warnings"],
                receipts=kept["receipts"],
                root=kept["root"],
                history=kept["history"],
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def begin(self, name: str, paths: Iterable[str], output: Path) -> list[str]:
        """Say that the site ``name`` is being written; return what earlier builds may have left of it.

        A build that is killed here is done again, and what it had begun to write below ``output`` is
        known: its new files and the unfinished copies beside them.
        """
        former = self.load(name)
        left = set(former.stamps) if former is not None else set()
        begun = dict.fromkeys(left | set(paths), _UNKNOWN)
        self.save(name, SiteState(_UNFINISHED, date.min, date.min, begun))
        if former is not None and former.fingerprint == _UNFINISHED:
            left.update(partial_files(output, left))
        return sorted(left)

    def save(self, name: str, state: SiteState) -> None:
        """Keep ``state`` under ``name``, whole or not at all."""
        kept = {
            "form": _FORM,
            "fingerprint": state.fingerprint,
            "as_of": state.as_of.isoformat(),
            "valid_until": state.valid_until.isoformat() if state.valid_until else "",
            "stamps": state.stamps,
            "summary": state.summary,
            "errors": state.errors,
            "warnings": state.warnings,
            "receipts": state.receipts,
            "root": state.root,
            "history": state.history,
        }
        # Names of files that are no UTF-8 are kept as JSON's own escapes.
        keep(self._path(name), json.dumps(kept).encode("ascii"), self._writer)

    def forget(self, name: str) -> None:
        """Drop the state called ``name``."""
        remove(self._path(name))
