"""A village's data in one file: its Data Package as a ZIP, the same bytes wherever it is made."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

from generator.model.site import File
from generator.pages.book import Book
from generator.pages.data_package import Published, package_file, schema_files

NAME = "datapackage.zip"
# A ZIP knows no day before this one; the day of a build would change the bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def zipped_package(book: Book, published: Mapping[str, Published]) -> File:
    """Return all that a village publishes as data, less every list of persons, in one ZIP.

    Nothing is packed: what a library packs depends on its version, and these bytes are to be made anew.
    """
    open_to_all = {
        resource.path: published[resource.path]
        for resource in book.judgement.package.resources
        if not resource.item.is_private
    }
    folder = f"{book.url}data/"
    package = package_file(book, open_to_all)
    files = {file.path: file for found in open_to_all.values() for file in found.files}
    entries = json.loads(package.content)["resources"]
    named = {f"{folder}{entry['schema']}" for entry in entries}
    files |= {file.path: file for file in schema_files(book) if file.path in named}
    files[package.path] = package
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path.removeprefix(folder), _DAY)
            entry.create_system, entry.external_attr = 3, _READABLE
            archive.writestr(entry, files[path].content)
    return File(f"{folder}{NAME}", buffer.getvalue())
