"""Unindented: templates are read without the indentation that only people who edit them look at."""

from __future__ import annotations

import re

from jinja2.ext import Extension

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Extension):
    """Takes the blanks off the beginning of every line of a template: a browser makes one blank of them all.

    A seventh of what stands around a page is such blanks, and every page carries it. No template of
    Material's or ours has preformatted text.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the text of a template as it is to be compiled."""
        return _INDENT.sub("", source)
