"""BIFF: the cells, notes and names of an old workbook (.xls, .et); the only door to xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet as OldSheet

from generator.privacy.carriers.piece import DAMAGED, ENCRYPTED, Lifted, Piece, unreadable
from generator.privacy.carriers.workbook import Sheet, number_text, sheet_pieces


def read_biff(content: bytes) -> Iterator[Lifted]:
    """Yield the pieces of every sheet, hidden ones too, then what no cell uses."""
    try:
        # Without formatting_info, xlrd leaves notes out; unless on_demand, it forgets the table of texts.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except Exception as error:  # xlrd asserts, and raises whatever its arithmetic runs into
        yield unreadable(ENCRYPTED if "encrypted" in str(error).lower() else DAMAGED)
        return
    yield from _book_pieces(book)


def _book_pieces(book: Book) -> Iterator[Lifted]:
    used: set[str] = set()
    for old in book.sheets():
        sheet = _sheet(old)
        used.update(text for row in sheet.rows.values() for _cell, text in row)
        yield Piece(sheet.name, sheet=sheet.name, where="sheet-name")
        yield from sheet_pieces(sheet)
        for (row, column), note in sorted(old.cell_note_map.items()):
            address = xlrd.cellname(row, column)
            for text in (note.text, note.author):
                if text:
                    yield Piece(text, row + 1, cell=address, sheet=sheet.name, where="comment")
        for (row, column), link in sorted(getattr(old, "hyperlink_map", {}).items()):
            for text in (link.url_or_path, link.desc, link.textmark):
                if isinstance(text, str) and text:
                    yield Piece(
                        text, row + 1, cell=xlrd.cellname(row, column), sheet=sheet.name, where="link"
                    )
    for name in book.name_obj_list:
        formula = getattr(name.result, "text", None) or ""
        yield Piece(f"{name.name} {formula}", where="defined-name")
    if book.user_name:
        yield Piece(book.user_name, where="property:user_name")
    for text in getattr(book, "_sharedstrings", None) or ():
        if text and text not in used:
            yield Piece(text, where="deleted-text")


def _sheet(old: OldSheet) -> Sheet:
    sheet = Sheet(old.name)
    for row in range(old.nrows):
        cells = []
        for column, value in enumerate(old.row_values(row)):
            text = number_text(str(value))
            if text.strip():
                cells.append((xlrd.cellname(row, column), text))
        if cells:
            sheet.rows[row + 1] = cells
    return sheet
