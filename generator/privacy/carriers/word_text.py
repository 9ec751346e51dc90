"""Word documents (.docx): paragraphs, tables by cell, notes, what was deleted but is still in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.privacy.carriers.piece import Lifted, Piece, Row
from generator.privacy.carriers.tables import rows_of
from generator.privacy.carriers.xml_parts import parse_xml
from generator.privacy.carriers.zipped import Package

_PART = re.compile(r"word/(document|header|footer|comments|footnotes|endnotes)[^/]*\.xml")
_PLACES = {"document": None, "comments": "comment"}
_WRITING = frozenset(("t", "delText", "instrText"))


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


def read_word(package: Package) -> Iterator[Lifted]:
    """Yield the paragraphs of every text part; ``line`` counts the paragraphs, in a table the rows."""
    for name in sorted(package.names, key=lambda name: (not name.startswith("word/document"), name)):
        match = _PART.fullmatch(name)
        if match:
            yield from _read_part(package.read(name), _PLACES.get(match[1], match[1]))


def _read_part(content: bytes, where: str | None) -> list[Lifted]:
    found: list[Lifted] = []
    tables: list[_Table] = []
    parts: list[str] = []
    paragraphs, is_writing = 0, False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal is_writing
        is_writing = name in _WRITING
        if name == "tbl":
            tables.append(_Table())
        elif name == "tr" and tables:
            tables[-1].rows.append([])
        elif name in ("tab", "br", "cr"):
            parts.append(" ")

    def end(name: str) -> None:
        nonlocal is_writing, paragraphs
        is_writing = False
        if name == "p":
            text = "".join(parts).strip()
            parts.clear()
            paragraphs += 1
            if tables:
                tables[-1].cell.append(text)
            elif text:
                found.append(Piece(text, paragraphs, where=where))
        elif name == "tc" and tables and tables[-1].rows:
            tables[-1].rows[-1].append("\n".join(tables[-1].cell).strip())
            tables[-1].cell = []
        elif name == "tbl" and tables:
            found.extend(_placed(rows_of(tables.pop().rows), where))

    def text(written: str) -> None:
        if is_writing:
            parts.append(written)

    parse_xml(content, start, end, text)
    return found


def _placed(rows: Iterator[Row], where: str | None) -> Iterator[Row]:
    for row in rows:
        yield Row(
            tuple(Piece(piece.text, piece.line, piece.column, where=where or "table") for piece in row.pieces)
        )
