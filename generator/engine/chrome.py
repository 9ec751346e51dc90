"""Chromes: a page of the theme with gaps, rendered once and filled many times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Noncharacters: Unicode promises that no text contains them, so a mark is never mistaken for a name.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([a-z]+){_CLOSE}")


def mark(gap: str) -> str:
    """Return what stands in the rendered template where ``gap`` is to be filled."""
    return f"{_OPEN}{gap}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Chrome:
    """Finished text, gap, finished text, gap, …, finished text."""

    parts: tuple[str, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, rendered: str) -> Chrome:
        """Return the chrome of a page that was rendered with marks."""
        pieces = _MARK.split(rendered)
        return cls(tuple(pieces[::2]), tuple(pieces[1::2]))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the page; ``values`` are finished HTML and are never looked at again."""
        pieces = [""] * (2 * len(self.parts) - 1)
        pieces[::2] = self.parts
        pieces[1::2] = [values[gap] for gap in self.gaps]
        return "".join(pieces)
