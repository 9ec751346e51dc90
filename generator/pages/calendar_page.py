"""Calendar pages: what hangs on the board, what is owed, what comes next; also as a file for phones."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from generator.checks.calendar import Duty, State
from generator.checks.upcoming import Coming, coming_of
from generator.model.site import File
from generator.pages.book import Book
from generator.pages.home_page import duty_line, open_lines
from generator.pages.states import Chip
from generator.pages.views import Line
from generator.pages.words import day
from generator.wording import _, retold, said

_FOLD = 73  # octets a line, below the 75 of RFC 5545


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A village's calendar, in the order in which a reader asks."""

    on_display: tuple[Line, ...]
    open: tuple[Line, ...]
    coming: tuple[Line, ...]
    nil: tuple[Line, ...]
    file: str


def calendar_url(book: Book) -> str:
    """Return the address of the village's calendar."""
    return f"{book.url}calendar/"


def calendar_view(book: Book) -> CalendarView:
    """Return the calendar of one village on its day of judgement."""
    duties = book.judgement.duties
    shown = {item.name for item in book.shown_items()}
    return CalendarView(
        on_display=tuple(duty_line(book, duty) for duty in duties if _is_on_display(duty)),
        open=tuple(open_lines(book)),
        coming=tuple(_coming_line(book, coming, shown) for coming in _coming(book)),
        nil=tuple(duty_line(book, duty) for duty in duties if duty.state is State.NIL),
        file=f"{book.url}calendar.ics",
    )


def _coming(book: Book) -> tuple[Coming, ...]:
    return coming_of(book.village, book.promises, book.judgement.as_of)


def _is_on_display(duty: Duty) -> bool:
    return duty.display is not None and duty.display.is_running


def _coming_line(book: Book, coming: Coming, shown: Container[str]) -> Line:
    """Return what is to come as a line; an item that the village has no page of is explained instead."""
    name = coming.item.name
    url = book.item_url(name) if name in shown else f"dictionary/{name}/"
    return Line(
        _title(coming),
        _note(coming),
        Chip(_("未到期"), "due", coming.due.day),
        url,
    )


def _title(coming: Coming) -> str:
    return _("{period} {what}").format(period=coming.period.title, what=said(coming.item.title))


def _note(coming: Coming) -> str:
    if coming.basis:
        return _("应在 {day}前公开（{basis}）").format(day=day(coming.due.day), basis=retold(coming.basis))
    return _("建议在 {day}前公开").format(day=day(coming.due.day))


def calendar_file(book: Book) -> File:
    """Return the days that are still to come, and those that were missed, as an iCalendar file (RFC 5545)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cunwu//calendar//ZH",
        f"X-WR-CALNAME:{_text(_name(book))}",
    ]
    for duty in book.judgement.duties:
        if duty.is_open and duty.due is not None:
            title = f"{duty.period.title} {duty.item.title}"
            lines += _event(book, duty.item.name, duty.period.text, title, duty.due.day.strftime("%Y%m%d"))
    for coming in _coming(book):
        start = coming.due.day.strftime("%Y%m%d")
        lines += _event(book, coming.item.name, coming.period.text, _title(coming), start)
    lines.append("END:VCALENDAR")
    text = "\r\n".join(folded for line in lines for folded in _folded(line)) + "\r\n"
    return File(f"{book.url}calendar.ics", text.encode("utf-8"))


def _name(book: Book) -> str:
    return _("{village}公开日历").format(village=book.village.name)


def _event(book: Book, item: str, period: str, title: str, start: str) -> Iterable[str]:
    # The stamp is the day itself: the same records must give the same bytes on every day.
    return (
        "BEGIN:VEVENT",
        f"UID:{book.village.slug}-{item}-{period}@{book.village.code}",
        f"DTSTAMP:{start}T000000Z",
        f"DTSTART;VALUE=DATE:{start}",
        f"SUMMARY:{_text(_('应公开：{title}').format(title=title))}",
        "END:VEVENT",
    )


def _text(text: str) -> str:
    for mark in "\\;,":
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a content line in pieces that no reader needs to cut, never inside a character."""
    piece, size = "", 0
    for mark in line:
        width = len(mark.encode("utf-8"))
        if size + width > _FOLD:
            yield piece
            piece, size = " ", 1
        piece += mark
        size += width
    yield piece
