"""Sentences: what the figures say, in plain Chinese and never more than they say."""

from __future__ import annotations

from decimal import Decimal

from generator.model.resource import Resource
from generator.model.table import ZERO, Table
from generator.pages.accounts import Account, LedgerSummary, by_category
from generator.pages.words import amount, month_day, spoken
from generator.wording import _


def ledger_sentence(summary: LedgerSummary, account: Account, before: Account | None) -> str:
    """Return what one entity received and spent in a period, against the period before."""
    unit = summary.unit
    parts = [
        f"{summary.income} {spoken(account.income, unit)}"
        + _compared(account.income, before.income if before else None, unit),
        f"{summary.expense} {spoken(account.expense, unit)}"
        + _compared(account.expense, before.expense if before else None, unit),
    ]
    sentence = (
        _("{entity}这一期").format(entity=account.entity) if account.entity else _("这一期")
    ) + "；".join(parts)
    largest = summary.largest.get(account.entity)
    if largest is not None and unit == "元":
        when = f" {month_day(largest.day)}" if largest.day else ""
        sentence += _("。最大一笔{expense}是{when}「{label}」{amount} 元").format(
            expense=summary.expense, when=when, label=largest.label, amount=amount(largest.amount)
        )
    return sentence + "。"


def _compared(now: Decimal, before: Decimal | None, unit: str) -> str:
    if before is None:
        return ""
    if now == before:
        return _("，和上期一样")
    if now > before:
        return _("，比上期多 {difference}").format(difference=spoken(now - before, unit))
    return _("，比上期少 {difference}").format(difference=spoken(before - now, unit))


def year_sentence(year: int, account: Account, summaries: list[LedgerSummary]) -> str:
    """Return what one entity received and spent so far this year, and on what most."""
    earned = by_category((summary.income_by for summary in summaries), account.entity)
    paid = by_category((summary.expense_by for summary in summaries), account.entity)
    text = _("{year} 年{entity}收入 {income}").format(
        year=year, entity=account.entity, income=spoken(account.income)
    )
    if earned and earned[0][1]:
        text += _("，最多的是{category}（{amount}）").format(
            category=earned[0][0], amount=spoken(earned[0][1])
        )
    text += _("；花了 {expense}").format(expense=spoken(account.expense))
    if paid and paid[0][1]:
        text += _("，最多的是{category}（{amount}）").format(category=paid[0][0], amount=spoken(paid[0][1]))
    return text + _("。每一笔都能查到。")


def list_sentence(resource: Resource, table: Table) -> str:
    """Return how many rows a list has and what its amounts add up to."""
    name = table.schema.name_of("amount")
    count = len(table)
    if name is None or not count:
        return _("共 {count} 条，全部列出。").format(count=count)
    unit = table.schema.field_named(name).unit or "元"
    amounts = [value for value in table.column(name) if value is not None] or [ZERO]
    total = sum(amounts, ZERO)
    text = _("{title}共 {count} 户（人），合计 {total} {unit}").format(
        title=resource.scheme or resource.item.title, count=count, total=amount(total), unit=unit
    )
    standards = _standards(table)
    if len(standards) == 1:
        text += _("，标准是每{measure} {standard} {unit}").format(
            measure=standards[0][1], standard=amount(standards[0][0]), unit=unit
        )
    smallest, largest = min(amounts), max(amounts)
    if smallest != largest:
        text += _("；最少 {smallest} {unit}，最多 {largest} {unit}").format(
            smallest=amount(smallest), largest=amount(largest), unit=unit
        )
    return text + "。"


def _standards(table: Table) -> list[tuple[Decimal, str]]:
    standard, measure = table.schema.name_of("standard"), table.schema.name_of("measure")
    if standard is None or measure is None:
        return []
    found = set(zip(table.column(standard), table.column(measure), strict=True))
    return [] if any(None in pair for pair in found) else list(found)
