"""Rows: what must be filled in, what must not be there, what must not come twice or be left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
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
        if limit is not None and "over" in rule:
            values = table.column(rule["over"])
            rows = [index for index in rows if values[index] is not None and values[index] > limit]
        for index in rows:
            for name in (*rule.get("filled", ()), *rule.get("above_zero", ())):
                cell = table.column(name)[index]
                if cell is None or (cell == 0 and name not in rule.get("filled", ())):
                    place = Place(resource.path, table.line_of(index, name), name)
                    reason = _reason(table, index, rule, limit)
                    yield Finding.of("required-when", place, column=name, reason=reason, basis=basis)


def _reason(table: Table, index: int, rule: Mapping[str, Any], limit: Decimal | None) -> str:
    """Return why something must be filled in here: what the row is about, or how much it exceeds."""
    if limit is not None and "over" in rule:
        value = money(table.column(rule["over"])[index])
        return _("{column}是 {value}，超过 {limit}").format(
            column=rule["over"], value=value, limit=money(limit)
        )
    cells = (table.column(name)[index] for name in rule.get("where", {}) or _lead(table))
    return "、".join(str(cell) for cell in cells if cell is not None) or _("本行")


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
    known: dict[tuple[int, tuple[str, ...]], Sequence[int]] = {}
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        # Rows whose words differ are not compared by their numbers as well.
        words = tuple(name for name in rule["columns"] if not table.schema.field_named(name).is_numeric)
        if "where" in rule:
            alike = _alike(table, words, rows)
        else:
            # Two rules that differ in a number alone ask about the same rows.
            if (id(table), words) not in known:
                known[id(table), words] = _alike(table, words, rows)
            alike = known[id(table), words]
        columns = [table.column(name) for name in rule["columns"]]
        seen: dict[tuple[Any, ...], int] = {}
        for index in alike:
            key = tuple([column[index] for column in columns])
            if None in key:
                continue
            first = seen.setdefault(key, index)
            if first != index:
                name = rule["columns"][-1]
                place = Place(resource.path, table.line_of(index, name), name)
                told = "、".join(rule["columns"])
                yield Finding.of("repeated", place, columns=told, line=table.line_of(first, name))


def _alike(table: Table, names: tuple[str, ...], rows: Sequence[int]) -> Sequence[int]:
    """Return those of ``rows`` that share their cells in ``names`` with another of them."""
    if len(rows) < 2:
        return ()
    all_keys = table.keys(names)
    keys = all_keys if len(rows) == len(all_keys) else [all_keys[row] for row in rows]
    if len(set(keys)) == len(keys):
        return ()
    times = Counter(keys)
    return [row for row, key in zip(rows, keys, strict=True) if times[key] > 1]


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
            numbered = None if cell is None else _numbered(str(cell))
            if numbered is not None:
                numbers = series.setdefault((*by[index], numbered[0]), {})
                numbers.setdefault(numbered[1], index)
        for numbers in series.values():
            ordered = sorted(numbers)
            if ordered[-1] - ordered[0] < len(ordered):
                continue
            for before, after in pairwise(ordered):
                if after - before > 1:
                    name, first, second = rule["column"], numbers[before], numbers[after]
                    place = Place(resource.path, table.line_of(second, name), name)
                    cells = {"before": table.column(name)[first], "after": table.column(name)[second]}
                    yield Finding.of("sequence-gap", place, column=name, missing=after - before - 1, **cells)


# Vouchers are numbered alike in every village.
@lru_cache(maxsize=4_096)
def _numbered(cell: str) -> tuple[str, int] | None:
    """Return what stands before the trailing number of a cell, and the number."""
    match = _NUMBER.fullmatch(cell)
    return None if match is None else (match["head"], int(match["number"]))


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
