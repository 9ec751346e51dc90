"""Comparing periods: two periods of an item within one state, row by row, or sum by sum in a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.history.changes import FileChanges, Subject, TableChange, subject_of, tables_of
from generator.history.states import State
from generator.intake.stem import read_stem
from generator.model.item import DisclosureItem, TableSchema
from generator.pipeline.comparing import Compared, Comparison, hushed
from generator.promises.promises import Promises
from generator.rows.balances import Effect, effects_of, standings
from generator.rows.difference import compare_tables
from generator.rows.entered import entered_of
from generator.rows.numbers import ZERO, number_of
from generator.rows.text_table import EMPTY, Refusal, Row, TextTable

_SUMMED_BY = ("entity", "category")


def compare_periods(
    state: State,
    promises: Promises,
    names: Mapping[str, str],
    periods: tuple[str, str],
    below: tuple[str, ...] = (),
) -> Comparison:
    """Return how the second of ``periods`` differs from the first, for each item that has both.

    A ledger's rows are other events in every period: its sums are compared, by what they were for. The
    rows of other tables are matched by what they are about. ``below`` are the folders or files looked at.
    """
    files, looked_at = [], 0
    for path in sorted(state.marks):
        subject = subject_of(path, promises)
        if subject.item is None or subject.item.is_document:
            continue
        period, slug = read_stem(subject.stem)
        if period.text != periods[0] or (below and not any(_is_about(path, b) for b in below)):
            continue
        stem = f"{periods[1]}--{slug}" if slug else periods[1]
        folder, _slash, name = path.rpartition("/")
        later = f"{folder}/{name.replace(subject.stem, stem, 1)}"
        if later not in state.marks:
            continue
        looked_at += 1
        other = subject_of(later, promises)
        changes = _changes(state.read(path), state.read(later), subject, other)
        if changes:
            title = f"{names.get(subject.village, '')} {subject.title} → {other.title}".strip()
            files.append(Compared(other, title, "changed", hushed(changes)))
    return Comparison(periods[0], periods[1], tuple(files), looked_at=looked_at)


def _is_about(path: str, place: str) -> bool:
    """Return whether a path is asked for by a folder or by the item's or the file's own name."""
    return path == place or path.startswith(f"{place}/")


def _changes(before: bytes | None, after: bytes | None, subject: Subject, later: Subject) -> FileChanges:
    old, new = tables_of(before, subject), tables_of(after, later)
    if isinstance(old, Refusal):
        return FileChanges(refusal=old, unread="before")
    if isinstance(new, Refusal):
        return FileChanges(refusal=new, unread="after")
    item = later.item
    assert item is not None
    earlier, now = old.get("", EMPTY), new.get("", EMPTY)
    effects: tuple[Effect, ...] = ()
    schemas = [item.schema]
    if item.is_private:
        schemas = [TableSchema((), earlier.columns[:1])]
    elif "running_balance" in item.laws:
        effects = _effects(earlier, now, item)
        schema = _sum_schema(item.schema)
        earlier, now, schemas = _sums(earlier, schema), _sums(now, schema), [schema]
    elif key := _lasting_key(item):
        schemas.insert(0, TableSchema(item.schema.fields, key))
        # What numbers the rows says nothing once they are matched by what they are about.
        numbers = [name for name in item.schema.primary_key if name not in key]
        earlier, now = _without(earlier, numbers), _without(now, numbers)
    for schema in schemas:
        difference = compare_tables(earlier, now, schema)
        if not isinstance(difference, Refusal):
            entered = replace(entered_of(difference, earlier, now, schema, None), effects=effects)
            is_same = not difference and not effects
            return FileChanges(() if is_same else (TableChange("", schema, difference, entered, now),))
    assert isinstance(difference, Refusal)
    return FileChanges(refusal=difference)


def _lasting_key(item: DisclosureItem) -> tuple[str, ...]:
    """Return by which columns rows of two periods are about the same thing, where totals name them."""
    law = item.laws.get("total", {})
    return (*law.get("by", ()), str(law["label"])) if "label" in law else ()


def _without(table: TextTable, names: Sequence[str]) -> TextTable:
    """Return a table without some of its columns."""
    kept = [place for place, name in enumerate(table.columns) if name not in names]
    rows = [tuple(row[place] for place in kept) for row in table.rows()]
    return TextTable(tuple(table.columns[place] for place in kept), rows, table.lines)


def _effects(before: TextTable, after: TextTable, item: DisclosureItem) -> tuple[Effect, ...]:
    old, new = standings(before, before.columns, item), standings(after, after.columns, item)
    return effects_of(old, new) if old is not None and new is not None else ()


def _sum_schema(schema: TableSchema) -> TableSchema:
    """Return the columns of a ledger's sums: what they were for, and what came and went."""
    kept = [field for field in schema.fields if field.role in _SUMMED_BY and not field.privacy]
    money = [field for field in schema.fields if field.role in ("income", "expense")]
    return TableSchema((*kept, *money), tuple(field.name for field in kept))


def _sums(table: TextTable, schema: TableSchema) -> TextTable:
    """Return a ledger's sums by what they were for; what came to nothing has no row."""
    places = {name: place for place, name in enumerate(table.columns)}
    money = [field.name for field in schema.fields if field.name not in schema.primary_key]
    sums: dict[tuple[str, ...], list[Decimal]] = {}
    for row in table.rows():
        key = tuple(row[places[name]] if name in places else "" for name in schema.primary_key)
        found = sums.setdefault(key, [ZERO] * len(money))
        for index, name in enumerate(money):
            if name in places:
                found[index] += number_of(row[places[name]])
    rows: list[Row] = [
        (*key, *(str(value) if value else "" for value in found)) for key, found in sums.items() if any(found)
    ]
    # Sums stand on no line.
    return TextTable(tuple(field.name for field in schema.fields), rows, [0] * len(rows))
