"""The portal: townships and villages, the county's own disclosures, the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from heapq import nlargest
from itertools import chain
from types import MappingProxyType
from typing import Any

from generator.model.site import File, NavEntry, Page, Site
from generator.model.village import Township
from generator.pages.about_code import about_code_page
from generator.pages.codes_page import codes_door, codes_page
from generator.pages.correction_feeds import CORRECTIONS, county_correction_feed, newest_corrections
from generator.pages.dictionary_pages import DICTIONARY, KIND_TITLES, dictionary_files, dictionary_pages
from generator.pages.downloads_page import DOWNLOADS, NO_DOWNLOADS, Downloads, downloads_page
from generator.pages.editions import ONCE, in_every_language, placed_page
from generator.pages.feeds import NEWEST_OF_COUNTY, Posted, county_feed, feed_url, newest_posted
from generator.pages.guide_page import guide_page
from generator.pages.household_figures import households_mark
from generator.pages.households_page import HOUSEHOLDS, households_page
from generator.pages.how_page import how_page, how_pictures
from generator.pages.offline_page import offline_page
from generator.pages.paging import is_paged, villages_of
from generator.pages.parts import Made, Part, Remember, Summary, by_township, made_of, make_anew
from generator.pages.pinyin import typed
from generator.pages.portal_townships import township_doors
from generator.pages.render import Renderer
from generator.pages.search import search_entry, search_url
from generator.pages.search_county import TitlesOf, county_search_page, search_parts
from generator.pages.search_names import names_mark, names_pages, names_parts
from generator.pages.views import Line, MenuEntry
from generator.promises.promises import Promises
from generator.wording import _, said
from generator.wording.languages import SOURCE, Language
from generator.wording.words import spoken_language


def village_lines(summaries: Sequence[Summary]) -> dict[str, list[Line]]:
    """Return the villages of each township, by its folder, as lines of a list."""
    lines: dict[str, list[Line]] = {}
    for s in villages_of(summaries):
        line = Line(s["name"], _("已撤销") if s["closed"] else "", None, f"{s['slug']}/")
        lines.setdefault(s["township"], []).append(line)
    return lines


def portal_site(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    titles: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    downloads: Downloads = NO_DOWNLOADS,
    readings: Mapping[str, Page] = MappingProxyType({}),
) -> Site:
    """Return the portal, all of it, in one language; ``titles`` are the villages' own lists, by address."""
    site, parts = portal_plan(promises, townships, summaries, renderer, titles.get, downloads, readings)
    made = [one for part in parts for one in part.make()]
    pages = tuple(one[1]() for one in made if not isinstance(one, File))
    return replace(site, pages=pages, files=tuple(one for one in made if isinstance(one, File)))


def portal_plan(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    titles: TitlesOf,
    downloads: Downloads,
    readings: Mapping[str, Page],
    remember: Remember = make_anew,
    main: TitlesOf | None = None,
) -> tuple[Site, tuple[Part, ...]]:
    """Return the portal without pages, with empty feeds, and the parts that make all of it.

    ``summaries`` are of all villages and offices, in order of folder. ``titles`` returns the list of titles
    that the site of an address holds (``titles_file``), ``main`` that in the county's main language where
    another is spoken: then there are no files but those that are told in words. ``downloads`` are the files
    of the whole county, where it has them; ``readings`` are the villagers' chapter of the manual, by
    language: what a language lacks is in the source's.
    """
    language = spoken_language()
    reading = readings.get(language.code if language is not None else SOURCE, readings.get(SOURCE))
    nav = _nav(townships, summaries)
    own = by_township(villages_of(summaries))
    compared = [remember(f"households {folder}", found, households_mark) for folder, found in own.items()]
    is_compared = any(compared)
    doors = _doors(promises, summaries, reading, downloads, is_compared=is_compared)
    parts = [
        Part("pages", nav, partial(_lasting_pages, promises, renderer, reading)),
        Part(
            "names",
            (nav, names_mark(summaries), townships, doors),
            partial(_name_pages, promises, townships, summaries, renderer, doors),
        ),
        *search_parts(townships, summaries, titles, main, remember),
    ]
    if is_compared:
        parts.append(Part(HOUSEHOLDS, (nav, compared), partial(_households, summaries, renderer)))
    if downloads.files:
        parts.append(Part(DOWNLOADS, (nav, downloads), partial(_downloads, downloads, renderer)))
    site = Site(said(promises.settings.title), "", nav, ())
    if main is not None:
        return site, tuple(parts)
    feeds = _feed_parts(promises, by_township(summaries), titles, remember)
    parts += [Part("files", "", partial(_lasting_files, promises)), *feeds]
    return replace(site, files=tuple(File(feed.name, b"") for feed in feeds)), tuple(parts)


def portal_plans(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    titles: Callable[[str], TitlesOf],
    downloads: Downloads,
    readings: Mapping[str, Page],
    remember: Remember,
) -> tuple[tuple[Language | None, Site, tuple[Part, ...]], ...]:
    """Return the portal's plan in each language of the county, the main one with the files first.

    ``titles`` returns the villages' lists of titles in the language whose pages stand in a folder.
    """
    parts: list[tuple[Part, ...]] = []

    def plan(prefix: str) -> Site:
        def remembered(name: str, villages: Sequence[Summary], make: Callable[..., Any]) -> Any:
            return remember(f"{prefix}{name}", villages, make)

        main = titles("") if prefix else None
        own = renderer.below(prefix) if prefix else renderer
        site, found = portal_plan(
            promises, townships, summaries, own, titles(prefix), downloads, readings, remembered, main
        )
        parts.append(tuple(_placed(part, prefix) for part in found) if prefix else found)
        return site

    sites = in_every_language(promises.languages, plan)
    return tuple((language, site, own) for (language, site), own in zip(sites, parts, strict=True))


