"""Tenure: terms that end together, and what must be known so many days before a body is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from generator.checks.context import Context, cited, rows_of, rows_where
from generator.model.finding import Finding, Place
from generator.model.resource import Resource

Options = Mapping[str, Any]
# Representatives, group heads and supervisors may be chosen some weeks before the committee itself.
_AROUND = timedelta(days=62)
_YEAR = 366


def same_term(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a term does not end with that of the other item in which it began."""
    for rule in options["rules"]:
        terms = sorted(_terms(rule, context))
        table, rows = rows_of(resource, rule)
        for index in rows:
            start, end = table.column(rule["from"])[index], table.column(rule["to"])[index]
            if start is None or end is None:
                continue
            held = [term for term in terms if term[0] - _AROUND <= start <= term[1]]
            for article in context.articles(rule, resource, start) if held and held[-1][1] != end else ():
                place = Place(resource.path, table.line_of(index, rule["to"]), rule["to"])
                facts = {"column": rule["to"], "end": end, "item": held[-1][2], "other_end": held[-1][1]}
                yield Finding.of("term-differs", place, basis=cited(article.citation), **facts)


def _terms(rule: Mapping[str, Any], context: Context) -> Iterator[tuple[date, date, str]]:
    for other in context.others.get(rule["item"], ()):
        table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
        for index in rows_where(table, rule.get("other_where", {})):
            start, end = table.column(rule["other_from"])[index], table.column(rule["other_to"])[index]
            if start is not None and end is not None:
                yield start, end, other.item.title


def ahead(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a step lies fewer days before that of another item than the article asks.

    Of several, the nearest in time is meant; one more than a year away is not.
    """
    for rule in options["rules"]:
        days = list(_days(rule, context))
        table, rows = rows_of(resource, rule)
        for index in rows:
            own = table.column(rule["column"])[index]
            if own is None or not days:
                continue
            other = min(days, key=lambda day: (abs((day - own).days), day))
            for article in context.articles(rule, resource, own):
                least, between = article.number("days"), (other - own).days
                if between < least and abs(between) <= _YEAR:
                    place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                    facts = {"first": rule["column"], "second": rule["other"], "least": least}
                    yield Finding.of("gap-short", place, days=between, basis=article.citation, **facts)


def _days(rule: Mapping[str, Any], context: Context) -> Iterator[date]:
    for other in context.others.get(rule["item"], ()):
        table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
        for index in rows_where(table, rule.get("other_where", {})):
            day = table.column(rule["other"])[index]
            if day is not None:
                yield day


def each_for(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where one representative stands for fewer or more households than the article says."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for index in rows:
            number, base = table.column(rule["number"])[index], table.column(rule["base"])[index]
            if not number or base is None:
                continue
            for article in context.articles(rule, resource, resource.period.end):
                least, most = article.number("least"), article.number("most")
                if base < least * number or base > most * number:
                    place = Place(resource.path, table.line_of(index, rule["number"]), rule["number"])
                    facts = {"number_name": rule["number"], "number": number, "base_name": rule["base"]}
                    basis = cited(article.citation)
                    yield Finding.of(
                        "each-for", place, base=base, least=least, most=most, basis=basis, **facts
                    )
