"""XML parts: a stream of tags and text from a file that may be hostile; entities are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from generator.privacy.carriers.piece import DAMAGED, Lifted, Piece
from generator.privacy.carriers.zipped import Unpacking

# Elements that hold one stretch of text, in the formats of Office, OpenDocument and drawings.
_STRETCHES = frozenset(("p", "h", "si", "text", "li", "title", "desc", "comment", "threadedComment"))

# The parser keeps every element that is open: a tower of them takes a hundred times its own size in memory.
_DEPTH_LIMIT = 512

Start = Callable[[str, dict[str, str]], Any]


def parse_xml(content: bytes, start: Start, end: Callable[[str], Any], text: Callable[[str], Any]) -> None:
    """Call back for each tag and text, names without their prefix; raises Unpacking on what is no XML.

    A document that declares entities is refused: nobody's office program writes one, and they can
    multiply without end.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def refuse(*_declaration: object) -> None:
        raise Unpacking(DAMAGED)

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH_LIMIT:
            raise Unpacking(DAMAGED)
        start(local(name), attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(local(name))

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Unpacking(DAMAGED) from None


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def read_xml(content: bytes, where: str | None = None) -> Iterator[Lifted]:
    """Yield every stretch of text and every attribute of an XML file, as places of ``where``."""
    pieces: list[Piece] = []
    parts: list[str] = []
    depth = 0
    seen: set[str] = set()

    def flush() -> None:
        joined = "".join(parts).strip()
        parts.clear()
        if joined:
            pieces.append(Piece(joined, where=where))

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth == 0:
            flush()
        if name in _STRETCHES:
            depth += 1
        for value in attributes.values():
            if len(value) > 1 and value not in seen:
                seen.add(value)
                pieces.append(Piece(value, where=where))

    def end(name: str) -> None:
        nonlocal depth
        if name in _STRETCHES:
            depth -= 1
        if depth == 0:
            flush()
        elif name in ("tab", "br", "cr"):
            parts.append(" ")

    parse_xml(content, start, end, parts.append)
    yield from pieces
