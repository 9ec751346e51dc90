"""Workshops: what one worker process needs to turn a village's folder into its site on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks.calendar import State
from generator.checks.judgement import Judgement, judge
from generator.engine.shell import Shell
from generator.history.repository import Versions
from generator.intake.package import Intake
from generator.model.site import File, Site
from generator.model.village import Township, Village
from generator.pages.book import open_book
from generator.pages.render import Renderer
from generator.pages.views import Line
from generator.pages.village_site import village_site
from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.guard import Guard, finding_of
from generator.pipeline.output import write_files
from generator.pipeline.state import SiteState, StateFolder
from generator.privacy.leaks import Leak
from generator.promises.promises import Promises


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that all villages of one build have in common."""

    promises: Promises
    versions: Versions
    as_of: date
    output: Path
    states: Path
    townships: tuple[Township, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One village to build; ``villages`` are listed on a township office's home page."""

    village: Village
    fingerprint: str
    villages: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one task: files changed and removed, pages made."""

    slug: str
    pages: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """A village that holds personal data: its pages are left as they were, those that show it removed."""

    slug: str
    name: str
    errors: list[dict[str, Any]]
    removed: int


class Workshop:
    """Builds villages, one after the other; made once per process."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._intake = Intake(order.promises)
        root, cache = order.promises.root, order.states.parent / "templates"
        self._renderer = Renderer(root / "site_config" / "theme", cache)
        self._shell = Shell(root, order.promises.settings, cache)
        self._states = StateFolder(order.states)
        self._guard = Guard(order.promises, order.townships, order.as_of)

    def build(self, task: Task) -> Outcome | Withheld:
        """Read, judge, draw and write one village; nothing is written before all of it is drawn.

        Nor is it before the records and the finished pages were looked through for personal data.
        """
        order = self._order
        leaks = self._guard.leaks_of_records(task.village)
        if any(leak.is_error for leak in leaks):
            return self._withhold(task.village, leaks)
        judgement = judge(self._intake.read_package(task.village), order.promises, order.as_of)
        book = open_book(judgement, order.promises, order.versions)
        site = village_site(book, self._renderer, task.villages)
        files = [*print_site(self._shell, site), *site.files]
        shown = self._guard.leaks_of_files(task.village, files)
        if shown:
            return self._withhold(task.village, shown)
        slug = task.village.slug
        left = self._states.begin(slug, (file.path for file in files))
        written = write_files(order.output, files, left)
        state = SiteState(
            fingerprint=task.fingerprint,
            as_of=order.as_of,
            valid_until=judgement.next_change,
            stamps=written.stamps,
            summary=summary_of(judgement),
            errors=[finding_facts(finding) for finding in judgement.findings if finding.is_error],
            warnings=len(leaks) + sum(not finding.is_error for finding in judgement.findings),
        )
        self._states.save(slug, state)
        return Outcome(slug, len(site.pages), written.changed, written.removed)

    def _withhold(self, village: Village, leaks: Iterable[Leak]) -> Withheld:
        output = self._order.output
        state = self._states.load(village.slug)
        names = sorted(state.stamps) if state is not None else []
        leaking = self._guard.leaking_files(village, output, names)
        removed = write_files(output, [], leaking).removed
        errors = [finding_facts(finding_of(leak)) for leak in leaks if leak.is_error]
        return Withheld(village.slug, village.name, errors, removed)


def print_site(shell: Shell, site: Site) -> list[File]:
    """Return the finished pages of a site as files."""
    return [File(page.path, shell.render(site, page).encode("utf-8")) for page in site.pages]


def summary_of(judgement: Judgement) -> dict[str, Any]:
    """Return what the portal and the audit board say about a village."""
    village = judgement.package.village
    counts = {state.value: 0 for state in State}
    for duty in judgement.duties:
        counts[duty.state.value] += 1
    return {
        "slug": village.slug,
        "name": village.name,
        "kind": village.kind,
        "township": village.township,
        "closed": village.valid_to is not None,
        "counts": counts,
        "held": sum(1 for resource in judgement.package.resources if resource.is_held_back),
        "short": sum(1 for duty in judgement.duties if duty.display is not None and duty.display.is_short),
        "corrected": sum(len(duty.corrections) for duty in judgement.duties),
        "late": [_late_facts(duty) for duty in judgement.duties if duty.days_late],
        "newest": _newest(judgement),
    }


def _newest(judgement: Judgement) -> dict[str, list[str]]:
    """Return for each item that is owed period by period the newest period and how it stands."""
    newest: dict[str, list[str]] = {}
    for duty in judgement.duties:
        if duty.item.period_kind is not None:
            newest.setdefault(duty.item.name, [duty.period.title, duty.state.value])
    return newest


def _late_facts(duty: Any) -> Mapping[str, str]:
    posted = duty.publication.posted_from if duty.publication is not None else None
    return {
        "item": duty.item.title,
        "period": duty.period.title,
        "due": duty.due.day.isoformat(),
        "posted": posted.isoformat() if posted else "",
        "days": str(duty.days_late) if posted else "",
        "basis": duty.basis,
    }
