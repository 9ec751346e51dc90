"""Files of every kind with a given text in a given place, made by other software than reads them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import openpyxl
import xlwt
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

SECTOR = 512


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rezipped(content: bytes, changes: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file with some members put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | dict(changes))


def workbook(rows=(), *, hidden=(), note="", name="", header="", author="", custom="") -> bytes:
    """Return an .xlsx with a sheet 台账, a hidden sheet 底稿, and what is asked for around them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    kept = book.create_sheet("底稿")
    kept.sheet_state = "veryHidden"
    for row in hidden:
        kept.append(row)
    if note:
        sheet["B2"].comment = Comment(note, "会计")
    if name:
        book.defined_names["联系"] = DefinedName("联系", attr_text=f'"{name}"')
    if header:
        sheet.oddFooter.center.text = header
    if author:
        book.properties.lastModifiedBy = author
    if custom:
        book.custom_doc_props.append(StringProperty(name="经办", value=custom))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_deleted_text(text: str) -> bytes:
    """Return a workbook whose table of texts keeps one that no cell shows any more."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    return rezipped(
        workbook(),
        {
            "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {space}><si><t>户主</t></si><si><r><t>组</t></r></si>"
            f"<si><t>{text}</t></si></sst>",
        },
    )


def with_conversation(text: str) -> bytes:
    """Return a workbook with a threaded comment on B2 of its first sheet."""
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/>'
        "</Relationships>"
    )
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="B2" id="1"><text>{text}</text></threadedComment></ThreadedComments>'
    )
    return rezipped(
        workbook([["户主", "备注"]]),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations,
            "xl/threadedComments/threadedComment1.xml": thread,
        },
    )


def old_workbook(rows=(), *, hidden=(), header="") -> bytes:
    """Return an .xls with a sheet 台账 and a hidden sheet 底稿."""
    book = xlwt.Workbook(encoding="utf-8")
    for title, lines in (("台账", rows), ("底稿", hidden)):
        sheet = book.add_sheet(title)
        sheet.header_str = header.encode() if title == "台账" else b""
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write(number, column, cell)
        sheet.visibility = 0 if title == "台账" else 2
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word(body: str, *, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a .docx whose body is the given XML, with further parts."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    members: dict[str, str] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
    }
    for name, inside in (parts or {}).items():
        members[name] = inside.replace("<w:root>", f"<w:root {space}>")
    return zipped(members)


def paragraph(*runs: str) -> str:
    """Return a paragraph of Word whose text is cut into runs, as Word does."""
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def pdf(
    text: str = "",
    *,
    author: str = "",
    note: str = "",
    packet: str = "",
    attached: bytes = b"",
    has_text: bool = True,
) -> bytes:
    """Return a PDF of two pages: plain words, then ``text`` (in Chinese too) unless it is a scan."""
    shown = text.encode("utf-16-be").hex()
    first = "BT /F1 12 Tf 72 720 Td (Public notice) Tj ET" if has_text else "q 10 0 0 10 0 0 cm Q"
    second = f"BT /F2 12 Tf 72 720 Td <{shown}> Tj ET" if has_text and text else first
    bodies = [
        "<</Type/Catalog/Pages 2 0 R"
        + ("/Metadata 11 0 R" if packet else "")
        + ("/Names<</EmbeddedFiles<</Names[(list.csv) 12 0 R]>>>>" if attached else "")
        + ">>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 7 0 R>>>>>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R"
        "/Resources<</Font<</F1 7 0 R/F2 8 0 R>>>>"
        + (f"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<{_hex(note)}>>>]" if note else "")
        + ">>",
        _stream("", first.encode()),
        _stream("", second.encode()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[9 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>",
        f"<</Author<{_hex(author)}>/Producer(test)>>",
        _stream("/Type/Metadata/Subtype/XML", packet.encode()),
        "<</Type/Filespec/F(list.csv)/UF(list.csv)/EF<</F 13 0 R>>>>",
        _stream("/Type/EmbeddedFile", attached),
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += (
            f"{number} 0 obj\n".encode()
            + (body if isinstance(body, bytes) else body.encode())
            + b"\nendobj\n"
        )
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return (
        out
        + f"trailer<</Size {len(bodies) + 1}/Root 1 0 R/Info 10 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def _hex(text: str) -> str:
    return (b"\xfe\xff" + text.encode("utf-16-be")).hex()


def _stream(entries: str, content: bytes) -> bytes:
    packed = zlib.compress(content)
    head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def photo(
    kind: str = "JPEG", *, tags: Mapping[int, object] | None = None, position: bool = False, **saved
) -> bytes:
    """Return a small picture with EXIF tags, and a position if asked for."""
    image = Image.new("RGB", (8, 8), "white")
    exif = Image.Exif()
    for number, value in {0x131: "camera", **(tags or {})}.items():
        exif[number] = value
    if position:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {1: "N", 2: (29.0, 33.0, 1.5), 3: "E", 4: (106.0, 30.0, 2.5)}
        )
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif, **saved)
    return stream.getvalue()


def png_with(name: str, text: str, *, packed: bool = False) -> bytes:
    """Return a PNG with a text chunk behind its pixels."""
    info = PngInfo()
    info.add_itxt(name, text, zip=packed)
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG", pnginfo=info)
    content = stream.getvalue()
    start = content.index(b"iTXt") - 4
    end = start + 12 + int.from_bytes(content[start : start + 4], "big")
    chunk, rest = content[start:end], content[:start] + content[end:]
    tail = rest.index(b"IEND") - 4
    return rest[:tail] + chunk + rest[tail:]


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams, none of them in the short-sector store."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in padded.items():
        first = len(sectors)
        count = -(-len(content) // SECTOR)
        sectors += [content[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0") for i in range(count)]
        table += [*range(first + 1, first + count), 0xFFFFFFFE]
        entries.append((name, 2, first, len(content)))
    folder = b"".join(_entry(number, len(entries), *entry) for number, entry in enumerate(entries))
    folder_first = len(sectors)
    count = -(-len(folder) // SECTOR)
    sectors += [folder[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0") for i in range(count)]
    table += [*range(folder_first + 1, folder_first + count), 0xFFFFFFFE]
    fat_first = len(sectors)
    fat_count = 1
    while fat_count * 128 < len(table) + fat_count:
        fat_count += 1
    table += [0xFFFFFFFD] * fat_count
    table += [0xFFFFFFFF] * (fat_count * 128 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    sectors += [packed[i * SECTOR : (i + 1) * SECTOR] for i in range(fat_count)]
    places = [fat_first + i for i in range(fat_count)] + [0xFFFFFFFF] * (109 - fat_count)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fat_count,
        folder_first,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    head += struct.pack("<109I", *places)
    return head + b"".join(sectors)


def _entry(number: int, count: int, name: str, kind: int, first: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    after = number + 1 if 0 < number < count - 1 else 0xFFFFFFFF
    child = 1 if number == 0 and count > 1 else 0xFFFFFFFF
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, after, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def summary(texts: Mapping[int, str]) -> bytes:
    """Return a stream of document properties, numbered as Office numbers them."""
    values = {1: struct.pack("<Ihxx", 2, 936)}
    for number, text in texts.items():
        raw = text.encode("gb18030") + b"\0"
        values[number] = struct.pack("<II", 0x1E, len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")
    index, body = b"", b""
    for number, value in values.items():
        index += struct.pack("<II", number, 8 + 8 * len(values) + len(body))
        body += value
    section = struct.pack("<II", 8 + len(index) + len(body), len(values)) + index + body
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 1)
    return head + bytes(16) + struct.pack("<I", 48) + section


def plain_picture(kind: str) -> bytes:
    """Return a picture of a format that has no EXIF."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, kind)
    return stream.getvalue()
