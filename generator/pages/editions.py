"""Editions: the pages of a site in each language of the county, from one judgement and one set of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.model.site import Edition, NavEntry, Page, Site
from generator.wording import _, speaking
from generator.wording.languages import SOURCE, Language

# What is shown at any address cannot know in which language somebody went astray.
ONCE = ("404.html",)


def editions_of(languages: Sequence[Language]) -> tuple[Edition, ...]:
    """Return where the pages of each language stand: the main one's at the top."""
    return tuple(
        Edition(language.code, _(language.name), f"{language.code}/" if place else "", language.is_rtl)
        for place, language in enumerate(languages)
    )


def spoken_of(language: Language) -> Language | None:
    """Return what ``speaking`` wants for a language: nothing for the source language."""
    return None if language.code == SOURCE else language


def in_every_language(
    languages: Sequence[Language], make: Callable[[str], Site]
) -> tuple[tuple[Language | None, Site], ...]:
    """Return the site in each of ``languages`` with the language to print it in; the first holds the files.

    ``make`` is called while the language is spoken, with the folder of its pages: for all but the main
    language it returns only such files as are told in words. A county of one language has one site, at the
    top.
    """
    if not languages:
        return ((None, make("")),)
    editions = editions_of(languages)
    made = []
    for language, edition in zip(languages, editions, strict=True):
        spoken = spoken_of(language)
        with speaking(spoken):
            made.append((spoken, placed(make(edition.prefix), edition, editions)))
    return tuple(made)


def placed(site: Site, edition: Edition, editions: tuple[Edition, ...]) -> Site:
    """Return ``site`` as the edition in one language, its pages and its menu below the edition's folder."""
    prefix = edition.prefix
    if not prefix:
        return replace(site, edition=edition, editions=editions)
    return replace(
        site,
        url=prefix + site.url,
        nav=tuple(_placed_entry(entry, prefix) for entry in site.nav),
        pages=tuple(placed_page(page, site.url, prefix) for page in site.pages if page.url not in ONCE),
        files=tuple(replace(file, path=f"{prefix}{file.path}") for file in site.files),
        edition=edition,
        editions=editions,
    )


def placed_page(page: Page, home: str, prefix: str) -> Page:
    """Return a page of the site at ``home`` as it stands below the folder of a language."""
    section = prefix + page.section if page.section or not home else ""
    return replace(page, url=prefix + page.url, section=section)


def _placed_entry(entry: NavEntry, prefix: str) -> NavEntry:
    children = tuple(_placed_entry(child, prefix) for child in entry.children)
    return NavEntry(entry.title, prefix + entry.url, children)
