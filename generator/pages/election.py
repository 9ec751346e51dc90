"""Elections: each round's turnout and the votes of each candidate, ready to be set."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.model.resource import Resource
from generator.pages.charts import BarChart, bar_chart
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Race:
    """One post in one round: how many seats, who stood, who was elected."""

    title: str
    chart: BarChart | None
    elected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of an election: its counts in words and its races."""

    title: str
    sentence: str
    races: tuple[Race, ...]


def rounds_of(resource: Resource) -> tuple[Round, ...]:
    """Return the rounds of an election, in the order recorded."""
    options = resource.item.laws.get("ballots")
    if options is None:
        return ()
    counts = [
        _by_role(resource, options["rounds"], record)
        for record in resource.parts[options["rounds"]].records()
    ]
    results = [
        _by_role(resource, options["results"], record)
        for record in resource.parts[options["results"]].records()
    ]
    seats = {
        (row["round"], row["post"]): row["seats"]
        for row in (
            _by_role(resource, options["seats"], record)
            for record in resource.parts[options["seats"]].records()
        )
    }
    return tuple(_round(row, results, seats, options["elected"]) for row in counts)


def _by_role(resource: Resource, part: str, record: dict[str, Any]) -> dict[str, Any]:
    return {field.role: record[field.name] for field in resource.item.parts[part].fields if field.role}


def _round(
    count: dict[str, Any], results: list[dict[str, Any]], seats: dict[tuple[str, str], int], elected: str
) -> Round:
    sentence = _(
        "登记选民 {registered} 人，参加投票 {voted} 人，"
        "收回选票 {returned} 张，有效票 {valid} 张，废票 {invalid} 张。"
    )
    posts = dict.fromkeys(row["post"] for row in results if row["round"] == count["round"])
    races = []
    for post in posts:
        rows = [row for row in results if (row["round"], row["post"]) == (count["round"], post)]
        rows.sort(key=lambda row: -row["votes"])
        winners = tuple(row["candidate"] for row in rows if row["outcome"] == elected)
        entries = [(f"{row['candidate']}（{row['outcome']}）", Decimal(row["votes"])) for row in rows]
        number = seats.get((count["round"], post))
        title = _("{post}（应选 {seats} 人）").format(post=post, seats=number) if number else post
        races.append(Race(title, bar_chart(title, entries, places=0), winners))
    return Round(count["round"], sentence.format(**count), tuple(races))
