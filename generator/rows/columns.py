"""Columns: which column of one version is which of the other, by name or by a known other spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.item import TableSchema
from generator.rows.text_table import Refusal
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of two versions: ``names`` are all of them, those of the later version in its order.

    ``before`` and ``after`` are the names in each version's own order, other spellings told by their
    field's name; ``renamed`` are pairs of spellings. ``common`` are those that both versions have.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    names: tuple[str, ...]
    common: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        """Return the columns that only the later version has."""
        return tuple(name for name in self.after if name not in self.before)

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the columns that only the earlier version has."""
        return tuple(name for name in self.before if name not in self.after)

    @property
    def are_alike(self) -> bool:
        """Return whether both versions have the same columns in the same order."""
        return self.before == self.after

    @property
    def is_changed(self) -> bool:
        """Return whether columns came, went or were renamed; their order alone is no change."""
        return bool(self.renamed or set(self.before) != set(self.after))

    @property
    def before_positions(self) -> tuple[int, ...]:
        """Return where the common columns stand in the earlier version."""
        return tuple(self.before.index(name) for name in self.common)

    @property
    def after_positions(self) -> tuple[int, ...]:
        """Return where the common columns stand in the later version."""
        return tuple(self.after.index(name) for name in self.common)

    @property
    def positions(self) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
        """Return for each version where each of ``names`` stands in it."""
        return _places(self.names, self.before), _places(self.names, self.after)


def _places(names: Sequence[str], own: Sequence[str]) -> tuple[int | None, ...]:
    known = {name: position for position, name in enumerate(own)}
    return tuple(known.get(name) for name in names)


def match_columns(before: Sequence[str], after: Sequence[str], schema: TableSchema) -> Columns | Refusal:
    """Return how the columns correspond; a column that occurs twice is refused."""
    old, new = _meant(before, schema), _meant(after, schema)
    for version, names, written in ((_("前一版"), old, before), (_("后一版"), new, after)):
        twice = next((name for position, name in enumerate(names) if name in names[:position]), None)
        if twice is not None:
            column = written[names.index(twice)]
            reason = _("{version}有两列都是「{column}」，不能确定用哪一列")
            return Refusal(reason.format(version=version, column=twice), 1, column)
    spellings = dict(zip(old, before, strict=True))
    renamed = [
        (spellings[name], own)
        for name, own in zip(new, after, strict=True)
        if name in spellings and spellings[name] != own
    ]
    return Columns(old, new, _joined(old, new), tuple(n for n in new if n in old), tuple(renamed))


def _meant(written: Sequence[str], schema: TableSchema) -> tuple[str, ...]:
    """Return the columns by the names of their fields; a spelling counts only where the name is missing."""
    present = set(written)
    known = {
        alias: field.name for field in schema.fields if field.name not in present for alias in field.aliases
    }
    return tuple(known.get(name, name) for name in written)


def _joined(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return all columns in the later order, each that is gone behind its former neighbour."""
    names = list(new)
    for position, name in enumerate(old):
        if name not in names:
            before = next((n for n in reversed(old[:position]) if n in names), None)
            names.insert(names.index(before) + 1 if before is not None else 0, name)
    return tuple(names)
