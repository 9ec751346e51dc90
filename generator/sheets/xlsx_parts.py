"""Parts: the small XML files of an .xlsx, and how any of them is streamed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from generator.sheets.refusals import DamagedError

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
CHUNK = 1 << 16
_NOTES = re.compile(r"comments?[0-9]*\.xml$", re.IGNORECASE)
_PERCENT_FORMATS = ("9", "10")
# The parser keeps every element that is open: a tower of them takes a hundred times its own size in memory.
_DEPTH_LIMIT = 512


def noted_rows(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield the rows in which cells of any sheet have notes."""
    rows: set[int] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        match = REFERENCE.fullmatch(attributes.get("ref", ""))
        if match is not None and name in ("comment", "threadedComment"):
            rows.add(int(match[2]) - 1)

    for path in archive.namelist():
        if _NOTES.search(path):
            with archive.open(path) as part:
                parse(part, start)
    yield from rows


class Book:
    """Gathers the sheets of workbook.xml: name, state, relation."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.counts_from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in an element."""
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith("}id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904", "0") in ("1", "true")


class Styles:
    """Gathers which cell styles show a number as so many of a hundred."""

    def __init__(self) -> None:
        self._formats = set(_PERCENT_FORMATS)
        self._in_cells = False
        self._number = 0
        self.of_percents: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in an element."""
        if name == "numFmt" and "%" in attributes.get("formatCode", ""):
            self._formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            if attributes.get("numFmtId") in self._formats:
                self.of_percents.add(str(self._number))
            self._number += 1

    def end(self, qualified: str) -> None:
        """Leave an element."""
        if qualified.rpartition("}")[2] == "cellXfs":
            self._in_cells = False


class Targets:
    """Gathers which part each relation of the workbook means."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in an element."""
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            self._paths[attributes.get("Id", "")] = path

    def path_of(self, relation: str) -> str:
        """Return the part that a relation means, or ""."""
        return self._paths.get(relation, "")


def parse(part: IO[bytes], start: object, end: object = None, text: object = None) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH_LIMIT:
            raise DamagedError
        start(name.rpartition("}")[2], attributes)  # type: ignore[operator]

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name)  # type: ignore[operator]

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if text is not None:
        parser.CharacterDataHandler = text  # type: ignore[assignment]
    while chunk := part.read(CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _refuse_doctype(*_arguments: object) -> None:
    raise DamagedError


def column_index(letters: str) -> int:
    """Return the column, counted from 0, that ``letters`` name."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
