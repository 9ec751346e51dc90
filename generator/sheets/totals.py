"""Totals: what a sheet adds up for itself is compared with its rows, and then left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from generator.model.item import Field

_ZERO = Decimal(0)
_FROM_BEFORE = re.compile("累计|承|接上|接前")
_NOT_ADDED = re.compile("标准|单价|比例|率$|年限|月数")
_STANDING = ("balance", "closing", "opening")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that is not that of its rows: in ``column``, what is ``stated`` and what the rows come to."""

    column: str
    stated: Decimal
    counted: Decimal
    is_balance: bool


@dataclass(slots=True)
class Sums:
    """Adds up the rows of a table as they come: since the top, since the last total of each kind."""

    fields: Mapping[str, Field]
    all: dict[str, Decimal] = field(default_factory=dict)
    section: dict[str, Decimal] = field(default_factory=dict)
    larger: dict[str, Decimal] = field(default_factory=dict)
    last: dict[str, Decimal] = field(default_factory=dict)
    carried: dict[str, Decimal] = field(default_factory=dict)
    series: dict[str, dict[tuple[str, ...], Decimal]] = field(default_factory=dict)

    def add(self, amounts: Mapping[str, Decimal], series: tuple[str, ...]) -> None:
        """Add a record's amounts; ``series`` is the account that it belongs to."""
        for name, amount in amounts.items():
            for sums in (self.all, self.section, self.larger):
                sums[name] = sums.get(name, _ZERO) + amount
            self.last[name] = amount
            self.series.setdefault(name, {})[series] = amount

    def compare(self, word: str, stated: Mapping[str, Decimal]) -> tuple[list[Mismatch], bool]:
        """Return where a total differs from the rows, and whether it could be checked at all."""
        if _FROM_BEFORE.search(word):
            is_known = all(self._fits(name, amount) for name, amount in stated.items())
            if not is_known and not self.all:
                self.carried.update(stated)
            self._begin(word)
            return [], is_known
        found = [
            Mismatch(name, amount, self._expected(name), self._stands(name))
            for name, amount in stated.items()
            if not self._fits(name, amount) and not _NOT_ADDED.search(name)
        ]
        self._begin(word)
        return found, True

    def _begin(self, word: str) -> None:
        self.section.clear()
        if "小计" not in word:
            self.larger.clear()

    def _stands(self, name: str) -> bool:
        return self.fields[name].role in _STANDING

    def _expected(self, name: str) -> Decimal:
        sums = self.last if self._stands(name) else self.section or self.larger or self.all
        return sums.get(name, _ZERO)

    def _fits(self, name: str, amount: Decimal) -> bool:
        carried = self.carried.get(name, _ZERO)
        candidates = [sums.get(name, _ZERO) for sums in (self.section, self.larger, self.all)]
        candidates += [candidate + carried for candidate in candidates]
        if self._stands(name):
            candidates += [self.last.get(name, _ZERO), sum(self.series.get(name, {}).values(), _ZERO)]
        return amount in candidates


def amounts_of(record: Mapping[str, str], names: Iterable[str]) -> dict[str, Decimal]:
    """Return the numbers of a record's cells that are filled in."""
    return {name: Decimal(record[name]) for name in names if record.get(name)}
