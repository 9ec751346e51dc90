"""Plain text: what clerks write in full width and with spaces, as one form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_BRACKET = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return ``text`` in half width and without any space."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """Return plain text without what stands in brackets, and that."""
    text = plain(text)
    return _BRACKET.sub("", text), tuple(_BRACKET.findall(text))
