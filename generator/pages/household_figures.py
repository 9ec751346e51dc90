"""Figures per household: what a village took in, spent and paid out for each household, to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from generator.intake.stamps import mark_of
from generator.model.period import Period
from generator.model.resource import Resource
from generator.model.seal import totals_of
from generator.pages.accounts import LedgerSummary, over_time
from generator.pages.book import Book
from generator.pages.home_page import ledger_of
from generator.wording import _

# A class begins with so many households; fewer villages than LEAST in one are not compared.
CLASSES = (0, 300, 600, 1000)
LEAST = 5
_NEWEST = 4
_QUARTER, _MONTHS = "quarter", 3
_CENT = Decimal("0.01")

Fact = dict[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Villages that may be compared: one kind of village, one class, one figure over one period.

    ``values`` are the name of each village and what came to each of its households, in order of folder.
    """

    kind: str
    size: int
    figure: str
    entity: str
    period: str
    values: tuple[tuple[str, Decimal], ...]

    @property
    def amounts(self) -> list[Decimal]:
        """Return the figures without names, the smallest first."""
        return sorted(amount for _name, amount in self.values)

    @property
    def middle(self) -> Decimal:
        """Return the figure that as many villages exceed as stay below; of an even number, a mean of two."""
        amounts, half = self.amounts, len(self.values) // 2
        if len(amounts) % 2:
            return amounts[half]
        return ((amounts[half - 1] + amounts[half]) / 2).quantize(_CENT, ROUND_HALF_UP)


def size_class(households: int) -> int:
    """Return the class of a village by its number of households, counted from 0."""
    return sum(households >= start for start in CLASSES) - 1


def class_title(size: int) -> str:
    """Return a class in words: 300–599 户."""
    start, following = CLASSES[size], CLASSES[size + 1 : size + 2]
    if not following:
        return _("{start} 户以上").format(start=start)
    if not start:
        return _("不到 {end} 户").format(end=following[0])
    return _("{start}–{end} 户").format(start=start, end=following[0] - 1)


def per_household(amount: Decimal, households: int) -> Decimal:
    """Return a sum divided by the households, to the 分."""
    return (amount / households).quantize(_CENT, ROUND_HALF_UP)


def household_facts(book: Book) -> list[Fact]:
    """Return the sums of a village that can be compared: money by quarter, payments list by list.

    A quarter counts only when every month of it is published; each list tells its total, never a row.
    """
    return [*_money(book), *_payments(book)]


def _money(book: Book) -> Iterator[Fact]:
    name = ledger_of(book)
    found = [book.summaries[r.path] for r in book.items.get(name or "", ()) if r.path in book.summaries]
    quarters = [
        (quarter, list(group))
        for quarter, group in groupby(found, lambda s: Period.holding(s.resource.period.start, _QUARTER))
    ]
    whole = [(quarter, group) for quarter, group in quarters if _is_whole(quarter, group)]
    for quarter, group in whole[-_NEWEST:]:
        for account in over_time(group):
            for figure, amount in ((_("收入"), account.income), (_("支出"), account.expense)):
                yield _fact(figure, account.entity, quarter, amount)


def _is_whole(quarter: Period, group: Sequence[LedgerSummary]) -> bool:
    periods = {summary.resource.period for summary in group}
    is_quarterly = periods == {quarter}
    months = [period for period in periods if period.kind == "month"]
    return is_quarterly or (len(months) == len(periods) == _MONTHS)


def _payments(book: Book) -> Iterator[Fact]:
    lists = [r for r in book.judgement.package.resources if r.item.is_private and not r.is_held_back]
    by_scheme: dict[tuple[str, str], list[Resource]] = {}
    for resource in lists:
        by_scheme.setdefault((resource.item.name, resource.slug), []).append(resource)
    for found in by_scheme.values():
        for resource in found[-_NEWEST:]:
            column = resource.item.schema.name_of("amount")
            closed = book.closed.get(resource.path)
            sums = closed.sums if closed is not None else totals_of(resource.table)
            if column is not None and column in sums:
                yield _fact(resource.scheme or resource.item.title, "", resource.period, sums[column])


def _fact(figure: str, entity: str, period: Period, amount: Decimal) -> Fact:
    told = {"figure": figure, "entity": entity, "amount": str(amount)}
    return told | {"since": period.start.isoformat(), "period": period.title}


def households_mark(summaries: Sequence[Mapping[str, Any]]) -> str:
    """Return what changes with anything that is compared, and with whose households nobody told.

    It is "" where nobody told any.
    """
    if not any(s.get("households") for s in summaries):
        return ""
    told = [
        (s["name"], s["kind"], s["closed"], s["households"], s.get("per_household", ()))
        if s.get("households")
        else s["name"]
        for s in summaries
    ]
    return mark_of(told)


def groups_of(summaries: Sequence[Mapping[str, Any]]) -> list[Group]:
    """Return what can be compared in the county: of each figure the newest period that enough villages have.

    Where no period has enough of them, the one that most have, the newest of these.
    """
    found: dict[tuple[str, int, str, str], dict[tuple[str, str], list[tuple[str, Decimal]]]] = {}
    for summary in summaries:
        if not summary.get("households") or summary["closed"]:
            continue
        households = summary["households"]
        for fact in summary.get("per_household", ()):
            key = (summary["kind"], size_class(households), fact["figure"], fact["entity"])
            amount = per_household(Decimal(fact["amount"]), households)
            periods = found.setdefault(key, {})
            periods.setdefault((fact["since"], fact["period"]), []).append((summary["name"], amount))
    groups = []
    for (kind, size, figure, entity), periods in sorted(found.items()):
        enough = [period for period in sorted(periods) if len(periods[period]) >= LEAST]
        most = max(len(values) for values in periods.values())
        period = enough[-1] if enough else max(p for p in periods if len(periods[p]) == most)
        groups.append(Group(kind, size, figure, entity, period[1], tuple(periods[period])))
    return groups
