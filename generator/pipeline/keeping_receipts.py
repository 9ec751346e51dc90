"""Keeping receipts: a sheet that is imported again says nothing of them, so its rows keep what they had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.model.finding import Finding, Place
from generator.model.item import TableSchema
from generator.pipeline.placing import path_of
from generator.promises.promises import Promises
from generator.sheets.amounts import is_plain
from generator.sheets.canonical import Row, rows_of
from generator.sheets.drafts import Draft
from generator.sheets.grid import cell_name
from generator.sheets.records import Record
from generator.sheets.remark import Remark

# By these a person knows a payment again: with another of them, a receipt may belong to another row.
_TELLING = ("date", "lead", "income", "expense", "amount", "voucher")
_MARK = b" sha256:"


def with_kept_receipts(draft: Draft, promises: Promises) -> tuple[Draft, list[Remark]]:
    """Return ``draft`` with the cells of the optional columns that its sheet lacks, row by row of one key.

    What could not be kept, or may have come to the wrong row, is said.
    """
    schema = draft.item.schema
    on_sheet = {name for places in draft.columns for name in places}
    columns = [field.name for field in schema.fields if field.is_optional and field.name not in on_sheet]
    path = path_of(draft, promises)
    if not columns or path is None or not path.is_file():
        return draft, []
    content = path.read_bytes()
    rows = rows_of(content, schema)
    if rows is None:
        found = [_finding(draft, promises, "sheet-receipts-unread")] if _MARK in content else []
        return draft, found
    names = [field.name for field in schema.fields]
    old = dict(_named_rows(rows, schema, columns))
    if not old:
        return draft, []
    records, moved = [], []
    for record in draft.records:
        before = old.pop(_key_of(record.cells, schema), None)
        if before is None:
            records.append(record)
            continue
        cells = dict(zip(names, before, strict=True))
        kept = {name: cells[name] for name in columns if not record.cells.get(name)}
        records.append(replace(record, cells={**record.cells, **kept}))
        moved += list(_moved(draft, record, cells, columns[0]))
    gone = [_finding(draft, promises, "sheet-receipts-gone", key="、".join(key)) for key in old]
    return replace(draft, records=tuple(records)), [*moved, *gone]


def _named_rows(
    rows: Sequence[Row], schema: TableSchema, columns: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Yield each row that has anything in ``columns``, with its key."""
    names = [field.name for field in schema.fields]
    places = [names.index(name) for name in columns]
    for row in rows:
        if any(row[place] for place in places):
            yield _key_of(dict(zip(names, row, strict=True)), schema), row


def _key_of(cells: Mapping[str, str], schema: TableSchema) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in schema.primary_key)


def _moved(draft: Draft, record: Record, before: Mapping[str, str], column: str) -> Iterator[Remark]:
    """Yield a remark when a row that keeps its receipts is, by its words or sums, not the row it was."""
    schema = draft.item.schema
    told = [name for role in _TELLING if (name := schema.name_of(role)) is not None]
    other = [name for name in told if not _is_same(before[name], record.cells.get(name, ""))]
    if other:
        place = Place("", record.row + 1, column)
        facts = {"key": "、".join(_key_of(before, schema)), "columns": "、".join(other)}
        finding = Finding.of("sheet-receipts-moved", place, **facts)
        yield Remark(finding, draft.sheet, cell_name(record.row, None))


def _is_same(text: str, other: str) -> bool:
    """Return whether two cells say the same: 8 and 8.00 do."""
    return text == other or (is_plain(text) and is_plain(other) and Decimal(text) == Decimal(other))


def _finding(draft: Draft, promises: Promises, code: str, **facts: object) -> Remark:
    path = path_of(draft, promises)
    shown = promises.shown(path) if path is not None else ""
    return Remark(Finding.of(code, Place(shown), **facts), draft.sheet)
