"""Following: which changed periods only carry on what was corrected in an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.history.changes import FileChanges
from generator.rows.balances import Effect
from generator.rows.numbers import ZERO


def is_entered(changes: FileChanges) -> bool:
    """Return whether anything was changed by hand, and not only carried over from another period."""
    return changes.refusal is not None or any(
        table.entered or table.difference.columns.is_changed for table in changes.tables
    )


def count_followers(periods: Sequence[FileChanges]) -> list[int]:
    """Return for each of the changed periods of one item, oldest first, how many after it merely follow.

    A period follows when nothing in it was entered and its opening moved by what the closing of the one
    before it did.
    """
    counts = []
    for position, changes in enumerate(periods):
        count = 0
        if is_entered(changes):
            moved = {effect.series: effect.closing for effect in _effects(changes) if effect.closing}
            for later in periods[position + 1 :]:
                if not _follows(later, moved):
                    break
                count += 1
        counts.append(count)
    return counts


def _follows(changes: FileChanges, moved: Mapping[str, Decimal]) -> bool:
    effects = _effects(changes)
    return (
        bool(effects)
        and not is_entered(changes)
        and all(effect.opening == effect.closing == moved.get(effect.series, ZERO) for effect in effects)
    )


def _effects(changes: FileChanges) -> list[Effect]:
    return [effect for table in changes.tables for effect in table.entered.effects]
