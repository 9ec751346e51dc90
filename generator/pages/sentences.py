"""Sentences: what the figures say, in plain Chinese and never more than they say."""

from __future__ import annotations

from decimal import Decimal

from generator.model.resource import Resource
from generator.model.table import ZERO, Table
from generator.pages.accounts import Account, LedgerSummary, by_category
from generator.pages.words import amount, in_a_row, in_unit, month_day, spoken
from generator.wording import _, counted, said


def ledger_sentence(summary: LedgerSummary, account: Account, before: Account | None) -> str:
    """Return what one entity received and spent in a period, against the period before."""
    unit = summary.unit
    income = _side(summary.income, account.income, before.income if before else None, unit)
    expense = _side(summary.expense, account.expense, before.expense if before else None, unit)
    if account.entity:
        sentence = _("{entity}这一期{income}；{expense}。").format(
            entity=said(account.entity), income=income, expense=expense
        )
    else:
        sentence = _("这一期{income}；{expense}。").format(income=income, expense=expense)
    largest = summary.largest.get(account.entity)
    if largest is None or unit != "元":
        return sentence
    facts = {"expense": said(summary.expense), "label": said(largest.label)}
    figure = in_unit(amount(largest.amount), unit)
    if largest.day:
        told = _("最大一笔{expense}是 {day}「{label}」{amount}。").format(
            day=month_day(largest.day), amount=figure, **facts
        )
    else:
        told = _("最大一笔{expense}是「{label}」{amount}。").format(amount=figure, **facts)
    return in_a_row(sentence, told)


def _side(name: str, now: Decimal, before: Decimal | None, unit: str) -> str:
    """Return what came in, or what went out, beside what did in the period before."""
    facts = {"side": said(name), "amount": spoken(now, unit)}
    if before is None:
        return _("{side} {amount}").format(**facts)
    if now == before:
        return _("{side} {amount}，和上期一样").format(**facts)
    difference = spoken(abs(now - before), unit)
    if now > before:
        return _("{side} {amount}，比上期多 {difference}").format(difference=difference, **facts)
    return _("{side} {amount}，比上期少 {difference}").format(difference=difference, **facts)


def year_sentence(year: int, account: Account, summaries: list[LedgerSummary]) -> str:
    """Return what one entity received and spent so far this year, and on what most."""
    earned = by_category((summary.income_by for summary in summaries), account.entity)
    paid = by_category((summary.expense_by for summary in summaries), account.entity)
    return in_a_row(
        _("{year} 年{entity}收入 {income}；花了 {expense}。").format(
            year=year,
            entity=said(account.entity),
            income=_mostly(spoken(account.income), earned),
            expense=_mostly(spoken(account.expense), paid),
        ),
        _("每一笔都能查到。"),
    )


def _mostly(total: str, parts: list[tuple[str, Decimal]]) -> str:
    if not parts or not parts[0][1]:
        return total
    return _("{total}，最多的是{category}（{amount}）").format(
        total=total, category=said(parts[0][0]), amount=spoken(parts[0][1])
    )


def list_sentence(resource: Resource, table: Table) -> str:
    """Return how many rows a list has and what its amounts add up to."""
    name = table.schema.name_of("amount")
    count = len(table)
    if name is None or not count:
        return counted("共 {count} 条，全部列出。", count).format(count=count)
    unit = table.schema.field_named(name).unit or "元"
    amounts = [value for value in table.column(name) if value is not None] or [ZERO]
    total = sum(amounts, ZERO)
    parts = [
        counted("{title}共 {count} 户（人），合计 {total}", count).format(
            title=resource.scheme or said(resource.item.title),
            count=count,
            total=in_unit(amount(total), unit),
        )
    ]
    standards = _standards(table)
    if len(standards) == 1:
        parts.append(
            _("标准是每{measure} {standard}").format(
                measure=said(standards[0][1]), standard=in_unit(amount(standards[0][0]), unit)
            )
        )
    text = _("，").join(parts)
    smallest, largest = min(amounts), max(amounts)
    if smallest == largest:
        return _("{text}。").format(text=text)
    return _("{text}；最少 {smallest}，最多 {largest}。").format(
        text=text, smallest=in_unit(amount(smallest), unit), largest=in_unit(amount(largest), unit)
    )


def _standards(table: Table) -> list[tuple[Decimal, str]]:
    standard, measure = table.schema.name_of("standard"), table.schema.name_of("measure")
    if standard is None or measure is None:
        return []
    found = set(zip(table.column(standard), table.column(measure), strict=True))
    return [] if any(None in pair for pair in found) else list(found)
