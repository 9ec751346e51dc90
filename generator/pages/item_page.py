"""Item pages: all periods of one disclosure item, and how its figures went over time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.checks.calendar import Duty
from generator.model.item import DisclosureItem
from generator.pages.accounts import LedgerSummary
from generator.pages.book import Book
from generator.pages.charts import BarChart, bar_chart
from generator.pages.home_page import duty_line
from generator.pages.views import ItemView, Line
from generator.wording import _

_CHARTED_PERIODS = 12


def item_view(book: Book, item: DisclosureItem) -> ItemView:
    """Return the view of one item in one village."""
    duties = [duty for duty in book.judgement.duties if duty.item.name == item.name]
    articles = [book.promises.law.articles[key] for key in item.basis.get(book.village.kind, ())]
    return ItemView(
        title=item.title,
        question=item.question,
        description=item.description,
        lines=tuple(duty_line(book, duty) for duty in duties),
        charts=tuple(_charts(book, duties)),
        basis=tuple((f"《{article.short}》{article.title}", article.summary) for article in articles),
        dictionary_url=f"dictionary/{item.name}/",
    )


def _charts(book: Book, duties: list[Duty]) -> Iterator[BarChart]:
    found = [
        book.summaries[d.resource.path] for d in duties if d.resource and d.resource.path in book.summaries
    ]
    summaries = list(reversed(found[:_CHARTED_PERIODS]))
    if len(summaries) < 2:
        return
    entities = dict.fromkeys(account.entity for summary in summaries for account in summary.accounts)
    for entity in entities:
        sides = (
            (_("{entity} 每期收入（{unit}）"), "income", "in"),
            (_("{entity} 每期支出（{unit}）"), "expense", "out"),
            (_("{entity} 期末结余（{unit}）"), "closing", "plain"),
        )
        for title, figure, tone in sides:
            heading = title.format(entity=entity, unit=summaries[0].unit).strip()
            chart = bar_chart(heading, list(_series(summaries, entity, figure)), tone=tone)
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
