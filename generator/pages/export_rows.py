"""Export rows: what one village adds to a county's export, table by table; no list of persons ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from generator.history.corrections import CHANGED, REMOVED, RESTORED, Correction
from generator.intake.stem import read_stem
from generator.model.disclosure_log import Entry
from generator.model.resource import Resource
from generator.model.table import Table
from generator.model.village import Village
from generator.pages.book import Book
from generator.pages.export_tables import (
    CORRECTIONS,
    LOG,
    LOG_CHANGES,
    NUMBER,
    PERIODS,
    PUBLICATIONS,
    STRING,
    VILLAGES,
    ExportTable,
    columns_by_field,
)
from generator.privacy.detectors import office_lines
from generator.privacy.hushing import hushed_text
from generator.wording import N_, _

Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]
_KINDS = {"village": N_("村"), "community": N_("社区"), "township": N_("乡镇"), "county": N_("县")}
_Tables = Mapping[tuple[str, str], ExportTable]


def village_rows(village: Village) -> Iterator[tuple[str, Row]]:
    """Yield the line of the village itself, with the name of its table."""
    yield (
        VILLAGES,
        (
            *(village.slug, village.code, village.name, _KINDS[village.kind], village.township),
            *(" ".join(village.former_codes), village.valid_from, village.valid_to),
            " ".join(village.successors),
        ),
    )


def book_rows(book: Book, tables: _Tables) -> Iterator[tuple[str, Row]]:
    """Yield every row of a judged village, each with the name of its table.

    What is held back has a line among the periods and no rows; lists of persons have neither.
    """
    owner = _owner(book.village)
    for resource in book.judgement.package.resources:
        if (resource.item.name, "") not in tables:
            continue
        yield PERIODS, (*owner, *_period(book, resource))
        if resource.is_held_back:
            continue
        parts = {"": resource.table, **resource.parts}
        for part, rows in parts.items():
            table = tables[resource.item.name, part]
            before = (*owner, resource.period.text, resource.slug)
            for row in _record_rows(rows, table, numbered=resource.item.is_document):
                yield table.name, (*before, *row)
    for line in book.judgement.package.publications:
        yield (
            PUBLICATIONS,
            (
                *(*owner, line.item, *_split(line.stem), line.line, line.attempt, line.kind),
                *(line.prepared_by, line.reviewed_by, line.reviewed_on, line.posted_from, line.posted_to),
                *(line.location, line.note),
            ),
        )
    yield from _correction_rows(book, tables, owner)


def log_rows(entries: Iterable[Entry]) -> Iterator[tuple[str, Row]]:
    """Yield the lines of the publication log and what each registered."""
    for entry in entries:
        moment = entry.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        facts = (entry.engine, entry.site, entry.before, entry.digest, entry.record)
        yield LOG, (entry.number, entry.kind, moment, entry.as_of, *facts)
        for path, digest in sorted(entry.changes.items()):
            yield LOG_CHANGES, (entry.number, path, digest)


def _owner(village: Village) -> tuple[str, str, str]:
    return village.slug, village.code, village.name


def _split(stem: str) -> tuple[str, str]:
    try:
        period, slug = read_stem(stem)
    except ValueError:
        return stem, ""
    return period.text, slug


def _period(book: Book, resource: Resource) -> Row:
    period, is_held = resource.period, resource.is_held_back
    return (
        *(resource.item.name, period.text, resource.slug, resource.title, period.start, period.end),
        _("待更正") if is_held else _("已公开"),
        None if is_held else len(resource.table),
        *(resource.path, resource.sha256, book.resource_url(resource)),
    )


def _record_rows(rows: Table, table: ExportTable, *, numbered: bool) -> Iterator[Row]:
    """Yield line and cells of each row, in the order of the table's columns; ``numbered`` from 1."""
    columns = columns_by_field(table)
    names = [(name, column.kind) for name, column in columns.items()]
    cells = [rows.values.get(name) or [None] * len(rows) for name, _kind in names]
    for index in range(len(rows)):
        line = index + 1 if numbered else rows.lines[index]
        yield (
            line,
            *(_cell(column[index], kind) for column, (_name, kind) in zip(cells, names, strict=True)),
        )


def _cell(value: Any, kind: str) -> Cell:
    if value is None:
        return None
    if kind == NUMBER:
        return Decimal(value)
    if kind != STRING:
        found: Cell = value
        return found
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _correction_rows(book: Book, tables: _Tables, owner: Row) -> Iterator[tuple[str, Row]]:
    offices = office_lines([contact.phone for contact in book.village.contacts])
    words = {CHANGED: _("改动"), REMOVED: _("整份撤下"), RESTORED: _("重新放上")}
    shown = {r.path for r in book.judgement.package.resources if not r.is_held_back}
    number = 0
    for correction in book.corrections.entries:
        subject = correction.subject
        if (subject.name, "") not in tables:
            continue
        told = (correction.role, correction.reviewed, correction.reason)
        said = (hushed_text(text, "", offices) for text in told)
        facts: Row = (correction.since, words[correction.kind], *said)
        # A version that may not be shown today is counted here and told nowhere.
        cells = list(_cells_of(correction)) if correction.path in shown else []
        for part, line, kind, column, old, new in cells or [("", None, "", "", "", "")]:
            number += 1
            before, after = (hushed_text(text, column, offices) for text in (old, new))
            yield (
                CORRECTIONS,
                (
                    *(*owner, subject.name, *_split(subject.stem), number, *facts),
                    *(correction.commit, correction.path, part, line, kind, column, before, after),
                ),
            )


_Change = tuple[str, int | None, str, str, str, str]


def _cells_of(correction: Correction) -> Iterator[_Change]:
    """Yield part, line, kind of change, column, old and new text of every cell that was entered."""
    for table in correction.changes.tables:
        entered, names = table.entered, table.difference.columns.names
        for gone in entered.removed:
            for name, text in zip(names, gone.cells, strict=True):
                yield table.part, gone.line, _("删去"), name, text, ""
        for change in entered.changed:
            for cell in change.cells:
                yield table.part, change.after.line, _("改动"), cell.column, cell.before, cell.after
        for new in entered.added:
            for name, text in zip(names, new.cells, strict=True):
                yield table.part, new.line, _("新增"), name, "", text
