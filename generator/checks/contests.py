"""Contests: who may stand, who of them is elected, and what happens when too few are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.checks.ballots import Race, Row, by_role, head_of, role_names
from generator.checks.committees_chosen import committees, ways
from generator.checks.context import Context, cited
from generator.checks.election_articles import (
    Options,
    Rows,
    basis_of,
    in_force,
    result_place,
)
from generator.checks.quorum import ADDED_BY_VOTERS
from generator.model.finding import Finding, Place
from generator.model.resource import Resource


def contest(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield warnings where the record does not show that candidates and winners are those of the law."""
    rounds = by_role(resource.parts[options["rounds"]])
    if not rounds:
        return
    day = rounds[0][0]["date"]
    rows = by_role(resource.parts[options["results"]])
    races: dict[Race, list[tuple[Row, int]]] = {}
    for row, line in rows:
        races.setdefault((row["round"], row["post"]), []).append((row, line))
    yield from _candidates(resource, options, context, (rows, day))
    for race, entries in races.items():
        names = [row["round"] for row, _line in rounds]
        later = names[names.index(race[0]) + 1 :] if race[0] in names else []
        again = {row["candidate"] for name in later for row, _line in races.get((name, race[1]), ())}
        yield from _order(resource, options, context, (race, entries, day, again))
    yield from _again(resource, options, context, (races, rounds))
    yield from committees(resource, options, context, (rows, day))
    yield from ways(resource, options, context, rounds)


def _candidates(
    resource: Resource, options: Options, context: Context, found: tuple[Rows, date]
) -> Iterator[Finding]:
    """差额: more candidates than seats, taken over all posts; not where nobody is nominated beforehand."""
    rows, day = found
    head = head_of(resource)
    if head.get("nomination") in options.get("without", ()):
        return
    stood = [(row, line) for row, line in rows if row["round"] == options["first"]]
    named = [row for row, _line in stood if row.get("nominated") != ADDED_BY_VOTERS]
    seats = sum(
        row["seats"]
        for row, _line in by_role(resource.parts[options["seats"]])
        if row["round"] == options["first"]
    )
    if not named or not seats or len(named) > seats:
        return
    for article in in_force(context, "candidates", resource, day):
        place = result_place(resource, options, stood[0][1], "candidate")
        facts = {"candidates": len(named), "seats": seats, "basis": cited(article.citation)}
        yield Finding.of("candidates-few", place, **facts)


def _order(
    resource: Resource,
    options: Options,
    context: Context,
    found: tuple[Race, Rows, date, set[str]],
) -> Iterator[Finding]:
    """Winners are those with most votes; who ties with the last of them stands again."""
    race, entries, day, again = found
    won = [row["votes"] for row, _line in entries if row["outcome"] == options["elected"]]
    if not won:
        return
    for row, line in entries:
        if row["outcome"] == options["elected"] or row["votes"] < min(won):
            continue
        place = result_place(resource, options, line, "votes")
        facts = {"post": race[1], "votes": row["votes"], "least": min(won)}
        if row["votes"] > min(won):
            yield Finding.of("elected-not-top", place, **facts)
        elif row["candidate"] not in again:
            basis = basis_of(context, "tie", resource, day)
            yield Finding.of("elected-tie", place, basis=basis, **facts)


def _again(
    resource: Resource, options: Options, context: Context, found: tuple[Mapping[Race, Rows], Rows]
) -> Iterator[Finding]:
    """另行选举: those stand who were not elected and had most votes; a province sets how soon."""
    races, rounds = found
    first, days = options["first"], {row["round"]: row["date"] for row, _line in rounds}
    won = {
        (post, row["candidate"])
        for (_name, post), entries in races.items()
        for row, _line in entries
        if row["outcome"] == options["elected"]
    }
    for (name, post), entries in races.items():
        before = races.get((first, post))
        if name == first or before is None or name not in days:
            continue
        standing = {row["candidate"] for row, _line in entries}
        lost = {row["candidate"]: row["votes"] for row, _l in before if row["outcome"] != options["elected"]}
        least = min((lost[candidate] for candidate in standing if candidate in lost), default=None)
        passed_over = [
            candidate
            for candidate, votes in lost.items()
            if least is not None
            and votes > least
            and candidate not in standing
            and (post, candidate) not in won
        ]
        strangers = [line for row, line in entries if row["candidate"] not in lost]
        if passed_over or strangers:
            line = strangers[0] if strangers else entries[0][1]
            place = result_place(resource, options, line, "candidate")
            basis = basis_of(context, "again", resource, days[name])
            yield Finding.of("runoff-candidates", place, post=post, basis=basis)
    yield from _again_in_time(resource, options, context, rounds)


def _again_in_time(resource: Resource, options: Options, context: Context, rounds: Rows) -> Iterator[Finding]:
    start = next((row["date"] for row, _line in rounds if row["round"] == options["first"]), None)
    for row, line in rounds:
        if start is None or row["round"] == options["first"]:
            continue
        for article in in_force(context, "again_days", resource, start):
            most, days = article.number("most_days"), (row["date"] - start).days
            if days > most:
                place = Place(resource.path, line, role_names(resource.parts[options["rounds"]])["date"])
                facts = {"first": options["first"], "second": row["round"], "days": days, "most": most}
                yield Finding.of("gap-long", place, basis=article.citation, **facts)
