"""Period charts: what one resource shows as bars."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.model.resource import Resource
from generator.model.table import ZERO, Table
from generator.pages.accounts import Account, LedgerSummary, by_category
from generator.pages.charts import BarChart, bar_chart
from generator.wording import _, said

# More bars than this explain nothing that the table does not.
_COMPARED_ROWS = 12


def period_charts(resource: Resource, table: Table, summary: LedgerSummary | None) -> Iterator[BarChart]:
    """Yield the charts of one resource: what was planned beside what came of it, accounts, groups."""
    yield from _plan_charts(resource, table)
    if summary is not None:
        for account in summary.accounts:
            yield from _account_charts(summary, account)
        return
    group, money = table.schema.name_of("group"), table.schema.name_of("amount")
    if group is not None and money is not None:
        sums: dict[str, Decimal] = {}
        for name, value in zip(table.column(group), table.amounts(money), strict=True):
            sums[name] = sums.get(name, ZERO) + value
        # One bar compares nothing, and masked groups are one.
        chart = bar_chart(_("各组合计（元）"), list(sums.items())) if len(sums) > 1 else None
        if chart is not None:
            yield chart


def _account_charts(summary: LedgerSummary, account: Account) -> Iterator[BarChart]:
    entity = account.entity
    titles = [
        _("{entity}{side}分类（{unit}）").format(
            entity=said(entity), side=said(side), unit=said(summary.unit)
        )
        for side in (summary.income, summary.expense)
    ]
    if entity and summary.unit == "元":
        titles = [
            _("{entity}的钱从哪里来").format(entity=said(entity)),
            _("{entity}的钱花在哪里").format(entity=said(entity)),
        ]
    sides = (
        (titles[0], by_category([summary.income_by], entity), "in"),
        (titles[1], by_category([summary.expense_by], entity), "out"),
    )
    for title, entries, tone in sides:
        named = [(said(label), value) for label, value in entries if label]
        chart = bar_chart(title, named, tone=tone)
        if chart is not None:
            yield chart


def _plan_charts(resource: Resource, table: Table) -> Iterator[BarChart]:
    """Yield the rows of which the item's ``budget`` law says what they were planned to cost, as one chart."""
    rules = resource.item.laws.get("budget", {}).get("rules", ())
    named = dict.fromkeys(name for rule in rules for name in (rule["plan"], rule["actual"]))
    in_money = {f.name for f in table.schema.fields if f.unit == "元"}
    compared = [name for name in named if name in in_money]
    lead = table.schema.name_of("lead")
    if len(compared) < 2 or lead is None or len(table) > _COMPARED_ROWS:
        return
    plan, actual = compared[0], compared[-1]
    entries: list[tuple[str, Decimal]] = []
    for row, planned, came in zip(table.column(lead), table.column(plan), table.column(actual), strict=True):
        # One bar compares nothing.
        if planned is not None and came is not None:
            entries += [(f"{row} {said(plan)}", planned), (f"{row} {said(actual)}", came)]
    chart = bar_chart(_("{plan}和{actual}（元）").format(plan=said(plan), actual=said(actual)), entries)
    if chart is not None:
        yield chart
