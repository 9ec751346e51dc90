"""Sites: finished pages and files, and the menu that joins them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of a site's menu: ``url`` is below the output folder and ends in "/" ("" is the portal)."""

    title: str
    url: str
    children: tuple[NavEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``url`` below the output folder, ending in "/" (or "" or "404.html"), finished ``content``.

    ``title``, ``description`` and headings are plain text; ``content`` is safe HTML. ``section`` is the
    url of the menu entry to be marked as current. A page that ``is_passing`` shows persons for the days of
    a display: no search engine, cache, feed, index or export may keep it.
    """

    url: str
    title: str
    description: str
    content: str
    section: str = ""
    is_passing: bool = False

    @property
    def path(self) -> str:
        """Return the output file of this page."""
        return page_path(self.url)


def page_path(url: str) -> str:
    """Return the output file of the page at ``url``."""
    return url if url.endswith(".html") else f"{url}index.html"


@dataclass(frozen=True, slots=True)
class File:
    """A file that is published as it is; ``sha256`` (hex) is its content's, "" where nobody asked yet."""

    path: str
    content: bytes
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The pages of one language: its tag (BCP 47), what its readers call it, and where they stand.

    ``prefix`` is below the output folder: "" for the county's main language, "en/" for another.
    """

    code: str
    name: str
    prefix: str = ""
    is_rtl: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A village's site, or the portal: what stands under ``url``, with one menu for all its pages.

    A site that is not public (the audit board) has no address on the web. Where a county has several
    languages each of them is a site of its own: ``edition`` is this one, ``editions`` are all of them.
    """

    name: str
    url: str
    nav: tuple[NavEntry, ...]
    pages: tuple[Page, ...]
    files: tuple[File, ...] = ()
    is_public: bool = True
    edition: Edition | None = None
    editions: tuple[Edition, ...] = ()

    @property
    def top(self) -> str:
        """Return where the portal stands in the language of this site."""
        return self.edition.prefix if self.edition is not None else ""


def file_name(item: str, stem: str) -> str:
    """Return what a record's file is called where it is published, without its suffix."""
    return f"{item}-{stem}".lower().replace("--", "-").replace("_", "-")
