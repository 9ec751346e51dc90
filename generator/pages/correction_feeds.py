"""Feeds of corrections as Atom: what a village changed after it was published, and all villages together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from typing import Any, TypeAlias

from generator.model.site import File
from generator.pages.book import Book
from generator.pages.corrections import correction_view, corrections_url
from generator.pages.feeds import (
    NEWEST,
    NEWEST_OF_COUNTY,
    Head,
    feed_entry,
    feed_file,
    feed_id,
    feed_title,
    feed_url,
)
from generator.promises.promises import Promises
from generator.wording import _

# A correction's day, its id and its entry.
Corrected: TypeAlias = tuple[str, str, str]
# Where the county's feed stands.
CORRECTIONS = "corrections/"


def correction_news(book: Book) -> list[dict[str, str]]:
    """Return the newest corrections of a village as feeds tell them; none of a list of persons.

    ``url`` is below the village's home, "" where the record has no page any more. Two corrections of one
    record in one commit do not occur, so that record and commit tell each from all others.
    """
    news = []
    for correction in book.corrections.entries:
        item = correction.subject.item
        if item is not None and item.is_private:
            continue
        view = correction_view(book, correction)
        told = [view.heading, _("原因：{reason}").format(reason=view.reason), *view.sums]
        news.append(
            {
                "url": view.url.removeprefix(book.url),
                "record": f"{correction.subject.name}/{correction.subject.stem}",
                "title": view.title,
                "day": correction.since.isoformat(),
                "commit": correction.commit,
                "text": _("；").join(told),
            }
        )
        if len(news) == NEWEST:
            break
    return news


def correction_feed(book: Book) -> Iterator[File]:
    """Yield the village's feed of corrections; none where its records have no history."""
    if not book.corrections.has_history:
        return
    settings, village, url = book.promises.settings, book.village, corrections_url(book)
    base = f"{settings.site_url.rstrip('/')}/{book.url}" if settings.site_url else "../"
    below = url.removeprefix(book.url)
    title = feed_title(village.name, _("更正"))
    head = Head(title, village.name, feed_id(settings, url), base, below, below)
    entries = [_entry(book.promises, book.url, "", one, below) for one in correction_news(book)]
    since = settings.disclosure_start.isoformat()
    yield feed_file(feed_url(url), head, entries, since, subtitle=_subtitle(NEWEST))


def newest_corrections(promises: Promises, summaries: Iterable[Mapping[str, Any]]) -> list[Corrected]:
    """Return the entries of what was corrected last; ``summaries`` hold the ``news`` of each village."""
    told = (
        _entry(promises, f"{summary['slug']}/", f"{summary['name']} ", one, "")
        for summary in summaries
        for one in summary.get("news", ())
    )
    return nlargest(NEWEST_OF_COUNTY, told)


def county_correction_feed(promises: Promises, corrected: Iterable[Corrected]) -> File:
    """Return the county's feed of what was ``corrected`` last."""
    settings = promises.settings
    base = f"{settings.site_url.rstrip('/')}/" if settings.site_url else "../"
    entries = nlargest(NEWEST_OF_COUNTY, corrected)
    title = feed_title(settings.title, _("更正"))
    head = Head(title, settings.county_name, feed_id(settings, CORRECTIONS), base, "", CORRECTIONS)
    since = settings.disclosure_start.isoformat()
    subtitle = _subtitle(NEWEST_OF_COUNTY)
    return feed_file(feed_url(CORRECTIONS), head, entries, since, NEWEST_OF_COUNTY, subtitle=subtitle)


def _subtitle(most: int) -> str:
    return _("公开以后改过的，最多 {count} 条；名单不在里面").format(count=most)


def _entry(promises: Promises, home: str, owner: str, one: Mapping[str, str], otherwise: str) -> Corrected:
    """Return one correction's day, id and text; ``otherwise`` is where to lead when its page is gone."""
    entry_id = feed_id(promises.settings, f"{home}{one['record']}/{one['commit']}")
    below = one["url"] or (CORRECTIONS if owner else otherwise)
    address = f"{home}{below}" if owner else below
    title = _("{title} 更正").format(title=f"{owner}{one['title']}")
    return one["day"], entry_id, feed_entry(entry_id, title, address, one["day"], one["day"], one["text"])
