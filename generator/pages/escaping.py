"""Escaping: values as HTML, by the shortest way to what ``markupsafe.escape`` gives."""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup, escape

_MARKS = re.compile(r"[&<>'\"]")
# What these are written as never holds one.
_UNMARKED = (int, date)


def printed(value: object) -> str:
    """Return ``value`` as HTML: what ``escape`` returns, but text without a mark as it is and not wrapped.

    Only for text that is joined to other HTML: the result does not say of itself that it is safe.
    """
    # Nothing but text itself: a text that remembers what it was made of is told by ``escape``.
    if type(value) is str:
        return escape(value) if _MARKS.search(value) else value
    if type(value) is Markup:
        return value
    return str(value) if type(value) in _UNMARKED else escape(value)


def has_marks(text: str) -> bool:
    """Return whether ``text`` holds a mark that HTML knows, so that it cannot stand in a page as it is."""
    return _MARKS.search(text) is not None
