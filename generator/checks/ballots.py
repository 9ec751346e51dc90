"""Ballot laws: what a count of votes must add up to, and what a majority is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.checks.context import Context, cited
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import Table
from generator.wording import _

Options = Mapping[str, Any]
Row = dict[str, Any]

# The article behind the thresholds of an election, by kind of village: before 2026 and since.
_ELECTION_BASIS = {
    "village": (_("《村民委员会组织法》第十五条"), _("《村民委员会组织法》第十八条")),
    "community": ("", _("《城市居民委员会组织法》第十九条")),
}
_HALF, _TWO_THIRDS = _("过半数"), _("三分之二以上")
# Bodies that can pass a rule: the share of members who must attend (numerator, denominator, whether
# exactly that share is enough) and its name, and the article before 2026 and since.
_BODIES = {
    "村民会议": (
        1,
        2,
        False,
        _HALF,
        (_("《村民委员会组织法》第二十二条"), _("《村民委员会组织法》第二十六条")),
    ),
    "村民代表会议": (
        2,
        3,
        True,
        _TWO_THIRDS,
        (_("《村民委员会组织法》第二十六条"), _("《村民委员会组织法》第三十条")),
    ),
    "居民会议": (1, 2, False, _HALF, ("", _("《城市居民委员会组织法》第二十七条"))),
    "居民代表会议": (2, 3, True, _TWO_THIRDS, ("", _("《城市居民委员会组织法》第二十九条"))),
}
BODIES = tuple(_BODIES)
_NEW_LAWS = date(2026, 1, 1)


def _by_role(table: Table) -> list[tuple[Row, int]]:
    """Return each row keyed by the role of its columns, with its line."""
    roles = {field.name: field.role for field in table.schema.fields if field.role}
    rows = []
    for record, line in zip(table.records(), table.lines, strict=True):
        rows.append(({roles[name]: value for name, value in record.items() if name in roles}, line))
    return rows


def _names(table: Table) -> dict[str, str]:
    return {field.role: field.name for field in table.schema.fields if field.role}


def ballots(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield findings where counts of voters, ballots and votes cannot all be true."""
    rounds = resource.parts[options["rounds"]]
    valid: dict[str, int] = {}
    for row, line in _by_role(rounds):
        valid[row["round"]] = row["valid"]
        yield from _round_counts(resource, rounds, row, line)
    yield from _votes(resource, options, valid)


def _round_counts(resource: Resource, rounds: Table, row: Row, line: int) -> Iterator[Finding]:
    names = _names(rounds)
    limits = (
        ("voted", "registered"),
        ("issued", "registered"),
        ("returned", "issued"),
        ("returned", "voted"),
    )
    for less, more in limits:
        if row[less] > row[more]:
            place = Place(resource.path, line, names[less])
            facts = {
                "less": names[less],
                "less_count": row[less],
                "more": names[more],
                "more_count": row[more],
            }
            yield Finding.of("ballots-exceed", place, round=row["round"], **facts)
    if row["valid"] + row["invalid"] != row["returned"]:
        place = Place(resource.path, line, names["valid"])
        counts = {key: row[key] for key in ("round", "valid", "invalid", "returned")}
        yield Finding.of("ballots-split", place, **counts)


def _votes(resource: Resource, options: Options, valid: Mapping[str, int]) -> Iterator[Finding]:
    results = resource.parts[options["results"]]
    names = _names(results)
    seats = {
        (row["round"], row["post"]): row["seats"] for row, _line in _by_role(resource.parts[options["seats"]])
    }
    votes: dict[tuple[str, str], int] = {}
    elected: dict[tuple[str, str], int] = {}
    lines: dict[tuple[str, str], int] = {}
    for row, line in _by_role(results):
        race = (row["round"], row["post"])
        lines.setdefault(race, line)
        votes[race] = votes.get(race, 0) + row["votes"]
        elected[race] = elected.get(race, 0) + (row["outcome"] == options["elected"])
        if row["votes"] > valid.get(row["round"], row["votes"]):
            place = Place(resource.path, line, names["votes"])
            yield Finding.of("ballots-votes", place, votes=row["votes"], valid=valid[row["round"]])
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


def majority(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield warnings where the record does not show the majority that the law of the day asks for."""
    if "rounds" in options:
        yield from _election_majority(resource, options)
    if "votes" in options:
        yield from _meeting_majority(resource, resource.parts[options["votes"]])


def _election_majority(resource: Resource, options: Options) -> Iterator[Finding]:
    """Check both halves of 两个过半: 2×voted > registered, 2×votes > voted; 另行选举: 3×votes ≥ returned."""
    rounds = resource.parts[options["rounds"]]
    names = _names(rounds)
    articles = _ELECTION_BASIS.get(resource.village.kind, ("", ""))
    counts: dict[str, Row] = {}
    for row, line in _by_role(rounds):
        counts[row["round"]] = row
        basis = cited(articles[row["date"] >= _NEW_LAWS])
        if row["round"] == options["first"] and not 2 * row["voted"] > row["registered"]:
            place = Place(resource.path, line, names["voted"])
            facts = {key: row[key] for key in ("round", "voted", "registered")}
            yield Finding.of("majority-turnout", place, basis=basis, **facts)
    results = resource.parts[options["results"]]
    for row, line in _by_role(results):
        count = counts.get(row["round"])
        if count is None or row["outcome"] != options["elected"]:
            continue
        if row["round"] == options["first"]:
            holds, rule = 2 * row["votes"] > count["voted"], _("超过参加投票人数的一半")
        else:
            holds, rule = 3 * row["votes"] >= count["returned"], _("不少于收回选票的三分之一")
        if not holds:
            basis = cited(articles[count["date"] >= _NEW_LAWS])
            place = Place(resource.path, line, _names(results)["votes"])
            yield Finding.of("majority-elected", place, votes=row["votes"], rule=rule, basis=basis)


def _meeting_majority(resource: Resource, votes: Table) -> Iterator[Finding]:
    names = _names(votes)
    for row, line in _by_role(votes):
        if row["present"] > row["members"]:
            place = Place(resource.path, line, names["present"])
            yield Finding.of("votes-exceed", place, present=row["present"], members=row["members"])
        answers = row["yes"] + row["no"] + row["abstained"]
        if answers != row["present"]:
            place = Place(resource.path, line, names["yes"])
            yield Finding.of("votes-split", place, sum=answers, present=row["present"])
        numerator, denominator, is_inclusive, share, articles = _BODIES[row["body"]]
        basis = cited(articles[row["date"] >= _NEW_LAWS])
        margin = denominator * row["present"] - numerator * row["members"]
        counts = {key: row[key] for key in ("members", "present", "yes")}
        if margin < 0 or (margin == 0 and not is_inclusive):
            place = Place(resource.path, line, names["present"])
            yield Finding.of(
                "majority-attendance", place, basis=basis, body=row["body"], share=share, **counts
            )
        if not 2 * row["yes"] > row["present"]:
            yield Finding.of(
                "majority-passed", Place(resource.path, line, names["yes"]), basis=basis, **counts
            )
