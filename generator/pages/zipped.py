"""A village's data in one file: its Data Package as a ZIP, the same bytes wherever it is made."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping

from generator.model.site import File
from generator.pages.book import Book
from generator.pages.data_package import Published, entries_of, package_file

NAME = "datapackage.zip"
# The parts of a ZIP (PKWARE's APPNOTE 4.3.7, 4.3.12, 4.3.16), less their names and contents.
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UNIX = 20, 3 << 8
# 1 January 1980: a ZIP knows no day before, and the day of a build would change the bytes.
_DAY = 1 << 5 | 1
_READABLE = 0o100644 << 16


def zipped_package(book: Book, published: Mapping[str, Published]) -> File:
    """Return all that a village publishes as data, less every list of persons, in one ZIP.

    Each schema is a file of its own: what is not packed would hold it once for every table.
    """
    open_to_all = {
        resource.path: published[resource.path]
        for resource in book.judgement.package.resources
        if not resource.item.is_private
    }
    folder = f"{book.url}data/"
    schemas = {entry.schema_name: entry.schema for entry in entries_of(open_to_all.values())}
    files = [file for found in open_to_all.values() for file in found.files]
    files += [File(f"{folder}{name}.json", schema.encode()) for name, schema in schemas.items()]
    files.append(package_file(book, open_to_all, has_schema_files=True))
    files.sort(key=lambda file: file.path)
    return File(f"{folder}{NAME}", stored((file.path.removeprefix(folder), file.content) for file in files))


def stored(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of ``files``, whose names are ASCII, in their order.

    Nothing is packed: what a library packs depends on its version, and these bytes are to be made anew. It
    is written here since the standard library takes ten times as long, for every village of a build.
    """
    parts: list[bytes] = []
    listing: list[bytes] = []
    offset = 0
    for path, content in files:
        name, size, check = path.encode("ascii"), len(content), zlib.crc32(content)
        local = _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DAY, check, size, size, len(name), 0)
        about = (_VERSION | _UNIX, _VERSION, 0, 0, 0, _DAY, check, size, size, len(name), 0, 0, 0, 0)
        listing += (_CENTRAL.pack(b"PK\1\2", *about, _READABLE, offset), name)
        parts += (local, name, content)
        offset += len(local) + len(name) + size
    listed = b"".join(listing)
    count = len(listing) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), offset, 0)
    return b"".join((*parts, listed, end))
