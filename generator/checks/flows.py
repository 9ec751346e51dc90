"""Flows: what each series of a money table opened with, received, spent and closed with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.model.item import TableSchema
from generator.model.resource import Resource
from generator.model.table import ZERO, Table
from generator.wording import _

Series = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """One series in one period: opening + income − expense + moved = closing, in the unit of the columns.

    ``moved`` is what internal transfers brought in, less what they took out; they are neither income nor
    expense. ``line`` is where the closing stands; ``is_declared`` tells that the opening has its own row.
    """

    series: Series
    opening: Decimal
    income: Decimal
    expense: Decimal
    closing: Decimal
    line: int
    opening_line: int
    is_declared: bool
    moved: Decimal = ZERO


_FLOWS_KEPT = 256  # tables of one village that have balances, and then some
_FLOWS: dict[int, tuple[Table, Mapping[str, Mapping[str, Any]], Sequence[Flow]]] = {}


def flows_of(resource: Resource) -> Sequence[Flow]:
    """Return the flows of a resource whose item states a balance law, in order of first appearance."""
    # Three laws and the pages ask for them. Keyed by identity, with the table kept alive beside it.
    table, laws = resource.table, resource.item.laws
    known = _FLOWS.get(id(table))
    if known is None or known[0] is not table or known[1] is not laws:
        if len(_FLOWS) >= _FLOWS_KEPT:
            _FLOWS.clear()
        known = _FLOWS[id(table)] = (table, laws, _flows_by(table, laws))
    return known[2]


def _flows_by(table: Table, laws: Mapping[str, Mapping[str, Any]]) -> Sequence[Flow]:
    if "running_balance" in laws:
        return ledger_flows(table, laws["running_balance"])
    if "period_balance" in laws:
        return statement_flows(table, laws["period_balance"])
    return ()


def ledger_flows(table: Table, options: Mapping[str, Any]) -> list[Flow]:
    """Return the flows of a ledger, whose rows each state the balance of their own series."""
    income, expense = _amounts(table, "income"), _amounts(table, "expense")
    balance = carried_balances(table, options)
    is_transfer = transfer_rows(table, options)
    first: dict[Series, int] = {}
    last: dict[Series, int] = {}
    sums: dict[Series, list[Decimal]] = {}
    rows = zip(table.keys(tuple(options.get("by", ()))), income, expense, is_transfer, strict=True)
    for index, (series, received, spent, is_moved) in enumerate(rows):
        found = sums.get(series)
        if found is None:
            first[series] = index
            found = sums[series] = [ZERO, ZERO, ZERO]
        last[series] = index
        if is_moved:
            found[2] += received - spent
        else:
            found[0] += received
            found[1] += spent
    return [
        Flow(
            series=series,
            opening=balance[start] - income[start] + expense[start],
            income=sums[series][0],
            expense=sums[series][1],
            closing=balance[last[series]],
            line=table.lines[last[series]],
            opening_line=table.lines[start],
            is_declared=not income[start] and not expense[start],
            moved=sums[series][2],
        )
        for series, start in first.items()
    ]


def carried_balances(table: Table, options: Mapping[str, Any]) -> Sequence[Decimal]:
    """Return each row's balance; a cell left empty follows from the row before it in its series."""
    name = table.schema.name_of("balance") or ""
    stated = table.column(name)
    # Looking for the empty text is quick; looking for None compares every Decimal with it.
    if "" not in table.texts.get(name, ("",)):
        return stated
    income, expense = _amounts(table, "income"), _amounts(table, "expense")
    last: dict[Series, Decimal] = {}
    balance = []
    for index, series in enumerate(table.keys(tuple(options.get("by", ())))):
        moved = last.get(series, ZERO) + income[index] - expense[index]
        last[series] = moved if stated[index] is None else stated[index]
        balance.append(last[series])
    return balance


def transfer_rows(table: Table, options: Mapping[str, Any]) -> list[bool]:
    """Return for each row whether it only moves money between accounts (``transfers`` of the law)."""
    transfers = options.get("transfers", {})
    is_transfer = [False] * len(table)
    for name, words in transfers.items():
        is_transfer = [
            known or cell in words for known, cell in zip(is_transfer, table.column(name), strict=True)
        ]
    return is_transfer


def statement_flows(table: Table, options: Mapping[str, Any]) -> list[Flow]:
    """Return the flows of a statement: from total rows where it has a kind column, else row by row."""
    by = tuple(options.get("by", ()))
    if "kind" not in options:
        opening, income, expense, closing = (
            _amounts(table, role) for role in ("opening", "income", "expense", "closing")
        )
        return [
            Flow(series, opening[i], income[i], expense[i], closing[i], table.lines[i], table.lines[i], True)
            for i, series in enumerate(table.keys(by))
        ]
    sums: dict[Series, dict[str, tuple[Decimal, int]]] = {}
    rows = zip(
        table.keys(by),
        table.column(options["kind"]),
        table.column(options["label"]),
        table.amounts(options["amount"]),
        table.lines,
        strict=True,
    )
    for series, kind, label, amount, line in rows:
        if label == options["total"]:
            sums.setdefault(series, {})[kind] = (amount, line)
    none = (ZERO, 1)
    return [
        Flow(
            series=series,
            opening=found.get(options["opening"], none)[0],
            income=found.get(options["income"], none)[0],
            expense=found.get(options["expense"], none)[0],
            closing=found.get(options["closing"], none)[0],
            line=found.get(options["closing"], none)[1],
            opening_line=found.get(options["opening"], none)[1],
            is_declared=True,
        )
        for series, found in sums.items()
    ]


def _amounts(table: Table, role: str) -> list[Decimal]:
    name = table.schema.name_of(role)
    return table.amounts(name) if name is not None else [ZERO] * len(table)


def series_title(series: Series) -> str:
    """Return the series as a person reads it."""
    return " ".join(str(part) for part in series if part is not None)


def series_prefix(series: Series, schema: TableSchema, options: Mapping[str, Any]) -> str:
    """Return how a finding begins that is about ``series``: "村集体 银行：", or "" where there is one only.

    A finding repeats no personal value: a series of persons is told by its line alone.
    """
    names = tuple(options.get("by", ()))
    shown = [cell for name, cell in zip(names, series, strict=False) if not schema.field_named(name).privacy]
    title = series_title(tuple(shown))
    return _("{series}：").format(series=title) if title else ""
