"""Arithmetic laws: sums and balances that must be true of any table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from generator.checks.flows import flows_of, series_title
from generator.model.finding import Finding, Place
from generator.model.item import TableSchema
from generator.model.period import Period
from generator.model.resource import Resource
from generator.model.table import ZERO
from generator.wording import _

Options = Mapping[str, Any]


def money(amount: Decimal | int) -> str:
    """Return an amount as pages print it: 12,345.60."""
    return f"{amount:,.2f}"


def running_balance(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where a row's balance is not the series' last balance plus income minus expense."""
    table = resource.table
    balance_name = _role(table.schema, "balance")
    income = table.amounts(_role(table.schema, "income"))
    expense = table.amounts(_role(table.schema, "expense"))
    balance = table.column(balance_name)
    last: dict[tuple[Any, ...], Decimal] = {}
    for index, series in enumerate(table.keys(tuple(options.get("by", ())))):
        stated = balance[index]
        if stated is None:
            continue
        before = last.get(series)
        last[series] = stated
        if before is None or before + income[index] - expense[index] == stated:
            continue
        yield Finding.of(
            "running-balance",
            Place(resource.path, table.lines[index], balance_name),
            stated=money(stated),
            computed=money(before + income[index] - expense[index]),
            series=_("（{series}）").format(series=series_title(series)) if series else "",
            line=table.lines[index],
        )


def period_balance(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where opening + income − expense is not the closing."""
    column = options.get("amount") or resource.table.schema.name_of("closing")
    for flow in flows_of(resource):
        computed = flow.opening + flow.income - flow.expense
        if computed != flow.closing:
            yield Finding.of(
                "period-balance",
                Place(resource.path, flow.line, column),
                series=series_title(flow.series),
                opening=money(flow.opening),
                income=money(flow.income),
                expense=money(flow.expense),
                computed=money(computed),
                stated=money(flow.closing),
            )


def continuity(resources: Sequence[Resource], options: Options, nil: frozenset[Period]) -> Iterator[Finding]:
    """Yield a finding where a series opens with another balance than it last closed with.

    ``resources`` are one item's, oldest first. A period in ``nil`` (本期无) carries the balance; where a
    period is missing or held back nothing is compared, since nobody knows what happened in it.
    """
    closings: dict[tuple[Any, ...], tuple[Decimal, Period]] = {}
    previous: Period | None = None
    for resource in resources:
        is_unbroken = previous is not None and _reaches(previous, resource.period, nil)
        if resource.is_held_back:
            previous = None
            continue
        if not is_unbroken:
            closings = {}
        yield from _openings(resource, closings, is_first=previous is None)
        for flow in flows_of(resource):
            closings[flow.series] = (flow.closing, resource.period)
        previous = resource.period


def _openings(
    resource: Resource, closings: Mapping[tuple[Any, ...], tuple[Decimal, Period]], *, is_first: bool
) -> Iterator[Finding]:
    column = resource.table.schema.name_of("balance")
    for flow in flows_of(resource):
        place = Place(resource.path, flow.opening_line, column)
        known = closings.get(flow.series)
        title = series_title(flow.series)
        if known is not None and known[0] != flow.opening:
            yield Finding.of(
                "continuity",
                place,
                series=title,
                opening=money(flow.opening),
                period=known[1].title,
                closing=money(known[0]),
            )
        elif known is None and flow.opening and not flow.is_declared and is_first:
            yield Finding.of("opening-undeclared", place, series=title, opening=money(flow.opening))


def _reaches(earlier: Period, later: Period, nil: frozenset[Period]) -> bool:
    period = earlier.following
    while period < later and period in nil:
        period = period.following
    return period >= later


def product(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where an amount is not the product of its factors, rounded half up to its step."""
    table = resource.table
    target = options["is"]
    step = table.schema.field_named(target).step or Decimal("0.01")
    columns = [table.column(name) for name in options["of"]]
    rows = zip(zip(*columns, strict=True), table.column(target), table.lines, strict=True)
    for factors, stated, line in rows:
        if stated is None or None in factors:
            continue
        computed = Decimal(1)
        for factor in factors:
            computed *= factor
        # An exact product needs no rounding; Decimal compares 572.0000 and 572.00 as equal.
        if computed == stated or computed.quantize(step, ROUND_HALF_UP) == stated:
            continue
        yield Finding.of(
            "product",
            Place(resource.path, line, target),
            factors=" × ".join(
                f"{name} {factor}" for name, factor in zip(options["of"], factors, strict=True)
            ),
            computed=computed.quantize(step, ROUND_HALF_UP),
            stated=stated,
        )


def total(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where a total row is not the sum of the other rows of its group, or is absent."""
    table = resource.table
    by = tuple(options.get("by", ()))
    labels = table.column(options["label"])
    for name in options["of"]:
        amounts = table.amounts(name)
        sums: dict[tuple[Any, ...], Decimal] = {}
        stated: dict[tuple[Any, ...], tuple[Decimal, int]] = {}
        for index, series in enumerate(table.keys(by)):
            if labels[index] == options["total"]:
                stated[series] = (amounts[index], table.lines[index])
            else:
                sums[series] = sums.get(series, ZERO) + amounts[index]
        for series, computed in sums.items():
            place = Place(resource.path, stated.get(series, (ZERO, table.lines[-1]))[1], name)
            if series not in stated:
                yield Finding.of("total-missing", place, series=series_title(series))
            elif stated[series][0] != computed:
                figures = {"stated": money(stated[series][0]), "computed": money(computed)}
                yield Finding.of("total", place, series=series_title(series), **figures)


def _role(schema: TableSchema, role: str) -> str:
    name = schema.name_of(role)
    assert name is not None, role  # promised by checks.laws.require_laws
    return name
