"""Feeds: what was disclosed last as Atom (RFC 4287): a village's, each of its items', the county's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from html import escape
from itertools import islice
from typing import Any, TypeAlias

from generator.model.resource import Resource
from generator.model.site import File, Page
from generator.pages.book import Book
from generator.pages.search import searchable
from generator.promises.promises import Promises
from generator.promises.settings import Settings
from generator.wording import _

NEWEST = 30  # entries of a village's feed or an item's
NEWEST_OF_COUNTY = 50
# What XML cannot say at all, be it escaped or not.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff\ufffe\uffff]")
_MIDNIGHT = "T00:00:00+08:00"
# When something was posted, its address, and its title behind the name of its village.
Posted: TypeAlias = tuple[str, str, str]
# A name that nobody can own (RFC 2606), so that a county may move to another address and keep its ids.
_AUTHORITY = "tag:cunwu.invalid,2025"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a feed: addresses are below ``base``, which is the site's own."""

    title: str
    author: str
    id: str
    base: str
    page: str
    feed: str


def feed_url(home: str) -> str:
    """Return the address of the feed of the site, or of the item's page, at ``home``."""
    return f"{home}feed.xml"


def feed_files(book: Book, pages: Sequence[Page]) -> Iterator[File]:
    """Yield the village's feed and one for each item of which something was disclosed.

    Nothing that lists persons is in them. Dates are those of the register, so that the same records give
    the same bytes on every day.
    """
    known = {page.url: page for page in pages if not page.is_passing}
    entries: list[tuple[str, str, str]] = []
    for resource in searchable(book):
        page = known.get(book.resource_url(resource))
        if page is not None:
            updated, text = _entry_of(book, resource, page)
            entries.append((updated, page.url, text))
    entries.sort(reverse=True)
    settings, village = book.promises.settings, book.village
    absolute = f"{settings.site_url.rstrip('/')}/{book.url}" if settings.site_url else ""
    since = settings.disclosure_start.isoformat()
    head = Head(
        feed_title(village.name, _("公开")),
        village.name,
        feed_id(settings, book.url),
        absolute or "./",
        "",
        "",
    )
    yield feed_file(feed_url(book.url), head, entries, since)
    for item in book.shown_items():
        url = book.item_url(item.name)
        own = [entry for entry in entries if entry[1].startswith(url)]
        if own:
            below = f"{item.name}/"
            title = feed_title(village.name, item.title)
            head = Head(title, village.name, feed_id(settings, url), absolute or "../", below, below)
            yield feed_file(feed_url(url), head, own, since)


def newest_posted(titles: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Posted]:
    """Return what was posted last of villages, whose own lists of ``titles`` stand behind their addresses."""
    return nlargest(NEWEST_OF_COUNTY, _posted(titles))


def county_feed(promises: Promises, posted: Iterable[Posted]) -> File:
    """Return the county's feed of what was ``posted`` last."""
    settings = promises.settings
    entries = []
    for day, address, name in nlargest(NEWEST_OF_COUNTY, posted):
        text = feed_entry(feed_id(settings, address), name, address, day, day, "")
        entries.append((day, address, text))
    base = f"{settings.site_url.rstrip('/')}/" if settings.site_url else "./"
    head = Head(settings.title, settings.county_name, feed_id(settings, ""), base, "", "")
    return feed_file(feed_url(""), head, entries, settings.disclosure_start.isoformat(), NEWEST_OF_COUNTY)


def _posted(titles: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Posted]:
    for slug, village in titles:
        for url, title, posted, _digest in village["pages"]:
            if posted:
                yield posted, f"{slug}/{url}", f"{village['name']} {title}"


def feed_title(village: str, what: str) -> str:
    """Return what a feed about ``what`` of a village is called."""
    return _("{village}：{what}").format(village=village, what=what)


def feed_id(settings: Settings, address: str) -> str:
    """Return the id of what stands at ``address``; it stays when a county moves to another server."""
    return f"{_AUTHORITY}:{settings.county_code[:6]}/{address.rstrip('/')}"


def _entry_of(book: Book, resource: Resource, page: Page) -> tuple[str, str]:
    """Return when a resource was last posted, and its entry."""
    duty = book.duties.get(resource.path)
    as_of = book.judgement.as_of
    lines = [duty.publication, *duty.corrections] if duty is not None and duty.publication is not None else []
    days = [line.posted_from for line in lines if line is not None and line.posted_from is not None]
    posted = [day for day in days if day <= as_of]
    # What nobody registered has the first day of its period, which is never still to come.
    published = (posted[0] if posted else resource.period.start).isoformat()
    updated = max(posted).isoformat() if posted else published
    reasons = [line.note for line in (duty.corrections if duty is not None else ()) if line.note]
    said = "" if page.description.endswith(page.title) else page.description
    summary = _("更正：{reason}").format(reason=reasons[-1]) if reasons else said
    address = page.url.removeprefix(book.url)
    entry_id = feed_id(book.promises.settings, page.url)
    return updated, feed_entry(entry_id, page.title, address, published, updated, summary)


def feed_entry(entry_id: str, title: str, address: str, published: str, updated: str, summary: str) -> str:
    """Return one entry: days are ISO dates, ``address`` is below the feed's base."""
    said = f"<summary>{_safe(summary)}</summary>" if summary else ""
    return (
        f"<entry><id>{_safe(entry_id)}</id><title>{_safe(title)}</title>"
        f'<link rel="alternate" type="text/html" href="{_safe(address)}"/>'
        f"<published>{published}{_MIDNIGHT}</published><updated>{updated}{_MIDNIGHT}</updated>{said}</entry>\n"
    )


def feed_file(
    path: str,
    head: Head,
    entries: Iterable[tuple[str, str, str]],
    since: str,
    most: int = NEWEST,
    *,
    subtitle: str = "",
) -> File:
    """Return the feed of the first ``most`` of ``entries``: day of change, key and text, newest first."""
    newest = list(islice(entries, most))
    updated = max((entry[0] for entry in newest), default=since)
    subtitle = subtitle or _("最近公开和更正的，最多 {count} 条；名单不在里面").format(count=most)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN" xml:base="{_safe(head.base)}">\n'
        f"<id>{_safe(head.id)}</id><title>{_safe(head.title)}</title><subtitle>{_safe(subtitle)}</subtitle>\n"
        f"<updated>{updated}{_MIDNIGHT}</updated><author><name>{_safe(head.author)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{_safe(feed_url(head.feed))}"/>'
        f'<link rel="alternate" type="text/html" href="{_safe(head.page) or "./"}"/>\n'
        f"{''.join(entry[2] for entry in newest)}</feed>\n"
    )
    return File(path, text.encode("utf-8"))


def _safe(text: str) -> str:
    return escape(_UNSAYABLE.sub("", text), quote=False).replace('"', "&quot;")