def _placed(part: Part, prefix: str) -> Part:
    """Return a part whose pages and files stand below the folder of their language."""

    def make() -> Iterator[Made | File]:
        for one in part.make():
            if isinstance(one, File):
                yield replace(one, path=f"{prefix}{one.path}")
            elif one[0] not in ONCE:
                yield f"{prefix}{one[0]}", partial(_placed_one, one[1], prefix)

    return replace(part, name=f"{prefix}{part.name}", make=make)


def _placed_one(make: Callable[[], Page], prefix: str) -> Page:
    return placed_page(make(), "", prefix)


def _lasting_pages(promises: Promises, renderer: Renderer, reading: Page | None) -> Iterator[Made]:
    """Yield the pages that tell of no village."""
    pages = [
        *([reading] if reading is not None else []),
        *dictionary_pages(promises, renderer),
        *(
            guide_page(promises, item, renderer, DICTIONARY, KIND_TITLES)
            for item in promises.catalogue.latest()
        ),
        *([codes_page(promises, renderer, DICTIONARY)] if codes_door(promises.codes) else []),
        how_page(renderer, DICTIONARY),
        offline_page(renderer),
        about_code_page(promises.settings, renderer),
        Page("404.html", _("没有这一页"), "", renderer.content("lost.html.j2", "")),
    ]
    return made_of(pages)


def _name_pages(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    doors: Sequence[MenuEntry],
) -> Iterator[Made]:
    """Yield the pages on which the villages stand by name."""
    names = names_parts(townships, summaries) if is_paged(summaries) else ()
    pages = [
        _home(promises, townships, summaries, renderer, doors),
        county_search_page(promises, townships, summaries, renderer, names),
        *names_pages(names, renderer),
    ]
    return made_of(pages)


def _households(summaries: Sequence[Summary], renderer: Renderer) -> Iterator[Made]:
    return made_of([households_page(villages_of(summaries), renderer)])


def _downloads(downloads: Downloads, renderer: Renderer) -> Iterator[Made]:
    return made_of([downloads_page(downloads, renderer)])


def _lasting_files(promises: Promises) -> tuple[File, ...]:
    return (*dictionary_files(promises), *how_pictures())


def _feed_parts(
    promises: Promises, own: Mapping[str, Sequence[Summary]], titles: TitlesOf, remember: Remember
) -> tuple[Part, Part]:
    def posted_of(villages: Sequence[Summary]) -> list[Posted]:
        found = ((s["slug"], told) for s in villages if (told := titles(s["slug"])) is not None)
        return newest_posted(found)

    def newest(what: str, make: Callable[[Sequence[Summary]], Any]) -> list[Any]:
        found = (remember(f"{what} {folder}", villages, make) for folder, villages in own.items())
        return nlargest(NEWEST_OF_COUNTY, chain.from_iterable(found))

    posted = newest("posted", posted_of)
    corrected = newest("corrected", partial(newest_corrections, promises))
    return (
        Part(feed_url(""), posted, lambda: (county_feed(promises, posted),)),
        Part(feed_url(CORRECTIONS), corrected, lambda: (county_correction_feed(promises, corrected),)),
    )


def _nav(townships: Sequence[Township], summaries: Sequence[Summary]) -> tuple[NavEntry, ...]:
    entries = [NavEntry(_("首页"), "")]
    if not is_paged(summaries):
        entries += [NavEntry(township.name, f"{township.folder}/") for township in townships]
    if any(summary["kind"] == "county" for summary in summaries):
        entries.append(NavEntry(_("县里公开的"), "county/"))
    entries.append(NavEntry(_("数据字典"), DICTIONARY))
    entries.append(search_entry(""))
    return tuple(entries)


def _doors(
    promises: Promises,
    summaries: Sequence[Summary],
    reading: Page | None,
    downloads: Downloads,
    *,
    is_compared: bool,
) -> list[MenuEntry]:
    """Return what the home page leads to beside the villages."""
    doors = [
        MenuEntry(_("搜索"), _("找村名，找各村公开的标题"), search_url("")),
        MenuEntry(_("数据字典"), _("每张表每一列是什么意思"), DICTIONARY),
    ]
    if reading is not None:
        doors.insert(1, MenuEntry(_("怎样看"), _("看懂账、颜色、提问、大字和朗读"), reading.url))
    if is_compared:
        doors.append(MenuEntry(_("每户多少钱"), _("和户数相近的村比，不排名次"), HOUSEHOLDS))
    if downloads.files:
        doors.append(MenuEntry(_("下载数据"), _("全县各村公开的数据，供统计和分析"), DOWNLOADS))
    if any(summary["kind"] == "county" for summary in summaries):
        doors.insert(0, MenuEntry(said(promises.settings.county_name), _("补贴标准、通知"), "county/"))
    return doors


def _home(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    doors: Sequence[MenuEntry],
) -> Page:
    settings = promises.settings
    common = {
        "title": said(settings.title),
        "count": len(villages_of(summaries)),
        "doors": doors,
        "contacts": [(said(c.title), c.phone, said(c.hours)) for c in settings.contacts],
    }
    lines = village_lines(summaries)
    if is_paged(summaries):
        letters = township_doors(townships, summaries, lines)
        content = renderer.content("portal_townships.html.j2", "", letters=letters, **common)
    else:
        content = renderer.content(
            "portal.html.j2",
            "",
            townships=[(t.name, f"{t.folder}/", lines.get(t.folder, [])) for t in townships],
            typed={line.title: typed(line.title) for own in lines.values() for line in own},
            **common,
        )
    return Page("", said(settings.title), said(settings.title), content, section="")
