"""New receipts: what a clerk puts beside the rows of a draft, or takes away, before it is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.checks.receipts import receipts_in
from generator.model.finding import Finding, Place
from generator.model.item import TableSchema
from generator.model.receipts import ROLE, Receipt, receipts_text
from generator.pipeline.placing import path_of
from generator.promises.promises import Promises
from generator.sheets.drafts import Draft
from generator.sheets.grid import cell_name
from generator.sheets.records import Record
from generator.sheets.remark import Remark

# By these a person knows a payment: when it was, what for, how much.
_TELLING = ("date", "lead", "income", "expense", "amount")


@dataclass(frozen=True, slots=True)
class ReceiptChange:
    """One receipt that is put beside a row, or taken away from it: the row of ``key`` in the file ``shown``.

    ``words`` is what the row said then; a row that says something else now may be another payment.
    """

    shown: str
    key: tuple[str, ...]
    words: tuple[str, ...]
    receipt: Receipt
    is_taken: bool = False


def row_words(schema: TableSchema, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return by what a person knows a row: its date, what it was for, its sums; its key where it has none."""
    names = [name for role in _TELLING if (name := schema.name_of(role)) is not None]
    return tuple(cells.get(name, "") for name in names or schema.primary_key)


def key_of(schema: TableSchema, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return the key of a row."""
    return tuple(cells.get(name, "") for name in schema.primary_key)


def with_new_receipts(
    draft: Draft, changes: Sequence[ReceiptChange], promises: Promises
) -> tuple[Draft, list[Remark]]:
    """Return ``draft`` with ``changes`` made to the rows of their keys, and what is to be said of them.

    A receipt whose row is gone goes with it, and that is said; so is one whose row says something else now.
    """
    path = path_of(draft, promises)
    schema = draft.item.schema
    column = schema.name_of(ROLE)
    if not changes or path is None or column is None:
        return draft, []
    shown = promises.shown(path)
    own: dict[tuple[str, ...], list[ReceiptChange]] = {}
    for change in changes:
        if change.shown == shown:
            own.setdefault(change.key, []).append(change)
    if not own:
        return draft, []
    records, remarks = [], []
    for record in draft.records:
        key = key_of(schema, record.cells)
        met = own.pop(key, [])
        cell = receipts_text(_applied(record.cells.get(column, ""), met)) if met else ""
        records.append(replace(record, cells={**record.cells, column: cell}) if met else record)
        if any(not one.is_taken and one.words != row_words(schema, record.cells) for one in met):
            remarks.append(_moved(draft, record, key, column))
    for key, met in own.items():
        if not all(one.is_taken for one in met):
            gone = Finding.of("sheet-receipts-gone", Place(shown), key="、".join(key))
            remarks.append(Remark(gone, draft.sheet))
    return replace(draft, records=tuple(records)), remarks


def _applied(cell: str, changes: Sequence[ReceiptChange]) -> list[Receipt]:
    found = list(receipts_in(cell))
    for change in changes:
        found = [receipt for receipt in found if receipt.sha256 != change.receipt.sha256]
        if not change.is_taken:
            found.append(change.receipt)
    return found


def _moved(draft: Draft, record: Record, key: Sequence[str], column: str) -> Remark:
    schema = draft.item.schema
    names = [name for role in _TELLING if (name := schema.name_of(role)) is not None]
    facts = {"key": "、".join(key), "columns": "、".join(names or schema.primary_key)}
    finding = Finding.of("sheet-receipts-moved", Place("", record.row + 1, column), **facts)
    return Remark(finding, draft.sheet, cell_name(record.row, None))
