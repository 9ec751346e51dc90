"""Books: the only door to openpyxl; a workbook becomes the same bytes whenever it is written."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

__all__ = [
    "Alignment",
    "Border",
    "DataValidation",
    "Font",
    "MergedCell",
    "PatternFill",
    "Protection",
    "Side",
    "Workbook",
    "link",
    "note",
    "open_book",
    "sealed",
    "sheet_name",
    "write_text",
]
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NAME_LIMIT = 31
_AUTHOR = "cunwu"


def open_book(content: bytes) -> Workbook:
    """Return a clerk's own workbook to be written on; raises whatever openpyxl and its parsers do."""
    with warnings.catch_warnings():
        # English asides on what WPS adds, which no clerk can do anything about.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content))


def sealed(book: Workbook) -> bytes:
    """Return the bytes of ``book`` without the time at which they were written."""
    if book.properties.created is None or book.properties.creator in (None, "openpyxl"):
        book.properties.creator = _AUTHOR
        book.properties.created = _MOMENT
    buffer = io.BytesIO()
    book.save(buffer)
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return packed.getvalue()


def write_text(cell: Any, text: str) -> None:
    """Put ``text`` into a cell as text, whatever it begins with: never a formula, never a date."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"


def note(cell: Any, lines: Sequence[str], author: str = _AUTHOR) -> None:
    """Put a note on a cell, below what the clerk may have noted there."""
    text = "\n".join(ILLEGAL_CHARACTERS_RE.sub("", line) for line in lines)
    if cell.comment is not None:
        text = f"{cell.comment.text}\n\n{text}"
    width = 320
    rows = sum(1 + len(line) // 20 for line in text.split("\n"))
    cell.comment = Comment(text, author, height=24 + 22 * rows, width=width)


def link(cell: Any, sheet: str, target: str) -> None:
    """Make a cell lead to the cell ``target`` of another sheet of its workbook."""
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")
    cell.font = Font(color="FF0563C1", underline="single")


def sheet_name(title: str, taken: Sequence[str] = ()) -> str:
    """Return ``title`` as the name of a sheet that no other has."""
    name = _FORBIDDEN.sub("", title)[:_NAME_LIMIT] or "Sheet"
    number = 1
    found = name
    while found.lower() in [other.lower() for other in taken]:
        number += 1
        found = f"{name[: _NAME_LIMIT - 1 - len(str(number))]}-{number}"
    return found
