"""Home pages: a village's money, what is new, what is owed, where to find the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.checks.calendar import Duty, State
from generator.model.item import DisclosureItem
from generator.model.resource import Resource
from generator.model.village import Village
from generator.pages.accounts import LedgerSummary, over_time, told_until
from generator.pages.book import Book
from generator.pages.sentences import year_sentence
from generator.pages.states import chip_of, note_of
from generator.pages.views import HomeView, Line, MenuEntry, MoneyCard
from generator.pages.words import amount, day, size_text
from generator.pages.zipped import NAME as ZIP
from generator.wording import _, counted, said

_RECENT = 5
_NAMED = 3


def home_view(
    book: Book,
    *,
    digest: str,
    villages: tuple[Line, ...] = (),
    size: int = 0,
    household: tuple[str, ...] = (),
) -> HomeView:
    """Return the view of a village's home page; ``villages`` are those of a township's office.

    ``digest`` is that of the list of its data, ``size`` (bytes) that of all of it in one ZIP; ``household``
    says what came to each of its households.
    """
    judgement, village = book.judgement, book.village
    summaries, year, held = _year(book)
    newest = summaries[-1].resource if summaries else None
    last = told_until(newest, judgement.as_of) if newest is not None else None
    cards = tuple(_cards(year, summaries))
    contacts = village.contacts or book.promises.settings.contacts
    return HomeView(
        name=village.name,
        heading=_money_heading(village, year) if cards else village.name,
        subtitle=_("截至 {day} · 单位：元").format(day=day(last)) if last else "",
        cards=cards,
        ledger=Line(_("看每一笔"), newest.title, None, book.resource_url(newest)) if newest else None,
        remarks=tuple(_remarks(book, held, summaries, year)),
        recent=tuple(_recent(book)),
        open=tuple(open_lines(book)),
        menu=tuple(menu_entries(book)),
        contacts=tuple((said(c.title), c.phone, said(c.hours)) for c in contacts),
        closed=closing_notice(book),
        findings=sum(1 for finding in judgement.findings if finding.is_error),
        package_url=f"{book.url}data/datapackage.json",
        zip_url=f"{book.url}data/{ZIP}",
        zip_size=size_text(size),
        calendar_url=f"{book.url}calendar/",
        digest=digest,
        villages=tuple(replace(line, note=_(line.note) if line.note else "") for line in villages),
        household=household,
    )


def _money_heading(village: Village, year: int) -> str:
    if village.kind == "community":
        return _("{year} 年，社区的钱").format(year=year)
    return _("{year} 年，村里的钱").format(year=year)


def ledger_of(book: Book) -> str | None:
    """Return the item whose monthly rows are the village's money: the first ledger kept in 元."""
    for item in book.shown_items():
        if "running_balance" in item.laws and item.schema.name_of("entity"):
            return item.name
    return None


def _year(book: Book) -> tuple[list[LedgerSummary], int, list[Resource]]:
    """Return the summaries of the newest year with figures, that year, and what is held back in it."""
    name = ledger_of(book)
    resources = book.items.get(name, ()) if name else ()
    known = [r for r in resources if r.path in book.summaries]
    held = [r for r in resources if r.is_held_back]
    if not known:
        return [], book.judgement.as_of.year, held
    year = known[-1].period.end.year
    summaries = [book.summaries[r.path] for r in known if r.period.end.year == year]
    return summaries, year, [r for r in held if r.period.end.year >= year]


def _cards(year: int, summaries: list[LedgerSummary]) -> Iterator[MoneyCard]:
    for account in over_time(summaries):
        yield MoneyCard(
            entity=said(account.entity),
            income=amount(account.income),
            expense=amount(account.expense),
            closing=amount(account.closing),
            sentence=year_sentence(year, account, summaries),
        )


def _remarks(book: Book, held: list[Resource], summaries: list[LedgerSummary], year: int) -> Iterator[str]:
    for resource in held:
        yield (
            _("{title}待更正，没有计入上面的数") if summaries else _("{title}待更正，更正前不公布数字")
        ).format(title=resource.title)
    if not summaries:
        return
    ledger, last = summaries[0].resource.item.name, summaries[-1].resource.period
    gaps = [
        duty.period.title
        for duty in reversed(book.judgement.duties)
        if duty.item.name == ledger and duty.is_open and duty.period.end.year == year and duty.period < last
    ]
    if gaps:
        yield _("{period}还没有公开，没有计入上面的数").format(period=_("、").join(gaps))


def _recent(book: Book) -> Iterator[Line]:
    """Yield what was put up last; what was never registered comes after what was, by its period."""
    published = [duty for duty in book.judgement.duties if duty.resource is not None]
    published.sort(key=_shown_on, reverse=True)
    for duty in published[:_RECENT]:
        assert duty.resource is not None
        yield duty_line(book, duty)


def _shown_on(duty: Duty) -> str:
    posted = duty.publication.posted_from if duty.publication and duty.state is not State.UNPOSTED else None
    return (posted or duty.period.start).isoformat()


def duty_line(book: Book, duty: Duty) -> Line:
    """Return a duty as a line of a list: its page when there is one, else its item's."""
    if duty.resource is not None:
        title = resource_title(duty.resource)
        return Line(title, note_of(duty), chip_of(duty), book.resource_url(duty.resource))
    title = _("{period} {what}").format(period=duty.period.title, what=said(duty.item.title))
    return Line(title, note_of(duty), chip_of(duty), book.item_url(duty.item.name))


def resource_title(resource: Resource) -> str:
    """Return what a resource is called in a list: a document by its own name, a table by its period."""
    if resource.item.is_document and not resource.is_held_back and len(resource.table):
        name = resource.item.schema.name_of("lead")
        if name is not None and resource.table.column(name)[0]:
            return str(resource.table.column(name)[0])
    return resource.title


def open_lines(book: Book) -> Iterator[Line]:
    """Yield what is owed and not yet there, the longest overdue first, and what was declared nil last."""
    open_duties = [duty for duty in book.judgement.duties if duty.is_open]
    open_duties.sort(key=lambda duty: (duty.due.day.isoformat() if duty.due else "", duty.item.name))
    for duty in open_duties:
        yield duty_line(book, duty)


def menu_entries(book: Book) -> Iterator[MenuEntry]:
    """Yield one door for each category that this village has items in."""
    categories: dict[str, list[DisclosureItem]] = {}
    for item in book.shown_items():
        categories.setdefault(item.category, []).append(item)
    for category, items in categories.items():
        title = said(book.promises.settings.categories[category])
        note = _("、").join(said(item.title) for item in items[:_NAMED])
        if len(items) > _NAMED:
            note += counted("等 {count} 项", len(items)).format(count=len(items))
        yield MenuEntry(title, note, book.category_url(category))


def closing_notice(book: Book) -> str:
    """Return what is said of a village that was merged, split or moved, "" of one that is not closed yet."""
    village = book.village
    if village.valid_to is None or village.valid_to >= book.judgement.as_of:
        return ""
    return _("{name}已于 {day}撤销，本站保留原有公开内容，不再更新").format(
        name=village.name, day=day(village.valid_to)
    )
