"""Flags: which corrections ask for an explanation, by rules that stand beside them; for supervisors only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.checks.calendar import Duty
from generator.history.corrections import REMOVED, Correction
from generator.model.site import Page
from generator.pages.audit_boards import Place
from generator.pages.book import Book
from generator.pages.corrections import correction_view
from generator.pages.render import Renderer
from generator.wording import _

CORRECTIONS = "corrections/"
_REPEATED = 2


def flag_rules() -> dict[str, tuple[str, str]]:
    """Return each flag with what it is called and the rule behind it, a question and no verdict."""
    return {
        "late": (
            _("张贴期满后才改"),
            _("张贴结束以后，内容又改了。为什么当时没有发现？改过以后有没有重新张贴？"),
        ),
        "back-dated": (
            _("公开后补进以前的行"),
            _("公开以后新增了行，行里的日期却在公开以前。这一笔当时为什么没有列出来？"),
        ),
        "closed": (
            _("后一期公开后改前一期"),
            _("后面一期已经公开，前面一期又改了。后面各期的结余有没有跟着改？"),
        ),
        "repeated": (_("同一份改了几次"), _("同一份内容公开以后改过 2 次或更多。前一次更正为什么没有改全？")),
        "vanished": (_("公开过的行不见了"), _("公开过的行（或整份内容）后来没有了。删去的依据是什么？")),
        "unexplained": (_("没有说明原因"), _("改动没有写更正原因。请补充说明。")),
    }


def correction_facts(book: Book) -> list[dict[str, Any]]:
    """Return the corrections of a village that ask for an explanation, as the audit board shows them."""
    times = Counter(correction.path for correction in book.corrections.entries)
    posted = {duty.resource.path: duty for duty in book.judgement.duties if duty.resource is not None}
    facts = []
    for correction in book.corrections.entries:
        duty = posted.get(correction.path)
        flags = list(_flags(book, correction, duty, times[correction.path]))
        if flags:
            view = correction_view(book, correction)
            facts.append(
                {
                    "title": view.title,
                    "heading": view.heading,
                    "reason": view.reason,
                    "sums": list(view.sums),
                    "commit": view.commit,
                    "flags": flags,
                }
            )
    return facts


def _flags(book: Book, correction: Correction, duty: Duty | None, times: int) -> Iterator[str]:
    line = duty.publication if duty is not None else None
    if line is not None and line.posted_to is not None and correction.day > line.posted_to:
        yield "late"
    if line is not None and line.posted_from is not None and _adds_older(correction, line.posted_from):
        yield "back-dated"
    if duty is not None and _is_closed(book, duty, correction.day):
        yield "closed"
    if times >= _REPEATED:
        yield "repeated"
    if correction.kind == REMOVED or any(table.entered.removed for table in correction.changes.tables):
        yield "vanished"
    if not correction.reason:
        yield "unexplained"


def _adds_older(correction: Correction, posted: date) -> bool:
    """Return whether a row was added that is dated before the day on which the table was posted."""
    for table in correction.changes.tables:
        name = table.schema.name_of("date")
        if name is None or name not in table.difference.columns.names:
            continue
        place = table.difference.columns.names.index(name)
        if any(row.cells[place] and row.cells[place] < posted.isoformat() for row in table.entered.added):
            return True
    return False


def _is_closed(book: Book, duty: Duty, day: date) -> bool:
    """Return whether the next period of the same item was posted before ``day``."""
    slug = duty.resource.slug if duty.resource is not None else ""
    for other in book.judgement.duties:
        line = other.publication
        is_next = other.item.name == duty.item.name and other.period == duty.period.following
        has_slug = other.resource is not None and other.resource.slug == slug
        if is_next and has_slug and line is not None and line.posted_from is not None:
            return line.posted_from < day
    return False


def corrections_board(
    villages: Sequence[Mapping[str, Any]], names: Mapping[str, str], renderer: Renderer, place: Place
) -> Page:
    """Return the board of corrections; villages stand in order of folder, never of merit.

    ``names`` are those of the townships, by folder.
    """
    rules = flag_rules()
    rows = [
        {
            "village": village["name"],
            "township": names.get(village["township"], ""),
            **fact,
            "flags": [rules[flag][0] for flag in fact["flags"]],
        }
        for village in villages
        for fact in _facts(village)
    ]
    told = flag_counts(villages)
    content = renderer.content("audit_corrections.html.j2", place.url, place=place, rules=told, rows=rows)
    title = _("更正情况")
    return Page(place.url, f"{place.title}{title}", title, content, section=place.section)


def flag_counts(villages: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """Return each flag as it is called, its rule, and how many corrections have it."""
    return flag_lines(count_flags(villages))


def count_flags(villages: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Return how many corrections have each flag."""
    return Counter(flag for village in villages for fact in _facts(village) for flag in fact["flags"])


def flag_lines(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return each flag as it is called, its rule, and its count."""
    return [(title, rule, counts.get(flag, 0)) for flag, (title, rule) in flag_rules().items()]


def _facts(village: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    facts: Iterable[Mapping[str, Any]] = village.get("flagged", ())
    return facts
