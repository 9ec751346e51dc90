"""Markdown: line by line, with emphasis taken out, tables by cell, and comments as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.carriers.markup import hides_numbers, read_markup
from generator.privacy.carriers.piece import Lifted, Piece, Row

# One pair of marks around a stretch of one line; stars that mask a number stand four together and stay.
_EMPHASIS = re.compile(
    r"(?<!\*)(\*\*?)(?!\*)([^*\n]+)(?<!\*)\1(?!\*)|(?<!_)(__?)(?!_)([^_\n]+)(?<!_)\3(?!_)|`([^`\n]+)`|~~([^~\n]+)~~"
)
_RULER = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+$")


def read_markdown(text: str) -> Iterator[Lifted]:
    """Yield the lines of a Markdown text; one with tags in it is read as markup as well."""
    if "<!--" in text or "</" in text or hides_numbers(text):
        yield from read_markup(_without_emphasis(text))
        return
    lines = text.split("\n")
    headings: list[str] = []
    for number, line in enumerate(lines, start=1):
        if "|" not in line:
            headings = []
            if line.strip():
                yield Piece(_without_emphasis(line), number)
            continue
        cells = [_without_emphasis(cell.strip()) for cell in line.strip().strip("|").split("|")]
        is_heading = number < len(lines) and "-" in lines[number] and _RULER.match(lines[number]) is not None
        names = [] if is_heading else headings
        yield Row(
            tuple(
                Piece(cell, number, (names[column] or None) if column < len(names) else None)
                for column, cell in enumerate(cells)
            )
        )
        if is_heading:
            headings = cells


def _without_emphasis(text: str) -> str:
    return _EMPHASIS.sub(lambda match: match[2] or match[4] or match[5] or match[6], text)
