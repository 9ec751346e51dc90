"""Ballots: counts of voters, ballots and votes that must be able to be true together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.context import Context
from generator.checks.quorum import EVERYBODY
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import Table

Options = Mapping[str, Any]
Row = dict[str, Any]
Race = tuple[str, str]

# Ways to vote that are told apart in a round; each group makes up all who voted.
_CHANNELS = (("self", "proxies"), ("centre", "station", "box"))


def by_role(table: Table) -> list[tuple[Row, int]]:
    """Return each row keyed by the role of its columns, with its line."""
    roles = {field.role: table.column(field.name) for field in table.schema.fields if field.role}
    rows = zip(*roles.values(), strict=True) if roles else [()] * len(table)
    return [
        (dict(zip(roles, cells, strict=True)), line) for cells, line in zip(rows, table.lines, strict=True)
    ]


def role_names(table: Table) -> dict[str, str]:
    """Return the name of the column that plays each role."""
    return {field.role: field.name for field in table.schema.fields if field.role}


def head_of(resource: Resource) -> Row:
    """Return the head of a document keyed by role; a role that no column plays is absent."""
    return next((row for row, _line in by_role(resource.table)), {})


def ballots(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield findings where counts of voters, ballots and votes cannot all be true."""
    rounds = resource.parts[options["rounds"]]
    valid: dict[str, int] = {}
    for row, line in by_role(rounds):
        valid[row["round"]] = row["valid"]
        yield from _round_counts(resource, rounds, row, line)
        yield from _channels(resource, rounds, row, line)
    yield from _votes(resource, options, valid)
    if "roll" in options:
        yield from _roll(resource, rounds, resource.parts[options["roll"]])


def _round_counts(resource: Resource, rounds: Table, row: Row, line: int) -> Iterator[Finding]:
    names = role_names(rounds)
    limits = (
        ("voted", "registered"),
        ("issued", "registered"),
        ("returned", "issued"),
        ("returned", "voted"),
        ("proxies", "voted"),
        ("holders", "proxies"),
        ("most_held", "proxies"),
    )
    for less, more in limits:
        part, whole = row.get(less), row.get(more)
        if part is not None and whole is not None and part > whole:
            place = Place(resource.path, line, names[less])
            facts = {"less": names[less], "less_count": part, "more": names[more], "more_count": whole}
            yield Finding.of("ballots-exceed", place, round=row["round"], **facts)
    if row["valid"] + row["invalid"] != row["returned"]:
        place = Place(resource.path, line, names["valid"])
        counts = {key: row[key] for key in ("round", "valid", "invalid", "returned")}
        yield Finding.of("ballots-split", place, **counts)


def _channels(resource: Resource, rounds: Table, row: Row, line: int) -> Iterator[Finding]:
    """Check each way to vote; a sum that lacks a part can still be too large."""
    names = role_names(rounds)
    for roles in _CHANNELS:
        told = [role for role in roles if row.get(role) is not None]
        if told == ["proxies"]:
            continue  # ballots-exceed has said it
        total = sum(row[role] for role in told)
        is_whole = len(told) == len(roles)
        if total > row["voted"] or (is_whole and total != row["voted"]):
            place = Place(resource.path, line, names[told[0]])
            facts = {"names": "、".join(names[role] for role in told), "sum": total, "voted": row["voted"]}
            yield Finding.of("ballots-channels", place, round=row["round"], **facts)
    proxies, holders, most = (row.get(role) for role in ("proxies", "holders", "most_held"))
    if proxies is not None and holders is not None and most is not None and proxies > holders * most:
        place = Place(resource.path, line, names["proxies"])
        facts = {"proxies": proxies, "holders": holders, "most": most}
        yield Finding.of("ballots-proxies", place, round=row["round"], **facts)


def _votes(resource: Resource, options: Options, valid: Mapping[str, int]) -> Iterator[Finding]:
    results = resource.parts[options["results"]]
    names = role_names(results)
    seats = {
        (row["round"], row["post"]): row["seats"] for row, _line in by_role(resource.parts[options["seats"]])
    }
    votes: dict[Race, int] = {}
    elected: dict[Race, int] = {}
    lines: dict[Race, int] = {}
    for row, line in by_role(results):
        race = (row["round"], row["post"])
        lines.setdefault(race, line)
        votes[race] = votes.get(race, 0) + row["votes"]
        elected[race] = elected.get(race, 0) + (row["outcome"] == options["elected"])
        if row["round"] in valid:
            yield from _answers(resource, results, row, line, valid[row["round"]])
    for race, line in lines.items():
        place = Place(resource.path, line, names["votes"])
        if race not in seats or race[0] not in valid:
            part = options["seats"] if race not in seats else options["rounds"]
            yield Finding.of("ballots-reference", place, round=race[0], post=race[1], part=part)
            continue
        facts = {"post": race[1], "seats": seats[race], "votes": votes[race], "valid": valid[race[0]]}
        if votes[race] > valid[race[0]] * seats[race]:
            yield Finding.of("ballots-ceiling", place, **facts)
        if elected[race] > seats[race]:
            place = Place(resource.path, line, names["outcome"])
            yield Finding.of("ballots-seats", place, elected=elected[race], **facts)


def _answers(resource: Resource, results: Table, row: Row, line: int, valid: int) -> Iterator[Finding]:
    """Check the votes for one candidate, and those against and withheld where they were counted too."""
    place = Place(resource.path, line, role_names(results)["votes"])
    if row["votes"] > valid:
        yield Finding.of("ballots-votes", place, votes=row["votes"], valid=valid)
        return
    counted = [row.get(role) for role in ("against", "abstained")]
    total = row["votes"] + sum(count for count in counted if count is not None)
    if total > valid or (None not in counted and total != valid):
        yield Finding.of("ballots-answers", place, sum=total, valid=valid)


def _roll(resource: Resource, rounds: Table, roll: Table) -> Iterator[Finding]:
    """Check each group's roll against the last one, and their sum where all voters elect."""
    groups, names = by_role(roll), role_names(roll)
    for row, line in groups:
        before, added, removed = (row.get(role) for role in ("before", "added", "removed"))
        if before is None or added is None or removed is None or before + added - removed == row["count"]:
            continue
        place = Place(resource.path, line, names["count"])
        terms = f"{names['before']} {before} ＋ {names['added']} {added} － {names['removed']} {removed}"
        facts = {"target": names["count"], "stated": row["count"], "computed": before + added - removed}
        yield Finding.of("sums", place, terms=terms, **facts)
    counts = [row["count"] for row, _line in groups]
    first = next((row for row, _line in by_role(rounds)), None)
    mode = head_of(resource).get("mode") or EVERYBODY
    if first is None or mode != EVERYBODY or not counts or None in counts:
        return
    if sum(counts) != first["registered"]:
        place = Place(resource.path, groups[0][1], names["count"])
        facts = {"sum": sum(counts), "registered": first["registered"], "round": first["round"]}
        yield Finding.of("ballots-roll", place, **facts)
