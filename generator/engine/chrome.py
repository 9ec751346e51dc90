"""Chromes: a page of the theme with gaps, rendered once and filled many times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Noncharacters: Unicode promises that no text contains them, so a mark is never mistaken for a name.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([a-z]+){_CLOSE}")


def mark(gap: str) -> str:
    """Return what stands in the rendered template where ``gap`` is to be filled."""
    return f"{_OPEN}{gap}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Chrome:
    """Finished text (UTF-8), gap, finished text, gap, …, finished text."""

    parts: tuple[bytes, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, rendered: str) -> Chrome:
        """Return the chrome of a page that was rendered with marks."""
        pieces = _MARK.split(rendered)
        return cls.of_texts(pieces[::2], pieces[1::2])

    @classmethod
    def of_texts(cls, texts: Iterable[str], gaps: Iterable[str]) -> Chrome:
        """Return the chrome in which ``gaps`` stand between ``texts``."""
        return cls(tuple(text.encode() for text in texts), tuple(gaps))

    def fill(self, values: Mapping[str, str]) -> bytes:
        """Return the page (UTF-8); ``values`` are finished HTML and are never looked at again."""
        encoded = {gap: value.encode() for gap, value in values.items()}
        pieces = [b""] * (2 * len(self.parts) - 1)
        pieces[::2] = self.parts
        pieces[1::2] = [encoded[gap] for gap in self.gaps]
        return b"".join(pieces)
