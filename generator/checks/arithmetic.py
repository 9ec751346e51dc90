"""Arithmetic laws: sums and balances that must be true of any table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from decimal import Context as Precision
from functools import reduce
from typing import Any

from generator.checks.context import Context
from generator.checks.flows import books_of, flows_of, series_prefix
from generator.model.finding import Finding, Place
from generator.model.item import TableSchema
from generator.model.period import Period
from generator.model.resource import Resource
from generator.model.table import OF_WHICH, ZERO

Options = Mapping[str, Any]
# Wide enough for the product of any cells that the recognisers let pass.
_EXACT = Precision(prec=100)
ONE = Decimal(1)


def money(amount: Decimal | int) -> str:
    """Return an amount as pages print it, 12,345.60, with more places only where it has more."""
    return f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount:,f}"


def running_balance(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a row's balance is not the series' last balance plus income minus expense."""
    table = resource.table
    column = _role(table.schema, "balance")
    books = books_of(table, options)
    income, expense, balance = books.income, books.expense, books.balance
    for series, index, before in books.breaks():
        yield Finding.of(
            "running-balance",
            Place(resource.path, table.lines[index], column),
            stated=money(balance[index]),
            computed=money(balance[before] + income[index] - expense[index]),
            before=money(balance[before]),
            income=money(income[index]),
            expense=money(expense[index]),
            series=series_prefix(series, table.schema, options),
            line=table.lines[before],
        )


def period_balance(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where opening + income − expense is not the closing."""
    schema = resource.table.schema
    column = options.get("amount") or schema.name_of("closing")
    for flow in flows_of(resource):
        computed = flow.opening + flow.income - flow.expense + flow.moved
        if computed != flow.closing:
            yield Finding.of(
                "period-balance",
                Place(resource.path, flow.line, column),
                series=series_prefix(flow.series, schema, options),
                opening=money(flow.opening),
                income=money(flow.income),
                expense=money(flow.expense),
                computed=money(computed),
                stated=money(flow.closing),
            )


def continuity(resources: Sequence[Resource], options: Options, nil: frozenset[Period]) -> Iterator[Finding]:
    """Yield a finding where a series opens with another balance than it last closed with.

    ``resources`` are one item's, oldest first. A period in ``nil`` (本期无) carries the balance; where a
    period is missing or held back nothing is compared, since nobody knows what happened in it. A table that
    does not follow from the one before it is held back itself, so that its error is told once.
    """
    closings: dict[tuple[Any, ...], tuple[Decimal, Period]] = {}
    previous: Period | None = None
    is_first = True
    for resource in resources:
        is_unbroken = previous is not None and _reaches(previous, resource.period, nil)
        previous = None
        if resource.is_held_back:
            is_first = False
            continue
        if not is_unbroken:
            closings = {}
        findings = list(_openings(resource, options, closings, knows_all=is_unbroken or is_first))
        yield from findings
        is_first = False
        if any(finding.is_error for finding in findings):
            continue
        for flow in flows_of(resource):
            closings[flow.series] = (flow.closing, resource.period)
        previous = resource.period


def _openings(
    resource: Resource,
    options: Options,
    closings: Mapping[tuple[Any, ...], tuple[Decimal, Period]],
    *,
    knows_all: bool,
) -> Iterator[Finding]:
    """Yield what is wrong with the openings; ``knows_all``: a series not in ``closings`` is a new one."""
    schema = resource.table.schema
    amount = resource.item.laws.get("period_balance", {}).get("amount")
    column = schema.name_of("balance") or schema.name_of("opening") or amount
    for flow in flows_of(resource):
        known = closings.get(flow.series)
        if known is not None and known[0] == flow.opening:
            continue
        place = Place(resource.path, flow.opening_line, column)
        title = series_prefix(flow.series, schema, options)
        if known is not None:
            yield Finding.of(
                "continuity",
                place,
                series=title,
                opening=money(flow.opening),
                period=known[1].title,
                closing=money(known[0]),
            )
        elif flow.opening and not flow.is_declared and knows_all:
            yield Finding.of("opening-undeclared", place, series=title, opening=money(flow.opening))


def _reaches(earlier: Period, later: Period, nil: frozenset[Period]) -> bool:
    period = earlier.following
    while period < later and period in nil:
        period = period.following
    return period >= later


def product(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where an amount is not the product of its factors, rounded half up to its step."""
    table = resource.table
    target = options["is"]
    step = table.schema.field_named(target).step or Decimal("0.01")
    columns = [table.column(name) for name in options["of"]]
    stated_all = table.column(target)
    # An exact product needs no rounding; Decimal compares 572.0000 and 572.00 as equal.
    if _are_exact_products(columns, stated_all):
        return
    rows = zip(zip(*columns, strict=True), stated_all, strict=True)
    for index, (factors, stated) in enumerate(rows):
        if stated is None or None in factors:
            continue
        computed = reduce(_EXACT.multiply, factors, ONE)
        if computed == stated:
            continue
        rounded = computed.quantize(step, ROUND_HALF_UP, _EXACT)
        if rounded == stated:
            continue
        yield Finding.of(
            "product",
            Place(resource.path, table.line_of(index, target), target),
            factors=" × ".join(
                f"{name} {factor}" for name, factor in zip(options["of"], factors, strict=True)
            ),
            target=target,
            computed=rounded,
            stated=stated,
        )


def _are_exact_products(columns: Sequence[Sequence[Any]], stated: Sequence[Any]) -> bool:
    """Return whether every cell is filled in and every product exact, which nearly every list's are."""
    try:
        products = columns[0]
        for column in columns[1:]:
            products = list(map(_EXACT.multiply, products, column))
    except TypeError:
        return False
    return list(products) == list(stated)


def total(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a total row is not the sum of the other rows of its group, or is absent.

    A row labelled 其中… is a part of the row above it and is not added.
    """
    table = resource.table
    by = tuple(options.get("by", ()))
    labels = table.column(options["label"])
    for name in options["of"]:
        amounts = table.amounts(name)
        sums: dict[tuple[Any, ...], Decimal] = {}
        stated: dict[tuple[Any, ...], list[tuple[Decimal, int]]] = {}
        for index, series in enumerate(table.keys(by)):
            if labels[index] == options["total"]:
                stated.setdefault(series, []).append((amounts[index], table.lines[index]))
            elif not str(labels[index]).startswith(OF_WHICH):
                sums[series] = sums.get(series, ZERO) + amounts[index]
        for series, computed in sums.items():
            facts = {"series": series_prefix(series, table.schema, options), "total": options["total"]}
            if series not in stated:
                yield Finding.of("total-missing", Place(resource.path, table.lines[-1], name), **facts)
            for amount, line in stated.get(series, ()):
                if amount != computed:
                    place = Place(resource.path, line, name)
                    yield Finding.of("total", place, stated=money(amount), computed=money(computed), **facts)


def _role(schema: TableSchema, role: str) -> str:
    name = schema.name_of(role)
    assert name is not None, role  # promised by checks.laws.require_laws
    return name
