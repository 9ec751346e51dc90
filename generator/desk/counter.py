"""The counter: what passes between the desk's pages and its office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from generator.model.village import Village
from generator.sheets.canonical import Difference


@dataclass(frozen=True, slots=True)
class Table:
    """One table that is handed in: its place below the root, its bytes, and what it was drawn up against.

    ``seen`` is the SHA-256 of the file that the clerk saw when the work began ("" where there was none).
    ``register`` holds the cells of its line in publications.csv by column, less the reviewer's, or is empty
    where the register asks for none.
    """

    village: Village
    item: str
    stem: str
    path: Path
    content: bytes
    seen: str
    register: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Handover:
    """What a clerk hands in with one press: tables, who prepared them (a role) and why they are corrected.

    ``beside`` are other files that go with it (what was confirmed of a sheet's layout), by path.
    """

    tables: tuple[Table, ...]
    role: str
    reason: str = ""
    beside: Mapping[Path, bytes] = field(default_factory=dict)


class State(StrEnum):
    """How a submission stands."""

    WAITING = "waiting"  # for a second person
    STALE = "stale"  # what it was drawn up against has changed since, or it was gone over
    LANDED = "landed"
    RETURNED = "returned"  # to the clerk, by a reviewer
    UNDONE = "undone"  # taken back, before it had landed or after


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in: ``name`` is that of its branch, ``titles`` say in words what it holds.

    ``paths`` are shown as findings name them; ``reviewer`` (a role) and ``commit`` are "" until it is signed
    off. ``answer`` says why it was returned or undone; ``moment`` is when it came to stand as it does.
    """

    name: str
    titles: tuple[str, ...]
    paths: tuple[str, ...]
    role: str
    reason: str
    moment: datetime
    state: State
    reviewer: str = ""
    commit: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a table cannot simply be handed in or signed off: somebody else changed the same period.

    ``theirs`` is what stands there now, ``difference`` leads from theirs to ours; ``who`` is a role.
    """

    path: str
    title: str
    who: str
    theirs: bytes | None
    ours: bytes
    difference: Difference


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who may sign off: ``name`` is the principal in site_config/allowed_signers.

    ``places`` are the folders below content/ for which they may; ``has_key`` tells whether their key lies on
    this machine.
    """

    name: str
    role: str
    places: tuple[str, ...]
    has_key: bool = False
