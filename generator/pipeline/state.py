"""States: what the last build knew about each village, kept below build/state."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.pipeline.output import PARTIAL, Stamp, partial_files

_FORM = 5
_UNFINISHED = ""
_UNKNOWN: Stamp = (-1, -1)


@dataclass(frozen=True, slots=True)
class SiteState:
    """One built site: made from ``fingerprint``, right from ``as_of`` until before ``valid_until``.

    ``summary`` is what the portal and the audit board need of it; ``errors`` are as ``check`` prints them.
    ``setup`` and ``sources`` tell without reading a file that the fingerprint is still the same, as long as
    the ``receipts`` that the files name (SHA-256 to stamp) are what they were; "" where they cannot.
    """

    fingerprint: str
    as_of: date
    valid_until: date | None
    stamps: dict[str, Stamp]
    summary: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: int = 0
    setup: str = ""
    sources: str = ""
    receipts: dict[str, str] = field(default_factory=dict)

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
            kept = json.loads(self._path(name).read_bytes())
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
                setup=kept["setup"],
                sources=kept["sources"],
                receipts=kept["receipts"],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
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
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = {
            "form": _FORM,
            "fingerprint": state.fingerprint,
            "as_of": state.as_of.isoformat(),
            "valid_until": state.valid_until.isoformat() if state.valid_until else "",
            "stamps": state.stamps,
            "summary": state.summary,
            "errors": state.errors,
            "warnings": state.warnings,
            "setup": state.setup,
            "sources": state.sources,
            "receipts": state.receipts,
        }
        partial = self._path(name).with_suffix(f".{self._writer}{PARTIAL}" if self._writer else PARTIAL)
        partial.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        partial.replace(self._path(name))

    def forget(self, name: str) -> None:
        """Drop the state called ``name``."""
        self._path(name).unlink(missing_ok=True)
