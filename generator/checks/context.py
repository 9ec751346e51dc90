"""Context: what a law may look at besides the table that it judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.resource import Resource
from generator.model.table import Table
from generator.promises.law import Article, LawBook
from generator.promises.promises import Promises
from generator.promises.workdays import Workdays
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Context:
    """The law book, the day of judgement, the county's thresholds in 元, and the village's other tables.

    ``others`` maps an item to its resources that are not held back, oldest first.
    """

    book: LawBook
    as_of: date
    thresholds: Mapping[str, Decimal]
    workdays: Workdays
    others: Mapping[str, Sequence[Resource]] = field(default_factory=dict)

    @classmethod
    def of(cls, promises: Promises, as_of: date) -> Context:
        """Return the context in which ``promises`` are kept on ``as_of``; no other tables yet."""
        return cls(promises.law, as_of, promises.settings.thresholds, promises.workdays)

    def articles(self, rule: Mapping[str, Any], resource: Resource, day: date) -> Iterator[Article]:
        """Yield the articles that ``rule`` cites for this kind of village, as far as in force on ``day``."""
        yield from self.book.in_force(rule.get("articles", {}).get(resource.village.kind, ()), day)


def rows_of(resource: Resource, rule: Mapping[str, Any]) -> tuple[Table, Sequence[int]]:
    """Return the table of which ``rule`` speaks (its ``part``, or the table itself) and its rows.

    Of a rule with ``where: {column: [words]}`` only the rows that hold one of the words in each column.
    """
    table = resource.parts[rule["part"]] if "part" in rule else resource.table
    return table, rows_where(table, rule.get("where", {}))


def rows_where(table: Table, where: Mapping[str, Iterable[str]]) -> Sequence[int]:
    """Return the indexes of the rows that hold one of the words in each column of ``where``."""
    if not where:
        return range(len(table))
    found: Sequence[int] = range(len(table))
    for name, asked in where.items():
        column, words = table.column(name), frozenset(asked)
        found = [i for i in found if column[i] in words]
    return found


def cited(basis: str) -> str:
    """Return a citation in brackets, to be set behind a sentence; "" for none."""
    return _("（{basis}）").format(basis=basis) if basis else ""
