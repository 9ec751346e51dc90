"""Judgement: a village's package, put to every law and to the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from generator.checks.calendar import NIL, Duty, calendar_findings, duties_of, register_findings
from generator.checks.laws import judge_resource, judge_sequence
from generator.model.finding import Finding
from generator.model.period import Period
from generator.model.resource import Package, Resource
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
    resources = [_judged(resource, judge_resource(resource)) for resource in package.resources]
    judged: list[Resource] = []
    for name, group in groupby(resources, key=lambda resource: resource.item.name):
        judged.extend(_judged_in_sequence(list(group), _nil_periods(package, name)))
    package = replace(package, resources=tuple(judged))
    duties = duties_of(package, promises, as_of)
    findings = (*package.findings, *register_findings(package), *calendar_findings(package, duties, promises))
    next_change = _next_change(package, duties, promises, as_of)
    return Judgement(replace(package, findings=findings), duties, as_of, next_change)


def _judged(resource: Resource, findings: Iterable[Finding]) -> Resource:
    found = tuple(findings)
    return replace(resource, findings=resource.findings + found) if found else resource


def _judged_in_sequence(resources: list[Resource], nil: frozenset[Period]) -> list[Resource]:
    by_path: dict[str, list[Finding]] = {}
    for slug in sorted({resource.slug for resource in resources}):
        sequence = [resource for resource in resources if resource.slug == slug]
        for finding in judge_sequence(sequence, nil):
            by_path.setdefault(finding.place.file, []).append(finding)
    return [_judged(resource, by_path.get(resource.path, ())) for resource in resources]


def _nil_periods(package: Package, item: str) -> frozenset[Period]:
    periods = set()
    for line in package.publications:
        if line.item == item and line.kind == NIL:
            try:
                periods.add(Period.parse(line.stem))
            except ValueError:
                continue
    return frozenset(periods)


def _next_change(package: Package, duties: Iterable[Duty], promises: Promises, as_of: date) -> date | None:
    """Return the first day after ``as_of`` on which a judgement of the same records says something else."""
    days: set[date] = set()
    for duty in duties:
        if duty.due is not None and duty.resource is None:
            days.add(duty.due.day + _ONE_DAY)
        for line in (duty.publication, *duty.corrections):
            if line is not None:
                days |= {
                    day for day in (line.posted_from, line.posted_to and line.posted_to + _ONE_DAY) if day
                }
    for versions in promises.catalogue.versions.values():
        kind = versions[-1].period_kind
        if kind is not None and package.village.is_open_on(as_of):
            days.add(Period.holding(as_of, kind).end + _ONE_DAY)
            days.add(Period.holding(as_of - _ONE_DAY, kind).end + _ONE_DAY)
    return min((day for day in days if day > as_of), default=None)
