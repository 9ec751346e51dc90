"""Dates: what comes first, how far apart, how long, and what should have been done by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from generator.checks.context import Context, rows_of
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import Table

Options = Mapping[str, Any]
_ONE_DAY = timedelta(days=1)


def date_order(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a later step bears an earlier date; empty dates are passed over."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for index in rows:
            previous: tuple[str, date] | None = None
            for name in rule["dates"]:
                day = table.column(name)[index]
                if day is None:
                    continue
                if previous is not None and day < previous[1]:
                    facts = {"stage": name, "date": day, "previous": previous[0]}
                    place = _place(resource, table, index, name)
                    yield Finding.of("date-order", place, previous_date=previous[1], **facts)
                previous = (name, day)


def gaps(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where two steps lie closer together than the article in force on the later day asks."""
    for rule in options["rules"]:
        for table, index, start, end in _steps(resource, rule):
            for article in context.articles(rule, resource, end):
                least, days = article.number("days"), (end - start).days
                if least and days < least:
                    facts = {"first": rule["from"], "second": rule["to"], "days": days, "least": least}
                    place = _place(resource, table, index, rule["from"])
                    yield Finding.of("gap-short", place, basis=article.citation, **facts)


def within(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a step came later after another than the article in force on that day allows.

    Working days count from the day after the first step; a year without a table of holidays is silent.
    """
    for rule in options["rules"]:
        for table, index, start, end in _steps(resource, rule):
            for article in context.articles(rule, resource, start):
                place = _place(resource, table, index, rule["to"])
                facts = {"first": rule["from"], "second": rule["to"], "basis": article.citation}
                most, days = article.number("most_days"), (end - start).days
                if most and days > most:
                    yield Finding.of("gap-long", place, days=days, most=most, **facts)
                most_workdays = article.number("most_workdays")
                if not most_workdays or end <= start:
                    continue
                workdays = context.workdays.count(start + _ONE_DAY, end)
                if workdays is not None and workdays > most_workdays:
                    yield Finding.of("gap-long-workdays", place, days=workdays, most=most_workdays, **facts)


def terms(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a term is longer than the years of the article in force when it began."""
    for rule in options["rules"]:
        for table, index, start, end in _steps(resource, rule):
            for article in context.articles(rule, resource, start):
                years = article.number("years")
                last = _years_after(start, years)
                if years and last is not None and end > last:
                    facts = {"first": rule["from"], "second": rule["to"], "start": start, "end": end}
                    place = _place(resource, table, index, rule["to"])
                    yield Finding.of("term-long", place, years=years, basis=article.citation, **facts)


def in_period(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a date lies outside the period of the table."""
    period = resource.period
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for name in rule["dates"]:
            column = table.column(name)
            for index in rows:
                day = column[index]
                if day is not None and not period.start <= day <= period.end:
                    place = _place(resource, table, index, name)
                    yield Finding.of("date-outside", place, column=name, date=day, period=period.title)


def ageing(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where what was due is still open, in the newest table of its series.

    What is open has no date in ``done``, or an amount other than 0 in ``open``. A table tells the state at
    the end of its period, or today while that is still to come.
    """
    series = [r for r in context.others.get(resource.item.name, ()) if r.slug == resource.slug]
    if series and series[-1].period != resource.period:
        return
    for rule in options["rules"]:
        day = _day_of_state(resource, context.as_of)
        table, rows = rows_of(resource, rule)
        for index in rows:
            due = table.column(rule["due"])[index]
            if due is not None and due < day and _is_open(table, index, rule):
                place = _place(resource, table, index, rule["due"])
                yield Finding.of("row-overdue", place, column=rule["due"], date=due)


def ageing_days(resource: Resource) -> set[date]:
    """Return the days on which something in ``resource`` begins to be overdue."""
    days: set[date] = set()
    if resource.is_held_back:
        return days
    end = _day_of_state(resource, date.max)
    for rule in resource.item.laws.get("ageing", {}).get("rules", ()):
        table, rows = rows_of(resource, rule)
        dues = (table.column(rule["due"])[index] for index in rows if _is_open(table, index, rule))
        days |= {due + _ONE_DAY for due in dues if due is not None and due < end}
    return days


def _day_of_state(resource: Resource, as_of: date) -> date:
    return min(as_of, resource.period.end) if resource.item.period_kind else as_of


def _is_open(table: Table, index: int, rule: Mapping[str, Any]) -> bool:
    if "done" in rule and table.column(rule["done"])[index] is not None:
        return False
    return "open" not in rule or table.column(rule["open"])[index] not in (None, 0)


def _steps(resource: Resource, rule: Mapping[str, Any]) -> Iterator[tuple[Table, int, date, date]]:
    """Yield table, row and both dates wherever both are filled in."""
    table, rows = rows_of(resource, rule)
    starts, ends = table.column(rule["from"]), table.column(rule["to"])
    for index in rows:
        if starts[index] is not None and ends[index] is not None:
            yield table, index, starts[index], ends[index]


def _years_after(day: date, years: int) -> date | None:
    """Return the same day ``years`` later, 1 March for a 29 February; None where no calendar goes on."""
    if day.year + years > date.max.year:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _place(resource: Resource, table: Table, index: int, name: str) -> Place:
    return Place(resource.path, table.line_of(index, name), name)
