"""Majorities: whether enough came and enough agreed, as the law of the day of the vote asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.ballots import by_role, head_of, role_names
from generator.checks.context import Context, cited
from generator.checks.members import asked_number
from generator.checks.quorum import BODIES, Body, mode_of, reaches, share_words
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import Table
from generator.wording import _

Options = Mapping[str, Any]
Row = dict[str, Any]


def majority(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield warnings where the record does not show the majority that the law of the day asks for."""
    if "rounds" in options:
        yield from _turnout(resource, options, context)
        yield from _winners(resource, options, context)
    if "votes" in options:
        yield from _meetings(resource, options, context)


def _turnout(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Check the first of 两个过半: enough of those who may vote did."""
    mode = mode_of(resource.village.kind, head_of(resource).get("mode"))
    rounds = resource.parts[options["rounds"]]
    for row, line in by_role(rounds):
        if mode is None or row["round"] != options["first"]:
            continue
        for article in context.book.in_force(mode.turnout, row["date"]):
            if not reaches(article, row["voted"], row["registered"]):
                place = Place(resource.path, line, role_names(rounds)["voted"])
                facts = {key: row[key] for key in ("round", "voted", "registered")}
                basis = cited(article.citation)
                yield Finding.of("majority-turnout", place, share=share_words(article), basis=basis, **facts)


def _winners(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Check the second: a winner has enough votes of those who voted; again, of the ballots cast."""
    mode = mode_of(resource.village.kind, head_of(resource).get("mode"))
    counts = {row["round"]: row for row, _line in by_role(resource.parts[options["rounds"]])}
    results = resource.parts[options["results"]]
    for row, line in by_role(results):
        count = counts.get(row["round"])
        if mode is None or count is None or row["outcome"] != options["elected"]:
            continue
        if row["round"] == options["first"]:
            keys, whole, asked = mode.elected, count["voted"], _("参加投票 {whole} 人的{share}")
        else:
            keys, whole, asked = mode.again, count["returned"], _("收回选票 {whole} 张的{share}")
        for article in context.book.in_force(keys, count["date"]):
            if not reaches(article, row["votes"], whole):
                place = Place(resource.path, line, role_names(results)["votes"])
                facts = {"votes": row["votes"], "basis": cited(article.citation)}
                rule = asked.format(whole=whole, share=share_words(article))
                yield Finding.of("majority-elected", place, rule=rule, **facts)


def _meetings(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    votes = resource.parts[options["votes"]]
    names = role_names(votes)
    for row, line in by_role(votes):
        if row["present"] > row["members"]:
            place = Place(resource.path, line, names["present"])
            yield Finding.of("votes-exceed", place, present=row["present"], members=row["members"])
        answers = row["yes"] + row["no"] + row["abstained"]
        if answers != row["present"]:
            place = Place(resource.path, line, names["yes"])
            yield Finding.of("votes-split", place, sum=answers, present=row["present"])
        body = BODIES[row["body"]]
        yield from _attendance(resource, options, context, (votes, row, line))
        yield from _agreement(resource, body, context, (votes, row, line))
        yield from _size(resource, body, context, (votes, row, line))
        yield from _notice(resource, options, context, (body, row))


def _attendance(
    resource: Resource, options: Options, context: Context, vote: tuple[Table, Row, int]
) -> Iterator[Finding]:
    votes, row, line = vote
    body = BODIES[row["body"]]
    is_by_household = bool(body.households) and row.get("by") == options.get("households", "")
    for article in context.book.in_force(body.households if is_by_household else body.attend, row["date"]):
        if not reaches(article, row["present"], row["members"]):
            place = Place(resource.path, line, role_names(votes)["present"])
            counts = {key: row[key] for key in ("body", "members", "present")}
            basis = cited(article.citation)
            yield Finding.of("majority-attendance", place, share=share_words(article), basis=basis, **counts)


def _agreement(
    resource: Resource, body: Body, context: Context, vote: tuple[Table, Row, int]
) -> Iterator[Finding]:
    votes, row, line = vote
    names = role_names(votes)
    base = "members" if body.of_all else "present"
    for article in context.book.in_force(body.agree, row["date"]):
        if not reaches(article, row["yes"], row[base]):
            place = Place(resource.path, line, names["yes"])
            whole = _("全体成员") if body.of_all else _("到会人员")
            facts = {"of_name": names[base], "of": row[base], "yes": row["yes"], "whole": whole}
            basis = cited(article.citation)
            yield Finding.of("majority-passed", place, share=share_words(article), basis=basis, **facts)


def _size(
    resource: Resource, body: Body, context: Context, vote: tuple[Table, Row, int]
) -> Iterator[Finding]:
    votes, row, line = vote
    place = Place(resource.path, line, role_names(votes)["members"])
    for article in context.book.in_force(body.size, row["date"]):
        size, least, most = row["members"], article.number("least"), article.number("most")
        facts = {"part": row["body"], "size": size, "unit": _("人"), "basis": cited(article.citation)}
        if size < least or (most and size > most):
            yield Finding.of("members-number", place, asked=asked_number(least, most, _("人")), **facts)
        if article.number("odd") and size % 2 == 0:
            yield Finding.of("members-odd", place, **facts)


def _notice(
    resource: Resource, options: Options, context: Context, meeting: tuple[Body, Row]
) -> Iterator[Finding]:
    """Check the days from notice to meeting; an urgent meeting needs none."""
    body, row = meeting
    if "notice" not in options or not len(resource.table):
        return
    told = resource.table.column(options["notice"])[0]
    urgent = resource.table.column(options["urgent"])[0] if "urgent" in options else None
    if told is None or urgent == options.get("is_urgent", ""):
        return
    for article in context.book.in_force(body.notice, row["date"]):
        least, days = article.number("days"), (row["date"] - told).days
        if days < least:
            place = Place(resource.path, resource.table.line_of(0, options["notice"]), options["notice"])
            facts = {"first": options["notice"], "second": row["body"], "days": days, "least": least}
            yield Finding.of("gap-short", place, basis=article.citation, **facts)
