"""Places: where a build writes; light to import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where a build writes: the public site, the audit site, and what it remembers."""

    site: Path
    audit: Path
    states: Path

    @classmethod
    def below(cls, root: Path) -> Places:
        """Return the usual places below ``root``."""
        return cls(root / "site", root / "site-audit", root / "build" / "state")

    @property
    def memory(self) -> Path:
        """Return the folder of all that builds remember."""
        return self.states.parent

    @property
    def overview(self) -> Path:
        """Return the file of what the last build knew of every village; one that was killed leaves none."""
        return self.memory / "known"
