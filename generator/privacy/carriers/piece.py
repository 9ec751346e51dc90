"""Pieces: stretches of text lifted out of a file, each with the place where a person finds it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

# Reasons why something could not be checked; each has its words in generator/wording/privacy.py.
DAMAGED = "damaged"
ENCODING = "encoding"
ENCRYPTED = "encrypted"
FORMAT = "format"
LINK = "symlink"
NO_TEXT = "no-text"
TOO_LARGE = "too-large"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read, so that no file can exhaust the machine; beyond it a notice says so."""

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    members: int = 5_000
    depth: int = 3
    pages: int = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and where it stands: line and column as a spreadsheet shows them, cell and sheet in a workbook.

    ``starts`` holds the offsets at which a further source line begins, each with its number.
    ``is_raw`` marks bytes read without knowing the format: what was found elsewhere in the file is not news.
    """

    text: str
    line: int | None = None
    column: str | None = None
    cell: str | None = None
    sheet: str | None = None
    where: str | None = None
    starts: tuple[tuple[int, int], ...] = ()
    is_raw: bool = False

    def line_at(self, offset: int) -> int | None:
        """Return the line on which the character at ``offset`` stands."""
        position = bisect_right(self.starts, offset, key=lambda start: start[0])
        return self.starts[position - 1][1] if position else self.line


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces of one row, which are judged together: a word beside a name says more than alone."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the file itself: a part that could not be checked, or a position in a photograph."""

    kind: str
    where: str


Lifted = Piece | Row | Notice


def unreadable(reason: str) -> Notice:
    """Return the notice that a file, or a part of it, could not be checked."""
    return Notice("unreadable", reason)


def within(place: str, lifted: Iterable[Lifted]) -> Iterator[Lifted]:
    """Yield what was lifted from a part of a file, each saying that it stands in ``place``."""
    for one in lifted:
        if isinstance(one, Row):
            yield Row(tuple(replace(piece, where=joined(place, piece.where)) for piece in one.pieces))
        else:
            yield replace(one, where=joined(place, one.where))


def joined(place: str, where: str | None) -> str:
    """Return one place inside another."""
    return f"{place};{where}" if where else place


def lines_of(text: str, where: str | None = None) -> Iterator[Piece]:
    """Yield each line that holds anything."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line and not line.isspace():
            yield Piece(line, number, where=where)
