"""Menus: a site's navigation without the village's own address, so that villages of one shape share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.engine.chrome import mark
from generator.model.site import Edition, NavEntry, Page, Site

LOST = "404.html"
FEED = "feed.xml"
# What search engines are told of a page that shows persons for some days.
PASSING_ROBOTS = "noindex, noarchive, nosnippet"


@dataclass(frozen=True, slots=True)
class Menu:
    """Entries whose addresses begin with a mark where the site's own address belongs."""

    entries: tuple[NavEntry, ...]
    is_portal: bool
    is_public: bool = True
    edition: Edition | None = None
    editions: tuple[Edition, ...] = ()

    @classmethod
    def of(cls, site: Site) -> Menu:
        """Return the menu of ``site``."""
        entries = tuple(_unplaced(entry, site.url) if site.url != site.top else entry for entry in site.nav)
        is_portal = site.url == site.top
        return cls(entries, is_portal, site.is_public, site.edition, site.editions)

    @property
    def home(self) -> str:
        """Return the address of the site's home, as the chrome knows it."""
        return self.top if self.is_portal else mark("home")

    @property
    def top(self) -> str:
        """Return where the portal stands in the language of this menu."""
        return self.edition.prefix if self.edition is not None else ""

    def addresses(self) -> frozenset[str]:
        """Return every address that the menu leads to."""
        return frozenset(_addresses(self.entries))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page stands in its site: all that tells its chrome from that of other pages."""

    section: str | None
    is_section: bool
    is_home: bool
    is_lost: bool
    repeats_heading: bool
    is_passing: bool = False
    feeds: tuple[str, ...] = ()


def spot_of(
    page: Page, site: Site, *, addresses: frozenset[str], heading: str, feeds: frozenset[str] = frozenset()
) -> Spot:
    """Return where ``page`` stands; a section that the menu does not have is none at all.

    ``feeds`` are the addresses of all feeds of the site: the page is told of its own and of its section's.
    """
    home = site.url if site.url != site.top else ""
    section: str | None = unplaced(page.section, home)
    if section not in addresses or (home and not page.section):
        section = None
    return Spot(
        section=section,
        is_section=section is not None and page.section == page.url,
        is_home=page.url == site.url,
        is_lost=page.url == LOST,
        repeats_heading=page.title == heading,
        is_passing=page.is_passing,
        feeds=tuple(unplaced(feed, home) for feed in feeds_of(page, site, feeds)),
    )


def feeds_of(page: Page, site: Site, feeds: frozenset[str]) -> tuple[str, ...]:
    """Return those of ``feeds`` that tell of ``page``: the site's, and that of the page's section."""
    wanted = dict.fromkeys((f"{site.url}{FEED}", f"{page.section}{FEED}"))
    return tuple(feed for feed in wanted if feed in feeds)


def unplaced(url: str, home: str) -> str:
    """Return ``url`` with a mark instead of ``home`` at its beginning."""
    return mark("home") + url[len(home) :] if home and url.startswith(home) else url


def _unplaced(entry: NavEntry, home: str) -> NavEntry:
    return NavEntry(
        entry.title, unplaced(entry.url, home), tuple(_unplaced(child, home) for child in entry.children)
    )


def _addresses(entries: tuple[NavEntry, ...]) -> Iterator[str]:
    for entry in entries:
        yield entry.url
        yield from _addresses(entry.children)
