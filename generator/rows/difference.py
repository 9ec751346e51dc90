"""Differences: what became of the rows of a table, matched by key, else by content, and never by guessing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import lt, ne

from generator.model.item import TableSchema
from generator.rows.columns import Columns, match_columns
from generator.rows.numbers import plain_number
from generator.rows.text_table import Atom, Refusal, Row, TextTable, cells_of, rows_of
from generator.wording import _


@dataclass(frozen=True, slots=True)
class RowAt:
    """A row in one version: the line it stands on, and its cells under ``Difference.columns``."""

    line: int
    cells: Row


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after, as it was written."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that both versions have, and those of its cells that mean something else now."""

    before: RowAt
    after: RowAt
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How one version of a table differs from the one before it.

    Rows are in the order of the version that has them; ``changed`` in the order of the later one.
    ``key`` are the columns by which rows were matched, none where they were matched by content.
    ``is_reordered`` tells that rows which both have stand in another order; that alone changes nothing.
    """

    columns: Columns
    key: tuple[str, ...] = ()
    added: tuple[RowAt, ...] = ()
    removed: tuple[RowAt, ...] = ()
    changed: tuple[RowChange, ...] = ()
    unchanged: int = 0
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.columns.is_changed)

    def key_of(self, row: RowAt) -> Row:
        """Return the cells that tell ``row`` from all others; none in a table without a key."""
        return tuple(row.cells[self.columns.names.index(name)] for name in self.key)


def compare_tables(
    before: TextTable, after: TextTable, schema: TableSchema, *, key: Sequence[str] | None = None
) -> Difference | Refusal:
    """Return what became of the rows of ``before`` in ``after``.

    8 and 8.00 are the same in a column of numbers; the order of rows and columns, and quoting, do not
    matter. Rows are matched by ``key`` (else the schema's primary key), without one by all they hold.
    Columns that occur twice and keys that occur twice are refused: which is which would be a guess.
    """
    columns = match_columns(before.columns, after.columns, schema)
    if isinstance(columns, Refusal):
        return columns
    wanted = tuple(schema.primary_key if key is None else key)
    sides = _Sides(before, after, columns, schema)
    if not len(before) or not len(after):
        return replace(sides.by_content(), key=tuple(name for name in wanted if name in columns.names))
    if missing := [name for name in wanted if name not in columns.common]:
        reason = _("少了主键列「{column}」，不能确定哪一行对应哪一行")
        return Refusal(reason.format(column=missing[0]), 1, missing[0])
    return sides.by_key(wanted) if wanted else sides.by_content()


class _Sides:
    """The two versions laid side by side under the columns that both have."""

    def __init__(self, before: TextTable, after: TextTable, columns: Columns, schema: TableSchema) -> None:
        self._tables = (before, after)
        self._columns = columns
        self._positions = columns.positions
        numeric = {field.name for field in schema.fields if field.is_numeric}
        self._numeric = tuple(name in numeric for name in columns.common)
        self._atoms: tuple[Sequence[Atom], Sequence[Atom]] = (before.atoms, after.atoms)
        are_lines = all(not table.atoms or isinstance(table.atoms[0], str) for table in self._tables)
        self._has_raw = are_lines and columns.are_alike
        if not self._has_raw:
            before_cells = _picked(before, columns.before_positions)
            self._atoms = (before_cells, _picked(after, columns.after_positions))

    def by_key(self, key: tuple[str, ...]) -> Difference | Refusal:
        old, new = self._atoms
        if old == new:
            return Difference(self._columns, key, unchanged=len(new))
        lost, found = self._apart()
        new_keys = self._keys(1, key, new)
        old_keys = new_keys
        if lost is not found or self._keys(0, key, [old[i] for i in lost]) != [new_keys[i] for i in found]:
            old_keys = self._keys(0, key, old)
        for side, keys in ((0, old_keys), (1, new_keys)):
            if (not side or keys is not old_keys) and not _are_single(keys):
                return self._duplicate(side, keys, key)
        left = {old_keys[position]: position for position in lost}
        added, changed = [], []
        for position in found:
            former = left.pop(new_keys[position], None)
            if former is None:
                added.append(self._row(1, position))
            elif cells := self._cell_changes(former, position):
                changed.append(RowChange(self._row(0, former), self._row(1, position), cells))
        is_moved = old_keys != new_keys and _are_moved(old_keys, new_keys)
        return Difference(
            columns=self._columns,
            key=key,
            added=tuple(added),
            removed=tuple(self._row(0, position) for position in left.values()),
            changed=tuple(changed),
            unchanged=len(new) - len(added) - len(changed),
            is_reordered=is_moved,
        )

    def _apart(self) -> tuple[list[int], list[int]]:
        """Return the rows of either version of which the other may hold no copy."""
        old, new = self._atoms
        if len(old) == len(new):
            # Most corrections change cells and move nothing: no row has to be looked up.
            apart = list(compress(range(len(new)), map(ne, old, new)))
            return apart, apart
        known_old, known_new = set(old), set(new)
        lost = [i for i, atom in enumerate(old) if atom not in known_new]
        return lost, [i for i, atom in enumerate(new) if atom not in known_old]

    def by_content(self) -> Difference:
        """Match equal rows, first those written alike, then those that mean the same."""
        old, new = self._atoms
        lost, found = _unmatched(range(len(old)), range(len(new)), old.__getitem__, new.__getitem__)
        removed, added = _unmatched(lost, found, lambda i: self._meaning(0, i), lambda i: self._meaning(1, i))
        gone, come = set(removed), set(added)
        is_moved = False
        if old != new:
            kept = [self._meaning(0, i) for i in range(len(old)) if i not in gone]
            is_moved = kept != [self._meaning(1, i) for i in range(len(new)) if i not in come]
        return Difference(
            columns=self._columns,
            added=tuple(self._row(1, i) for i in added),
            removed=tuple(self._row(0, i) for i in removed),
            unchanged=len(new) - len(added),
            is_reordered=is_moved,
        )

    def _common(self, side: int, index: int) -> Row:
        """Return the cells of a row under the columns that both versions have."""
        return cells_of(self._atoms[side][index])

    def _meaning(self, side: int, index: int) -> Row:
        cells = self._common(side, index)
        return tuple(
            plain_number(cell) if is_number else cell
            for cell, is_number in zip(cells, self._numeric, strict=True)
        )

    def _row(self, side: int, index: int) -> RowAt:
        table = self._tables[side]
        cells = table.cells(index)
        positions = self._positions[side]
        shown = tuple("" if position is None else cells[position] for position in positions)
        return RowAt(table.lines[index], shown)

    def _cell_changes(self, old: int, new: int) -> tuple[CellChange, ...]:
        if self._atoms[0][old] == self._atoms[1][new]:
            return ()
        rows = zip(
            self._columns.common, self._numeric, self._common(0, old), self._common(1, new), strict=True
        )
        return tuple(
            CellChange(name, was, now)
            for name, is_number, was, now in rows
            if was != now and not (is_number and plain_number(was) == plain_number(now))
        )

    def _keys(self, side: int, key: tuple[str, ...], atoms: Sequence[Atom]) -> list[str | Row]:
        """Return what identifies each of some rows; numbers in a key are compared as numbers."""
        positions = [self._columns.common.index(name) for name in key]
        numeric = [self._numeric[position] for position in positions]
        place, is_plain = positions[0], len(positions) == 1 and not numeric[0]
        has_quotes = self._tables[side].has_quotes
        if is_plain and self._has_raw and not has_quotes:
            after = place + 1
            return [atom.split(",", after)[place] for atom in atoms]  # type: ignore[union-attr]
        rows = rows_of(atoms, has_quotes=has_quotes)
        if is_plain:
            return [row[place] for row in rows]
        return [
            tuple(
                plain_number(row[position]) if is_number else row[position]
                for position, is_number in zip(positions, numeric, strict=True)
            )
            for row in rows
        ]

    def _duplicate(self, side: int, keys: Sequence[str | Row], key: tuple[str, ...]) -> Refusal:
        seen: dict[str | Row, int] = {}
        lines = self._tables[side].lines
        for index, own in enumerate(keys):
            if own in seen:
                first = lines[seen[own]]
                reason = _("{version}第 {first} 行和第 {line} 行的「{key}」相同，不能确定哪一行对应哪一行")
                version = _("后一版") if side else _("前一版")
                joined = "、".join(key)
                return Refusal(
                    reason.format(version=version, first=first, line=lines[index], key=joined),
                    lines[index],
                    key[0],
                )
            seen[own] = index
        raise AssertionError("no key occurs twice")


def _are_single(keys: Sequence[str | Row]) -> bool:
    """Return whether no key occurs twice; numbers that only rise, as clerks give them, show it at once."""
    return all(map(lt, keys, keys[1:])) or len(set(keys)) == len(keys)


def _are_moved(old: Sequence[str | Row], new: Sequence[str | Row]) -> bool:
    """Return whether the keys that both have stand in another order."""
    old_known, new_known = set(old), set(new)
    return [key for key in old if key in new_known] != [key for key in new if key in old_known]


def _picked(table: TextTable, positions: Sequence[int]) -> list[Atom]:
    return [tuple([row[position] for position in positions]) for row in table.rows()]


def _unmatched(
    old: Sequence[int],
    new: Sequence[int],
    old_content: Callable[[int], Atom],
    new_content: Callable[[int], Atom],
) -> tuple[list[int], list[int]]:
    """Return the rows of either side that have no equal on the other, each equal taken once."""
    waiting = Counter(map(old_content, old))
    found = []
    for index in new:
        content = new_content(index)
        if waiting[content] > 0:
            waiting[content] -= 1
        else:
            found.append(index)
    lost = []
    for index in reversed(old):
        content = old_content(index)
        if waiting[content] > 0:
            waiting[content] -= 1
            lost.append(index)
    return lost[::-1], found
