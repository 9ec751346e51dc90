"""Receipts for tests: photographs as telephones take them, papers as offices send them, a county for them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from generator.intake.walk import walk_county
from generator.model.receipts import Receipt, receipts_text, stored_name
from generator.pipeline.attaching import Spot
from generator.promises.promises import load_promises
from tests.counties import changed, county_at

LEDGER = "content/dong/xi/finance/2026-02.csv"
REGISTER = "content/dong/xi/publications.csv"
STORE = "receipts"


def picture(width: int = 300, height: int = 200, *, text: str = "RECEIPT") -> Image.Image:
    """Return a picture whose left half is red and right half white, so that a turn can be seen."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height), fill="red")
    draw.text((width // 2 + 10, 10), text, fill="black")
    return image


def photograph(
    width: int = 300, height: int = 200, *, turn: int = 1, text: str = "RECEIPT", colours: bool = False
) -> bytes:
    """Return a JPEG as a telephone writes it: place, maker, remark, small copy, XMP."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    exif[ExifTags.Base.Make] = "PhoneMaker"
    exif[ExifTags.Base.ImageDescription] = "taken at home"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[1], place[2], place[3], place[4] = "N", (29.0, 33.0, 1.0), "E", (106.0, 33.0, 1.0)
    stream = io.BytesIO()
    kept = (
        {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()} if colours else {}
    )
    picture(width, height, text=text).save(
        stream,
        "JPEG",
        quality=90,
        exif=exif,
        comment=b"a remark of the camera",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>GPSLatitude</x:xmpmeta>",
        **kept,
    )
    return stream.getvalue()


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """Return ``image`` in another form."""
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def paper(
    text: str = "Invoice 12",
    *,
    password: str = "",
    owner: str = "",
    pages: int = 1,
    hidden: str = "SECRET",
) -> bytes:
    """Return a PDF that shows ``text``, with ``hidden`` everywhere that is not drawn."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for _number in range(pages):
        page = writer.add_blank_page(300, 200)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 18 Tf 20 100 Td ({text}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Text"),
                NameObject("/Contents"): TextStringObject(f"note {hidden}"),
            }
        )
        writer.add_annotation(page, note)
    writer.add_metadata({"/Author": f"author {hidden}", "/Title": f"title {hidden}"})
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{hidden}</x:xmpmeta>".encode()
    writer.add_attachment("more.txt", f"attached {hidden}".encode())
    program = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject(f"app.alert('{hidden}')"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(program)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def scan(image: bytes) -> bytes:
    """Return a PDF of one page that shows a photograph, its bytes taken in as they are."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    drawn = DecodedStreamObject()
    drawn.set_data(b"q 300 0 0 200 0 0 cm /Im0 Do Q")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    held = DecodedStreamObject()
    held.set_data(image)
    with Image.open(io.BytesIO(image)) as opened:
        width, height = opened.size
    from pypdf.generic import NumberObject

    held.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(width),
            NameObject("/Height"): NumberObject(height),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    pictures = DictionaryObject({NameObject("/Im0"): writer._add_object(held)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def county_with_store(folder: Path) -> Path:
    """Return the small county, told to keep its receipts beside its records."""
    root = county_at(folder)
    return changed(root, "site_config/county.yaml", ('demo: "true"\n', f'demo: "true"\nreceipts: {STORE}\n'))


def spot_in(root: Path, key: str = "", item: str = "finance", stem: str = "2026-02") -> Spot:
    """Return a row of 溪村's ledger, or with no key a period."""
    promises = load_promises(root)
    village = next(v for v in walk_county(promises).villages if v.slug == "xi")
    return Spot(village, promises.catalogue.versions[item][-1], stem, (key,) if key else ())


def named_in_ledger(root: Path, row: int, *receipts: Receipt, file: str = LEDGER) -> None:
    """Write receipts into a row (from 1) of a table that has no such column yet."""
    path = root / file
    header, *rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    cells = [receipts_text(receipts) if number == row else "" for number in range(1, len(rows) + 1)]
    lines = [f"{header},票据", *(f"{line},{cell}" for line, cell in zip(rows, cells, strict=True))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def kept(root: Path, sha256: str, content: bytes, kind: str = "jpg") -> Path:
    """Put ``content`` into the store under the name of ``sha256`` and return its path."""
    path = root / STORE / stored_name(sha256, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
