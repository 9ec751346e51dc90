"""The portal's press: the pages of the portal and of the audit board, drawn when somebody asks for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.engine.assets import public_files, theme_files
from generator.engine.manual import reading_pages
from generator.engine.shell import Shell
from generator.model.site import File, Page, Site, page_path
from generator.model.village import Township
from generator.pages.audit_site import audit_plan
from generator.pages.downloads_page import DOWNLOADS, NO_DOWNLOADS, Downloads
from generator.pages.parts import Made, Part, Remember
from generator.pages.portal_site import portal_plans
from generator.pages.render import Renderer
from generator.pages.search import TITLES, search_url
from generator.pages.search_county import TitlesOf
from generator.pipeline.sheets import Drawing, Sheet
from generator.pipeline.summaries import Summary, mark_of_villages
from generator.privacy.allow import load_allowances
from generator.promises.promises import Promises
from generator.wording import speaking
from generator.wording.languages import Language

if TYPE_CHECKING:
    from generator.pipeline.portal import Around


class PortalPress:
    """Draws the sheets of the portal and of the board; what nobody asks for is not loaded either."""

    def __init__(
        self,
        promises: Promises,
        townships: Sequence[Township],
        summaries: Sequence[Summary],
        around: Around,
        remember: Remember,
    ) -> None:
        root = promises.root
        self._promises, self._townships, self._summaries = promises, townships, summaries
        self._around, self._remember = around, remember
        self._shell = Shell(root, promises.settings, around.cache, around.setup)
        self._renderer = Renderer(root / "site_config" / "theme", around.cache)

    def portal(self) -> tuple[list[Sheet], dict[str, str]]:
        """Return the sheets of the portal, and the files that are on disk already, with their SHA-256."""
        downloads = self._downloads()
        plans = portal_plans(
            self._promises,
            self._townships,
            self._summaries,
            self._renderer,
            self._titles,
            downloads,
            reading_pages(),
            self._remember,
        )
        sheets = [self._sheet(part, site, language) for language, site, parts in plans for part in parts]
        beside = {f"{DOWNLOADS}{file.name}": file.sha256 for file in downloads.files}
        return [*sheets, self._lasting("assets", self._public)], beside

    def board(self) -> list[Sheet]:
        """Return the sheets of the audit board."""
        promises = self._promises
        titles = {item.name: item.title for item in promises.catalogue.latest()}
        allowed = load_allowances(promises.root).entries
        as_of = self._around.as_of
        plan = audit_plan(
            self._townships, self._summaries, as_of, self._renderer, titles, allowed, self._remember
        )
        sheets = [self._sheet(part, plan.site, None) for part in plan.parts]
        return [*sheets, self._lasting("assets", lambda: self._assets)]

    def keep(self) -> None:
        """Keep the chromes that were drawn, for later builds."""
        self._shell.keep()

    def _sheet(self, part: Part, site: Site, language: Language | None) -> Sheet:
        def make() -> list[Drawing]:
            with speaking(language):
                return [self._drawing(one, site, language) for one in part.make()]

        key = mark_of_villages(self._around.setup, repr(part.told), part.villages)
        return Sheet(part.name, key, make)

    def _drawing(self, one: Made | File, site: Site, language: Language | None) -> Drawing:
        if isinstance(one, File):
            return one.path, partial(_content, one)
        url, make = one
        return page_path(url), partial(self._printed, make, site, language)

    def _printed(self, make: Callable[[], Page], site: Site, language: Language | None) -> bytes:
        with speaking(language):
            return self._shell.print(site, make())

    def _lasting(self, name: str, files: Callable[[], Sequence[File]]) -> Sheet:
        """Return the sheet of what is made from the set-up alone."""
        key = mark_of_villages(self._around.setup, name, ())
        return Sheet(name, key, lambda: [(file.path, partial(_content, file)) for file in files()])

    @cached_property
    def _assets(self) -> tuple[File, ...]:
        return theme_files(self._promises.root, self._promises.settings, self._shell)

    def _public(self) -> tuple[File, ...]:
        return (*self._assets, *public_files(self._shell, self._assets, self._promises.languages))

    def _titles(self, prefix: str) -> TitlesOf:
        return partial(_titles_at, self._around.site / prefix)

    def _downloads(self) -> Downloads:
        if not self._promises.settings.has_downloads:
            return NO_DOWNLOADS
        from generator.pipeline.downloads import write_downloads

        around = self._around
        return write_downloads(self._promises, around.site, around.work, around.as_of)


def _content(file: File) -> bytes:
    return file.content


def _titles_at(site: Path, slug: str) -> Mapping[str, Any] | None:
    """Return the list of titles that a village's site holds; None where it has none."""
    try:
        found: Mapping[str, Any] = json.loads((site / search_url(f"{slug}/") / TITLES).read_bytes())
    except FileNotFoundError:
        return None
    return found
