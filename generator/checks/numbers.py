"""Numbers: percentages, parts of a whole, sums in words, plans and ceilings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from generator.checks.arithmetic import money
from generator.checks.context import Context, cited, rows_of
from generator.checks.flows import series_prefix
from generator.checks.sums_in_words import read_sum
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import OF_WHICH, Table

Options = Mapping[str, Any]
_PERCENT = "100"


def ratios(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a percentage or average is not ``of`` × ``times`` ÷ ``base``.

    It is computed exactly and rounded half up to as many places as were written down.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        times = Decimal(rule.get("times", _PERCENT))
        for index in rows:
            stated, part, base = (table.column(rule[key])[index] for key in ("is", "of", "base"))
            if stated is None or part is None or not base:
                continue
            places = max(0, -int(Decimal(stated).as_tuple().exponent))
            computed = rounded((part, times), base, places)
            if computed != stated:
                place = Place(resource.path, table.line_of(index, rule["is"]), rule["is"])
                facts = {"target": rule["is"], "of_name": rule["of"], "base_name": rule["base"]}
                values = {"of": money_or_count(part), "base": money_or_count(base)}
                yield Finding.of("ratio", place, stated=stated, computed=f"{computed:f}", **facts, **values)


def rounded(factors: Iterable[Decimal | int], divisor: Decimal | int, places: int) -> Decimal:
    """Return the product of ``factors`` ÷ ``divisor``, rounded half up (away from 0) to ``places``.

    Computed with integers, so that no size of the cells makes it inexact.
    """
    bottom, top = Decimal(divisor).as_integer_ratio()
    top *= 10**places
    for factor in factors:
        numerator, denominator = Decimal(factor).as_integer_ratio()
        top, bottom = top * numerator, bottom * denominator
    sign = "-" if (top < 0) != (bottom < 0) else ""
    whole = (2 * abs(top) + abs(bottom)) // (2 * abs(bottom))
    return Decimal(f"{sign}{whole}E-{places}")


def money_or_count(value: Decimal | int) -> str:
    """Return a count without, an amount with decimals."""
    return f"{value:,}" if value == int(value) else money(value)


def of_which(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where rows labelled 其中… exceed the row above of which they are parts.

    They need not add up to it: a part is not a partition. A whole that is left empty, or is less than 0,
    sets no limit.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for series, top, parts in _wholes(table, rows, rule):
            for name in rule["of"]:
                whole, amounts = table.column(name)[top], table.amounts(name)
                sums = list(accumulate(amounts[index] for index in parts))
                if whole is None or whole < 0 or sums[-1] <= whole:
                    continue
                index = next(index for index, sum_ in zip(parts, sums, strict=True) if sum_ > whole)
                place = Place(resource.path, table.line_of(index, name), name)
                facts = {"whole": table.column(rule["label"])[top] or "", "line": table.line_of(top, name)}
                values = {"parts": money(sums[-1]), "amount": money(whole)}
                prefix = series_prefix(series, table.schema, rule)
                yield Finding.of("of-which", place, series=prefix, **facts, **values)


def _wholes(
    table: Table, rows: Sequence[int], rule: Mapping[str, Any]
) -> Iterator[tuple[tuple[Any, ...], int, list[int]]]:
    """Yield series, row and the rows of its parts for each row that has any."""
    labels, series = table.column(rule["label"]), table.keys(tuple(rule.get("by", ())))
    wholes: dict[tuple[Any, ...], tuple[int, list[int]]] = {}
    for index in rows:
        key = series[index]
        if str(labels[index]).startswith(OF_WHICH):
            if key in wholes:
                wholes[key][1].append(index)
            continue
        if key in wholes and wholes[key][1]:
            yield key, *wholes[key]
        wholes[key] = (index, [])
    for key, (top, parts) in wholes.items():
        if parts:
            yield key, top, parts


def in_words(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a sum written out (壹仟贰佰元整) is not the number beside it."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for index in rows:
            number, words = table.column(rule["number"])[index], table.column(rule["words"])[index]
            if number is None or words is None:
                continue
            place = Place(resource.path, table.line_of(index, rule["words"]), rule["words"])
            amount = read_sum(words)
            if amount is None:
                yield Finding.of("sum-in-words-form", place)
            elif amount != number:
                facts = {"target": rule["number"], "stated": money(number), "read": money(amount)}
                yield Finding.of("sum-in-words", place, **facts)


def budget(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where more was spent than planned."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        plans, actuals = table.column(rule["plan"]), table.column(rule["actual"])
        for index in rows:
            plan, actual = plans[index], actuals[index]
            if plan is not None and actual is not None and actual > plan:
                place = Place(resource.path, table.line_of(index, rule["actual"]), rule["actual"])
                facts = {"plan_name": rule["plan"], "actual_name": rule["actual"]}
                sums = {"plan": money(plan), "actual": money(actual), "more": money(actual - plan)}
                yield Finding.of("budget-exceeded", place, **facts, **sums)


def not_negative(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where there is less than nothing of what can be held in a hand, such as cash."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for index in rows:
            value = table.column(rule["column"])[index]
            if value is not None and value < 0:
                place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                yield Finding.of("not-negative", place, column=rule["column"], value=money(value))


def ceilings(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a number exceeds what the county has set, or the article in force allows.

    A threshold that the county has not set is not checked.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        most: list[tuple[Decimal, str]] = []
        if rule.get("threshold") in context.thresholds:
            most.append((context.thresholds[rule["threshold"]], ""))
        for article in context.articles(rule, resource, resource.period.end):
            if article.number("most"):
                most.append((Decimal(article.number("most")), article.citation))
        for limit, basis in most:
            for index in rows:
                value = table.column(rule["column"])[index]
                if value is not None and value > limit:
                    place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                    facts = {"value": money_or_count(value), "limit": money_or_count(limit)}
                    yield Finding.of(
                        "threshold-exceeded", place, column=rule["column"], basis=cited(basis), **facts
                    )
