"""Relations: what the cells of one row, or a head and its lists, must have to do with each other.

Each law takes a list of ``rules``: with a ``part`` a rule speaks of that list of a document, with ``where``
only of the rows that hold the words named there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.arithmetic import money
from generator.checks.context import Context, rows_of
from generator.model.credit_code import has_credit_check
from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.table import OF_WHICH, ZERO, Table

Options = Mapping[str, Any]


def sums(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a cell is not the sum of others in its row; a row without it is silent."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        added = [table.amounts(name) for name in rule["of"]]
        taken = [table.amounts(name) for name in rule.get("less", ())]
        stated_column = table.column(rule["is"])
        for index in rows:
            stated = stated_column[index]
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


def limits(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where one cell exceeds another of its row that it is a part of."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        part, whole = table.column(rule["less"]), table.column(rule["more"])
        for index in rows:
            less, more = part[index], whole[index]
            line = table.line_of(index, rule["less"])
            if less is not None and more is not None and less > more:
                facts = {"less": rule["less"], "more": rule["more"]}
                counts = {"less_count": money(less), "more_count": money(more)}
                yield Finding.of("limits", Place(resource.path, line, rule["less"]), **facts, **counts)


def counts(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a stated number is not that of the rows listed.

    With ``by`` a row is of somebody who may stand on the list twice: the number may be that of the rows or,
    down to that, of those who differ in these columns.
    """
    for rule in options["rules"]:
        part, rows = rows_of(resource, rule)
        keys = part.keys(tuple(rule["by"])) if "by" in rule else rows
        least = len({keys[row] for row in rows}) if "by" in rule else len(rows)
        for index, stated in enumerate(resource.table.column(rule["stated"])):
            if stated is not None and not least <= stated <= len(rows):
                place = Place(resource.path, resource.table.line_of(index, rule["stated"]), rule["stated"])
                facts = {"target": rule["stated"], "stated": stated, "part": listed(rule)}
                yield Finding.of("counts", place, rows=len(rows), **facts)


def part_totals(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a finding where a stated total is not the sum of a list's column; rows 其中… are parts."""
    for rule in options["rules"]:
        part, rows = rows_of(resource, rule)
        amounts = part.amounts(rule["of"])
        label = part.schema.name_of("lead")
        labels = part.column(label) if label is not None else [""] * len(part)
        whole = (row for row in rows if not str(labels[row]).startswith(OF_WHICH))
        computed = sum((amounts[row] for row in whole), ZERO)
        for index, stated in enumerate(resource.table.column(rule["stated"])):
            if stated is not None and stated != computed:
                place = Place(resource.path, resource.table.line_of(index, rule["stated"]), rule["stated"])
                facts = {"target": rule["stated"], "part": listed(rule), "column": rule["of"]}
                yield Finding.of(
                    "part-totals", place, stated=money(stated), computed=money(computed), **facts
                )


def listed(rule: Mapping[str, Any]) -> str:
    """Return how a finding names the rows of which ``rule`` speaks: 名单（女）."""
    words = "、".join(word for words in rule.get("where", {}).values() for word in words)
    return f"{rule.get('part', '')}（{words}）" if words else str(rule.get("part", ""))


def distinct(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield a warning where duties that should be apart lie in one hand."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for index in rows:
            seen: dict[Any, str] = {}
            for name in rule["columns"]:
                cell = table.column(name)[index]
                if cell is not None and cell in seen:
                    place = Place(resource.path, table.line_of(index, name), name)
                    yield Finding.of("distinct", place, first=seen[cell], second=name)
                seen.setdefault(cell, name)


def credit_code(resource: Resource, options: Options, context: Context) -> Iterator[Finding]:
    """Yield findings for unified credit codes with a wrong check mark or of another kind of body."""
    for rule in options["rules"]:
        table, rows = rows_of(resource, rule)
        for index in rows:
            code = table.column(rule["column"])[index]
            if code is None:
                continue
            place = Place(resource.path, table.line_of(index, rule["column"]), rule["column"])
            if not has_credit_check(code):
                yield Finding.of("credit-code", place, value=code)
            elif rule.get("prefixes") and not code.startswith(tuple(rule["prefixes"])):
                yield Finding.of("credit-code-kind", place, value=code, allowed="、".join(rule["prefixes"]))
