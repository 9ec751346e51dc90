"""Carriers: workbooks, Word documents and PDFs, with one leak in each place where one can hide."""

from __future__ import annotations

from random import Random

import pytest

from generator.privacy.carriers.piece import Limits
from generator.privacy.carriers.reading import read_file
from generator.privacy.judging import Judge
from tests.privacy import files
from tests.privacy.generators import citizen, mobile

PERSON, PHONE = str(citizen(Random(4))), str(mobile(Random(4)))
HALVES = (PHONE[:5], PHONE[5:])
KEYS = ("line", "column", "cell", "sheet", "where", "kind")
PACKET = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>{PHONE}</creator></x:xmpmeta>"
TABLE = (
    "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
).format(*map(files.paragraph, ("户主", "说明", "甲", PERSON)))


def leaks(name: str, content: bytes, limits: Limits | None = None):
    """Return where something was found in a file, and what."""
    found = Judge().judge(name, read_file(name, content, limits), is_content=False)
    return [tuple(leak.facts()[key] for key in KEYS) for leak in found]


PLACES = {
    "cell": (
        "a.xlsx",
        files.workbook([["户主", "备注"], ["甲", f"电话{PHONE}"]]),
        [(2, "备注", "B2", "台账", None, "mobile")],
    ),
    "cell under a title": (
        "a.xlsx",
        files.workbook([["青石村名册"], ["户主", "备注"], ["甲", PERSON]]),
        [(3, "备注", "B3", "台账", None, "citizen-id")],
    ),
    "number": (
        "a.xlsx",
        files.workbook([["户主", "电话"], ["甲", int(PHONE)]]),
        [(2, "电话", "B2", "台账", None, "mobile")],
    ),
    "hidden sheet": (
        "a.xlsx",
        files.workbook([["户主"]], hidden=[["姓名", "证件"], ["乙", PERSON]]),
        [(2, "证件", "B2", "底稿", None, "citizen-id")],
    ),
    "note": (
        "a.xlsx",
        files.workbook([["户主", "组"]], note=f"打{PHONE}"),
        [(2, None, "B2", "台账", "comment", "mobile")],
    ),
    "conversation": (
        "a.xlsx",
        files.with_conversation(PERSON),
        [(2, None, "B2", "台账", "comment", "citizen-id")],
    ),
    "footer": (
        "a.xlsx",
        files.workbook([["户主"]], header=f"经办 {PHONE}"),
        [(None, None, None, "台账", "header-footer", "mobile")],
    ),
    "property": (
        "a.xlsx",
        files.workbook([["户主"]], author=PHONE),
        [(None, None, None, None, "property:lastModifiedBy", "mobile")],
    ),
    "custom property": (
        "a.xlsx",
        files.workbook([["户主"]], custom=PERSON),
        [(None, None, None, None, "property:经办", "citizen-id")],
    ),
    "defined name": (
        "a.xlsx",
        files.workbook([["户主"]], name=PHONE),
        [(None, None, None, None, "part:xl/workbook.xml", "mobile")],
    ),
    "deleted text": (
        "a.xlsx",
        files.with_deleted_text(PERSON),
        [(None, None, None, None, "deleted-text", "citizen-id")],
    ),
    "formula": (
        "a.xlsx",
        files.workbook([["户主", "组"], ["甲", f'="{PHONE}"']]),
        [(2, "组", "B2", "台账", "formula", "mobile")],
    ),
    "picture in a workbook": (
        "a.xlsx",
        files.rezipped(
            files.workbook([["户主"]]),
            {"xl/media/image1.jpg": files.photo(tags={0x10E: f"tel {PHONE}"})},
        ),
        [(None, None, None, None, "part:xl/media/image1.jpg;property:ImageDescription", "mobile")],
    ),
    "old cell": (
        "a.xls",
        files.old_workbook([["户主", "备注"], ["甲", PERSON]]),
        [(2, "备注", "B2", "台账", None, "citizen-id")],
    ),
    "old number": (
        "a.et",
        files.old_workbook([["户主", "电话"], ["甲", int(PHONE)]]),
        [(2, "电话", "B2", "台账", None, "mobile")],
    ),
    "old hidden sheet": (
        "a.xls",
        files.old_workbook([["户主"]], hidden=[["姓名", "证件"], ["乙", PERSON]]),
        [(2, "证件", "B2", "底稿", None, "citizen-id")],
    ),
    "old header": (
        "a.xls",
        files.old_workbook([["户主"]], header=f"call {PHONE}"),
        [(None, None, None, None, "raw", "mobile")],
    ),
    "paragraph cut into runs": (
        "a.docx",
        files.word(files.paragraph("公告") + files.paragraph("请打", *HALVES)),
        [(2, None, None, None, None, "mobile")],
    ),
    "table in Word": ("a.docx", files.word(TABLE), [(2, "说明", None, None, "table", "citizen-id")]),
    "deleted in Word": (
        "a.docx",
        files.word(f"<w:p><w:del><w:r><w:delText>{PHONE}</w:delText></w:r></w:del></w:p>"),
        [(1, None, None, None, None, "mobile")],
    ),
    "comment in Word": (
        "a.docx",
        files.word("", parts={"word/comments.xml": f"<w:root>{files.paragraph(PHONE)}</w:root>"}),
        [(1, None, None, None, "comment", "mobile")],
    ),
    "footer in Word": (
        "a.docx",
        files.word("", parts={"word/footer1.xml": f"<w:root>{files.paragraph(PERSON)}</w:root>"}),
        [(1, None, None, None, "footer", "citizen-id")],
    ),
    "text of a PDF": (
        "a.pdf",
        files.pdf(f"联系电话 {PHONE}"),
        [(1, None, None, None, "page:2", "mobile")],
    ),
    "author of a PDF": (
        "a.pdf",
        files.pdf("公告", author=f"李 {PERSON}"),
        [(None, None, None, None, "property:Author", "citizen-id")],
    ),
    "packet of a PDF": (
        "a.pdf",
        files.pdf("公告", packet=PACKET),
        [(None, None, None, None, "property:XMP", "mobile")],
    ),
    "note in a PDF": (
        "a.pdf",
        files.pdf("公告", note=PHONE),
        [(None, None, None, None, "page:2;comment", "mobile")],
    ),
    "file in a PDF": (
        "a.pdf",
        files.pdf("公告", attached=f"户主,电话\n甲,{PHONE}\n".encode()),
        [(2, "电话", None, None, "member:list.csv", "mobile")],
    ),
    "scan": (
        "a.pdf",
        files.pdf(has_text=False),
        [
            (None, None, None, None, "page:1;no-text", "unreadable"),
            (None, None, None, None, "page:2;no-text", "unreadable"),
        ],
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_is_found_where_it_stands(place: str):
    name, content, expected = PLACES[place]

    assert leaks(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", files.workbook([["户主", "组"], ["甲", "一组"]], note="已核对", author="会计")),
        ("a.xls", files.old_workbook([["户主", "组"], ["甲", "一组"]])),
        ("a.docx", files.word(files.paragraph("公告") + TABLE.replace(PERSON, "无"))),
        ("a.pdf", files.pdf("村务公开", author="会计", packet="<a>b</a>")),
    ],
)
def test_a_file_without_leaks_is_clean(name: str, content: bytes):
    assert leaks(name, content) == []


def test_a_member_of_an_old_document_is_read_as_plain_characters_and_the_rest_is_not_called_clean():
    content = files.ole({"WordDocument": f"请打 {PHONE}".encode("utf-16-le")})

    assert leaks("a.doc", content) == [
        (None, None, None, None, "format", "unreadable"),
        (None, None, None, None, "raw", "mobile"),
    ]


def test_properties_of_an_old_workbook_are_read():
    content = files.ole({"\x05SummaryInformation": files.summary({4: f"李{PHONE}"}), "WordDocument": b"-"})

    assert (None, None, None, None, "property:author", "mobile") in leaks("a.doc", content)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"PK\x03\x04" + b"broken" * 50, "damaged"),
        ("a.xlsx", files.workbook([["户主"]])[:-300], "damaged"),
        ("a.xls", files.old_workbook([["户主"]])[:1500], "damaged"),
        ("a.xlsx", files.ole({"EncryptedPackage": b"-", "EncryptionInfo": b"-"}), "encrypted"),
        ("a.pdf", b"%PDF-1.7\nbroken", "damaged"),
        ("a.bin", bytes(range(256)) * 9, "format"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(64), "format"),
    ],
)
def test_what_cannot_be_read_is_never_clean(name: str, content: bytes, reason: str):
    assert (None, None, None, None, reason, "unreadable") in leaks(name, content)


