"""Leaks: where something personal stands in a file, of what kind, and never what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.finding import Severity

UNREADABLE = "unreadable"
UNUSED = "allowance-unused"


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that must not get out: its file, its place there, its kind and how grave it is.

    What a commit says has no file. A part of the place that holds a value itself (a file's name, a heading)
    is shown with stars.
    """

    file: str
    kind: str
    severity: Severity
    line: int | None = None
    column: str | None = None
    cell: str | None = None
    sheet: str | None = None
    where: str | None = None

    @property
    def is_error(self) -> bool:
        """Return whether this stops a commit, a push and a build."""
        return self.severity is Severity.ERROR

    def facts(self) -> dict[str, str | int | None]:
        """Return the leak as reports write it; keys are always the same."""
        return {
            "file": self.file or None,
            "line": self.line,
            "column": self.column,
            "cell": self.cell,
            "sheet": self.sheet,
            "where": self.where,
            "kind": self.kind,
            "severity": self.severity.value,
        }


def has_errors(leaks: Iterable[Leak]) -> bool:
    """Return whether any of the leaks stops what it was looked for."""
    return any(leak.is_error for leak in leaks)
