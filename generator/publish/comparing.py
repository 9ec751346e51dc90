"""Comparing: what one site holds that another, made anew, does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MISSING, EXTRA, DIFFERENT = "missing", "extra", "different"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A file that is not in the site made anew, only there, or not the same."""

    path: str
    kind: str


def compare_sites(published: Mapping[str, str], anew: Mapping[str, str]) -> Iterator[Mismatch]:
    """Yield where two sites differ, each given as the SHA-256 of its files by path, in order of path."""
    for path in sorted({*published, *anew}):
        if path not in anew:
            yield Mismatch(path, MISSING)
        elif path not in published:
            yield Mismatch(path, EXTRA)
        elif published[path] != anew[path]:
            yield Mismatch(path, DIFFERENT)
