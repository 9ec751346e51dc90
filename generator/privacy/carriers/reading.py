"""Reading: a file's name and bytes become pieces; what the bytes are decides, not what the name says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.carriers.decoding import decode, mended, raw_runs
from generator.privacy.carriers.familiar import Familiar
from generator.privacy.carriers.json_text import hides_letters, read_json, unescaped
from generator.privacy.carriers.markdown_text import read_markdown
from generator.privacy.carriers.markup import hides_numbers, read_markup
from generator.privacy.carriers.piece import (
    ENCODING,
    FORMAT,
    TOO_LARGE,
    Lifted,
    Limits,
    lines_of,
    unreadable,
    within,
)
from generator.privacy.carriers.tables import read_masks, read_table
from generator.privacy.carriers.yaml_text import read_yaml_masks, read_yaml_text
from generator.privacy.gate import may_hit

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_GZIP = b"\x1f\x8b"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PHOTO_BOX, _READABLE_BRANDS = b"ftyp", (b"avif", b"avis")
# Letters and small pictures of a page: they say nothing of anybody.
_IDLE = (b"wOF2", b"wOFF", b"OTTO", b"\0\1\0\0\0", b"true\0")
_PDF, _PDF_WINDOW = b"%PDF-", 1_024
_MARKUP = ("html", "htm", "xhtml", "xml", "svg", "rss", "atom", "xsl", "xsd", "vml", "kml", "gpx", "j2")
_JSON = ("json", "geojson", "webmanifest", "jsonl", "ipynb", "map")
_MARKDOWN = ("md", "markdown")
# A SHA-256 as seals and salts hold it. Where a file is read, such a code is blanked out as well; that it has
# four letters tells it from a row of digits.
_DIGEST = re.compile(r"^(?:root: )?(?=(?:[0-9]*[a-f]){4})[0-9a-f]{64}$", re.MULTILINE)


def read_file(
    name: str, content: bytes, limits: Limits | None = None, *, familiar: Familiar | None = None
) -> Iterator[Lifted]:
    """Yield the pieces of a file that may hold something, and notices of what could not be checked.

    Of markup, what is ``familiar`` is left out.
    """
    yield from _Reading(limits or Limits(), familiar).read(name, content, 0)


class _Reading:
    """Reads a file and the files inside it; how deep it may go is limited."""

    def __init__(self, limits: Limits, familiar: Familiar | None) -> None:
        self._limits = limits
        self._familiar = familiar

    def read(self, name: str, content: bytes, depth: int) -> Iterator[Lifted]:
        limits = self._limits
        if len(content) > limits.file_bytes or depth > limits.depth:
            yield unreadable(TOO_LARGE)
            yield from raw_runs(content[: limits.file_bytes])
            return

        def read_member(inner: str, inside: bytes) -> Iterator[Lifted]:
            return self.read(inner, inside, depth + 1)

        if content.startswith(_ZIP):
            from generator.privacy.carriers.packages import read_package

            yield from read_package(content, limits, read_member)
        elif content.startswith(_OLE):
            from generator.privacy.carriers.ole_file import read_ole

            yield from read_ole(content, limits)
        elif _is_pdf(content):
            from generator.privacy.carriers.pdf import read_pdf

            yield from read_pdf(content, limits, read_member)
        elif _is_image(content):
            from generator.privacy.carriers.images import read_image

            yield from read_image(content, limits)
        elif content.startswith(_GZIP):
            yield from self._gunzip(name, content, depth)
        elif not content.startswith(_IDLE):
            yield from self._text(name, content)

    def _gunzip(self, name: str, content: bytes, depth: int) -> Iterator[Lifted]:
        from generator.privacy.carriers.zipped import Unpacking, gunzipped

        try:
            inside = gunzipped(content, self._limits)
        except Unpacking as problem:
            yield unreadable(problem.reason)
            return
        yield from within("member", self.read(name.removesuffix(".gz"), inside, depth + 1))

    def _text(self, name: str, content: bytes) -> Iterator[Lifted]:
        text = decode(content)
        if text is None:
            text = None if b"\0" in content else mended(content)
            yield unreadable(FORMAT if text is None else ENCODING)
            yield from lines_of(text) if text is not None else raw_runs(content)
            return
        if self._familiar is not None:
            if _suffix(name) in _MARKUP:
                text = self._familiar.strange(text)
            elif not self._familiar.may_hold(text, _suffix(name)):
                return
        yield from read_text(name, text)


def read_text(name: str, text: str) -> Iterator[Lifted]:
    """Yield the pieces of a text that may hold something, read as its name says."""
    suffix = _suffix(name)
    if suffix in _JSON:
        if _is_worth_reading(unescaped(text) if hides_letters(text) else text):
            yield from read_json(text)
        return
    is_markup = suffix in _MARKUP or text[:200].lstrip().lower().startswith(
        ("<?xml", "<!doctype", "<html", "<svg")
    )
    if is_markup or suffix in _MARKDOWN:
        if _is_worth_reading(text) or hides_numbers(text):
            yield from read_markup(text) if is_markup else read_markdown(text)
        return
    is_table = suffix in ("csv", "tsv")
    hits = may_hit(text if is_table else _without_digests(text))
    if suffix in ("yaml", "yml"):
        if hits or "\\" in text:
            yield from read_yaml_text(text)
        elif "*" in text:
            yield from read_yaml_masks(text)
    elif is_table:
        if hits or "*" in text:
            yield from (read_table if hits else read_masks)(text, is_tsv=suffix == "tsv")
    elif hits or "*" in text:
        yield from lines_of(text)


def _without_digests(text: str) -> str:
    """Return ``text`` without the hashes that stand on lines of their own, or say what a list was."""
    return _DIGEST.sub("\x1e", text)


def _is_pdf(content: bytes) -> bool:
    """Return whether this is a PDF: anything may stand before its mark, but a text about PDFs is none."""
    if content[: len(_PDF)] == _PDF:
        return True
    return _PDF in content[:_PDF_WINDOW] and decode(content) is None


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def may_say(text: str) -> bool:
    """Return whether more than a masked name can be found in a text, even split by tags or as escapes."""
    return may_hit(text) or hides_numbers(text) or hides_letters(text)


def _is_worth_reading(text: str) -> bool:
    return "*" in text or may_hit(text)


def _is_image(content: bytes) -> bool:
    if content.startswith(_IMAGES) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return not content.startswith(b"BM") or content[6:10] == b"\0\0\0\0"
    return content[4:8] == _PHOTO_BOX and content[8:12] in _READABLE_BRANDS
