"""Across items: what one table says of another table of the same village."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generator.checks.arithmetic import money
from generator.checks.context import Context, cited, rows_of, rows_where
from generator.model.finding import Finding, Place
from generator.model.period import Period
from generator.model.resource import Resource
from generator.model.table import OF_WHICH, ZERO, Table

Options = Mapping[str, Any]
Key = tuple[Any, ...]
_ONE_DAY = timedelta(days=1)
_YEAR = 366


def reference(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a cell names something that the other item does not list.

    Where the village discloses nothing of that item there is nothing to compare with.
    """
    for rule in options["rules"]:
        others = context.others.get(rule["item"], ())
        known = {cell for other in others for cell in _other_cells(other, rule, rule["to"])}
        if not others:
            continue
        table, rows = rows_of(resource, rule)
        for index in rows:
            cell = table.column(rule["column"])[index]
            if cell is not None and cell not in known:
                place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                facts = {"value": cell, "item": others[0].item.title, "to": rule["to"]}
                yield Finding.of("reference-missing", place, **facts)


def cross_total(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a sum here is not that of the other item's tables for the same period.

    Sums are taken by the columns ``by`` here and ``other_by`` there, of which ``label`` rows 合计 and 其中
    are left out; with ``other_series`` the last row of each series is taken instead of all, as of balances.
    Nothing is said unless the other tables cover the whole period, and of a sum that is left empty here.
    """
    for rule in options["rules"]:
        others = [
            other for other in context.others.get(rule["item"], ()) if _lies_in(other.period, resource.period)
        ]
        if "other_series" in rule:
            others = [other for other in others if other.period.end == resource.period.end]
        elif not _covers(others, resource.period):
            continue
        if not others:
            continue
        theirs = _sums_there(others, rule)
        for key, (stated, table, index) in _sums_here(resource, rule).items():
            computed = theirs.get(key, ZERO)
            if stated != computed:
                place = Place(resource.path, table.line_of(index, rule["of"]), rule["of"])
                what = "".join(f"{part} " for part in key if part is not None)
                facts = {"what": what, "item": others[0].item.title, "other": rule["other"]}
                sums = {"stated": money(stated), "computed": money(computed)}
                yield Finding.of("cross-total", place, period=resource.period.title, **facts, **sums)


def _sums_here(resource: Resource, rule: Mapping[str, Any]) -> dict[Key, tuple[Decimal, Table, int]]:
    table, rows = rows_of(resource, rule)
    keys, amounts = table.keys(tuple(rule.get("by", ()))), table.column(rule["of"])
    sums: dict[Key, tuple[Decimal, Table, int]] = {}
    for index in rows:
        label = str(table.column(rule["label"])[index]) if "label" in rule else ""
        if amounts[index] is None or label == rule.get("total", "") != "" or label.startswith(OF_WHICH):
            continue
        sums[keys[index]] = (sums.get(keys[index], (ZERO, table, 0))[0] + amounts[index], table, index)
    return sums


def _sums_there(others: Sequence[Resource], rule: Mapping[str, Any]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = {}
    for other in others:
        table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
        rows: Sequence[int] = rows_where(table, rule.get("other_where", {}))
        if "other_series" in rule:
            series = table.keys(tuple(rule["other_series"]))
            rows = sorted({series[index]: index for index in rows}.values())
        keys, amounts = table.keys(tuple(rule.get("other_by", ()))), table.amounts(rule["other"])
        for index in rows:
            sums[keys[index]] = sums.get(keys[index], ZERO) + amounts[index]
    return sums


def _lies_in(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _covers(others: Sequence[Resource], period: Period) -> bool:
    """Return whether ``others`` leave no day of ``period`` out."""
    day = period.start
    for other in sorted(others, key=lambda resource: resource.period.start):
        if other.period.start > day:
            return False
        day = max(day, other.period.end + _ONE_DAY)
    return day > period.end


def exclusive(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where somebody is on two lists of one month that exclude each other, unnamed."""
    for rule in options["rules"]:
        if resource.slug not in rule["schemes"]:
            continue
        for other in context.others.get(resource.item.name, ()):
            is_other_list = other.slug in rule["schemes"] and other.slug != resource.slug
            if not is_other_list or other.path > resource.path or not _same_month(other, resource):
                continue
            lines = dict(zip(other.table.keys(tuple(rule["columns"])), other.table.lines, strict=True))
            for index, key in enumerate(resource.table.keys(tuple(rule["columns"]))):
                if key in lines and None not in key:
                    place = Place(resource.path, resource.table.lines[index], rule["columns"][-1])
                    yield Finding.of(
                        "exclusive", place, scheme=other.scheme, file=other.path, line=lines[key]
                    )


def _same_month(first: Resource, second: Resource) -> bool:
    return Period.holding(first.period.start, "month") == Period.holding(second.period.start, "month")


def precedes(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a step is not dated before the nearest one of another item, as the law asks."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        days = [
            (day, other.item.title)
            for other in context.others.get(rule["item"], ())
            for day in _other_cells(other, rule, rule["other"])
        ]
        for index in rows:
            own = table.column(rule["column"])[index]
            if own is None or not days:
                continue
            day, title = min(days, key=lambda entry: (_distance(entry[0], own), entry[0]))
            if own < day or _distance(day, own) > _YEAR:
                continue
            for article in context.articles(rule, resource, own):
                place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                facts = {"column": rule["column"], "date": own, "item": title, "other": rule["other"]}
                yield Finding.of("too-late", place, other_date=day, basis=cited(article.citation), **facts)


def _distance(first: date, second: date) -> int:
    return abs((first - second).days)


def _other_cells(other: Resource, rule: Mapping[str, Any], name: str) -> Iterator[Any]:
    table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
    for index in rows_where(table, rule.get("other_where", {})):
        cell = table.column(name)[index]
        if cell is not None:
            yield cell
