"""Images: what is written into a photograph beside its pixels; the only door to Pillow."""

from __future__ import annotations

import io
import logging
import warnings
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from generator.privacy.carriers.decoding import decode, raw_runs
from generator.privacy.carriers.piece import (
    DAMAGED,
    TOO_LARGE,
    Lifted,
    Limits,
    Notice,
    Piece,
    unreadable,
    within,
)
from generator.privacy.carriers.xml_parts import read_xml
from generator.privacy.carriers.zipped import Unpacking

# It writes oddities of a file to the terminal.
logging.getLogger("PIL").setLevel(logging.CRITICAL)
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF")
_LATITUDE, _LONGITUDE = 2, 4
_WIDE_TAGS = range(0x9C9B, 0x9CA0)  # what Windows writes: XPTitle, XPComment, XPAuthor, XPKeywords, XPSubject
_COMMENT_TAG = 0x9286
_PACKED_TAGS = {0x02BC, 0x83BB, 0x8649, 0x8769, 0x8773, 0x8825}  # XMP, IPTC, pictures inside, further lists
_COMMENT_CODES = {b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def read_image(content: bytes, limits: Limits) -> Iterator[Lifted]:
    """Yield the texts in an image's metadata, and a notice when it says where it was taken."""
    try:
        with warnings.catch_warnings():
            # A warning about many pixels concerns nobody here: they are never unpacked.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                yield from _metadata(image)
    except Image.DecompressionBombError:
        yield unreadable(TOO_LARGE)
    except Exception:  # what Pillow raises on broken metadata depends on the format
        yield unreadable(DAMAGED)
    if content.startswith(_PNG_MAGIC):
        yield from _png_texts(content, limits)
    yield from raw_runs(content)


def _metadata(image: Image.Image) -> Iterator[Lifted]:
    exif = image.getexif()
    yield from _tags(exif.items(), ExifTags.TAGS)
    for part in (ExifTags.IFD.Exif, ExifTags.IFD.IFD1, ExifTags.IFD.Interop):
        yield from _tags(exif.get_ifd(part).items(), ExifTags.TAGS)
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    yield from _tags(position.items(), ExifTags.GPSTAGS)
    has_position = bool(position.get(_LATITUDE) and position.get(_LONGITUDE))
    for name in ("comment", "Description", "Software", "Author"):
        if name in image.info:
            yield from _value(image.info[name], f"property:{name}")
    xmp = image.info.get("xmp") or exif.get(0x02BC)
    if isinstance(xmp, (str, bytes)):
        packet = xmp.encode() if isinstance(xmp, str) else xmp
        has_position = has_position or b"GPSLatitude" in packet
        yield from read_packet(packet)
    stated = IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None
    for number, value in (stated or {}).items():
        for entry in value if isinstance(value, list) else [value]:
            yield from _value(entry, f"property:IPTC {number[0]}:{number[1]}")
    if has_position:
        yield Notice("gps", "property:GPS")


def read_packet(packet: bytes) -> Iterator[Lifted]:
    """Yield the texts of an XMP packet."""
    try:
        yield from within("property:XMP", read_xml(packet.strip(b"\0 \r\n\t")))
    except Unpacking:
        yield Piece(decode(packet) or packet.decode("utf-8", "replace"), where="property:XMP")


def _tags(tags: Iterable[tuple[int, Any]], names: dict[int, str]) -> Iterator[Lifted]:
    for number, value in tags:
        if number in _PACKED_TAGS:
            continue
        place = f"property:{names.get(number, f'{number:#06x}')}"
        if number in _WIDE_TAGS:
            packed = value if isinstance(value, bytes) else bytes(value)
            yield Piece(packed.decode("utf-16-le", "replace").rstrip("\0"), where=place)
        elif number == _COMMENT_TAG and isinstance(value, bytes):
            encoding = _COMMENT_CODES.get(value[:8])
            if encoding:
                for guess in (encoding, "utf-16-be") if encoding == "utf-16" else (encoding,):
                    yield Piece(value[8:].decode(guess, "replace").rstrip("\0"), where=place)
            else:
                yield from _value(value[8:], place)
        else:
            yield from _value(value, place)


def _value(value: Any, place: str) -> Iterator[Lifted]:
    """Yield a tag's value as text: Pillow takes every byte for a Latin letter, whatever was written."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            yield Piece(value, where=place)
            return
    if isinstance(value, bytes):
        text = decode(value.rstrip(b"\0")) or ""
        if text.strip():
            yield Piece(text, where=place)


def _png_texts(content: bytes, limits: Limits) -> Iterator[Lifted]:
    """Yield the text chunks of a PNG, those behind the pixels too, which Pillow reads only with them."""
    position, left = len(_PNG_MAGIC), limits.unpacked_bytes
    while position + 8 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        kind = content[position + 4 : position + 8]
        body = content[position + 8 : position + 8 + length]
        position += length + 12
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        name, _separator, rest = body.partition(b"\0")
        is_packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\1")
        if kind == b"iTXt":
            rest = rest[2:].split(b"\0", 2)[-1]
        elif kind == b"zTXt":
            rest = rest[1:]
        if is_packed:
            try:
                rest = zlib.decompressobj().decompress(rest, left + 1)
            except zlib.error:
                yield unreadable(DAMAGED)
                continue
            left -= len(rest)
            if left < 0:
                yield unreadable(TOO_LARGE)
                return
        place = decode(name) or "PNG"
        if place.startswith("XML:com.adobe"):
            yield from read_packet(rest)
        else:
            yield Piece(decode(rest) or "", where=f"property:{place}")
