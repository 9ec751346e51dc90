"""Documents: a site's pages and menu in the form that stock MkDocs reads."""

from __future__ import annotations

from collections.abc import Container

import yaml

from generator.engine.menu import LOST, PASSING_ROBOTS
from generator.model.site import NavEntry, Page, Site


def document_pages(site: Site) -> tuple[Page, ...]:
    """Return the pages that MkDocs can make; the page for lost addresses is the theme's business."""
    return tuple(page for page in site.pages if page.url != LOST)


def document_path(url: str) -> str:
    """Return the Markdown file below docs/ that MkDocs turns into ``url``."""
    return f"{url}index.md"


def front_matter(site: Site, page: Page) -> str:
    """Return the head of a page's Markdown file."""
    head = {"title": page.title, "description": page.description or page.title}
    if page.section or not site.url:
        head["section"] = page.section
    if page.is_passing:
        head["robots"] = PASSING_ROBOTS
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10**6)}---\n"


def document_nav(site: Site) -> list[object]:
    """Return the menu as MkDocs' ``nav``; a section's first page is its own."""
    urls = {page.url for page in document_pages(site)}
    return [_nav_item(entry, urls) for entry in site.nav]


def _nav_item(entry: NavEntry, urls: Container[str]) -> dict[str, object]:
    target = document_path(entry.url) if entry.url in urls else entry.url
    if not entry.children:
        return {entry.title: target}
    return {entry.title: [{entry.title: target}, *(_nav_item(child, urls) for child in entry.children)]}
