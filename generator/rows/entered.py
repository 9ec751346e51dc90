"""What a person entered: a difference without the balances and totals that merely follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.model.item import DisclosureItem, TableSchema
from generator.rows.balances import Effect, Standing, effects_of, standings
from generator.rows.difference import CellChange, Difference, RowAt, RowChange
from generator.rows.numbers import ZERO, number_of
from generator.rows.text_table import TextTable

_MONEY_ROLES = ("income", "expense", "amount")


@dataclass(frozen=True, slots=True)
class Move:
    """How much a column of money moved: ``net`` is its sum after less before, ``moved`` counts both ways."""

    column: str
    unit: str
    net: Decimal
    moved: Decimal


@dataclass(frozen=True, slots=True)
class Entered:
    """The rows and cells that a person entered, what they moved, and what followed.

    ``followed`` is how many cells were left out because they follow; ``effects`` say in one line each what
    that came to.
    """

    added: tuple[RowAt, ...]
    removed: tuple[RowAt, ...]
    changed: tuple[RowChange, ...]
    moves: tuple[Move, ...] = ()
    effects: tuple[Effect, ...] = ()
    followed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def entered_of(
    difference: Difference,
    before: TextTable,
    after: TextTable,
    schema: TableSchema,
    item: DisclosureItem | None,
) -> Entered:
    """Return what a person entered of ``difference``, by what ``item`` states to follow from other cells."""
    found = Entered(difference.added, difference.removed, difference.changed)
    if item is not None and item.laws and schema is item.schema:
        old = standings(before, difference.columns.before, item)
        new = standings(after, difference.columns.after, item)
        if old is not None and new is not None:
            found = _less_followed(found, old, new)
            found = replace(found, effects=effects_of(old, new))
        found = _less_totals(found, difference, item.laws.get("total", {}))
    return replace(found, moves=tuple(_moves(found, difference, schema)))


def weight_of(row: RowAt | RowChange, difference: Difference, schema: TableSchema) -> Decimal:
    """Return how much money, in 元, a row moved: the largest change of one of its cells."""
    money = {field.name for field in schema.fields if field.unit == "元"}
    cells = _money_cells(row, difference, schema)
    return max((abs(now - was) for name, was, now in cells if name in money), default=ZERO)


def largest_of(found: Entered, difference: Difference, schema: TableSchema) -> list[RowAt | RowChange]:
    """Return all rows that were entered, those that moved most money first, ties in order of line."""
    rows: list[RowAt | RowChange] = [*found.changed, *found.added, *found.removed]
    return sorted(rows, key=lambda row: (-weight_of(row, difference, schema), _line(row)))


def _line(row: RowAt | RowChange) -> int:
    return row.line if isinstance(row, RowAt) else row.after.line


def _less_followed(found: Entered, old: Standing, new: Standing) -> Entered:
    """Leave out balances that the rows above them, or the former period, explain."""
    changed, followed = [], 0
    for row in found.changed:
        kept = [cell for cell in row.cells if not new.explains(cell.column, row.after.line)]
        followed += len(row.cells) - len(kept)
        if kept:
            changed.append(replace(row, cells=tuple(kept)))
    return replace(found, changed=tuple(changed), followed=found.followed + followed)


def _less_totals(found: Entered, difference: Difference, law: Mapping[str, object]) -> Entered:
    """Leave out the cells of rows of totals, as long as something else was entered that they follow."""
    label, word, summed = law.get("label"), law.get("total"), law.get("of", ())
    names = difference.columns.names
    if label not in names or not isinstance(summed, list | tuple):
        return found
    position = names.index(str(label))
    totals = [row for row in found.changed if row.after.cells[position] == word]
    others = [row for row in found.changed if row.after.cells[position] != word]
    if not totals or not (others or found.added or found.removed):
        return found
    changed, followed = list(others), 0
    for row in totals:
        kept: list[CellChange] = [cell for cell in row.cells if cell.column not in summed]
        followed += len(row.cells) - len(kept)
        if kept:
            changed.append(replace(row, cells=tuple(kept)))
    changed.sort(key=lambda row: row.after.line)
    return replace(found, changed=tuple(changed), followed=found.followed + followed)


def _moves(found: Entered, difference: Difference, schema: TableSchema) -> Iterator[Move]:
    sums: dict[str, list[Decimal]] = {}
    came: list[RowAt | RowChange] = [*found.added, *found.changed]
    rows = [(row, 1) for row in came]
    rows += [(row, -1) for row in found.removed]
    for row, sign in rows:
        for name, was, now in _money_cells(row, difference, schema):
            total = sums.setdefault(name, [ZERO, ZERO])
            total[0] += sign * (now - was)
            total[1] += abs(now - was)
    for field in schema.fields:
        if field.name in sums and sums[field.name][1]:
            net, moved = sums[field.name]
            yield Move(field.name, field.unit, net, moved)


def _money_cells(
    row: RowAt | RowChange, difference: Difference, schema: TableSchema
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield each cell of money with what it was worth before and after; a whole row counts from nothing."""
    money = [f.name for f in schema.fields if f.is_numeric and f.role in _MONEY_ROLES]
    if isinstance(row, RowChange):
        for cell in row.cells:
            if cell.column in money:
                yield cell.column, number_of(cell.before), number_of(cell.after)
        return
    for name, text in zip(difference.columns.names, row.cells, strict=True):
        if name in money and text:
            yield name, ZERO, number_of(text)
