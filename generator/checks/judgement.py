"""Judgement: a village's package, put to every law and to the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from generator.checks.calendar import Duty, calendar_findings, duties_of, nil_lines, register_findings
from generator.checks.context import Context
from generator.checks.dates import ageing_days
from generator.checks.laws import judge_resource, judge_sequence
from generator.checks.receipts import form_findings, line_findings
from generator.checks.seals import seal_findings
from generator.intake.stem import read_stem
from generator.model.finding import Finding
from generator.model.period import Period
from generator.model.resource import Package, Publication, Resource
from generator.promises.promises import Promises

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A package whose resources carry all their findings, and the village's duties on one day.

    ``next_change`` is the first later day on which the same records would be judged differently.
    """

    package: Package
    duties: tuple[Duty, ...]
    as_of: date
    next_change: date | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return every finding about the village, in order of place."""
        own = [finding for resource in self.package.resources for finding in resource.findings]
        return tuple(sorted((*self.package.findings, *own), key=lambda finding: finding.place.sort_key))


def judge(package: Package, promises: Promises, as_of: date) -> Judgement:
    """Return ``package`` judged as on ``as_of``."""
    context = Context.of(promises, as_of)
    resources = [_judged(r, _of_one(r, context)) for r in package.resources]
    judged: list[Resource] = []
    for name, group in groupby(resources, key=lambda resource: resource.item.name):
        judged.extend(_judged_in_sequence(list(group), nil_lines(package, name)))
    context = replace(context, others=_readable(judged))
    judged = [r if r.is_forgotten else _judged(r, judge_resource(r, context, across=True)) for r in judged]
    package = replace(package, resources=tuple(judged))
    duties = duties_of(package, promises, as_of)
    findings = (
        *package.findings,
        *register_findings(package, promises),
        *line_findings(package, promises),
        *calendar_findings(package, duties, promises),
    )
    next_change = _next_change(package, duties, promises, as_of)
    return Judgement(replace(package, findings=findings), duties, as_of, next_change)


def _of_one(resource: Resource, context: Context) -> Iterator[Finding]:
    if resource.is_forgotten:
        return
    is_wrong = resource.is_held_back
    for finding in (*form_findings(resource), *judge_resource(resource, context, across=False)):
        is_wrong |= finding.is_error
        yield finding
    # Of a list that is held back anyway, the seal would only say the same again.
    if not is_wrong:
        yield from seal_findings(resource)


def _readable(resources: Iterable[Resource]) -> dict[str, list[Resource]]:
    """Return for each item those of its resources that are not held back."""
    by_item: dict[str, list[Resource]] = {}
    for resource in resources:
        if not resource.is_held_back and not resource.is_forgotten:
            by_item.setdefault(resource.item.name, []).append(resource)
    return by_item


def _judged(resource: Resource, findings: Iterable[Finding]) -> Resource:
    found = tuple(findings)
    return replace(resource, findings=resource.findings + found) if found else resource


def _judged_in_sequence(resources: list[Resource], nil: Sequence[Publication]) -> list[Resource]:
    by_path: dict[str, list[Finding]] = {}
    for slug in sorted({resource.slug for resource in resources}):
        sequence = [resource for resource in resources if resource.slug == slug]
        periods = (read_stem(line.stem) for line in nil)
        without = frozenset(period for period, of_slug in periods if of_slug in ("", slug))
        for finding in judge_sequence(sequence, without):
            by_path.setdefault(finding.place.file, []).append(finding)
    return [_judged(resource, by_path.get(resource.path, ())) for resource in resources]


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + _ONE_DAY


def _next_change(package: Package, duties: Iterable[Duty], promises: Promises, as_of: date) -> date | None:
    """Return the first day after ``as_of`` on which a judgement of the same records says something else."""
    days: set[date] = set()
    for duty in duties:
        if duty.due is not None and duty.resource is None:
            days.add(duty.due.day + _ONE_DAY)
    for line in package.publications:
        days |= {day for day in (line.posted_from, _day_after(line.posted_to)) if day is not None}
    for resource in package.resources:
        days |= ageing_days(resource) if "ageing" in resource.item.laws else set()
    closed = package.village.valid_to
    if closed is None or as_of <= closed:
        for versions in promises.catalogue.versions.values():
            kinds = {version.period_kind for version in versions}
            days |= {Period.holding(as_of, kind).end + _ONE_DAY for kind in kinds if kind is not None}
    return min((day for day in days if day > as_of), default=None)
