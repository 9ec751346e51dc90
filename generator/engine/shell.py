"""The shell: Material's page around finished content, its chrome rendered once for many pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine.chrome import Chrome, mark
from generator.engine.configuration import (
    NOTHING,
    short_name,
    site_address,
    with_names,
)
from generator.engine.kept_chromes import KeptChromes
from generator.engine.menu import FEED, LOST, Menu, Spot, feeds_of, spot_of
from generator.engine.press import Press, base_of, context_of, home_of
from generator.engine.script_words import words_file
from generator.model.site import Edition, File, Page, Site
from generator.pages.escaping import printed
from generator.promises.settings import Settings
from generator.wording import said
from generator.wording.languages import SOURCE

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_MENUS_KEPT = 8  # villages mostly share one menu; the rest is for the portal, townships and odd ones out


@dataclass(slots=True)
class _Desk:
    """What the site being printed needs at hand."""

    site: Site
    name: str
    addresses: frozenset[str]
    menu: Menu
    feeds: frozenset[str]
    chromes: dict[Spot, Chrome] = field(default_factory=dict)
    is_grown: bool = False


class Shell:
    """Puts pages into Material's templates; one per process.

    ``cache`` is a folder for compiled templates: compiling them takes longer than printing a village. With
    ``setup``, the set-up's fingerprint, the chromes are kept there too, and MkDocs is loaded only for one
    that was never printed before.
    """

    def __init__(self, root: Path, settings: Settings, cache: Path | None = None, setup: str = "") -> None:
        self._root, self._settings, self._cache = root, settings, cache
        self._site_url = site_address(settings)
        self._chromes: OrderedDict[Menu, dict[Spot, Chrome]] = OrderedDict()
        self._kept = KeptChromes(cache, setup) if cache is not None and setup else None
        self._made = Press.of(root, settings, cache) if self._kept is None else None
        self._words: dict[str, str] = {}
        self._desk: _Desk | None = None

    @property
    def _press(self) -> Press:
        if self._made is None:
            self._made = Press.of(self._root, self._settings, self._cache)
        return self._made

    @property
    def config(self) -> MkDocsConfig:
        """Return the configuration of every site; raises SetupError when mkdocs.yml is missing or broken."""
        return self._press.config

    @property
    def styles(self) -> tuple[File, ...]:
        """Return Material's style sheets, cut down to what a page of ours shows of them."""
        return self._press.styles

    def render(self, site: Site, page: Page) -> str:
        """Return the whole page as text, as ``print`` does."""
        return self.print(site, page).decode()

    def print(self, site: Site, page: Page) -> bytes:
        """Return the whole page (UTF-8); everything but its content is escaped."""
        desk = self._desk_for(site)
        spot = spot_of(page, site, addresses=desk.addresses, heading=site.name, feeds=desk.feeds)
        chrome = desk.chromes.get(spot)
        if chrome is None:
            chrome = desk.chromes[spot] = self._render_chrome(desk.menu, spot)
            desk.is_grown = True
        return chrome.fill(
            {
                "base": base_of(page.url, self._site_url),
                "own": home_of(page, site, self._site_url),
                "name": printed(desk.name),
                "heading": printed(site.name),
                "title": printed(page.title),
                "plain": plain_of(page, site.edition),
                "description": printed(page.description or page.title),
                "address": printed(self._site_url + page.url),
                "content": page.content,
            }
        )

    def render_whole(self, site: Site, page: Page) -> str:
        """Return what ``render`` returns, from the templates directly: slow, and the proof of it."""
        spot = spot_of(page, site, addresses=Menu.of(site).addresses(), heading=site.name)
        return self._press.drawn(
            context_of(
                page,
                section=None if spot.section is None else page.section,
                nav=site.nav,
                base=base_of(page.url, self._site_url),
                own=home_of(page, site, self._site_url),
                address=self._site_url + page.url if self._site_url and site.is_public else None,
                feeds=feeds_of(page, site, feed_addresses(site)),
                config=with_names(
                    self.config,
                    site.name,
                    name=short_name(site),
                    home=site.url,
                    more=self._more(site.edition, site.editions, plain_of(page, site.edition)),
                ),
            )
        )

    def _more(self, edition: Edition | None, editions: Sequence[Edition], plain: str) -> Mapping[str, object]:
        """Return what the templates want to know of a page that stands in several languages."""
        if edition is None:
            return NOTHING
        if edition.code not in self._words:
            is_source = edition.code == SOURCE
            self._words[edition.code] = "" if is_source else words_file(self.config.theme, edition.code).path
        return {
            "top": edition.prefix,
            "edition": edition,
            "editions": editions,
            "plain": plain,
            "words": self._words[edition.code],
            "tongues": self._press.tongues,
            "county": said(str(self.config.extra["county"])),
            "portal": said(str(self.config.extra["portal"])),
        }

    def keep(self) -> None:
        """Keep the chromes that were printed for the site at hand, for later builds."""
        desk = self._desk
        if desk is not None and desk.is_grown and self._kept is not None:
            self._kept.keep(desk.menu, desk.chromes)
            desk.is_grown = False

    def _desk_for(self, site: Site) -> _Desk:
        if self._desk is None or self._desk.site is not site:
            self.keep()
            menu = Menu.of(site)
            chromes = self._chromes.get(menu)
            if chromes is None:
                chromes = self._chromes[menu] = self._kept.of(menu) if self._kept is not None else {}
            self._chromes.move_to_end(menu)
            if len(self._chromes) > _MENUS_KEPT:
                self._chromes.popitem(last=False)
            self._desk = _Desk(site, short_name(site), menu.addresses(), menu, feed_addresses(site), chromes)
        return self._desk

    def _render_chrome(self, menu: Menu, spot: Spot) -> Chrome:
        heading = mark("heading")
        page = Page(
            url=_stand_in_url(menu, spot),
            title=heading if spot.repeats_heading else mark("title"),
            description=mark("description"),
            content=mark("content"),
            is_passing=spot.is_passing,
        )
        context = context_of(
            page,
            section=spot.section,
            nav=menu.entries,
            base=mark("base"),
            own=mark("own"),
            address=mark("address") if self._site_url and menu.is_public else None,
            feeds=spot.feeds,
            config=with_names(
                self.config,
                heading,
                name=mark("name"),
                home=menu.home,
                more=self._more(menu.edition, menu.editions, "" if spot.is_lost else mark("plain")),
            ),
        )
        return Chrome.of(self._press.drawn(context))


def feed_addresses(site: Site) -> frozenset[str]:
    """Return the addresses of all feeds among the files of ``site``."""
    return frozenset(file.path for file in site.files if file.path.endswith(f"/{FEED}") or file.path == FEED)


def plain_of(page: Page, edition: Edition | None) -> str:
    """Return the address of ``page`` in the main language, below the folder of each other language too."""
    if page.url == LOST:
        return ""
    return page.url.removeprefix(edition.prefix) if edition is not None else page.url


def _stand_in_url(menu: Menu, spot: Spot) -> str:
    if spot.is_lost:
        return LOST
    if spot.is_home:
        return menu.home
    return spot.section if spot.is_section and spot.section is not None else mark("elsewhere")
