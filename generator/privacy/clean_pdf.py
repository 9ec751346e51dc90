"""Clean PDFs: the pages of a paper, without what was written or packed beside them."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from generator.privacy.bare_jpeg import bare_jpeg
from generator.privacy.unclean import UncleanError

KIND = "pdf"
PAGE_LIMIT = 20
SIZE_LIMIT = 5_000_000
# What is drawn of a page. Notes, forms, programs and attached files hang on other keys, and on the
# document itself, which is left behind.
_DRAWN = frozenset(
    ("/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
)
_BESIDE = ("/Metadata", "/PieceInfo", "/OPI", "/AF", "/LastModified", "/StructParent", "/StructParents")
_JPEG, _JPEG_FILTER = b"\xff\xd8\xff", "/DCTDecode"


def clean_pdf(content: bytes) -> bytes:
    """Return the pages of a PDF alone; the same bytes for the same input.

    Raises UncleanError for one that is locked, damaged, too long or too large.
    """
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UncleanError("attach-encrypted")
        pages = len(reader.pages)
        if pages > PAGE_LIMIT:
            raise UncleanError("attach-pages", count=pages, limit=PAGE_LIMIT)
        cleaned = _written(reader) if pages else b""
    except UncleanError:
        raise
    except Exception as error:  # pypdf meets a broken file with whatever exception its part runs into
        is_locked = "crypt" in f"{type(error).__name__} {error}".lower()
        raise UncleanError("attach-encrypted" if is_locked else "attach-damaged") from error
    if not cleaned:
        raise UncleanError("attach-damaged")
    if len(cleaned) > SIZE_LIMIT:
        raise UncleanError("attach-too-large", limit=SIZE_LIMIT // 1_000_000)
    return cleaned


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        _strip(page)
        writer.add_page(page)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _strip(page: PageObject) -> None:
    """Take out of a page, before it is copied, all that is not drawn."""
    for key in [key for key in page if key not in _DRAWN]:
        del page[key]
    seen: set[int] = set()
    waiting: list[Any] = [page[key] for key in page if key != "/Parent"]
    while waiting:
        value = waiting.pop()
        value = value.get_object() if isinstance(value, IndirectObject) else value
        if not isinstance(value, DictionaryObject | ArrayObject) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, ArrayObject):
            waiting += value
            continue
        for key in [key for key in value if _is_beside(value, key)]:
            del value[key]
        if isinstance(value, StreamObject):
            _strip_picture(value)
        waiting += [inner for key, inner in value.items() if key != "/Parent"]


def _is_beside(owner: DictionaryObject, key: str) -> bool:
    """Return whether an entry is not drawn; elsewhere the same key may be the name of a letter."""
    if isinstance(owner, StreamObject) and key in _BESIDE:
        return True
    value = owner.get(key)
    value = value.get_object() if isinstance(value, IndirectObject) else value
    if isinstance(value, DictionaryObject) and value.get("/Type") == "/Metadata":
        return True
    if isinstance(value, StreamObject):
        return False
    # What layers are called, and the words of a page for readers aloud.
    return key == "/Properties" and isinstance(value, DictionaryObject)


def _strip_picture(stream: StreamObject) -> None:
    """Take out of a photograph what the camera wrote into it: where, when, by which telephone."""
    filters = stream.get("/Filter")
    if isinstance(filters, ArrayObject) and len(filters) == 1:
        filters = filters[0]
    if filters == _JPEG_FILTER and stream._data.startswith(_JPEG):
        stream._data = bare_jpeg(stream._data)
