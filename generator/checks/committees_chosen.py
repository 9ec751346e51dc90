"""Chosen committees: who sits on them, who chose them, and whether that was told and done in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.ballots import by_role, head_of, role_names
from generator.checks.context import Context, cited
from generator.checks.election_articles import (
    Options,
    Rows,
    in_force,
    result_place,
)
from generator.checks.members import asked_number
from generator.checks.quorum import ADDED_BY_VOTERS, RESIDENTS_REPRESENTATIVES
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.wording import _


def committees(
    resource: Resource, options: Options, context: Context, found: tuple[Rows, date]
) -> Iterator[Finding]:
    """Yield warnings about the committee elected and the committee that held the election."""
    yield from _body(resource, options, context, found)
    yield from _exits(resource, options, context, found)


def _body(
    resource: Resource, options: Options, context: Context, found: tuple[Rows, date]
) -> Iterator[Finding]:
    """A whole committee has a woman, and is not smaller than the law's smallest."""
    rows, day = found
    head = head_of(resource)
    won = [(row, line) for row, line in rows if row["outcome"] == options["elected"]]
    if head.get("kind") != options["whole"] or not won:
        return
    place = result_place(resource, options, won[0][1], "outcome")
    for article in in_force(context, "size", resource, day) if head.get("seats") is not None else ():
        if len(won) < article.number("least"):
            asked = asked_number(article.number("least"), 0, _("人"))
            facts = {"part": options["elected"], "size": len(won), "unit": _("人")}
            yield Finding.of("members-number", place, asked=asked, basis=cited(article.citation), **facts)
    sexes = [row.get("sex") for row, _line in won]
    if None in sexes or options["woman"] in sexes:
        return
    for article in in_force(context, "women", resource, day):
        facts = {"part": options["elected"], "size": len(won), "held": 0, "words": options["woman"]}
        basis = cited(article.citation)
        yield Finding.of("members-include", place, asked=_("至少 1 人"), basis=basis, **facts)


def ways(resource: Resource, options: Options, context: Context, rounds: Rows) -> Iterator[Finding]:
    """No proxies where representatives elect; the result is told on the spot; late elections are excused."""
    head, names = head_of(resource), role_names(resource.table)
    part_names = role_names(resource.parts[options["rounds"]])
    if head.get("mode") == RESIDENTS_REPRESENTATIVES:
        for row, line in rounds:
            for article in in_force(context, "no_proxies", resource, row["date"]):
                if row.get("proxies"):
                    value = f"{part_names['proxies']} {row['proxies']}"
                    place = Place(resource.path, line, part_names["proxies"])
                    yield Finding.of("forbidden", place, value=value, basis=cited(article.citation))
    told = head.get("told")
    voted = [row["date"] for row, _line in rounds if told is not None and row["date"] <= told]
    if voted and max(voted) < told:
        for article in in_force(context, "result", resource, max(voted)):
            place = Place(resource.path, resource.table.line_of(0, names["told"]), names["told"])
            facts = {"voted": max(voted), "told": told, "basis": cited(article.citation)}
            yield Finding.of("result-late", place, **facts)
    end, day = head.get("term_before"), rounds[0][0]["date"]
    if end is not None and day > end and head.get("extended") is None:
        for article in in_force(context, "term", resource, day):
            place = Place(resource.path, resource.table.line_of(0, names["term_before"]), names["extended"])
            facts = {"reason": _("选举晚于{column} {end}").format(column=names["term_before"], end=end)}
            basis = cited(article.citation)
            yield Finding.of("required-when", place, column=names["extended"], basis=basis, **facts)


def _exits(
    resource: Resource, options: Options, context: Context, found: tuple[Rows, date]
) -> Iterator[Finding]:
    """Who stands has left the election committee by the day the candidates were told."""
    rows, day = found
    if "committee" not in options:
        return
    part = resource.parts[options["committee"]]
    names = role_names(part)
    standing = {row["candidate"] for row, _line in rows if row.get("nominated") != ADDED_BY_VOTERS}
    listed = head_of(resource).get("listed")
    for row, line in by_role(part):
        concerned = row["member"] in standing or row.get("relative") == options.get("relative", "")
        if not concerned or (row.get("left") is not None and (listed is None or row["left"] <= listed)):
            continue
        for article in in_force(context, "exit", resource, day):
            place = Place(resource.path, line, names["left"])
            yield Finding.of("committee-exit", place, basis=cited(article.citation))
