"""Views of corrections: what the pages of a record and of a village print of what was changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction: a heading, why it was made, what it came to, and row by row old and new.

    ``title`` and ``url`` lead to the record's page; ``is_unexplained`` tells that no reason was stated.
    """

    title: str
    url: str
    heading: str
    reason: str
    is_unexplained: bool
    sums: tuple[str, ...]
    rows: tuple[str, ...]
    commit: str


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All corrections of one record, newest first, and since when it is held to have been published."""

    first: str
    entries: tuple[CorrectionView, ...]
