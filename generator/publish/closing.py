"""Closing: what may still be said of a list of persons in a release that outlived its display."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.intake.csv_file import read_csv
from generator.intake.seal_file import SEAL_SUFFIX, seal_text
from generator.intake.stem import read_stem
from generator.intake.table_reader import TableReader
from generator.model.masks import MASKS
from generator.model.resource import Resource
from generator.model.seal import totals_of
from generator.model.site import File, file_name
from generator.model.table import Table
from generator.pages.projection import csv_bytes, masked
from generator.publish.displays import Registers
from generator.publish.trees import Shown


@dataclass(frozen=True, slots=True)
class Closed:
    """A list whose display was over by its day ``end``, and that says so since ``day``.

    ``start`` is the first day of its display, None where nobody knows it. ``resource`` holds its rows as
    they were on display, None where they could not be read; ``masked`` holds them with the names masked where
    the county keeps those. ``file`` is what is published of it in the place of its rows.
    """

    start: date | None
    end: date
    day: date
    resource: Resource | None = None
    masked: Table | None = None
    file: File | None = None


def close_list(
    one: Shown, files: Path, slug: str, span: tuple[date | None, date], day: date, registers: Registers
) -> Closed:
    """Return what may be said from ``day`` on of a list that the files of a village show.

    Its rows are those that were published; today's rules say what may stay of them.
    """
    start, end = span
    resource = _resource_of(one, files, slug, registers)
    bare = Closed(start if start is not None and start <= end else None, end, day)
    if resource is None:
        return bare
    name = f"{slug}/data/{file_name(one.item, one.stem)}"
    if resource.item.names_after == "mask":
        table = masked(resource.table)
        return replace(bare, resource=resource, masked=table, file=_file(f"{name}.csv", csv_bytes(table)))
    seal = registers.seal(slug, one.item, one.stem)
    is_own = seal is not None and (seal.rows, seal.totals) == (len(resource.table), totals_of(resource.table))
    file = _file(f"{name}{SEAL_SUFFIX}", seal_text(seal).encode()) if seal is not None and is_own else None
    return replace(bare, resource=resource, file=file)


def _file(path: str, content: bytes) -> File:
    return File(path, content, hashlib.sha256(content).hexdigest())


def _resource_of(one: Shown, files: Path, slug: str, registers: Registers) -> Resource | None:
    """Return a list as it was published; None where today's schemas cannot read its rows any more."""
    path = f"{slug}/data/{file_name(one.item, one.stem)}.csv"
    village = registers.village(slug)
    period, scheme = read_stem(one.stem)
    item = registers.promises.catalogue.governing(one.item, period)
    if path not in one.paths or village is None or item is None:
        return None
    content = (files / path).read_bytes()
    table, findings = read_csv(content, path, TableReader(item.schema, hides_values=True))
    hidden = {field.name for field in item.schema.fields if field.privacy in MASKS}
    # A name that was masked already may not be what the schema asks of a name.
    if any(finding.is_error and finding.place.column not in hidden for finding in findings):
        return None
    digest = hashlib.sha256(content).hexdigest()
    return Resource(village, item, period, scheme, path, digest, table)


def personal_texts(resource: Resource) -> set[str]:
    """Return what a list says of its persons and masks hide, less single characters: any page has those."""
    return {
        text
        for field in resource.table.schema.fields
        if field.privacy in MASKS
        for text in resource.table.texts.get(field.name, ())
        if len(text) > 1 and MASKS[field.privacy](text) != text
    }
