"""Data Packages: what a village publishes, as CSV with its schema, for stock tools to check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.intake.seal_file import SEAL_SUFFIX, seal_text
from generator.model.item import DisclosureItem, TableSchema
from generator.model.resource import Resource
from generator.model.site import File, file_name
from generator.model.table import Table
from generator.pages.book import Book
from generator.pages.projection import csv_bytes

_CONTENTS: dict[tuple[int, tuple[str, ...]], tuple[TableSchema, bytes]] = {}
_UTF8_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Published:
    """The files of one resource: ``download`` is what a reader is offered, ``digest`` its SHA-256."""

    files: tuple[File, ...]
    entries: tuple[dict[str, Any], ...]
    download: str
    digest: str


def publish_resource(book: Book, resource: Resource) -> Published:
    """Return the files that publish one resource: none of one held back, of a closed list its seal."""
    table = book.tables.get(resource.path)
    folder = f"{book.url}data/"
    name = file_name(resource.item.name, resource.stem)
    if table is None and resource.path in book.closed and resource.seal is not None:
        seal = _hashed(f"{folder}{name}{SEAL_SUFFIX}", seal_text(resource.seal).encode())
        return Published((seal,), (), seal.path, seal.sha256)
    if table is None:
        return Published((), (), "", "")
    if resource.item.is_document:
        return _publish_document(resource, folder, name)
    content = resource.committed if resource.committed is not None else csv_bytes(table)
    file = _hashed(f"{folder}{name}.csv", content)
    entry = _entry(name, file, resource.title, _schema_name(resource.item, table))
    return Published((file,), (entry,), file.path, file.sha256)


def _publish_document(resource: Resource, folder: str, name: str) -> Published:
    files, entries = [], []
    tables = {"": resource.table, **resource.parts}
    for number, (part, table) in enumerate(tables.items()):
        if part and not len(table):
            continue
        part_name = f"{name}-{number}" if part else name
        file = _hashed(f"{folder}{part_name}.csv", csv_bytes(table))
        title = f"{resource.title} {table.schema.title or part}".strip()
        files.append(file)
        entries.append(_entry(part_name, file, title, _schema_name(resource.item, table, number)))
    original = _hashed(f"{folder}{name}.yaml", resource.committed or b"")
    if original.content:
        files.append(original)
    return Published(tuple(files), tuple(entries), original.path if original.content else "", original.sha256)


def _hashed(path: str, content: bytes) -> File:
    return File(path, content, hashlib.sha256(content).hexdigest())


def _schema_name(item: DisclosureItem, table: Table, number: int = 0) -> str:
    """Return the file that describes one table of an item.

    Each version of the item has its own, and each choice of the optional columns that a table can have.
    """
    since = f"-{item.valid_from}" if item.valid_from else ""
    chosen = [
        str(place)
        for place, field in enumerate(table.schema.fields, start=1)
        if field.is_optional and field.name in table.texts
    ]
    more = f"-with-{'-'.join(chosen)}" if chosen else ""
    return f"schema-{item.name}{since}{f'-{number}' if number else ''}{more}.json".replace("_", "-")


def schema_files(book: Book) -> Iterator[File]:
    """Yield the Table Schema of every kind of table that the village publishes."""
    named: dict[str, tuple[TableSchema, Iterable[str]]] = {}
    for resource in book.judgement.package.resources:
        if resource.path in book.tables:
            for number, table in enumerate((resource.table, *_parts_of(resource))):
                name = _schema_name(resource.item, table, number)
                named.setdefault(name, (table.schema, table.texts))
    for name, (schema, header) in named.items():
        yield File(f"{book.url}data/{name}", _schema_content(schema, tuple(header)))


def _schema_content(schema: TableSchema, header: tuple[str, ...]) -> bytes:
    # Keyed by identity, with the schema kept alive beside it: schemas live as long as the process.
    known = _CONTENTS.get((id(schema), header))
    if known is None or known[0] is not schema:
        descriptor = schema_descriptor(replace(schema, fields=schema.columns_of(header)))
        content = json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
        known = _CONTENTS[id(schema), header] = (schema, content.encode("utf-8"))
    return known[1]


def _parts_of(resource: Resource) -> Iterator[Table]:
    """Yield a table for each part of a document, written or not: every part's schema is published."""
    for name, schema in resource.item.parts.items():
        yield resource.parts.get(name) or Table.empty(schema)


def _entry(name: str, file: File, title: str, schema: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if file.content.startswith(_UTF8_BOM) else "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{file.sha256}",
        "profile": "tabular-data-resource",
        "schema": schema,
    }


def schema_descriptor(schema: TableSchema) -> dict[str, Any]:
    """Return the Table Schema of ``schema`` as published."""
    descriptor: dict[str, Any] = {"fields": [dict(field.descriptor) for field in schema.fields]}
    if schema.primary_key:
        descriptor["primaryKey"] = list(schema.primary_key)
    return descriptor


def item_descriptor(item: DisclosureItem) -> dict[str, Any]:
    """Return the schema of a whole item, its parts included, for the data dictionary."""
    descriptor: dict[str, Any] = {"name": item.name, "title": item.title, **schema_descriptor(item.schema)}
    if item.parts:
        descriptor["parts"] = {name: schema_descriptor(part) for name, part in item.parts.items()}
    return descriptor


def package_file(book: Book, published: Mapping[str, Published]) -> File:
    """Return the village's datapackage.json; its resources are in order of name."""
    village = book.village
    entries = sorted(_entries(published), key=lambda entry: str(entry["name"]))
    package = {
        "name": village.slug,
        "title": f"{village.name} {book.promises.settings.title}",
        "profile": "tabular-data-package",
        "id": village.code,
    }
    # One resource a line, so that two versions of a package can be compared line by line.
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    head = json.dumps(package, ensure_ascii=False)[:-1]
    text = f'{head}, "resources": [\n{lines}\n]}}\n'
    return _hashed(f"{book.url}data/datapackage.json", text.encode("utf-8"))


def _entries(published: Mapping[str, Published]) -> Iterator[dict[str, Any]]:
    for found in published.values():
        yield from found.entries
