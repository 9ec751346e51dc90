"""Workshops: what one worker process needs to turn a village's folder into its site on disk."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from itertools import chain
from typing import Any

from generator.checks.calendar import State
from generator.checks.flows import forget_flows
from generator.checks.judgement import Judgement, judge
from generator.checks.receipts import read_with_receipts
from generator.engine.corrections import read_corrections
from generator.engine.receipt_files import receipt_file
from generator.engine.shell import Shell
from generator.intake.package import Intake
from generator.model.finding import SetupError
from generator.model.manifest import Manifest, manifest_of
from generator.model.receipts import Stored
from generator.model.site import File, Site
from generator.model.village import Village
from generator.pages.book import open_book
from generator.pages.correction_feeds import correction_news
from generator.pages.correction_flags import correction_facts
from generator.pages.household_figures import household_facts
from generator.pages.receipts import receipt_paths
from generator.pages.render import Renderer
from generator.pages.search import TITLES, search_url
from generator.pages.village_site import village_sites
from generator.pages.zipped import NAME as ZIP
from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.garbage import garbage_at_the_end
from generator.pipeline.guard import Guard, finding_of
from generator.pipeline.orders import Failure, Order, Outcome, Result, Task, Withheld, manifest_path
from generator.pipeline.output import write_files
from generator.pipeline.state import SiteState, StateFolder
from generator.privacy.bare_jpeg import is_bare_jpeg
from generator.privacy.leaks import Leak
from generator.wording import speaking
from generator.wording.languages import Language
from generator.wording.words import remembering


class Workshop:
    """Builds villages, one after the other; made once per process."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._intake = Intake(order.promises)
        root, cache = order.promises.root, order.templates
        self._renderer = Renderer(root / "site_config" / "theme", cache)
        self._shell = Shell(root, order.promises.settings, cache, order.setup)
        self._states = StateFolder(order.states, order.writer)
        self._guard = Guard(order.promises, order.townships, order.as_of)

    def build(self, task: Task) -> Outcome | Withheld:
        """Read, judge, draw and write one village; nothing is written before all of it is drawn.

        Nor is it before the records and the finished pages were looked through for personal data.
        """
        order = self._order
        leaks = self._guard.leaks_of_records(task.village)
        if any(leak.is_error for leak in leaks):
            return self._withhold(task.village, leaks)
        versions, timeline = task.past.part()
        # Judged once; what was said is told again in each further language.
        with remembering() if order.promises.languages else nullcontext():
            package, stored = read_with_receipts(self._intake, task.village, order.promises)
            judgement = judge(package, order.promises, order.as_of)
            corrections = read_corrections(judgement, timeline, order.promises)
        book = open_book(judgement, order.promises, versions, stored, corrections)
        sites = village_sites(book, self._renderer, tuple(kin.line() for kin in task.villages))
        files = print_sites(self._shell, sites)
        self._shell.keep()
        site = sites[0][1]
        receipts = receipt_paths(book)
        # In the ZIP is nothing but what was looked at as a file of its own.
        looked_at = (file for file in files if not file.path.endswith(ZIP))
        shown = self._guard.leaks_of_files(task.village, chain(looked_at, self._doubtful(receipts)))
        if shown:
            return self._withhold(task.village, shown)
        slug = task.village.slug
        manifest = _manifest(files, receipts)
        root = manifest.root
        files.append(File(manifest_path(slug), manifest.content(root)))
        left = self._states.begin(slug, chain((file.path for file in files), receipts), order.output)
        written = write_files(order.output, chain(files, self._receipts(receipts)), left, order.writer)
        state = SiteState(
            fingerprint=task.fingerprint.text,
            as_of=order.as_of,
            valid_until=judgement.next_change,
            stamps=written.stamps,
            summary=summary_of(judgement)
            | {"titles": titles_mark(site), "flagged": correction_facts(book)}
            | {"news": correction_news(book), "per_household": household_facts(book)},
            errors=[finding_facts(finding) for finding in judgement.findings if finding.is_error],
            warnings=len(leaks) + sum(not finding.is_error for finding in judgement.findings),
            receipts=task.fingerprint.receipts,
            root=root,
            history=task.past.told(),
        )
        self._states.save(slug, state)
        return Outcome(
            slug, sum(len(made.pages) for _language, made in sites), written.changed, written.removed
        )

    def attempt(self, task: Task) -> Result:
        """Build one village; its trouble must not cost the others their pages, and is reported whole.

        Raises SetupError: that is everybody's trouble.
        """
        try:
            with garbage_at_the_end():
                try:
                    return self.build(task)
                finally:
                    # Tables that are still known would be looked through, cell by cell.
                    forget_flows()
        except SetupError:
            raise
        except Exception:
            return Failure(task.village.slug, task.village.name, traceback.format_exc())

    def _receipts(self, paths: Mapping[str, Stored]) -> Iterator[File]:
        """Yield receipts one by one: a village may have more of them than should be in memory at once."""
        for path, stored in paths.items():
            yield receipt_file(self._order.promises, path, stored)

    def _doubtful(self, paths: Mapping[str, Stored]) -> Iterator[File]:
        """Yield those receipts in which anything can be written: in pictures as we write them nothing can."""
        for file in self._receipts(paths):
            if not is_bare_jpeg(file.content):
                yield file

    def _withhold(self, village: Village, leaks: Iterable[Leak]) -> Withheld:
        output = self._order.output
        state = self._states.load(village.slug)
        names = sorted(state.stamps) if state is not None else []
        leaking = self._guard.leaking_files(village, output, names)
        removed = write_files(output, [], leaking).removed
        errors = [finding_facts(finding_of(leak)) for leak in leaks if leak.is_error]
        return Withheld(village.slug, village.name, errors, removed)


def _manifest(files: Iterable[File], receipts: Mapping[str, Stored]) -> Manifest:
    made = manifest_of(files)
    # A receipt is named by its hash, and was held against it a moment ago.
    return replace(made, files=made.files | {path: stored.sha256 for path, stored in receipts.items()})


def print_site(shell: Shell, site: Site) -> list[File]:
    """Return the finished pages of a site as files."""
    return [File(page.path, shell.print(site, page)) for page in site.pages]


def print_sites(shell: Shell, sites: Iterable[tuple[Language | None, Site]]) -> list[File]:
    """Return the pages of a site in all its languages, and its files."""
    files: list[File] = []
    for language, site in sites:
        with speaking(language):
            files += print_site(shell, site)
        files += site.files
    return files


def titles_mark(site: Site) -> str:
    """Return what changes with the titles of a village's pages: the portal must then be written anew.

    What a page's download holds is told there too, but not to the portal.
    """
    path = f"{search_url(site.url)}{TITLES}"
    kept = json.loads(next(file.content for file in site.files if file.path == path))
    told = [kept["name"], [page[:3] for page in kept["pages"]]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


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
        "households": village.households,
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
