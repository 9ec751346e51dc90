"""Closed lists: what is said of a list of persons while its names may not be shown."""

from __future__ import annotations

from datetime import date

from generator.model.resource import Resource
from generator.model.seal import Seal
from generator.pages.book import Book
from generator.pages.projection import Totals
from generator.pages.words import amount, day, in_unit
from generator.wording import _, counted, said


def closed_sentences(book: Book, resource: Resource) -> tuple[str, ...]:
    """Return what may be said of a list while its names may not be shown; nothing of any other table."""
    totals = book.closed.get(resource.path)
    if totals is None:
        return ()
    duty = book.duties.get(resource.path)
    if duty is None or duty.display is None:
        why = _("这份名单没有在公示，姓名不显示。")
    elif book.judgement.as_of < duty.display.start:
        why = _("这份名单从 {start} 起公示，现在还不显示姓名。").format(start=day(duty.display.start))
    else:
        why = over_sentence(duty.display.start, duty.display.end)
    return (why, totals_sentence(resource, totals))


def over_sentence(start: date, end: date) -> str:
    """Return why the names of a list that hung from ``start`` to ``end`` are not shown any more."""
    return _("公示期已满（{start} 至 {end}），名单不再显示，只留户数和合计。").format(
        start=day(start), end=day(end)
    )


def seal_words(seal: Seal) -> tuple[tuple[str, ...], ...]:
    """Return for each number of ``seal`` the ways in which the page of its list may say it.

    A seal does not know which of its columns are money.
    """
    counted = _("共 {count} 户（人）").format(count=seal.rows)
    sums = (
        tuple(
            _("{name}合计 {total} {unit}").format(name=name, total=shown, unit="").strip()
            for shown in (amount(total), f"{total:,}")
        )
        for name, total in seal.totals.items()
    )
    return ((counted,), *sums)


def totals_sentence(resource: Resource, totals: Totals) -> str:
    """Return how many rows a list had, and what its columns added up to."""
    parts = [
        counted("{title}共 {count} 户（人）", totals.rows).format(
            title=resource.scheme or said(resource.item.title), count=totals.rows
        )
    ]
    for name, total in totals.sums.items():
        field = resource.item.schema.field_named(name)
        unit = field.unit or ("元" if field.role == "amount" else "")
        shown = amount(total) if field.role == "amount" else f"{total:,}"
        parts.append(_("{name}合计 {total}").format(name=said(name), total=in_unit(shown, unit).strip()))
    return _("{text}。").format(text=_("，").join(parts))
