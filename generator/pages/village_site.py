"""Village sites: a judged village becomes pages, files and a menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.model.resource import Resource
from generator.model.site import File, NavEntry, Page, Site
from generator.pages.book import Book
from generator.pages.calendar_page import calendar_file, calendar_url, calendar_view
from generator.pages.correction_feeds import correction_feed
from generator.pages.corrections import corrections_entry, corrections_page
from generator.pages.data_package import Published, package_file, publish_resource
from generator.pages.editions import in_every_language
from generator.pages.feeds import feed_files
from generator.pages.home_page import home_view, resource_title
from generator.pages.households_page import own_lines
from generator.pages.item_page import category_lines, item_view
from generator.pages.period_page import period_view
from generator.pages.render import Renderer
from generator.pages.search import index_files, search_entry, search_page, titles_file, told_file
from generator.pages.views import Line
from generator.pages.zipped import zipped_package
from generator.wording import _, said
from generator.wording.languages import Language


def village_site(book: Book, renderer: Renderer, villages: tuple[Line, ...] = ()) -> Site:
    """Return the whole site of one village; ``villages`` are listed on a township office's home page."""
    published = published_of(book)
    package = package_file(book, published)
    zipped = zipped_package(book, published)
    pages = _pages(book, renderer, villages, published, package, len(zipped.content))
    digests = {path: found.digest for path, found in published.items()}
    files = tuple(file for found in published.values() for file in found.files)
    return Site(
        site_name(book),
        book.url,
        _nav(book),
        pages,
        (
            *files,
            package,
            zipped,
            calendar_file(book),
            *index_files(book, pages),
            titles_file(book, digests),
            *feed_files(book, pages),
            *correction_feed(book),
        ),
    )


def village_sites(
    book: Book, renderer: Renderer, villages: tuple[Line, ...] = ()
) -> tuple[tuple[Language | None, Site], ...]:
    """Return the site of one village in each language of the county, the main one with the files first."""
    languages = book.promises.languages
    if len(languages) < 2:
        return in_every_language(languages, lambda _prefix: village_site(book, renderer, villages))
    published = published_of(book)
    package = package_file(book, published)
    size = len(zipped_package(book, published).content)
    digests = {path: found.digest for path, found in published.items()}

    def make(prefix: str) -> Site:
        if not prefix:
            return village_site(book, renderer, villages)
        own, below = replace(book, prefix=prefix), renderer.below(prefix)
        pages = _pages(own, below, villages, published, package, size)
        return Site(site_name(own), own.url, _nav(own), pages, (told_file(own, digests, pages),))

    return in_every_language(languages, make)


def published_of(book: Book) -> dict[str, Published]:
    """Return what is published of each resource, by its path."""
    return {r.path: publish_resource(book, r) for r in book.judgement.package.resources}


def _pages(
    book: Book,
    renderer: Renderer,
    villages: tuple[Line, ...],
    published: Mapping[str, Published],
    package: File,
    size: int,
) -> tuple[Page, ...]:
    return (
        _home(book, renderer, package, villages, size),
        _calendar(book, renderer),
        *_categories(book, renderer),
        *_items(book, renderer),
        *_periods(book, renderer, published),
        *corrections_page(book, renderer),
        search_page(book, renderer),
    )


def site_name(book: Book) -> str:
    """Return the name over every page: 青石村 · 村务公开."""
    kinds = {"village": _("村务公开"), "community": _("居务公开")}
    return f"{book.village.name} · {kinds.get(book.village.kind, _('政务公开'))}"


def _nav(book: Book) -> tuple[NavEntry, ...]:
    entries = [NavEntry(_("首页"), book.url)]
    titles = book.promises.settings.categories
    items = book.shown_items()
    for category in dict.fromkeys(item.category for item in items):
        children = tuple(
            NavEntry(said(item.title), book.item_url(item.name))
            for item in items
            if item.category == category
        )
        entries.append(NavEntry(said(titles[category]), book.category_url(category), children))
    entries.append(NavEntry(_("公开日历"), calendar_url(book)))
    entries.extend(corrections_entry(book))
    entries.append(search_entry(book.url))
    return tuple(entries)


def _home(book: Book, renderer: Renderer, package: File, villages: tuple[Line, ...], size: int) -> Page:
    view = home_view(book, digest=package.sha256, villages=villages, size=size, household=own_lines(book))
    content = renderer.content("home.html.j2", book.url, view=view)
    description = view.cards[0].sentence if view.cards else site_name(book)
    return Page(book.url, site_name(book), description, content, section=book.url)


def _calendar(book: Book, renderer: Renderer) -> Page:
    url, view = calendar_url(book), calendar_view(book)
    sections = (
        (_("正在公示"), view.on_display, _("现在没有正在公示的。")),
        (_("该公开、还没公开"), view.open, _("没有。")),
        (_("接下来"), view.coming, _("今年没有了。")),
        (_("登记为「本期无」的"), view.nil, _("没有。")),
    )
    content = renderer.content("calendar.html.j2", url, sections=sections, file=view.file)
    description = _("{village}公开日历").format(village=book.village.name)
    return Page(url, _("公开日历"), description, content, section=url)


def _categories(book: Book, renderer: Renderer) -> Iterator[Page]:
    titles = book.promises.settings.categories
    for category in dict.fromkeys(item.category for item in book.shown_items()):
        url, title = book.category_url(category), said(titles[category])
        items = tuple(category_lines(book, category))
        content = renderer.content("category.html.j2", url, title=title, items=items, home=book.url)
        description = _("{village}{title}公开").format(village=book.village.name, title=title)
        yield Page(url, title, description, content, section=url)


def _items(book: Book, renderer: Renderer) -> Iterator[Page]:
    for item in book.shown_items():
        url = book.item_url(item.name)
        content = renderer.content("item.html.j2", url, view=item_view(book, item))
        yield Page(url, said(item.title), said(item.question), content, section=url)


def _periods(book: Book, renderer: Renderer, published: Mapping[str, Published]) -> Iterator[Page]:
    for resource in book.judgement.package.resources:
        found = published[resource.path]
        yield _period(book, renderer, resource, found)


def _period(book: Book, renderer: Renderer, resource: Resource, published: Published) -> Page:
    url = book.resource_url(resource)
    view = period_view(book, resource, digest=published.digest, download=published.download)
    content = renderer.content(renderer.template_for(resource.item), url, view=view)
    title = resource_title(resource)
    description = view.sentences[0] if view.sentences else f"{book.village.name} {title}"
    is_passing = resource.item.is_private and resource.path in book.tables
    return Page(url, title, description, content, book.item_url(resource.item.name), is_passing)
