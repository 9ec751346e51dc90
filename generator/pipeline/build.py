"""The build: from a county's root folder to its sites on disk, touching only what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks.laws import require_laws
from generator.engine.corrections import with_log
from generator.history.repository import Versions
from generator.history.timeline import Timeline, read_history
from generator.intake.receipt_store import ReceiptStore, stamp_of, store_of
from generator.intake.walk import County, list_files, walk_county
from generator.pages.relatives import relatives_of
from generator.pipeline.crew import Crew, LocalCrew
from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.fingerprint import setup_fingerprint, village_fingerprint
from generator.pipeline.guard import Guard, finding_of
from generator.pipeline.output import is_intact, write_files
from generator.pipeline.portal import AUDIT, PORTAL, write_portal
from generator.pipeline.private_root import require_private_root
from generator.pipeline.receipt_store import require_receipt_store
from generator.pipeline.sharing import Pool
from generator.pipeline.sources import sources_mark, young_since
from generator.pipeline.state import SiteState, StateFolder
from generator.pipeline.workshop import Failure, Order, Task, Withheld
from generator.promises.promises import load_promises


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


@dataclass(frozen=True, slots=True)
class Places:
    """Where a build writes: the public site, the audit site, and what it remembers."""

    site: Path
    audit: Path
    states: Path

    @classmethod
    def below(cls, root: Path) -> Places:
        """Return the usual places below ``root``."""
        return cls(root / "site", root / "site-audit", root / "build" / "state")


def run_build(
    root: Path,
    places: Places,
    *,
    as_of: date,
    crew: Crew | None = None,
    workers: int = 1,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Report:
    """Build all of a county's sites below ``root`` as on ``as_of``; raises SetupError.

    ``crew`` does the work; without one, ``workers`` processes of this machine do.
    """
    promises = load_promises(root)
    require_laws(promises.catalogue)
    require_private_root(promises)
    require_receipt_store(promises)
    county = walk_county(promises)
    content, memory = promises.settings.content, places.states.parent / "history" / "commits.json"
    versions, timeline = read_history(content, promises.shown(content), memory)
    timeline = with_log(timeline, promises)
    setup = setup_fingerprint(root)
    states = StateFolder(places.states)
    order = Order(promises, setup, as_of, places.site, places.states, county.townships)
    report = Report()
    guard = Guard(promises, county.townships, as_of)
    leaks = guard.leaks_around(county, setup, places.states.parent / "guard")
    report.errors = [finding_facts(finding_of(leak)) for leak in leaks if leak.is_error]
    if report.errors:
        return report
    known: dict[str, SiteState] = {}
    pool = Pool()
    hands = crew if crew is not None else LocalCrew(workers)
    young = young_since(time.time_ns())
    tasks = list(_sort_out(county, order, versions, timeline, states, known, young, pool))
    report.unchanged = len(county.villages) - len(tasks)
    for done, outcome in enumerate(hands.carry_out(tasks, order), start=1):
        if isinstance(outcome, Failure):
            report.failures.append(outcome)
            progress(done, len(tasks), outcome.name)
            continue
        if isinstance(outcome, Withheld):
            report.withheld.append(outcome)
            report.removed += outcome.removed
            progress(done, len(tasks), outcome.name)
            continue
        report.built += 1
        report.pages += outcome.pages
        report.staged += outcome.staged
        report.changed += outcome.changed
        report.removed += outcome.removed
        progress(done, len(tasks), outcome.slug)
    _forget_gone(county, states, places, report)
    report.errors = [finding_facts(finding) for finding in county.findings if finding.is_error]
    report.warnings = len(county.findings) - len(report.errors)
    report.failures.sort(key=lambda failure: failure.slug)
    report.withheld.sort(key=lambda withheld: withheld.slug)
    report.errors += [error for withheld in report.withheld for error in withheld.errors]
    summaries = list(_summaries(county, states, known, report, pool))
    written = write_portal(
        promises,
        county,
        summaries,
        setup=setup,
        site=places.site,
        audit=places.audit,
        states=states,
        as_of=as_of,
        head=versions.head,
        work=places.states.parent / "downloads",
        cache=places.states.parent / "templates",
    )
    report.changed += written.changed
    report.removed += written.removed
    return report


def _sort_out(
    county: County,
    order: Order,
    versions: Versions,
    history: Timeline,
    states: StateFolder,
    known: dict[str, SiteState],
    young: int,
    pool: Pool,
) -> Iterator[Task]:
    """Yield a task for each village whose site is not what its records would make today.

    The states of the others are put into ``known``, without their files: these are most of a state. Files
    are read only where their stamps do not tell that they are the same; since ``young`` (ns) they cannot.
    """
    store = store_of(order.promises.settings)
    shown = order.promises.shown(order.promises.settings.content)
    timelines = history.parted((village.folder for village in county.villages), shown)
    parts = versions.parted((village.folder for village in county.villages), shown)
    for village in county.villages:
        neighbours = relatives_of(county, village)
        own, timeline = parts[village.folder], timelines[village.folder]
        beside = f"{neighbours!r}{timeline.mark}"
        sources = sources_mark(village, order.promises, own, beside, young)
        state = states.load(village.slug)
        if state is not None and not (state.holds_on(order.as_of) and is_intact(order.output, state.stamps)):
            state = None
        if state is None or not _is_told(state, order.setup, sources, store):
            listing = list_files(village, order.promises)
            made = village_fingerprint(village, listing, order.setup, own, beside, store)
            if state is None or state.fingerprint != made.text:
                yield Task(village, made, neighbours, own, timeline, sources)
                continue
            state = replace(state, setup=order.setup, sources=sources, receipts=made.receipts)
            states.save(village.slug, state)
        known[village.slug] = replace(state, stamps={}, summary=pool.shared(state.summary))


def _is_told(state: SiteState, setup: str, sources: str, store: ReceiptStore | None) -> bool:
    """Return whether the stamps alone tell that a site is made from what its village's folder holds."""
    return (
        bool(sources)
        and (state.setup, state.sources) == (setup, sources)
        and all(stamp_of(store, receipt) == stamp for receipt, stamp in state.receipts.items())
    )


def _summaries(
    county: County, states: StateFolder, known: Mapping[str, SiteState], report: Report, pool: Pool
) -> Iterator[dict[str, Any]]:
    """Yield what the portal says of each village that has a site, counting its findings into ``report``."""
    for village in county.villages:
        state = known.get(village.slug) or states.load(village.slug)
        if state is not None and state.summary:
            report.errors.extend(state.errors)
            report.warnings += state.warnings
            yield pool.shared(state.summary)


def _forget_gone(county: County, states: StateFolder, places: Places, report: Report) -> None:
    """Remove the sites of folders that no longer exist."""
    present = {village.slug for village in county.villages} | {PORTAL, AUDIT}
    for name in states.names():
        if name not in present:
            state = states.load(name)
            if state is not None:
                report.removed += write_files(places.site, [], state.stamps).removed
            states.forget(name)
