"""Balances: what each series opened and closed with in one version, and which cells merely follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.model.item import DisclosureItem
from generator.rows.numbers import ZERO, number_of
from generator.rows.text_table import TextTable

Series = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much the opening and the closing balance of one series moved, in ``unit``.

    ``series`` is what tells it from others, "" where there is one only or where it would name a person.
    """

    series: str
    unit: str
    opening: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """One version of a money table: ``opening`` and ``closing`` per series, in order of appearance.

    ``following`` holds the (column, line) of the balances that the table itself explains.
    """

    opening: Mapping[Series, Decimal]
    closing: Mapping[Series, Decimal]
    following: frozenset[tuple[str, int]]
    unit: str = ""
    shown: tuple[bool, ...] = field(default=())

    def explains(self, column: str, line: int) -> bool:
        """Return whether the balance in this cell follows from other cells."""
        return (column, line) in self.following


def standings(table: TextTable, names: Sequence[str], item: DisclosureItem) -> Standing | None:
    """Return how the series of ``table`` stand, whose columns are called ``names``.

    None for an item that states no balance, or a version that lacks a column of it.
    """
    if "running_balance" in item.laws:
        return _ledger(table, names, item)
    if "period_balance" in item.laws:
        options = item.laws["period_balance"]
        return _summary(table, names, item) if "kind" in options else _statement(table, names, item)
    return None


def effects_of(old: Standing, new: Standing) -> tuple[Effect, ...]:
    """Return what moved, series by series; a series whose balances stayed has no effect."""
    effects = []
    for series in dict.fromkeys((*old.closing, *new.closing)):
        opening = new.opening.get(series, ZERO) - old.opening.get(series, ZERO)
        closing = new.closing.get(series, ZERO) - old.closing.get(series, ZERO)
        if opening or closing:
            told = [part for part, is_shown in zip(series, new.shown, strict=True) if is_shown]
            effects.append(Effect(" ".join(told), new.unit, opening, closing))
    return tuple(effects)


def _ledger(table: TextTable, names: Sequence[str], item: DisclosureItem) -> Standing | None:
    by = _by(item, "running_balance")
    roles = [item.schema.name_of(role) for role in ("income", "expense", "balance")]
    places = _places(names, (*by, *roles))
    if places is None:
        return None
    income, expense, balance = places[len(by) :]
    opening: dict[Series, Decimal] = {}
    last: dict[Series, Decimal] = {}
    following = set()
    column = str(roles[2])
    for row, line in zip(table.rows(), table.lines, strict=True):
        series = tuple(row[place] for place in places[: len(by)])
        moved = number_of(row[income]) - number_of(row[expense])
        stated = number_of(row[balance]) if row[balance] else last.get(series, ZERO) + moved
        if series not in last:
            opening[series] = stated - moved
            following.add((column, line))
        elif stated == last[series] + moved:
            following.add((column, line))
        last[series] = stated
    return _standing(item, by, column, opening, last, following)


def _statement(table: TextTable, names: Sequence[str], item: DisclosureItem) -> Standing | None:
    by = _by(item, "period_balance")
    roles = [item.schema.name_of(role) for role in ("opening", "income", "expense", "closing")]
    places = _places(names, (*by, *roles))
    if places is None:
        return None
    opening: dict[Series, Decimal] = {}
    closing: dict[Series, Decimal] = {}
    following = set()
    for row, line in zip(table.rows(), table.lines, strict=True):
        series = tuple(row[place] for place in places[: len(by)])
        first, came, went, left = (number_of(row[place]) for place in places[len(by) :])
        opening[series] = opening.get(series, ZERO) + first
        closing[series] = closing.get(series, ZERO) + left
        following.add((str(roles[0]), line))
        if first + came - went == left:
            following.add((str(roles[3]), line))
    return _standing(item, by, str(roles[3]), opening, closing, following)


def _summary(table: TextTable, names: Sequence[str], item: DisclosureItem) -> Standing | None:
    options = item.laws["period_balance"]
    by = _by(item, "period_balance")
    places = _places(names, (*by, options["kind"], options["label"], options["amount"]))
    if places is None:
        return None
    sums: dict[str, dict[Series, Decimal]] = {options["opening"]: {}, options["closing"]: {}}
    for row in table.rows():
        kind, label, amount = (row[place] for place in places[len(by) :])
        if label == options["total"] and kind in sums:
            sums[kind][tuple(row[place] for place in places[: len(by)])] = number_of(amount)
    opening, closing = sums[options["opening"]], sums[options["closing"]]
    return _standing(item, by, options["amount"], opening, closing, set())


def _standing(
    item: DisclosureItem,
    by: Series,
    column: str,
    opening: Mapping[Series, Decimal],
    closing: Mapping[Series, Decimal],
    following: set[tuple[str, int]],
) -> Standing:
    shown = tuple(not item.schema.field_named(name).privacy for name in by)
    unit = item.schema.field_named(column).unit
    return Standing(opening, closing, frozenset(following), unit, shown)


def _by(item: DisclosureItem, law: str) -> Series:
    options: Mapping[str, Any] = item.laws[law]
    return tuple(options.get("by", ()))


def _places(names: Sequence[str], wanted: Sequence[str | None]) -> list[int] | None:
    """Return where the columns stand; None when one is missing."""
    known = {name: place for place, name in enumerate(names)}
    places = [known[name] for name in wanted if name in known]
    return places if len(places) == len(wanted) else None