def test_a_sheet_that_declares_entities_is_refused_and_the_others_are_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    content = files.rezipped(files.workbook([["户主"]], author=PHONE), {"xl/worksheets/sheet1.xml": bomb})

    found = leaks("a.xlsx", content)

    assert (None, None, None, None, "part:xl/workbook.xml;damaged", "unreadable") in found
    assert (None, None, None, None, "property:lastModifiedBy", "mobile") in found


def test_a_zip_bomb_is_not_unpacked():
    content = files.zipped({"a.csv": b"0" * 3_000_000, "b.csv": f"电话\n{PHONE}\n"})

    found = leaks("a.zip", content, Limits(unpacked_bytes=2_000_000))

    assert (None, None, None, None, "member:a.csv;too-large", "unreadable") in found


def test_members_of_a_zip_are_read_as_the_files_they_are():
    inner = files.zipped({"名单.csv": f"户主,电话\n甲,{PHONE}\n"})

    assert leaks("a.zip", files.zipped({"里/b.zip": inner})) == [
        (2, "电话", None, None, "member:里/b.zip;member:名单.csv", "mobile")
    ]


def test_zips_in_zips_have_an_end():
    content = f"电话\n{PHONE}\n".encode()
    for _turn in range(6):
        content = files.zipped({"a.zip": content})

    assert [found[-1] for found in leaks("a.zip", content)] == ["unreadable"]
