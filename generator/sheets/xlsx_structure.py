"""Structures: what an .xlsx holds besides values, read in one stream that is bounded."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from generator.sheets.grid import Merge
from generator.sheets.refusals import AREA_LIMIT, CELL_LIMIT, XML_LIMIT, DamagedError, TooLargeError
from generator.sheets.xlsx_parts import (
    CHUNK,
    REFERENCE,
    Book,
    Styles,
    Targets,
    column_index,
    noted_rows,
    parse,
)

_HIDDEN_STATES = ("hidden", "veryHidden")


@dataclass(slots=True)
class SheetStructure:
    """What calamine does not tell of a sheet; rows and columns are counted from 0."""

    name: str
    is_hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_filtered: bool = False
    uncounted: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    long_numbers: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    cells: int = 0


@dataclass(frozen=True, slots=True)
class WorkbookStructure:
    """What calamine does not tell of a workbook."""

    sheets: tuple[SheetStructure, ...]
    counts_from_1904: bool
    has_macros: bool
    noted_rows: frozenset[int]
    has_pictures: bool


def read_structure(content: bytes) -> WorkbookStructure:
    """Return the structure of the .xlsx in ``content``; raises DamagedError or TooLargeError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise DamagedError from error
    except (NotImplementedError, expat.ExpatError) as error:
        raise DamagedError from error


def _read(archive: zipfile.ZipFile) -> WorkbookStructure:
    names = archive.namelist()
    texts = [name for name in archive.infolist() if name.filename.endswith((".xml", ".rels"))]
    if sum(entry.file_size for entry in texts) > XML_LIMIT:
        raise TooLargeError("bytes")
    for entry in texts:
        # Read to the end: what is longer or other than the archive says fails its check sum here.
        with archive.open(entry) as part:
            while part.read(CHUNK):
                pass
    book = Book()
    with archive.open("xl/workbook.xml") as part:
        parse(part, book.start)
    styles = Styles()
    if "xl/styles.xml" in names:
        with archive.open("xl/styles.xml") as part:
            parse(part, styles.start, styles.end)
    targets = Targets()
    with archive.open("xl/_rels/workbook.xml.rels") as part:
        parse(part, targets.start)
    sheets = []
    for name, state, relation in book.sheets:
        sheet = SheetStructure(name, is_hidden=state in _HIDDEN_STATES)
        path = targets.path_of(relation)
        if path in names and "/worksheets/" in f"/{path}":
            with archive.open(path) as part:
                _SheetReader(sheet, styles.of_percents).read(part)
        sheets.append(sheet)
    return WorkbookStructure(
        tuple(sheets),
        book.counts_from_1904,
        any(name.endswith("vbaProject.bin") for name in names),
        frozenset(noted_rows(archive)),
        any("/media/" in name for name in names),
    )


class _SheetReader:
    """Streams one sheet: cell by cell it keeps only what is unusual."""

    def __init__(self, sheet: SheetStructure, of_percents: set[str]) -> None:
        self._sheet = sheet
        self._of_percents = of_percents
        self._style = ""
        self._row = self._column = -1
        self._last_row = self._last_column = 0
        self._type = self._value = ""
        self._has_formula = self._has_value = self._in_value = False

    def read(self, part: IO[bytes]) -> None:
        """Stream the sheet in ``part``."""
        parse(part, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._has_value = self._in_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self._sheet.hidden_rows.add(self._row)
        elif name == "col":
            if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
                first, last = max(int(attributes["min"]) - 1, 0), min(int(attributes["max"]), 16_384)
                self._sheet.hidden_columns.update(range(first, last))
        elif name == "mergeCell":
            self._sheet.merges.append(_merge(attributes["ref"]))
        elif name == "filterColumn":
            self._sheet.is_filtered = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_index(match[1]) if match else self._column + 1
        self._row = int(match[2]) - 1 if match else self._row
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value = ""
        self._has_formula = self._has_value = False

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, qualified: str) -> None:
        name = qualified.rpartition("}")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c" and (self._has_value or self._has_formula):
            self._end_cell()

    def _end_cell(self) -> None:
        sheet, here = self._sheet, (self._row, self._column)
        sheet.cells += 1
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if sheet.cells > CELL_LIMIT:
            raise TooLargeError("cells", sheet.name)
        if (self._last_row + 1) * (self._last_column + 1) > AREA_LIMIT:
            raise TooLargeError("area", sheet.name)
        if self._has_formula and self._value == "" and self._type != "str":
            sheet.uncounted.add(here)
        elif self._type == "e":
            sheet.errors[here] = self._value
        elif self._type == "n" and len(self._value.strip("-").split(".")[0]) > 15 and "E" not in self._value:
            sheet.long_numbers.add(here)
        elif self._type == "n" and self._style in self._of_percents:
            sheet.percents.add(here)


def _merge(reference: str) -> Merge:
    first, _separator, last = reference.partition(":")
    start = REFERENCE.fullmatch(first)
    end = REFERENCE.fullmatch(last or first)
    if start is None or end is None:
        raise DamagedError
    return Merge(int(start[2]) - 1, column_index(start[1]), int(end[2]) - 1, column_index(end[1]))
