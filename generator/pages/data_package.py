"""Data Packages: what a village publishes, as CSV with its schemas, for stock tools to check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.intake.seal_file import SEAL_SUFFIX, seal_text
from generator.model.item import DisclosureItem, TableSchema
from generator.model.resource import Resource
from generator.model.site import File, file_name
from generator.model.table import Table
from generator.pages.book import Book
from generator.pages.projection import csv_bytes

_TEXTS: dict[tuple[int, tuple[str, ...]], tuple[TableSchema, str]] = {}
_UTF8_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of a Data Package: what is said of it, and the ``schema`` (JSON) of its own columns.

    ``schema_name`` is the same for all resources with that schema.
    """

    described: Mapping[str, Any]
    schema: str
    schema_name: str


@dataclass(frozen=True, slots=True)
class Published:
    """The files of one resource: ``download`` is what a reader is offered, ``digest`` its SHA-256."""

    files: tuple[File, ...]
    entries: tuple[Entry, ...]
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
    entry = _entry(resource.item, name, file, resource.title, table)
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
        entries.append(_entry(resource.item, part_name, file, title, table, number))
    original = _hashed(f"{folder}{name}.yaml", resource.committed or b"")
    if original.content:
        files.append(original)
    return Published(tuple(files), tuple(entries), original.path if original.content else "", original.sha256)


def _hashed(path: str, content: bytes) -> File:
    return File(path, content, hashlib.sha256(content).hexdigest())


def _schema_name(item: DisclosureItem, table: Table, number: int) -> str:
    """Return what the schema of one table of an item is called.

    Each version of the item has its own, and each choice of the optional columns that a table can have.
    """
    since = f"-{item.valid_from}" if item.valid_from else ""
    chosen = [
        str(place)
        for place, field in enumerate(table.schema.fields, start=1)
        if field.is_optional and field.name in table.texts
    ]
    more = f"-with-{'-'.join(chosen)}" if chosen else ""
    return f"schema-{item.name}{since}{f'-{number}' if number else ''}{more}".replace("_", "-")


def _entry(item: DisclosureItem, name: str, file: File, title: str, table: Table, number: int = 0) -> Entry:
    described = {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if file.content.startswith(_UTF8_BOM) else "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{file.sha256}",
        "profile": "tabular-data-resource",
    }
    schema = _schema_of(table.schema, tuple(table.texts))
    return Entry(described, schema, _schema_name(item, table, number))


def entry_line(described: Mapping[str, Any], schema: str) -> str:
    """Return a resource of a package as its line of JSON: what is said of it, then its ``schema`` (JSON)."""
    return f'{json.dumps(described, ensure_ascii=False)[:-1]}, "schema": {schema}}}'


def package_text(described: Mapping[str, Any], lines: Iterable[str]) -> str:
    """Return a package as JSON, one resource a line: two versions of it can be compared line by line."""
    joined = ",\n".join(lines)
    return f'{json.dumps(described, ensure_ascii=False)[:-1]}, "resources": [\n{joined}\n]}}\n'


def schema_text(schema: Any) -> str:
    """Return what a package says of the columns of a resource as JSON: a Table Schema, without blanks."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def _schema_of(schema: TableSchema, header: tuple[str, ...]) -> str:
    """Return the Table Schema of a file with the columns ``header`` as JSON."""
    # Keyed by identity, with the schema kept alive beside it: schemas live as long as the process.
    known = _TEXTS.get((id(schema), header))
    if known is None or known[0] is not schema:
        descriptor = schema_descriptor(replace(schema, fields=schema.columns_of(header)))
        known = _TEXTS[id(schema), header] = (schema, schema_text(descriptor))
    return known[1]


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


def package_file(book: Book, published: Mapping[str, Published], *, has_schema_files: bool = False) -> File:
    """Return the village's datapackage.json; its resources are in order of name.

    Each says itself what its columns are, so that a county of thousands of villages does not have tens of
    thousands of copies of the same schemas (a package may not point outside its own folder); with
    ``has_schema_files`` it names the file beside it that says so.
    """
    village = book.village
    entries = entries_of(published.values())
    package = {
        "name": village.slug,
        "title": f"{village.name} {book.promises.settings.title}",
        "profile": "tabular-data-package",
        "id": village.code,
    }
    schemas = (f'"{entry.schema_name}.json"' if has_schema_files else entry.schema for entry in entries)
    lines = (entry_line(entry.described, schema) for entry, schema in zip(entries, schemas, strict=True))
    text = package_text(package, lines)
    return _hashed(f"{book.url}data/datapackage.json", text.encode("utf-8"))


def entries_of(published: Iterable[Published]) -> list[Entry]:
    """Return the resources of a package in order of name."""
    entries = (entry for found in published for entry in found.entries)
    return sorted(entries, key=lambda entry: str(entry.described["name"]))
