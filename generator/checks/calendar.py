"""The calendar: which periods a village owes, and how each stands on a given day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from generator.intake.stem import read_stem
from generator.model.finding import Finding, Place
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.resource import Package, Publication, Resource
from generator.promises.law import Article
from generator.promises.profile import DueDate
from generator.promises.promises import Promises

PUBLISHED, CORRECTED, NIL = "公开", "更正", "本期无"


class State(StrEnum):
    """How a duty stands. Only a binding due date can make it LATE or OVERDUE."""

    ON_TIME = "on-time"
    LATE = "late"
    POSTED = "posted"
    UNPOSTED = "unposted"
    NIL = "nil"
    OVERDUE = "overdue"
    DUE = "due"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Display:
    """How long a publication hangs: ``days`` counts both ends; ``least`` is 0 where no law sets one.

    ``line`` is where the register says so.
    """

    start: date
    end: date
    days: int
    least: int
    basis: str
    is_running: bool
    line: int = 1

    @property
    def is_short(self) -> bool:
        """Return whether it hangs for fewer days than the law asks."""
        return self.days < self.least


@dataclass(frozen=True, slots=True)
class Duty:
    """One item in one period: when it is due, what answers it, how it stands.

    ``days_late`` is 0 unless the state is LATE or OVERDUE. ``basis`` cites the rule behind a due date.
    """

    item: DisclosureItem
    period: Period
    state: State
    due: DueDate | None
    basis: str = ""
    resource: Resource | None = None
    publication: Publication | None = None
    corrections: tuple[Publication, ...] = ()
    display: Display | None = None
    days_late: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether something is still to be published."""
        return self.state in (State.OVERDUE, State.DUE, State.SUGGESTED)


def duties_of(package: Package, promises: Promises, as_of: date) -> tuple[Duty, ...]:
    """Return what the village owes and has published, newest period first, in order of item."""
    register: dict[tuple[str, str], list[Publication]] = {}
    for publication in package.publications:
        register.setdefault((publication.item, publication.stem), []).append(publication)
    duties = []
    answered: set[tuple[str, Period]] = set()
    for resource in package.resources:
        answered.add((resource.item.name, resource.period))
        lines = register.get((resource.item.name, resource.stem), [])
        duties.append(_published(resource, lines, promises, as_of))
    for item, period in _owed(package, promises, as_of):
        if (item.name, period) not in answered:
            duties.append(_unanswered(item, period, package, promises, as_of))
    duties.sort(
        key=lambda duty: (duty.period.end, duty.item.name, duty.resource.slug if duty.resource else "")
    )
    return tuple(reversed(duties))


def _owed(package: Package, promises: Promises, as_of: date) -> Iterator[tuple[DisclosureItem, Period]]:
    village = package.village
    start = max(day for day in (promises.settings.disclosure_start, village.valid_from) if day is not None)
    for name, versions in promises.catalogue.versions.items():
        for kind in sorted({version.period_kind for version in versions if version.period_kind is not None}):
            period = Period.holding(start, kind)
            if period.start < start:
                period = period.following
            while period.end < as_of and (village.valid_to is None or period.end <= village.valid_to):
                item = promises.catalogue.governing(name, period)
                if item is not None and item.period_kind == kind and village.kind in item.applies_to:
                    yield item, period
                period = period.following


def _published(resource: Resource, lines: Sequence[Publication], promises: Promises, as_of: date) -> Duty:
    item, period = resource.item, resource.period
    first = next((line for line in lines if line.kind == PUBLISHED), None)
    corrections = tuple(line for line in lines if line.kind == CORRECTED)
    due, basis = due_of(item, period, resource.village.kind, promises)
    duty = partial(
        Duty,
        item,
        period,
        due=due,
        basis=basis,
        resource=resource,
        publication=first,
        corrections=corrections,
    )
    if first is None or first.posted_from is None or first.posted_from > as_of:
        return duty(State.UNPOSTED)
    hung = [line for line in lines if line.kind != NIL and line.posted_from and line.posted_from <= as_of]
    latest = max(hung, key=lambda line: line.attempt)
    display = _display(item, latest, resource.village.kind, promises, as_of)
    if due is None or not due.is_binding:
        return duty(State.POSTED, display=display)
    days = max(0, (first.posted_from - due.day).days)
    state = State.LATE if days else State.ON_TIME
    return duty(state, display=display, days_late=days)


def _unanswered(
    item: DisclosureItem,
    period: Period,
    package: Package,
    promises: Promises,
    as_of: date,
) -> Duty:
    nil = next((line for line in nil_lines(package, item.name) if read_stem(line.stem)[0] == period), None)
    due, basis = due_of(item, period, package.village.kind, promises)
    if nil is not None:
        return Duty(item, period, State.NIL, due, basis, publication=nil)
    assert due is not None  # periodic items always have at least a suggested day
    if as_of <= due.day:
        return Duty(item, period, State.DUE, due, basis)
    if not due.is_binding:
        return Duty(item, period, State.SUGGESTED, due, basis)
    return Duty(item, period, State.OVERDUE, due, basis, days_late=(as_of - due.day).days)


