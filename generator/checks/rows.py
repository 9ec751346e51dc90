"""Rows: what must be filled in, what must not be there, what must not come twice or be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from generator.checks.arithmetic import money
from generator.checks.context import Context, cited, rows_of
from generator.checks.flows import series_prefix
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import Table
from generator.wording import _

Options = Mapping[str, Any]
_NUMBER = re.compile(r"(?P<head>.*?)(?P<number>[0-9]{1,9})", re.DOTALL)


def requires(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning for each cell that must be filled in and is not, in the rows of the rule.

    With ``over`` only rows count whose number there exceeds the county's ``threshold``; a threshold that
    the county has not set asks for nothing. In ``above_zero`` a 0 is as good as nothing.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        limit = context.thresholds.get(rule.get("threshold", ""))
        if "over" in rule and limit is None:
            continue
        articles = list(context.articles(rule, resource, resource.period.end))
        if "articles" in rule and not articles:
            continue
        basis = cited(articles[0].citation if articles else rule.get("basis", ""))
        for index in rows:
            cells = (table.column(name)[index] for name in rule.get("where", {}) or _lead(table))
            reason = "、".join(str(cell) for cell in cells if cell is not None) or _("本行")
            if limit is not None and "over" in rule:
                value = table.column(rule["over"])[index]
                if value is None or value <= limit:
                    continue
                reason = _("{column}是 {value}，超过 {limit}").format(
                    column=rule["over"], value=money(value), limit=money(limit)
                )
            for name in (*rule.get("filled", ()), *rule.get("above_zero", ())):
                cell = table.column(name)[index]
                if cell is None or (cell == 0 and name not in rule.get("filled", ())):
                    place = Place(resource.path, table.line_of(index, name), name)
                    yield Finding.of("required-when", place, column=name, reason=reason, basis=basis)


def _lead(table: Table) -> list[str]:
    """Return the column that names a row, unless it names a person."""
    return [field.name for field in table.schema.fields if field.role == "lead" and not field.privacy]


def forbidden(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning for each row that holds what the article in force does not allow."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        column = next(iter(rule["where"]))
        for article in context.articles(rule, resource, resource.period.end):
            for index in rows:
                place = Place(resource.path, table.line_of(index, column), column)
                basis = cited(article.citation)
                yield Finding.of("forbidden", place, value=table.column(column)[index], basis=basis)


def repeated(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a row says of the same thing what a row above said; the value is not repeated."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        keys = table.keys(tuple(rule["columns"]))
        if len(set(keys)) == len(keys):
            continue
        seen: dict[tuple[Any, ...], int] = {}
        for index in rows:
            if None in keys[index]:
                continue
            first = seen.setdefault(keys[index], index)
            if first != index:
                name = rule["columns"][-1]
                place = Place(resource.path, table.line_of(index, name), name)
                columns = "、".join(rule["columns"])
                yield Finding.of("repeated", place, columns=columns, line=table.line_of(first, name))


def continuous(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where numbers that should follow each other (weeks, vouchers) leave some out.

    A voucher is numbered by its trailing digits, each series by what stands before them and by ``by``.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        series: dict[tuple[Any, ...], dict[int, int]] = {}
        by, column = table.keys(tuple(rule.get("by", ()))), table.column(rule["column"])
        for index in rows:
            cell = column[index]
            match = None if cell is None else _NUMBER.fullmatch(str(cell))
            if match is not None:
                numbers = series.setdefault((*by[index], match["head"]), {})
                numbers.setdefault(int(match["number"]), index)
        for numbers in series.values():
            ordered = sorted(numbers)
            for before, after in pairwise(ordered):
                if after - before > 1:
                    name, first, second = rule["column"], numbers[before], numbers[after]
                    place = Place(resource.path, table.line_of(second, name), name)
                    cells = {"before": table.column(name)[first], "after": table.column(name)[second]}
                    yield Finding.of("sequence-gap", place, column=name, missing=after - before - 1, **cells)


def ascending(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a row bears an earlier date, or a smaller number, than the row above.

    Words of which the column allows only some, such as stages, come in the order in which they are allowed.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        last: dict[tuple[Any, ...], int] = {}
        by, column = table.keys(tuple(rule.get("by", ()))), table.column(rule["column"])
        words = table.schema.field_named(rule["column"]).constraints.get("enum")
        order = {word: position for position, word in enumerate(words)} if words else None
        ranks: Sequence[Any] = column if order is None else [order.get(word) for word in column]
        for index in rows:
            if ranks[index] is None:
                continue
            above = last.get(by[index])
            last[by[index]] = index
            if above is not None and ranks[index] < ranks[above]:
                place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                facts = {"value": column[index], "previous": column[above]}
                facts["less"] = _("早") if words or isinstance(column[index], date) else _("小")
                line = table.line_of(above, rule["column"])
                yield Finding.of("not-ascending", place, column=rule["column"], line=line, **facts)


def overlaps(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where the same thing is given away twice for the same days, both ends included.

    A span whose end comes first is no span; the order of dates is another law.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        things = table.keys(tuple(rule["by"]))
        spans: dict[tuple[Any, ...], list[tuple[date, date, int]]] = {}
        for index in rows:
            start, end = table.column(rule["from"])[index], table.column(rule["to"])[index]
            if None not in (start, end, *things[index]) and start <= end:
                spans.setdefault(things[index], []).append((start, end, index))
        for span in spans.values():
            latest = min(span)
            for start, end, index in sorted(span)[1:]:
                if start <= latest[1]:
                    place = Place(resource.path, table.line_of(index, rule["from"]), rule["from"])
                    line = table.line_of(latest[2], rule["from"])
                    thing = series_prefix(things[index], table.schema, rule)
                    yield Finding.of("overlap", place, thing=thing, start=start, line=line)
                latest = max(latest, (start, end, index), key=lambda entry: entry[1])
