"""Workbooks of Excel and WPS (.xlsx, .xlsm): every sheet, note, name and property, shown or hidden."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from generator.privacy.carriers.piece import Lifted, Piece, Row
from generator.privacy.carriers.tables import heading_row
from generator.privacy.carriers.xml_parts import local, parse_xml
from generator.privacy.carriers.zipped import Package

_ROW_OF = re.compile(r"\d+$")
_LONGEST_NUMBER = 40
_HEADER_PARTS = frozenset(
    f"{kind}{part}" for kind in ("odd", "even", "first") for part in ("Header", "Footer")
)
# Tags at which a new text begins; runs of one text (t) belong together.
_OPENING = _HEADER_PARTS | {"c", "v", "f", "is", "formula1", "formula2"}


@dataclass(slots=True)
class Sheet:
    """One sheet as its file holds it: cells by row, headers and footers, formulas."""

    name: str
    rows: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    margins: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)


def read_workbook(package: Package, done: set[str]) -> Iterator[Lifted]:
    """Yield the pieces of a workbook; the parts that were read are added to ``done``."""
    strings = _shared_strings(package, done)
    used: set[int] = set()
    for name, part in _sheets(package):
        if part not in package:
            continue
        done.add(part)
        yield Piece(name, sheet=name, where="sheet-name")
        yield from sheet_pieces(_read_sheet(package.read(part), name, strings, used))
        yield from _notes(package, part, name, done)
    for number, text in enumerate(strings):
        if number not in used:
            # Excel forgets to remove what was deleted from the cells.
            yield Piece(text, where="deleted-text")


def sheet_pieces(sheet: Sheet) -> Iterator[Lifted]:
    """Yield the rows of a sheet, each cell under its heading, then what stands around the table."""
    first = sorted(sheet.rows)[:8]
    position = heading_row([[text for _cell, text in sheet.rows[number]] for number in first])
    heading_line = first[position] if 0 <= position < len(first) else 0
    headings = {_column(cell): text for cell, text in sheet.rows.get(heading_line, ())}
    for line in sorted(sheet.rows):
        names = headings if line > heading_line else {}
        yield Row(
            tuple(
                Piece(text, line, names.get(_column(cell)) or None, cell, sheet.name)
                for cell, text in sheet.rows[line]
            )
        )
    for cell, text in sheet.others:
        yield Piece(text, line_of(cell), headings.get(_column(cell)), cell, sheet.name, "formula")
    for text in sheet.margins:
        yield Piece(text, sheet=sheet.name, where="header-footer")


def line_of(cell: str) -> int | None:
    """Return the row number in a cell's address."""
    found = _ROW_OF.search(cell)
    return int(found[0]) if found else None


def number_text(written: str) -> str:
    """Return a number as a spreadsheet shows it, without the exponent in which long ones are stored."""
    if "E" not in written.upper():
        return written.removesuffix(".0")
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        return written
    return format(number, "f").removesuffix(".0")


def _column(cell: str) -> str:
    return _ROW_OF.sub("", cell)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: kind and path by identifier."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in package:
        return {}
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, full)

    # Not done: links to other places are text that the general reading still has to see.
    parse_xml(package.read(path), start, lambda _name: None, lambda _text: None)
    return found


def _sheets(package: Package) -> list[tuple[str, str]]:
    relations = _relations(package, "xl/workbook.xml")
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            identifier = next((value for key, value in attributes.items() if local(key) == "id"), "")
            found.append((attributes.get("name", ""), relations.get(identifier, ("", ""))[1]))

    parse_xml(package.read("xl/workbook.xml"), start, lambda _name: None, lambda _text: None)
    return found


def _shared_strings(package: Package, done: set[str]) -> list[str]:
    if "xl/sharedStrings.xml" not in package:
        return []
    done.add("xl/sharedStrings.xml")
    strings: list[str] = []
    parts: list[str] = []

    def end(name: str) -> None:
        if name == "si":
            strings.append("".join(parts))
            parts.clear()

    parse_xml(package.read("xl/sharedStrings.xml"), lambda _name, _attributes: None, end, parts.append)
    return strings


def _read_sheet(content: bytes, name: str, strings: list[str], used: set[int]) -> Sheet:
    sheet = Sheet(name)
    address = kind = ""
    parts: list[str] = []
    line = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal address, kind, line
        if tag == "row":
            line = int(attributes["r"]) if attributes.get("r", "").isdecimal() else line + 1
        elif tag == "c":
            address, kind = attributes.get("r", f"?{line}"), attributes.get("t", "n")
        elif tag in ("dataValidation", "hyperlink"):
            cell = attributes.get("sqref", attributes.get("ref", "")).split(":")[0].split(" ")[0]
            sheet.others.extend((cell, value) for value in attributes.values() if len(value) > 1)
        if tag in _OPENING:
            parts.clear()

    def end(tag: str) -> None:
        text = "".join(parts)
        if tag in ("v", "is") and text:
            shown = _shown(text, kind, strings, used)
            if shown:
                sheet.rows.setdefault(line_of(address) or line, []).append((address, shown))
        elif tag in ("f", "formula1", "formula2") and text:
            sheet.others.append((address, text))
        elif tag in _HEADER_PARTS and text:
            sheet.margins.append(text)
        else:
            return
        parts.clear()

    parse_xml(content, start, end, parts.append)
    return sheet


def _shown(text: str, kind: str, strings: list[str], used: set[int]) -> str:
    if kind == "s":
        number = int(text) if text.isdecimal() else -1
        if not 0 <= number < len(strings):
            return ""
        used.add(number)
        return strings[number]
    return number_text(text) if kind == "n" else text


def _notes(package: Package, part: str, sheet: str, done: set[str]) -> Iterator[Lifted]:
    """Yield the notes and conversations on the cells of a sheet."""
    for kind, path in _relations(package, part).values():
        if kind in ("comments", "threadedComment") and path in package:
            done.add(path)
            for cell, text in _read_notes(package.read(path)):
                yield Piece(text, line_of(cell), cell=cell or None, sheet=sheet, where="comment")


def _read_notes(content: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    parts: list[str] = []
    address = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal address
        if name in ("comment", "threadedComment", "author"):
            address = attributes.get("ref", "")
            parts.clear()

    def end(name: str) -> None:
        if name in ("comment", "threadedComment", "author"):
            text = "".join(parts).strip()
            parts.clear()
            if text:
                found.append((address, text))

    parse_xml(content, start, end, parts.append)
    return found
