"""Wrapping: where a line of text may not be broken, so that a figure and its unit are read at one glance."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

from generator.pages.escaping import printed

# A figure with its unit (12.3 万元), a date or a part of one (2026 年 3 月 5 日).
_UNIT = "[万亿]*元|[万亿]+|年|个月|[月日天户人票张笔次条处]"
_WHOLE = re.compile(rf"(?<![\w.,-])-?\d[\d,.]*(?: (?:{_UNIT}))?(?: \d+ 月)?(?: \d+ 日)?")
_ASIDE = re.compile(r"（[^（）]*）$")


# Who signed and when is much the same in all villages. What is HTML already is no text that reads the same.
@lru_cache(maxsize=4_096, typed=True)
def whole(text: str) -> Markup:
    """Return ``text`` as HTML in which no line ends within a figure, its unit or a date."""
    # What is kept together has a blank in it; a line without any is most of all lines.
    kept = _WHOLE.sub(_kept, printed(text)) if " " in text else printed(text)
    return Markup(kept)  # noqa: S704 (escaped first)


def aside(text: str) -> Markup:
    """Return ``text`` as HTML with the remark in brackets at its end set small and in one piece."""
    small = _ASIDE.sub(lambda found: f"<small>{found.group()}</small>", printed(text))
    return Markup(small)  # noqa: S704 (escaped first)


def _kept(found: re.Match[str]) -> str:
    # A lone figure holds nothing that a line could be broken at.
    return f'<span class="whole">{found.group()}</span>' if " " in found.group() else found.group()
