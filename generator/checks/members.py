"""Members: how many, who must be among them, and what share of them must agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.context import Context, cited, rows_of
from generator.checks.relations import listed
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.wording import _

Options = Mapping[str, Any]


def shares(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where the record does not show the share of votes that is asked for.

    ``at_least`` p/q holds when q × votes ≥ p × of, ``more_than`` when it is greater: integers only. The
    share stands in the rule itself with its ``basis`` (a body's own charter), or in its articles.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        articles = context.articles(rule, resource, resource.period.end)
        asked = [(a.share, bool(a.number("strict")), a.citation) for a in articles if a.share]
        for key in ("at_least", "more_than"):
            if key in rule:
                asked.append((rule[key], key == "more_than", rule.get("basis", "")))
        for share, is_strict, basis in asked:
            numerator, denominator = map(int, share.split("/"))
            for index in rows:
                votes, members = table.column(rule["votes"])[index], table.column(rule["of"])[index]
                if votes is None or members is None:
                    continue
                margin = denominator * votes - numerator * members
                if margin < 0 or (margin == 0 and is_strict):
                    place = Place(resource.path, table.line_of(index, rule["votes"]), rule["votes"])
                    facts = {
                        "votes_name": rule["votes"],
                        "votes": votes,
                        "of_name": rule["of"],
                        "of": members,
                    }
                    code = "share-exceeded" if is_strict else "share-reached"
                    yield Finding.of(code, place, share=share, basis=cited(basis), **facts)


def sizes(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where a body has fewer or more members than the article in force asks.

    The members are the rows of the rule, or the number in its column ``number``; ``unit`` is what they are
    counted by, where they are not people. A list without any such row says nothing of the body.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        if not len(rows):
            continue
        column, unit = rule.get("number", ""), rule.get("unit", _("人"))
        sized = [(table.column(column)[index], index) for index in rows] if column else [(len(rows), rows[0])]
        for size, index in sized:
            if size is None:
                continue
            place = Place(
                resource.path, table.line_of(index, column) if column else table.lines[index], column or None
            )
            for article in context.articles(rule, resource, resource.period.end):
                least, most = article.number("least"), article.number("most")
                name = column or _name_of(resource, rule)
                facts = {"part": name, "size": size, "basis": cited(article.citation), "unit": unit}
                if size < least or (most and size > most):
                    # Of a list that is too long, the first row that should not be there.
                    at = place if column or size < least else Place(resource.path, table.lines[rows[most]])
                    yield Finding.of("members-number", at, asked=asked_number(least, most, unit), **facts)
                if article.number("odd") and size % 2 == 0:
                    yield Finding.of("members-odd", place, **facts)


def asked_number(least: int, most: int, unit: str) -> str:
    """Return how a finding says from how many to how many are asked: 3 至 5 人."""
    if not most:
        return _("{least} {unit}以上").format(least=least, unit=unit)
    if not least:
        return _("{most} {unit}以下").format(most=most, unit=unit)
    if least == most:
        return _("{least} {unit}").format(least=least, unit=unit)
    return _("{least} 至 {most} {unit}").format(least=least, most=most, unit=unit)


def _name_of(resource: Resource, rule: Mapping[str, Any]) -> str:
    """Return how a finding calls the rows of the rule: 成员, or 干部名册（村务监督委员会）."""
    return listed({"part": resource.item.title, **rule})


def includes(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where nobody, or too small a share, among the rows holds a word such as 女.

    The share stands in the article; an article without one asks for at least one. An empty cell is an
    input that is absent: where any is empty the rule is silent.
    """
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        cells = [table.column(rule["column"])[index] for index in rows]
        if not cells or None in cells:
            continue
        held = sum(cell in rule["words"] for cell in cells)
        for article in context.articles(rule, resource, resource.period.end):
            numerator, denominator = map(int, (article.share or f"1/{len(cells)}").split("/"))
            if denominator * held < numerator * len(cells):
                place = Place(resource.path, table.line_of(rows[0], rule["column"]), rule["column"])
                facts = {"part": _name_of(resource, rule), "size": len(cells), "held": held}
                words = "、".join(rule["words"])
                least = _("达到 {share}").format(share=article.share) if article.share else _("有 1 人以上")
                basis = cited(article.citation)
                yield Finding.of("members-include", place, words=words, asked=least, basis=basis, **facts)
