"""Orders: what a build asks of those who carry it out, and what they answer; light to import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.model.manifest import NAME as MANIFEST
from generator.model.village import Township, Village
from generator.pages.relatives import Kin
from generator.pipeline.fingerprint import Fingerprint
from generator.pipeline.past import KeptPart
from generator.promises.promises import Promises


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that all villages of one build have in common; ``setup`` is the set-up's fingerprint.

    ``writer`` names this process among others that might write the same files, "" where there are none.
    """

    promises: Promises
    setup: str
    as_of: date
    output: Path
    states: Path
    townships: tuple[Township, ...] = ()
    writer: str = ""

    @property
    def templates(self) -> Path:
        """Return the folder of compiled templates."""
        return self.states.parent / "templates"


@dataclass(frozen=True, slots=True)
class Task:
    """One village to build; ``villages`` are listed on a township office's home page.

    ``past`` tells of its own files alone.
    """

    village: Village
    fingerprint: Fingerprint
    villages: tuple[Kin, ...]
    past: KeptPart


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one task: files changed and removed, pages made; objects brought to a bucket."""

    slug: str
    pages: int
    changed: int
    removed: int
    staged: int = 0


@dataclass(frozen=True, slots=True)
class Withheld:
    """A village that holds personal data: its pages are left as they were, those that show it removed."""

    slug: str
    name: str
    errors: list[dict[str, Any]]
    removed: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A village whose site could not be made; its former pages stand untouched."""

    slug: str
    name: str
    reason: str


Result = Outcome | Withheld | Failure


def manifest_path(slug: str) -> str:
    """Return where the manifest of a village's own files stands."""
    return f"{slug}/{MANIFEST}"
