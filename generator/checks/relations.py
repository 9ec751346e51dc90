"""Relations: what the cells of one row, or a head and its lists, must have to do with each other.

Each law takes a list of ``rules``; a rule with a ``part`` speaks of that list of a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.checks.arithmetic import money
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import ZERO, Table
from generator.promises.law import Article

Options = Mapping[str, Any]
_USCC_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def sums(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where a cell is not the sum of others in its row; a row without it is silent."""
    for rule in options["rules"]:
        table = _target(resource, rule)
        added = [table.amounts(name) for name in rule["of"]]
        taken = [table.amounts(name) for name in rule.get("less", ())]
        for index, stated in enumerate(table.column(rule["is"])):
            computed = sum((c[index] for c in added), ZERO) - sum((c[index] for c in taken), ZERO)
            if stated is None or stated == computed:
                continue
            terms = " ＋ ".join(_term(table, name, index) for name in rule["of"])
            terms += "".join(f" － {_term(table, name, index)}" for name in rule.get("less", ()))
            place = Place(resource.path, table.line_of(index, rule["is"]), rule["is"])
            facts = {"target": rule["is"], "stated": money(stated), "computed": money(computed)}
            yield Finding.of("sums", place, terms=terms, **facts)


def _term(table: Table, name: str, index: int) -> str:
    value = table.column(name)[index]
    return f"{name} {money(ZERO if value is None else value)}"


def limits(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where one cell exceeds another of its row that it is a part of."""
    for rule in options["rules"]:
        table = _target(resource, rule)
        pairs = zip(table.column(rule["less"]), table.column(rule["more"]), strict=True)
        for index, (less, more) in enumerate(pairs):
            line = table.line_of(index, rule["less"])
            if less is not None and more is not None and less > more:
                facts = {"less": rule["less"], "more": rule["more"]}
                counts = {"less_count": money(less), "more_count": money(more)}
                yield Finding.of("limits", Place(resource.path, line, rule["less"]), **facts, **counts)


def date_order(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a warning where a later step bears an earlier date; empty dates are passed over."""
    for rule in options["rules"]:
        table = _target(resource, rule)
        for index in range(len(table)):
            previous: tuple[str, date] | None = None
            for name in rule["dates"]:
                day = table.column(name)[index]
                if day is None:
                    continue
                if previous is not None and day < previous[1]:
                    facts = {
                        "stage": name,
                        "date": day,
                        "previous": previous[0],
                        "previous_date": previous[1],
                    }
                    yield Finding.of(
                        "date-order", Place(resource.path, table.line_of(index, name), name), **facts
                    )
                previous = (name, day)


def gaps(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a warning where two steps lie closer together than the article in force on the later day asks."""
    articles: Mapping[str, Article] = options["book"].articles
    for rule in options["rules"]:
        table = _target(resource, rule)
        for index, (start, end) in enumerate(
            zip(table.column(rule["from"]), table.column(rule["to"]), strict=True)
        ):
            if start is None or end is None:
                continue
            for article in (articles[key] for key in rule["articles"].get(resource.village.kind, ())):
                if article.is_in_force_on(end) and (end - start).days < article.days:
                    place = Place(resource.path, table.line_of(index, rule["from"]), rule["from"])
                    facts = {"first": rule["from"], "second": rule["to"], "days": (end - start).days}
                    yield Finding.of("gap-short", place, least=article.days, basis=article.citation, **facts)


def counts(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where a stated number is not that of the rows listed."""
    for rule in options["rules"]:
        rows = len(resource.parts[rule["part"]])
        for index, stated in enumerate(resource.table.column(rule["stated"])):
            if stated is not None and stated != rows:
                place = Place(resource.path, resource.table.line_of(index, rule["stated"]), rule["stated"])
                yield Finding.of(
                    "counts", place, target=rule["stated"], stated=stated, part=rule["part"], rows=rows
                )


def part_totals(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a finding where a stated total is not the sum of a list's column."""
    for rule in options["rules"]:
        computed = sum(resource.parts[rule["part"]].amounts(rule["of"]), ZERO)
        for index, stated in enumerate(resource.table.column(rule["stated"])):
            if stated is not None and stated != computed:
                place = Place(resource.path, resource.table.line_of(index, rule["stated"]), rule["stated"])
                facts = {"target": rule["stated"], "part": rule["part"], "column": rule["of"]}
                yield Finding.of(
                    "part-totals", place, stated=money(stated), computed=money(computed), **facts
                )


def shares(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a warning where the record does not show the share of votes that the rule asks for.

    ``at_least`` p/q holds when q × votes ≥ p × of, ``more_than`` when it is greater: integers only.
    """
    for rule in options["rules"]:
        table = _target(resource, rule)
        is_strict = "more_than" in rule
        share = rule["more_than"] if is_strict else rule["at_least"]
        numerator, denominator = map(int, share.split("/"))
        cells = zip(table.column(rule["votes"]), table.column(rule["of"]), strict=True)
        for index, (votes, members) in enumerate(cells):
            if votes is None or members is None:
                continue
            margin = denominator * votes - numerator * members
            if margin < 0 or (margin == 0 and is_strict):
                place = Place(resource.path, table.line_of(index, rule["votes"]), rule["votes"])
                facts = {"votes_name": rule["votes"], "votes": votes, "of_name": rule["of"], "of": members}
                code = "share-exceeded" if is_strict else "share-reached"
                yield Finding.of(code, place, share=share, basis=rule.get("basis", ""), **facts)


def distinct(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield a warning where duties that should be apart lie in one hand."""
    for rule in options["rules"]:
        table = _target(resource, rule)
        for index in range(len(table)):
            seen: dict[Any, str] = {}
            for name in rule["columns"]:
                cell = table.column(name)[index]
                if cell is not None and cell in seen:
                    place = Place(resource.path, table.line_of(index, name), name)
                    yield Finding.of("distinct", place, first=seen[cell], second=name)
                seen.setdefault(cell, name)


def credit_code(resource: Resource, options: Options) -> Iterator[Finding]:
    """Yield findings for unified credit codes with a wrong check mark or of another kind of body."""
    for rule in options["rules"]:
        table = _target(resource, rule)
        for index, code in enumerate(table.column(rule["column"])):
            if code is None:
                continue
            place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
            if not is_credit_code(code):
                yield Finding.of("credit-code", place, value=code)
            elif rule.get("prefixes") and not code.startswith(tuple(rule["prefixes"])):
                yield Finding.of("credit-code-kind", place, value=code, allowed="、".join(rule["prefixes"]))


def is_credit_code(code: str) -> bool:
    """Return whether ``code`` has the 18 marks and the check mark of GB 32100."""
    if len(code) != 18 or any(mark not in _USCC_MARKS for mark in code):
        return False
    return credit_code_check(code[:17]) == code[17]


def credit_code_check(body: str) -> str:
    """Return the check mark of the first 17 marks of a unified credit code."""
    weighted = sum(_USCC_MARKS.index(mark) * weight for mark, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return _USCC_MARKS[(31 - weighted % 31) % 31]


def _target(resource: Resource, rule: Mapping[str, Any]) -> Table:
    return resource.parts[rule["part"]] if "part" in rule else resource.table
