"""Accounts: what each accounting entity received, spent and kept; sums never mix entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.checks.flows import flows_of, transfer_rows
from generator.model.resource import Resource
from generator.model.table import ZERO
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Account:
    """One entity over one stretch of time: opening + income − expense + moved = closing."""

    entity: str
    opening: Decimal
    income: Decimal
    expense: Decimal
    moved: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a ledger, as a sentence needs it."""

    label: str
    day: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    """What one money table says in total, per entity, and by category over all rows that are no transfers.

    ``income`` and ``expense`` are what the table itself calls its two sides: 收入 and 支出, 存入 and 支取.
    """

    resource: Resource
    unit: str
    income: str
    expense: str
    accounts: tuple[Account, ...]
    income_count: int
    expense_count: int
    income_by: dict[tuple[str, str], Decimal]
    expense_by: dict[tuple[str, str], Decimal]
    largest: dict[str, Entry]


def told_until(resource: Resource, as_of: date) -> date | None:
    """Return the last day of which a money table tells: its period's end, or its last entry until then.

    None for a table without dates whose period is still running.
    """
    if resource.period.end < as_of:
        return resource.period.end
    column = resource.table.schema.name_of("date")
    days = [cell for cell in resource.table.column(column) if cell is not None] if column else []
    return max(days, default=None)


def is_money_table(resource: Resource) -> bool:
    """Return whether the resource states a balance law and is fit to be summed."""
    laws = resource.item.laws
    return not resource.is_held_back and ("running_balance" in laws or "period_balance" in laws)


def unit_of(resource: Resource) -> str:
    """Return the unit of the amounts of a money table: 元, 小时, …"""
    schema = resource.item.schema
    for role in ("balance", "closing", "amount", "income"):
        name = schema.name_of(role)
        if name is not None and schema.field_named(name).unit:
            return schema.field_named(name).unit
    return ""


def sides_of(resource: Resource) -> tuple[str, str]:
    """Return what a money table calls what comes in and what goes out."""
    schema = resource.item.schema
    options = resource.item.laws.get("period_balance", {})
    income = schema.name_of("income") or options.get("income") or _("收入")
    expense = schema.name_of("expense") or options.get("expense") or _("支出")
    return str(income), str(expense)


def summarise(resource: Resource) -> LedgerSummary:
    """Return the summary of a money table; rows are visited once."""
    schema = resource.item.schema
    entity_name = schema.name_of("entity")
    accounts = _accounts(resource, entity_name)
    income_by: dict[tuple[str, str], Decimal] = {}
    expense_by: dict[tuple[str, str], Decimal] = {}
    largest: dict[str, Entry] = {}
    counts = [0, 0]
    income_name, expense_name = schema.name_of("income"), schema.name_of("expense")
    if income_name is not None and expense_name is not None:
        table = resource.table
        blank = [""] * len(table)
        entities = table.column(entity_name) if entity_name else blank
        categories = _column(resource, "category", blank)
        days, labels = _column(resource, "date", [None] * len(table)), _column(resource, "lead", blank)
        moves = transfer_rows(table, resource.item.laws.get("running_balance", {}))
        rows = zip(
            entities,
            categories,
            table.amounts(income_name),
            table.amounts(expense_name),
            labels,
            days,
            moves,
            strict=True,
        )
        for entity, category, income, expense, label, day, is_transfer in rows:
            if is_transfer:
                continue
            key = (entity, category or "")
            if income:
                counts[0] += 1
                income_by[key] = income_by.get(key, ZERO) + income
            if expense:
                counts[1] += 1
                expense_by[key] = expense_by.get(key, ZERO) + expense
                if entity not in largest or expense > largest[entity].amount:
                    largest[entity] = Entry(label or category or "", day, expense)
    return LedgerSummary(
        resource,
        unit_of(resource),
        *sides_of(resource),
        accounts,
        counts[0],
        counts[1],
        income_by,
        expense_by,
        largest,
    )


def _column(resource: Resource, role: str, default: list[Any]) -> Any:
    name = resource.item.schema.name_of(role)
    return default if name is None else resource.table.column(name)


def _accounts(resource: Resource, entity_name: str | None) -> tuple[Account, ...]:
    laws = resource.item.laws
    by = list(laws.get("running_balance", laws.get("period_balance", {})).get("by", ()))
    position = by.index(entity_name) if entity_name in by else None
    sums: dict[str, list[Decimal]] = {}
    for flow in flows_of(resource):
        entity = str(flow.series[position]) if position is not None else ""
        found = sums.setdefault(entity, [ZERO] * 5)
        for index, value in enumerate((flow.opening, flow.income, flow.expense, flow.moved, flow.closing)):
            found[index] += value
    return tuple(Account(entity, *values) for entity, values in sums.items())


def over_time(summaries: Iterable[LedgerSummary]) -> tuple[Account, ...]:
    """Return per entity the account over several periods of one item, oldest first."""
    joined: dict[str, Account] = {}
    for summary in summaries:
        for account in summary.accounts:
            known = joined.get(account.entity)
            if known is None:
                joined[account.entity] = account
                continue
            joined[account.entity] = Account(
                account.entity,
                known.opening,
                known.income + account.income,
                known.expense + account.expense,
                known.moved + account.moved,
                account.closing,
            )
    return tuple(joined.values())


def by_category(sums: Iterable[dict[tuple[str, str], Decimal]], entity: str) -> list[tuple[str, Decimal]]:
    """Return the categories of one entity with their sums, largest first, ties in order of name."""
    joined: dict[str, Decimal] = {}
    for found in sums:
        for (owner, category), value in found.items():
            if owner == entity:
                joined[category] = joined.get(category, ZERO) + value
    return sorted(joined.items(), key=lambda entry: (-entry[1], entry[0]))
