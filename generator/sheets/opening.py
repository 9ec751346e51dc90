"""Opening: what a file really is, whatever its name says, and its sheets; or the remark that says why not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from generator.model.finding import Finding, Place
from generator.sheets.grid import Grid, Workbook
from generator.sheets.refusals import AREA_LIMIT, CELL_LIMIT, XML_LIMIT, DamagedError, TooLargeError
from generator.sheets.remark import Remark
from generator.sheets.text_file import TextProblem, read_text_grid
from generator.sheets.xlsx_structure import read_structure
from generator.wording import N_, _

SIZE_LIMIT = 32 * 1024 * 1024
SHEET_LIMIT = 60
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# What other files begin with, and what a clerk calls them.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("PDF 文件")),
    (b"\x89PNG", N_("图片")),
    (b"\xff\xd8\xff", N_("图片")),
    (b"GIF8", N_("图片")),
    (b"BM", N_("图片")),
    (b"Rar!", N_("压缩包")),
    (b"7z\xbc\xaf", N_("压缩包")),
    (b"{\\rtf", N_("Word 文档")),
)
_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", N_("Word 文档")),
    ("ppt/presentation.xml", N_("演示文稿")),
    ("xl/workbook.bin", N_("二进制工作簿（xlsb）")),
    ("content.xml", N_("ODF 表格（ods）")),
)
_FORMS = {"xlsx": (".xlsx", ".xlsm", ".et", ".xltx"), "xls": (".xls", ".et", ".xlt")}
_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")


def open_workbook(content: bytes, file: str) -> tuple[Workbook, list[Remark]]:
    """Return the sheets in ``content`` and what is to be said of the file; a refused file has no sheets."""
    book = Workbook(file, "")
    place = Place(file)
    if len(content) > SIZE_LIMIT:
        facts = {"size": len(content) >> 20, "limit": SIZE_LIMIT >> 20}
        return book, [Remark(Finding.of("file-too-large", place, **facts))]
    if not content.strip():
        return book, [Remark(Finding.of("sheet-empty", place))]
    try:
        if content.startswith(_OLE):
            book = _old(content, file)
        elif content.startswith(_ZIP):
            book = _zipped(content, file)
        else:
            book = _text(content, file)
    except _Refused as refused:
        return book, [Remark(Finding.of(refused.code, place, **refused.facts))]
    except DamagedError:
        return book, [Remark(Finding.of("sheet-damaged", place))]
    except TooLargeError as error:
        return book, [Remark(_too_large(error, place))]
    except TextProblem as problem:
        return book, [Remark(Finding.of(problem.code, Place(file, problem.line), **problem.facts))]
    return book, [Remark(finding) for finding in _notes(book, place)]


class _Refused(Exception):
    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def _old(content: bytes, file: str) -> Workbook:
    for stream, code, what in (
        ("EncryptedPackage", "sheet-password", ""),
        ("WordDocument", "sheet-other", _("Word 文档")),
        ("PowerPoint Document", "sheet-other", _("演示文稿")),
    ):
        if stream.encode("utf-16-le") in content:
            raise _Refused(code, what=what)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        raise _Refused("sheet-et" if _suffix(file) == ".et" else "sheet-damaged")
    from generator.sheets.xls_file import EncryptedError, read_old_grids

    try:
        grids = read_old_grids(content)
    except EncryptedError:
        raise _Refused("sheet-password") from None
    has_macros = "_VBA_PROJECT".encode("utf-16-le") in content
    return _bounded(Workbook(file, "xls", grids, has_macros))


def _zipped(content: bytes, file: str) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            is_locked = any(entry.flag_bits & 1 for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DamagedError from None
    if is_locked:
        raise _Refused("sheet-password")
    if "xl/workbook.xml" not in names:
        raise _Refused(
            "sheet-other", what=_(next((word for part, word in _PARTS if part in names), N_("压缩包")))
        )
    structure = read_structure(content)
    if len(structure.sheets) > SHEET_LIMIT:
        raise _Refused("sheets-too-many", count=len(structure.sheets), limit=SHEET_LIMIT)
    from generator.sheets.xlsx_file import read_grids

    grids = read_grids(content, structure)
    return _bounded(Workbook(file, "xlsx", grids, structure.has_macros, structure.has_pictures))


def _bounded(book: Workbook) -> Workbook:
    if len(book.grids) > SHEET_LIMIT:
        raise _Refused("sheets-too-many", count=len(book.grids), limit=SHEET_LIMIT)
    if not any(map(holds_anything, book.grids)):
        raise _Refused("sheet-image" if book.has_pictures else "sheet-empty")
    return book


def holds_anything(grid: Grid) -> bool:
    """Return whether any cell of a sheet is filled in."""
    return any(not cell.is_blank for row in grid.rows for cell in row)


def _text(content: bytes, file: str) -> Workbook:
    what = _(next((word for start, word in _OTHERS if content.startswith(start)), ""))
    head = content[:2048].lower()
    if b"<html" in head or b"<table" in head or b"<!doctype html" in head:
        what = _("网页（HTML）")
    elif head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        what = _("XML 文件")
    if what:
        raise _Refused("sheet-other", what=what)
    encoding, grid = read_text_grid(content, PurePath(file).stem)
    return _bounded(Workbook(file, encoding, (grid,)))


def _too_large(error: TooLargeError, place: Place) -> Finding:
    if error.reason == "bytes":
        return Finding.of("sheet-bomb", place, limit=XML_LIMIT >> 20)
    limit = CELL_LIMIT if error.reason == "cells" else AREA_LIMIT
    return Finding.of("sheet-too-large", place, sheet=error.where, limit=limit)


def _notes(book: Workbook, place: Place) -> Iterator[Finding]:
    if book.has_macros:
        yield Finding.of("sheet-macro", place)
    if book.has_pictures:
        yield Finding.of("sheet-pictures", place)
    suffix = _suffix(book.file)
    if suffix not in _FORMS.get(book.form, _TEXT_SUFFIXES):
        really = book.form if book.form in _FORMS else _("文本")
        yield Finding.of("sheet-suffix", place, suffix=suffix or _("（没有）"), really=really)


def _suffix(file: str) -> str:
    return PurePath(file).suffix.lower()
