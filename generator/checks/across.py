"""Across items: what one table says of another table of the same village."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generator.checks.arithmetic import money
from generator.checks.context import Context, cited, rows_of, rows_where
from generator.checks.flows import series_prefix
from generator.model.finding import Finding, Place
from generator.model.period import Period
from generator.model.resource import Resource
from generator.model.table import OF_WHICH, ZERO, Table
from generator.wording import _

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
                is_hidden = bool(table.schema.field_named(rule["column"]).privacy) or resource.item.is_private
                value = _("这一格") if is_hidden else _("「{value}」").format(value=cell)
                facts = {"value": value, "item": others[0].item.title, "to": rule["to"]}
                yield Finding.of("reference-missing", place, **facts)


def cross_total(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a sum here is not that of the other item's tables for the same period.

    Sums are taken by the columns ``by`` here and ``other_by`` there, of which ``label`` rows 合计 and 其中
    are left out; with ``other_series`` the last row of each series is taken instead of all, as of balances,
    and one that rested keeps its balance from the table before. Nothing is said unless the other tables
    cover the whole period (balances: reach its end), and of a sum that is left empty here.
    """
    for rule in options["rules"]:
        others: Sequence[Resource] = context.others.get(rule["item"], ())
        if "other_series" in rule:
            others = _up_to(resource.period.end, others)
            theirs = _balances_there(others, rule)
        else:
            others = [other for other in others if _lies_in(other.period, resource.period)]
            if not _covers(others, resource.period):
                continue
            theirs = _sums_there(others, rule)
        for key, (stated, table, index) in _sums_here(resource, rule).items():
            # A balance that no table tells may be of an account that has rested for long.
            computed = theirs.get(key, stated if "other_series" in rule else ZERO)
            if stated != computed:
                place = Place(resource.path, table.line_of(index, rule["of"]), rule["of"])
                what = series_prefix(key, table.schema, rule)
                facts = {
                    "what": what,
                    "own": rule["of"],
                    "item": others[0].item.title,
                    "other": rule["other"],
                }
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
        table, rows = _details(other, rule)
        keys, amounts = table.keys(tuple(rule.get("other_by", ()))), table.amounts(rule["other"])
        for index in rows:
            sums[keys[index]] = sums.get(keys[index], ZERO) + amounts[index]
    return sums


def _balances_there(others: Sequence[Resource], rule: Mapping[str, Any]) -> dict[Key, Decimal]:
    last: dict[tuple[str, Key], tuple[Key, Decimal]] = {}
    for other in others:
        table, rows = _details(other, rule)
        series = table.keys(tuple(rule["other_series"]))
        keys, amounts = table.keys(tuple(rule.get("other_by", ()))), table.amounts(rule["other"])
        for index in rows:
            last[other.slug, series[index]] = (keys[index], amounts[index])
    sums: dict[Key, Decimal] = {}
    for key, amount in last.values():
        sums[key] = sums.get(key, ZERO) + amount
    return sums


def _details(other: Resource, rule: Mapping[str, Any]) -> tuple[Table, Sequence[int]]:
    """Return the rows of which the rule speaks; sums and parts of other rows only where it asks for them."""
    where, total = rule.get("other_where", {}), other.item.laws.get("total")
    if "other_part" in rule:
        table = other.parts[rule["other_part"]]
        return table, rows_where(table, where)
    table, rows = other.table, rows_where(other.table, where)
    if total is None or total["label"] in where:
        return table, rows
    labels = table.column(total["label"])
    return table, [i for i in rows if labels[i] != total["total"] and not str(labels[i]).startswith(OF_WHICH)]


def _up_to(end: date, others: Sequence[Resource]) -> Sequence[Resource]:
    """Return those of ``others`` that reach ``end`` without a gap, oldest first; none where none does."""
    found: list[Resource] = []
    first = end + _ONE_DAY if end < date.max else end
    for other in sorted(others, key=lambda resource: resource.period.end, reverse=True):
        if other.period.end > end:
            continue
        if other.period.end + _ONE_DAY < first:
            break
        first = min(first, other.period.start)
        found.append(other)
    return found[::-1]


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
            lines = {key: line for key, line, _place in _people(other, rule)}
            for key, _line, place in _people(resource, rule):
                if key in lines and None not in key:
                    facts = {"scheme": other.scheme, "file": other.path, "line": lines[key]}
                    yield Finding.of("exclusive", place, **facts)


def _people(resource: Resource, rule: Mapping[str, Any]) -> Iterator[tuple[Key, int, Place]]:
    """Yield who stands on a list, on which line, and the cell that says so."""
    table, rows = rows_of(resource, rule)
    keys, name = table.keys(tuple(rule["columns"])), rule["columns"][-1]
    for index in rows:
        line = table.line_of(index, name)
        yield keys[index], line, Place(resource.path, line, name)


def _same_month(first: Resource, second: Resource) -> bool:
    return Period.holding(first.period.start, "month") == Period.holding(second.period.start, "month")


def precedes(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a step is not dated before the nearest one of another item, as the law asks."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        others = context.others.get(rule["item"], ())
        days = sorted({day for other in others for day in _other_cells(other, rule, rule["other"])})
        for index in rows:
            own = table.column(rule["column"])[index]
            day = None if own is None else nearest(days, own)
            if day is None or own < day or (own - day).days > _YEAR:
                continue
            for article in context.articles(rule, resource, own):
                place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                facts = {"column": rule["column"], "date": own, "other": rule["other"], "other_date": day}
                facts |= {"item": others[0].item.title, "basis": cited(article.citation)}
                yield Finding.of("too-late", place, **facts)


def nearest(days: Sequence[date], day: date) -> date | None:
    """Return the one of ``days``, which are in order, that is nearest to ``day``; the earlier of two."""
    after = bisect_left(days, day)
    return min(days[max(0, after - 1) : after + 1], key=lambda other: abs((other - day).days), default=None)


def _other_cells(other: Resource, rule: Mapping[str, Any], name: str) -> Iterator[Any]:
    table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
    for index in rows_where(table, rule.get("other_where", {})):
        cell = table.column(name)[index]
        if cell is not None:
            yield cell
