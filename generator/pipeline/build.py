"""The build: from a county's root folder to its sites on disk, touching only what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.intake.stamps import young_since
from generator.intake.village_memory import VillageMemory
from generator.intake.walk import walk_county
from generator.pages.kept_templates import require_made_here
from generator.pipeline.crew import Crew, LocalCrew
from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.lock import PATIENCE, only_build
from generator.pipeline.orders import Failure, Order, Outcome, Task, Withheld
from generator.pipeline.output import write_files
from generator.pipeline.overview import Known, Overview, drop_overview, load_overview, save_overview
from generator.pipeline.own_output import require_own_output
from generator.pipeline.past import Past
from generator.pipeline.places import Places
from generator.pipeline.portal import AUDIT, PORTAL, Around, Told, write_portal
from generator.pipeline.private_root import require_private_root
from generator.pipeline.receipt_store import require_receipt_store
from generator.pipeline.setup import Setup, load_setup
from generator.pipeline.sorting import Ready, Sorted, sort_out
from generator.pipeline.sources import Sources
from generator.pipeline.state import StateFolder
from generator.pipeline.strays import errors_around
from generator.promises.settings import Settings

__all__ = ["Places", "Report", "run_build"]


@dataclass(slots=True)
class Report:
    """What a build did: villages built, left alone, failed, withheld; pages made; files changed and removed.

    ``staged`` objects wait in a bucket for their publication.
    ``errors`` are those of all villages and of the folders around them, as ``check`` prints them;
    of warnings only the number is kept, so that a big county costs no more memory than a small one.
    """

    built: int = 0
    unchanged: int = 0
    pages: int = 0
    changed: int = 0
    removed: int = 0
    failures: list[Failure] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: int = 0
    staged: int = 0


def run_build(
    root: Path,
    places: Places,
    *,
    as_of: date | Callable[[Settings], date],
    crew: Crew | None = None,
    workers: int = 1,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    patience: float = PATIENCE,
    tell: Callable[[str], None] = lambda text: None,
) -> Report:
    """Build all of a county's sites below ``root`` as on ``as_of``, or the day that it tells of the settings.

    Raises SetupError.

    ``crew`` does the work; without one, ``workers`` processes of this machine do. Another build of the same
    folder is waited for, ``patience`` seconds at most; ``tell`` is told so.
    """
    with only_build(places.memory, patience=patience, tell=tell):
        require_own_output(root, (places.site, places.audit, places.memory))
        before = young_since(time.time_ns())
        setup = load_setup(root, places.memory / "setup", before)
        require_private_root(setup.promises)
        require_receipt_store(setup.promises)
        day = as_of if isinstance(as_of, date) else as_of(setup.promises.settings)
        return _Build(setup, places, day, before).run(crew or LocalCrew(workers), progress)


class _Build:
    """One build, from what is known to what is on disk."""

    def __init__(self, setup: Setup, places: Places, as_of: date, before: int) -> None:
        self._setup, self._places, self._as_of, self._before = setup, places, as_of, before
        promises, memory = setup.promises, places.memory
        villages = VillageMemory(memory / "villages", setup.fingerprint, before)
        self._county = walk_county(promises, villages)
        villages.save()
        self._states = StateFolder(places.states)
        self._order = Order(
            promises, setup.fingerprint, as_of, places.site, places.states, self._county.townships
        )
        self._overview_path = places.overview
        self._is_known = True
        self._report = Report()

    def run(self, crew: Crew, progress: Callable[[int, int, str], None]) -> Report:
        """Do all that is to be done, and return what was."""
        setup, county, report = self._setup, self._county, self._report
        report.errors = errors_around(setup, county, self._as_of, self._places.memory / "guard", self._before)
        if report.errors:
            return report
        past = Past(setup.promises, self._places.memory / "history" / "commits")
        overview = load_overview(self._overview_path, setup.fingerprint)
        sources = Sources(setup.promises, self._before)
        require_made_here(self._order.templates)

        def begin(tasks: Sequence[Task]) -> None:
            if tasks:
                self._begin_writing()
            crew.begin(tasks, self._order)

        found = sort_out(county, self._order, past, self._states, overview, sources, begin)
        report.unchanged = len(county.villages) - len(found.tasks)
        present = self._present()
        gone = [name for name in self._states.names() if name not in present]
        if found.tasks or gone:
            self._begin_writing()
        self._carry_out(found, crew, progress)
        # The portal needs the memory that they took.
        found.tasks.clear()
        self._forget(gone)
        self._tell_findings()
        written = write_portal(
            setup.promises,
            county,
            list(self._told(found.known)),
            self._around(past.head),
            self._states,
            self._begin_writing,
        )
        report.changed += written.changed
        report.removed += written.removed
        now = Overview(setup.fingerprint, past.mark, past.index, found.known)
        if now != overview or not self._is_known:
            save_overview(self._overview_path, now)
        return report

    def _begin_writing(self) -> None:
        # From here on sites are written: a build that is killed could not say which.
        drop_overview(self._overview_path)
        self._is_known = False

    def _carry_out(self, found: Sorted, crew: Crew, progress: Callable[[int, int, str], None]) -> None:
        """Let ``crew`` build what must be built, and put what came out well to what is known."""
        ready = {one.task.village.slug: one for one in found.tasks}
        tasks = [one.task for one in found.tasks]
        report = self._report
        for done, outcome in enumerate(crew.carry_out(tasks, self._order), start=1):
            if isinstance(outcome, Failure):
                report.failures.append(outcome)
            elif isinstance(outcome, Withheld):
                report.withheld.append(outcome)
                report.removed += outcome.removed
            else:
                self._count(outcome)
                self._know(ready[outcome.slug], found)
            progress(done, len(tasks), outcome.slug if isinstance(outcome, Outcome) else outcome.name)
        report.failures.sort(key=lambda failure: failure.slug)
        report.withheld.sort(key=lambda withheld: withheld.slug)

    def _count(self, outcome: Outcome) -> None:
        report = self._report
        report.built += 1
        report.pages += outcome.pages
        report.staged += outcome.staged
        report.changed += outcome.changed
        report.removed += outcome.removed

    def _know(self, ready: Ready, found: Sorted) -> None:
        slug = ready.task.village.slug
        state = self._states.load(slug)
        if state is not None:
            changed = ready.task.past.changed
            found.known[slug] = Known.of(state, ready.identity, ready.sources, ready.past, changed)

    def _present(self) -> set[str]:
        return {village.slug for village in self._county.villages} | {PORTAL, AUDIT}

    def _forget(self, gone: Iterable[str]) -> None:
        """Remove the sites of folders that no longer exist."""
        for name in gone:
            state = self._states.load(name)
            if state is not None:
                self._report.removed += write_files(self._places.site, [], state.stamps).removed
            self._states.forget(name)

    def _tell_findings(self) -> None:
        findings, report = self._county.findings, self._report
        report.errors = [finding_facts(finding) for finding in findings if finding.is_error]
        report.warnings = len(findings) - len(report.errors)
        report.errors += [error for withheld in report.withheld for error in withheld.errors]

    def _told(self, known: Mapping[str, Known]) -> Iterator[Told]:
        """Yield what the portal says of each village that has a site, counting its findings."""
        for village in self._county.villages:
            now = known.get(village.slug)
            found = now or self._former(village.slug)
            if found is not None:
                self._report.errors.extend(found.errors)
                self._report.warnings += found.warnings
                doubt = "" if now is not None else str(found.is_intact(str(self._places.site)))
                yield Told(village.slug, found.summary, found.root, doubt)

    def _former(self, slug: str) -> Known | None:
        """Return what is known of the site of a village that could not be built now, and was before."""
        state = self._states.load(slug)
        return Known.of(state, "", "", "", ()) if state is not None and state.summary else None

    def _around(self, head: str) -> Around:
        places = self._places
        return Around(
            site=places.site,
            audit=places.audit,
            work=places.memory / "downloads",
            cache=self._order.templates,
            notes=places.memory / "notes",
            as_of=self._as_of,
            setup=self._setup.fingerprint,
            engine=self._setup.engine,
            head=head,
        )
