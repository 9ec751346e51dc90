"""Tenure: terms that end together, and what must be known so many days before a body is chosen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from generator.checks.across import nearest
from generator.checks.context import Context, cited, rows_of, rows_where
from generator.model.finding import Finding, Place
from generator.model.resource import Resource

Options = Mapping[str, Any]
# Representatives, group heads and supervisors may be chosen some weeks before the committee itself.
_AROUND = timedelta(days=62)
_FIRST = date.min + _AROUND
_YEAR = 366
Term = tuple[date, date, str]


def same_term(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a term does not end with that of the other item in which it began."""
    for rule in options["rules"]:
        terms = sorted(_terms(rule, context))
        # A day lies in the last of the terms begun by then, unless that ended before: then in the one of
        # the earlier that lasts longest, if in any.
        longest = list(accumulate(terms, _longer))
        table, rows = rows_of(resource, rule)
        for index in rows:
            start, end = table.column(rule["from"])[index], table.column(rule["to"])[index]
            if start is None or end is None:
                continue
            held = _term_of(start, terms, longest)
            if held is None or held[1] == end:
                continue
            for article in context.articles(rule, resource, start):
                place = Place(resource.path, table.line_of(index, rule["to"]), rule["to"])
                facts = {"column": rule["to"], "end": end, "item": held[2], "other_end": held[1]}
                yield Finding.of("term-differs", place, basis=cited(article.citation), **facts)


def _longer(first: Term, second: Term) -> Term:
    return second if second[1] >= first[1] else first


def _term_of(day: date, terms: Sequence[Term], longest: Sequence[Term]) -> Term | None:
    """Return the term in which ``day`` lies, some weeks before its start included."""
    begun = bisect_right(terms, day, key=lambda term: max(term[0], _FIRST) - _AROUND)
    if not begun:
        return None
    held = terms[begun - 1] if terms[begun - 1][1] >= day else longest[begun - 1]
    return held if held[1] >= day else None


def _terms(rule: Mapping[str, Any], context: Context) -> Iterator[Term]:
    for other in context.others.get(rule["item"], ()):
        table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
        for index in rows_where(table, rule.get("other_where", {})):
            start, end = table.column(rule["other_from"])[index], table.column(rule["other_to"])[index]
            if start is not None and end is not None:
                yield start, end, other.item.title


def ahead(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a step lies fewer days before that of another item than the article asks.

    Of several, the nearest in time is meant; one more than a year away is not. From the day ``until`` of the
    same row there it is another law that speaks.
    """
    for rule in options["rules"]:
        ends = _days_before(rule, context)
        days = sorted(ends)
        table, rows = rows_of(resource, rule)
        for index in rows:
            own = table.column(rule["column"])[index]
            other = None if own is None else nearest(days, own)
            if other is None or own >= ends[other]:
                continue
            for article in context.articles(rule, resource, own):
                least, between = article.number("days"), (other - own).days
                if between >= least or abs(between) > _YEAR:
                    continue
                place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
                if between >= 0:
                    facts = {"first": rule["column"], "second": rule["other"], "least": least}
                    yield Finding.of("gap-short", place, days=between, basis=article.citation, **facts)
                else:
                    facts = {"column": rule["column"], "date": own, "other": rule["other"]}
                    facts |= {"item": context.others[rule["item"]][0].item.title, "other_date": other}
                    yield Finding.of("too-late", place, basis=cited(article.citation), **facts)


def _days_before(rule: Mapping[str, Any], context: Context) -> dict[date, date]:
    """Return each day of the other step, and from when on the rule is silent about it."""
    ends: dict[date, date] = {}
    for other in context.others.get(rule["item"], ()):
        table = other.parts[rule["other_part"]] if "other_part" in rule else other.table
        for index in rows_where(table, rule.get("other_where", {})):
            day = table.column(rule["other"])[index]
            until = table.column(rule["until"])[index] if "until" in rule else None
            if day is not None:
                ends[day] = max(ends.get(day, date.min), until or date.max)
    return ends


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
