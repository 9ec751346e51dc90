"""Flows: what each series of a money table opened with, received, spent and closed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from operator import add, itemgetter, sub
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


def forget_flows() -> None:
    """Let go of what was kept of a village that nobody will ask about again: its tables with it."""
    _FLOWS.clear()
    _BOOKS.clear()


def _flows_by(table: Table, laws: Mapping[str, Mapping[str, Any]]) -> Sequence[Flow]:
    if "running_balance" in laws:
        return ledger_flows(table, laws["running_balance"])
    if "period_balance" in laws:
        return statement_flows(table, laws["period_balance"])
    return ()


@dataclass(frozen=True, slots=True)
class Books:
    """A ledger by series: its amounts row by row, and the ``rows`` of each series, in order of appearance."""

    income: Sequence[Decimal]
    expense: Sequence[Decimal]
    balance: Sequence[Decimal]
    rows: Mapping[Series, Sequence[int]]

    def breaks(self) -> Iterator[tuple[Series, int, int]]:
        """Yield series, row and the row before it, wherever a balance does not follow from the last one."""
        found = []
        for series, rows in self.rows.items():
            income, expense, balance = (
                [column[row] for row in rows] for column in (self.income, self.expense, self.balance)
            )
            computed = list(map(sub, map(add, balance, income[1:]), expense[1:]))
            if computed == balance[1:]:
                continue
            found += [
                (row, before, series)
                for (before, row), sum_, stated in zip(pairwise(rows), computed, balance[1:], strict=True)
                if sum_ != stated
            ]
        for row, before, series in sorted(found, key=itemgetter(0)):
            yield series, row, before


_BOOKS: dict[int, tuple[Table, Mapping[str, Any], Books]] = {}


def books_of(table: Table, options: Mapping[str, Any]) -> Books:
    """Return the ledger that ``table`` is, whose series ``options`` tell."""
    # Kept as the flows are, for the law of each row and those of the whole.
    known = _BOOKS.get(id(table))
    if known is None or known[0] is not table or known[1] is not options:
        if len(_BOOKS) >= _FLOWS_KEPT:
            _BOOKS.clear()
        known = _BOOKS[id(table)] = (table, options, _books(table, options))
    return known[2]


def _books(table: Table, options: Mapping[str, Any]) -> Books:
    income, expense = _amounts(table, "income"), _amounts(table, "expense")
    keys = table.keys(tuple(options.get("by", ())))
    rows: dict[Series, list[int]] = {series: [] for series in keys}
    for index, series in enumerate(keys):
        rows[series].append(index)
    return Books(income, expense, _carried(table, income, expense, rows), rows)


def ledger_flows(table: Table, options: Mapping[str, Any]) -> list[Flow]:
    """Return the flows of a ledger, whose rows each state the balance of their own series."""
    books = books_of(table, options)
    income, expense, balance = books.income, books.expense, books.balance
    is_transfer = transfer_rows(table, options)
    flows = []
    for series, rows in books.rows.items():
        first, last = rows[0], rows[-1]
        own = [row for row in rows if not is_transfer[row]]
        moves = (income[row] - expense[row] for row in rows if is_transfer[row])
        flows.append(
            Flow(
                series=series,
                opening=balance[first] - income[first] + expense[first],
                income=sum([income[row] for row in own], ZERO),
                expense=sum([expense[row] for row in own], ZERO),
                closing=balance[last],
                line=table.lines[last],
                opening_line=table.lines[first],
                is_declared=not income[first] and not expense[first],
                moved=sum(moves, ZERO),
            )
        )
    return flows


def _carried(
    table: Table,
    income: Sequence[Decimal],
    expense: Sequence[Decimal],
    series: Mapping[Series, Sequence[int]],
) -> Sequence[Decimal]:
    """Return each row's balance; a cell left empty follows from the row before it in its series."""
    name = table.schema.name_of("balance") or ""
    stated = table.column(name)
    # Looking for the empty text is quick; looking for None compares every Decimal with it.
    if "" not in table.texts.get(name, ("",)):
        return stated
    balance = [ZERO] * len(table)
    for rows in series.values():
        last = ZERO
        for row in rows:
            last = last + income[row] - expense[row] if stated[row] is None else stated[row]
            balance[row] = last
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
