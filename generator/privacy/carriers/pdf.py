"""PDF files: text, properties, notes, form fields and attached files; the only door to pypdf."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from generator.privacy.carriers.decoding import raw_runs
from generator.privacy.carriers.images import read_packet
from generator.privacy.carriers.piece import (
    DAMAGED,
    ENCRYPTED,
    NO_TEXT,
    TOO_LARGE,
    Lifted,
    Limits,
    Piece,
    lines_of,
    unreadable,
    within,
)

_STRANGE_SHARE = 0.3
_ANNOTATION_KEYS = ("/Contents", "/T", "/V", "/DV", "/RC", "/Subj", "/TU", "/NM")
# It writes every oddity of a file to the terminal, values included.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(
    content: bytes, limits: Limits, read_member: Callable[[str, bytes], Iterator[Lifted]]
) -> Iterator[Lifted]:
    """Yield the pieces of a PDF; a page whose text cannot be read is named."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield unreadable(ENCRYPTED)
            return
        yield from _document(reader, limits, read_member)
    except Exception as error:  # pypdf meets a broken file with whatever exception its part runs into
        yield unreadable(ENCRYPTED if "crypt" in f"{type(error).__name__} {error}".lower() else DAMAGED)
    yield from raw_runs(content)


def _document(
    reader: PdfReader, limits: Limits, read_member: Callable[[str, bytes], Iterator[Lifted]]
) -> Iterator[Lifted]:
    for name, value in (reader.metadata or {}).items():
        yield Piece(str(value), where=f"property:{str(name).lstrip('/')}")
    packet = _resolved(reader.root_object.get("/Metadata"))
    if isinstance(packet, StreamObject):
        yield from read_packet(packet.get_data())
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages[: limits.pages], start=1):
        place = f"page:{number}"
        text = page.extract_text()
        if _is_readable(text):
            yield from within(place, lines_of(text))
        elif "/Contents" in page:
            yield from within(place, [unreadable(NO_TEXT)])
        for note in _resolved(page.get("/Annots")) or ():
            yield from within(place, _annotation(_resolved(note)))
    if pages > limits.pages:
        yield unreadable(TOO_LARGE)
    for name, field in (reader.get_fields() or {}).items():
        yield Piece(f"{name} {_resolved(field.get('/V', ''))}", where="form-field")
    for bookmark in _titles(reader.outline):
        yield Piece(bookmark, where="bookmark")
    for name, files in reader.attachments.items():
        yield Piece(name, where="member-name")
        for attached in files:
            yield from within(f"member:{name}", read_member(name, attached))


def _is_readable(text: str) -> bool:
    """Return whether a page's text is text, and not what a font without a table of characters leaves."""
    solid = text.strip()
    if not solid:
        return False
    strange = sum(1 for mark in solid if mark == "\ufffd" or "\ue000" <= mark <= "\uf8ff" or mark < "\t")
    return strange <= _STRANGE_SHARE * len(solid)


def _annotation(note: Any) -> Iterator[Lifted]:
    if not isinstance(note, DictionaryObject):
        return
    for key in _ANNOTATION_KEYS:
        value = _resolved(note.get(key))
        if isinstance(value, (str, bytes)):
            yield Piece(
                value if isinstance(value, str) else value.decode("utf-8", "replace"), where="comment"
            )
    action = _resolved(note.get("/A"))
    if isinstance(action, DictionaryObject) and "/URI" in action:
        yield Piece(str(_resolved(action["/URI"])), where="link")


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        elif entry.title:
            yield str(entry.title)


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