def due_of(item: DisclosureItem, period: Period, kind: str, promises: Promises) -> tuple[DueDate | None, str]:
    """Return when ``period`` is due from a village of ``kind``, and the article that says so ("": none)."""
    due = promises.profile.due_date(item.name, item.cadence, period, kind)
    if due is None or not due.is_binding:
        return due, ""
    article = promises.law.articles[due.basis]
    if not article.is_in_force_on(period.end):
        return DueDate(due.day, ""), ""
    return due, article.citation


def _display(
    item: DisclosureItem, line: Publication, kind: str, promises: Promises, as_of: date
) -> Display | None:
    if line.posted_from is None or line.posted_to is None:
        return None
    least, basis = 0, ""
    for article in basis_of(item, kind, promises, line.posted_from):
        days = _display_days(article, line.posted_from, promises)
        if days > least:
            least, basis = days, article.citation
    return Display(
        start=line.posted_from,
        end=line.posted_to,
        days=(line.posted_to - line.posted_from).days + 1,
        least=least,
        basis=basis,
        is_running=line.posted_from <= as_of <= line.posted_to,
        line=line.line,
    )


def _display_days(article: Article, start: date, promises: Promises) -> int:
    """Return the shortest display from ``start`` in days; working days are turned into days of the year.

    0 where the article sets none, or counts working days of a year whose holidays are not known.
    """
    workdays = article.number("display_workdays")
    last = promises.workdays.after(start - timedelta(days=1), workdays) if workdays else None
    return max(article.display_days, 0 if last is None else (last - start).days + 1)


def basis_of(item: DisclosureItem, kind: str, promises: Promises, day: date) -> tuple[Article, ...]:
    """Return the articles that asked a village of ``kind`` for this item on ``day``."""
    return promises.law.in_force(item.basis.get(kind, ()), day)


def calendar_findings(package: Package, duties: Sequence[Duty], promises: Promises) -> Iterator[Finding]:
    """Yield a warning for each duty that is overdue, late, unposted or displayed too short a time.

    What is missing is reported at the folder where it belongs.
    """
    register = package.publications_path
    for duty in duties:
        facts = {"item": duty.item.title, "period": duty.period.title, "basis": duty.basis}
        if duty.due is not None:
            facts["due"] = duty.due.day.isoformat()
        if duty.state in (State.OVERDUE, State.SUGGESTED):
            code = "period-overdue" if duty.state is State.OVERDUE else "period-suggested"
            yield Finding.of(code, Place(_folder_of(package, duty.item, promises)), **facts)
        elif duty.state is State.UNPOSTED and duty.resource is not None and not _is_announced(duty):
            yield Finding.of("publication-missing", Place(duty.resource.path), **facts)
        elif duty.state is State.LATE and duty.publication is not None:
            place = Place(register, duty.publication.line, "张贴起")
            posted = duty.publication.posted_from
            yield Finding.of("publication-late", place, posted=posted, days=duty.days_late, **facts)
        yield from _display_findings(duty, register)


def _folder_of(package: Package, item: DisclosureItem, promises: Promises) -> str:
    settings = promises.settings
    base = settings.private_content if item.is_private and settings.private_content else settings.content
    return promises.shown(base / package.village.folder / item.name)


def _is_announced(duty: Duty) -> bool:
    """Return whether the register names the day of posting, be it still to come."""
    return duty.publication is not None and duty.publication.posted_from is not None


def _display_findings(duty: Duty, register: str) -> Iterator[Finding]:
    display = duty.display
    if display is None:
        return
    place = Place(register, display.line, "张贴止")
    if display.days < 1:
        yield Finding.of("display-order", place, start=display.start, end=display.end)
    elif display.is_short:
        facts = {"item": duty.item.title, "period": duty.period.title, "basis": display.basis}
        yield Finding.of("display-short", place, days=display.days, least=display.least, **facts)


def nil_lines(package: Package, item: str) -> list[Publication]:
    """Return the lines of the register that declare a period of ``item`` to be without anything (本期无)."""
    return [line for line in package.publications if line.item == item and line.kind == NIL]


def register_findings(package: Package, promises: Promises) -> Iterator[Finding]:
    """Yield findings where the register speaks of files that are not there, or denies files that are."""
    files = {(resource.item.name, resource.stem): resource.path for resource in package.resources}
    for line in package.publications:
        path = files.get((line.item, line.stem))
        place = Place(package.publications_path, line.line, "期间")
        if line.kind == NIL and path is not None:
            yield Finding.of("register-contradiction", place, file=path)
        elif line.kind != NIL and path is None:
            title = promises.catalogue.versions[line.item][-1].title
            yield Finding.of("register-stray", place, item=title, period=line.stem)
