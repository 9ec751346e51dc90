"""Previews: a village's whole site as it will be printed, with tables in place that are not there yet."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.checks.judgement import judge
from generator.checks.receipts import with_receipts
from generator.desk.county import Known
from generator.engine.assets import theme_files
from generator.engine.corrections import read_corrections, with_log
from generator.engine.receipt_files import receipt_file
from generator.engine.shell import Shell
from generator.history.repository import read_versions
from generator.history.timeline import NO_TIMELINE, read_timeline
from generator.intake.receipt_store import look_up, store_of
from generator.model.resource import Publication
from generator.model.site import Site
from generator.model.village import Village
from generator.pages.book import open_book
from generator.pages.dictionary_pages import DICTIONARY
from generator.pages.portal_site import portal_site
from generator.pages.receipts import receipt_paths
from generator.pages.relatives import relatives_of
from generator.pages.render import Renderer
from generator.pages.village_site import village_site
from generator.pipeline.checking_drafts import Laid, package_with
from generator.pipeline.workshop import print_site

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Change:
    """What is new in one village: tables, and lines of its register."""

    village: Village
    tables: tuple[Laid, ...]
    lines: tuple[Publication, ...] = ()


@dataclass(slots=True)
class _Press:
    """What prints all villages of one reading of the county, and the guides of its portal."""

    known: Known
    renderer: Renderer
    shell: Shell
    assets: dict[str, bytes]
    guides: Site | None = None


class Previewer:
    """Prints previews; a press is set up once for each reading of the county."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._press: _Press | None = None
        self._kept: OrderedDict[object, dict[str, bytes]] = OrderedDict()

    def files(self, changes: Sequence[Change], known: Known, day: date, kept_as: object) -> dict[str, bytes]:
        """Return every file of the villages' sites by its path; what bears the same ``kept_as`` is kept."""
        place = (kept_as, known.stamp, day)
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
            press = self._pressed(known)
            files = dict(press.assets)
            for change in changes:
                files |= _print(press, change, day)
            self._kept[place] = files
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return files

    def guide(self, path: str, known: Known) -> bytes | None:
        """Return a page or asset of the guides to filling in; None for what does not belong to them."""
        with self._lock:
            press = self._pressed(known)
            if path in press.assets:
                return press.assets[path]
            if press.guides is None:
                county = known.county
                press.guides = portal_site(known.promises, county.townships, (), press.renderer)
            site = press.guides
            if not path.startswith(DICTIONARY):
                return None
            page = next((page for page in site.pages if page.path == path), None)
            if page is None:
                return next((file.content for file in site.files if file.path == path), None)
            return press.shell.print(site, page)

    def _pressed(self, known: Known) -> _Press:
        if self._press is None or self._press.known is not known:
            root, settings = known.promises.root, known.promises.settings
            assets = {file.path: file.content for file in theme_files(root, settings)}
            self._press = _Press(
                known, Renderer(root / "site_config" / "theme"), Shell(root, settings), assets
            )
        return self._press


def _print(press: _Press, change: Change, day: date) -> dict[str, bytes]:
    promises, village = press.known.promises, change.village
    store = store_of(promises.settings)
    laid = package_with(village, change.tables, change.lines, promises)
    package, stored = with_receipts(laid, promises, partial(look_up, store))
    judgement = judge(package, promises, day)
    content = promises.settings.content
    shown = promises.shown(content)
    versions = read_versions(content, shown)
    history = with_log(read_timeline(content, shown) if versions.head else NO_TIMELINE, promises)
    corrections = read_corrections(
        judgement, history.parted([village.folder], shown)[village.folder], promises
    )
    book = open_book(judgement, promises, versions, stored, corrections)
    site = village_site(book, press.renderer, relatives_of(press.known.county, village))
    receipts = (receipt_file(promises, path, one) for path, one in receipt_paths(book).items())
    return {file.path: file.content for file in (*print_site(press.shell, site), *site.files, *receipts)}
