"""Files that are no sheets, or no sound ones: each is refused in words, and nothing of it is read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlwt
from xlwt import CompoundDoc

from generator.sheets.opening import SHEET_LIMIT, open_workbook
from tests.sheets.cases import PLAIN
from tests.sheets.making import repacked, text, xls, xlsx, zipped
from tests.sheets.reading import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole_with(*streams: str) -> bytes:
    """Return the head of an old container that names ``streams``."""
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def locked_xls() -> bytes:
    """Return an old workbook that asks for a password: its records are marked as enciphered."""
    book = xlwt.Workbook()
    book.add_sheet("账").write(0, 0, "青石村")
    stream = book.get_biff_data()
    (length,) = struct.unpack_from("<H", stream, 2)
    head = 4 + length
    lock = struct.pack("<HHHHH", 0x2F, 6, 0, 1, 1)
    buffer = io.BytesIO()
    CompoundDoc.XlsDoc().save(buffer, stream[:head] + lock + stream[head:])
    return buffer.getvalue()


def locked_zip() -> bytes:
    """Return an archive one of whose parts is enciphered."""
    content = bytearray(zipped({"xl/workbook.xml": b"<workbook/>"}))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    return bytes(content)


def bomb() -> bytes:
    """Return a workbook that unfolds to far more than anybody writes."""
    return repacked(xlsx(PLAIN), lambda _name, part: part, {"xl/sharedStrings2.xml": bytes(160 << 20)})


def lying_bomb() -> bytes:
    """Return a workbook one of whose parts is longer than the archive says."""
    content = bytearray(zipped({"xl/workbook.xml": b"<workbook/>" + b" " * (1 << 20)}))
    central = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, 100)
    return bytes(content)


def million_rows() -> bytes:
    """Return a workbook of a million rows, which is small as a file."""
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    rows = b"".join(row % (number, number) for number in range(1, 1_000_001))

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        return (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + rows
            + b"</sheetData></worksheet>"
        )

    return repacked(xlsx(PLAIN), change)


def far_cell() -> bytes:
    """Return a workbook with one cell in the last corner: a table of all cells would fill the memory."""

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        return part.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )

    return repacked(xlsx(PLAIN), change)


def with_entities() -> bytes:
    """Return a workbook whose XML declares entities, which no spreadsheet writes."""

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return part
        return b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>'

    return repacked(xlsx(PLAIN), change)


def only_images() -> bytes:
    return repacked(xlsx([]), lambda _name, part: part, {"xl/media/image1.png": b"\x89PNG"})


def mixed() -> bytes:
    """Return two files in two encodings, one put behind the other."""
    return text(PLAIN[:3]) + text(PLAIN[3:], encoding="gb18030")


def chinese_commas() -> bytes:
    return "日期，摘要，收入\n3月5日，修渠，5\n".encode()


def big5() -> bytes:
    return "日期,摘要,收入,支出\r\n財務收支,繳納費用,鄉鎮辦公處,魚塘承包\r\n".encode("big5")


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an enciphered workbook": (
        "表.xlsx",
        lambda: ole_with("EncryptionInfo", "EncryptedPackage"),
        ":sheet-password",
    ),
    "an enciphered old workbook": ("表.xls", locked_xls, ":sheet-password"),
    "an enciphered archive": ("表.xlsx", locked_zip, ":sheet-password"),
    "a workbook cut short": ("表.xlsx", lambda: xlsx(PLAIN)[:2000], ":sheet-damaged"),
    "an old workbook cut short": ("表.xls", lambda: xls(PLAIN)[:2000], ":sheet-damaged"),
    "an archive that lies about its parts": ("表.xlsx", lying_bomb, ":sheet-damaged"),
    "XML with entities": ("表.xlsx", with_entities, ":sheet-damaged"),
    "a bomb": ("表.xlsx", bomb, ":sheet-bomb"),
    "a million rows": ("表.xlsx", million_rows, ":sheet-too-large"),
    "a cell in the last corner": ("表.xlsx", far_cell, ":sheet-too-large"),
    "a million lines of text": ("表.csv", lambda: b"a,b\n" * 1_000_000, ":rows-too-many"),
    "a line of a million cells": (
        "表.csv",
        lambda: b"," * 1_000_000 + b"\n" + b"a,b\n" * 10,
        ":sheet-too-large",
    ),
    "more bytes than are read": ("表.csv", lambda: b"a" * (33 << 20), ":file-too-large"),
    "a hundred sheets": (
        "表.xlsx",
        lambda: xlsx(PLAIN, more={f"页{n}": [] for n in range(SHEET_LIMIT)}),
        ":sheets-too-many",
    ),
    "nothing": ("表.csv", lambda: b"", ":sheet-empty"),
    "blank lines": ("表.csv", lambda: b"\r\n \r\n", ":sheet-empty"),
    "commas alone": ("表.csv", lambda: b",,,\r\n,,,\r\n", ":sheet-empty"),
    "an empty workbook": ("表.xlsx", lambda: xlsx([]), ":sheet-empty"),
    "an empty old workbook": ("表.xls", lambda: xls([]), ":sheet-empty"),
    "a workbook of images": ("表.xlsx", only_images, ":sheet-image"),
    "a WPS sheet of its own kind": ("表.et", lambda: ole_with("ET_Document"), ":sheet-et"),
    "a document of Word": ("表.xlsx", lambda: zipped({"word/document.xml": b"<w/>"}), ":sheet-other"),
    "an old document of Word": ("表.xls", lambda: ole_with("WordDocument"), ":sheet-other"),
    "any archive": ("表.xlsx", lambda: zipped({"表.txt": b"1"}), ":sheet-other"),
    "a web page called a workbook": (
        "表.xls",
        lambda: b"<html><table><tr><td>1</td></tr></table></html>",
        ":sheet-other",
    ),
    "a PDF": ("表.xlsx", lambda: b"%PDF-1.7\n", ":sheet-other"),
    "a photograph": ("表.xlsx", lambda: b"\xff\xd8\xff\xe0 JFIF", ":sheet-other"),
    "two encodings": ("表.csv", mixed, ":sheet-encoding-mixed"),
    "Big5": ("表.csv", big5, ":sheet-encoding"),
    "bytes of no encoding": ("表.csv", lambda: b"a,b\r\n\xff\xff,1\r\n", ":sheet-encoding"),
    "half of a UTF-16 character": ("表.txt", lambda: "青石村".encode("utf-16") + b"\x01", ":sheet-encoding"),
    "commas of Chinese": (
        "表.csv",
        chinese_commas,
        ":sheet-separator",
    ),
    "quotes that do not close": ("表.csv", lambda: b'a,"b\r\n1,2\r\n', ":csv-syntax"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_refused_in_one_remark(name: str):
    file, make, remark = FILES[name]

    found = read(make(), file)

    assert found.remarks == [remark]
    assert not found.understanding.drafts


def test_two_encodings_are_told_at_the_line_where_the_second_begins():
    _book, (remark,) = open_workbook(mixed(), "表.csv")

    assert remark.finding.place.line == 4
    assert "UTF-8" in remark.finding.message
    assert "GB18030" in remark.finding.message


def test_macros_are_told_of_and_not_looked_at():
    content = repacked(xlsx(PLAIN), lambda _name, part: part, {"xl/vbaProject.bin": b"Sub Auto_Open()"})

    found = read(content, "表.xlsm")

    assert found.remarks == [":sheet-macro"]
    assert list(found.tables) == ["qingshi/finance/2026-03"]


@pytest.mark.parametrize("length", range(0, 6000, 97))
def test_a_workbook_cut_anywhere_is_read_or_refused(length: int):
    content = xlsx(PLAIN)

    book, remarks = open_workbook(content[:length], "表.xlsx")

    assert book.grids or remarks


def test_a_workbook_with_a_spoilt_part_is_read_or_refused():
    content = xlsx(PLAIN)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    for spoilt in names:
        for part in (b"", b"<", b"<a/>", b"\xff" * 50):
            changed = repacked(
                content, lambda name, old, spoilt=spoilt, part=part: part if name == spoilt else old
            )

            book, remarks = open_workbook(changed, "表.xlsx")

            assert book.grids or remarks, spoilt
