"""Hits: where in a text something personal stands, never what it is."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a text that looks personal: its kind, how grave it is, and its span in the text as given.

    A hit carries no value, so that no message, log or report can repeat one.
    """

    kind: str
    severity: Severity
    start: int
    end: int

    @property
    def is_error(self) -> bool:
        """Return whether this hit is an identifier, and not only something that a person must confirm."""
        return self.severity is Severity.ERROR


def error(kind: str, start: int, end: int) -> Hit:
    """Return an identifier's hit."""
    return Hit(kind, Severity.ERROR, start, end)


def warning(kind: str, start: int, end: int) -> Hit:
    """Return the hit of something that a named person confirms or removes."""
    return Hit(kind, Severity.WARNING, start, end)
