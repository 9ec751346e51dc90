"""Item pages: all periods of one disclosure item, and how its figures went over time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.checks.calendar import Duty
from generator.model.item import DisclosureItem
from generator.pages.accounts import LedgerSummary
from generator.pages.asking import item_asking
from generator.pages.book import Book
from generator.pages.charts import BarChart, bar_chart
from generator.pages.home_page import duty_line
from generator.pages.views import ChartGroup, ItemView, Line
from generator.wording import _, said

_CHARTED_PERIODS = 12


def item_view(book: Book, item: DisclosureItem) -> ItemView:
    """Return the view of one item in one village."""
    duties = [duty for duty in book.judgement.duties if duty.item.name == item.name]
    articles = [book.promises.law.articles[key] for key in item.basis.get(book.village.kind, ())]
    return ItemView(
        title=said(item.title),
        question=said(item.question),
        description=said(item.description),
        lines=tuple(duty_line(book, duty) for duty in duties),
        charts=tuple(_charts(book, duties)),
        remarks=tuple(_remarks(book, item)),
        basis=tuple((article.named, said(article.summary)) for article in articles),
        dictionary_url=f"dictionary/{item.name}/",
        asking=item_asking(book, item),
    )


def _remarks(book: Book, item: DisclosureItem) -> Iterator[str]:
    """Yield what the charts leave out, where there are charts to leave it out of."""
    resources = book.items.get(item.name, ())
    if any(resource.path in book.summaries for resource in resources):
        for resource in reversed(resources):
            if resource.is_held_back:
                yield _("{title}待更正，没有计入下面的数").format(title=resource.title)


def _charts(book: Book, duties: list[Duty]) -> Iterator[ChartGroup]:
    found = [
        book.summaries[d.resource.path] for d in duties if d.resource and d.resource.path in book.summaries
    ]
    summaries = list(reversed(found[:_CHARTED_PERIODS]))
    if len(summaries) < 2:
        return
    entities = dict.fromkeys(account.entity for summary in summaries for account in summary.accounts)
    newest = summaries[-1]
    for entity in entities:
        charts = tuple(_entity_charts(summaries, entity))
        title = _("{entity}历期{closing}、{income}、{expense}").format(
            entity=said(entity), closing=_("结余"), income=said(newest.income), expense=said(newest.expense)
        )
        if charts:
            yield ChartGroup(title, charts)


def _entity_charts(summaries: list[LedgerSummary], entity: str) -> Iterator[BarChart]:
    newest = summaries[-1]
    sides = (
        (_("期末结余（{unit}）").format(unit=said(newest.unit)), "closing", "plain"),
        (_("每期{side}（{unit}）").format(side=said(newest.income), unit=said(newest.unit)), "income", "in"),
        (
            _("每期{side}（{unit}）").format(side=said(newest.expense), unit=said(newest.unit)),
            "expense",
            "out",
        ),
    )
    for title, figure, tone in sides:
        chart = bar_chart(title, list(_series(summaries, entity, figure)), tone=tone)
        if chart is not None:
            yield chart


def _series(summaries: list[LedgerSummary], entity: str, figure: str) -> Iterator[tuple[str, Decimal]]:
    for summary in summaries:
        for account in summary.accounts:
            if account.entity == entity:
                yield summary.resource.period.title, getattr(account, figure)


def category_lines(book: Book, category: str) -> Iterator[tuple[DisclosureItem, tuple[Line, ...]]]:
    """Yield each item of a category with its newest lines."""
    for item in book.shown_items():
        if item.category == category:
            duties = [duty for duty in book.judgement.duties if duty.item.name == item.name]
            yield item, tuple(duty_line(book, duty) for duty in duties[:3])
