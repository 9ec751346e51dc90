"""The portal: townships and villages, the county's own disclosures, the data dictionary."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from generator.model.item import CADENCES, DisclosureItem, TableSchema
from generator.model.site import File, NavEntry, Page, Site
from generator.model.village import Township
from generator.pages.about_code import about_code_page
from generator.pages.codes_page import codes_door, codes_page
from generator.pages.correction_feeds import county_correction_feed
from generator.pages.data_package import item_descriptor
from generator.pages.downloads_page import DOWNLOADS, NO_DOWNLOADS, Downloads, downloads_page
from generator.pages.editions import in_every_language
from generator.pages.feeds import county_feed
from generator.pages.guide_page import guide_page, guide_url
from generator.pages.households_page import HOUSEHOLDS, has_households, households_page
from generator.pages.how_page import how_page, how_pictures
from generator.pages.law_lines import law_lines
from generator.pages.offline_page import offline_page
from generator.pages.paging import is_paged, villages_of
from generator.pages.pinyin import typed
from generator.pages.portal_townships import township_doors
from generator.pages.privacy_lines import privacy_lines
from generator.pages.render import Renderer
from generator.pages.search import search_entry, search_url
from generator.pages.search_county import Titles, county_search_files, county_search_page, county_told_files
from generator.pages.search_names import names_pages, names_parts
from generator.pages.views import Line, MenuEntry
from generator.promises.field_words import kind_of, rules_of
from generator.promises.promises import Promises
from generator.wording import N_, _, said
from generator.wording.languages import SOURCE, Language
from generator.wording.words import spoken_language

Summary = Mapping[str, Any]
DICTIONARY = "dictionary/"
KIND_TITLES = {"village": N_("村"), "community": N_("社区"), "township": N_("乡镇"), "county": N_("县")}
CADENCE_TITLES = dict(
    zip(
        CADENCES,
        (N_("每月"), N_("每季度"), N_("每半年"), N_("每年"), N_("事项发生后"), N_("长期公开")),
        strict=True,
    )
)


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
    titles: Titles = MappingProxyType({}),
    downloads: Downloads = NO_DOWNLOADS,
    readings: Mapping[str, Page] = MappingProxyType({}),
) -> Site:
    """Return the portal; ``summaries`` are of all villages and offices, in order of folder.

    ``titles`` are the lists of titles that their own sites hold (``titles_file``), by address;
    ``downloads`` are the files of the whole county, where it has them; ``readings`` are the villagers'
    chapter of the manual, by language: what a language lacks is in the source's.
    """
    pages = _pages(promises, townships, summaries, renderer, downloads, readings)
    items = promises.catalogue.latest()
    files = tuple(
        File(
            f"{DICTIONARY}{item.name}.json",
            (json.dumps(item_descriptor(item), ensure_ascii=False, indent=1) + "\n").encode(),
        )
        for item in (*items, promises.catalogue.register)
    )
    found = county_search_files(townships, summaries, titles)
    feeds = (county_feed(promises, titles), county_correction_feed(promises, summaries))
    return Site(
        said(promises.settings.title),
        "",
        _nav(townships, summaries),
        pages,
        (*files, *how_pictures(), *found, *feeds),
    )


def portal_sites(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    titles: Callable[[str], Titles],
    downloads: Downloads = NO_DOWNLOADS,
    readings: Mapping[str, Page] = MappingProxyType({}),
) -> tuple[tuple[Language | None, Site], ...]:
    """Return the portal in each language of the county, the main one with the files first.

    ``titles`` returns the villages' lists of titles in the language whose pages stand in a folder.
    """

    def make(prefix: str) -> Site:
        if not prefix:
            return portal_site(promises, townships, summaries, renderer, titles(""), downloads, readings)
        pages = _pages(promises, townships, summaries, renderer.below(prefix), downloads, readings)
        told = tuple(county_told_files(townships, summaries, titles(prefix), titles("")))
        return Site(said(promises.settings.title), "", _nav(townships, summaries), pages, told)

    return in_every_language(promises.languages, make)


def _pages(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    downloads: Downloads,
    readings: Mapping[str, Page],
) -> tuple[Page, ...]:
    language = spoken_language()
    reading = readings.get(language.code if language is not None else SOURCE, readings.get(SOURCE))
    items = promises.catalogue.latest()
    names = names_parts(townships, summaries) if is_paged(summaries) else ()
    return (
        _home(promises, townships, summaries, renderer, downloads, reading),
        *([reading] if reading is not None else []),
        *([downloads_page(downloads, renderer)] if downloads.files else []),
        *([households_page(villages_of(summaries), renderer)] if has_households(summaries) else []),
        _dictionary(promises, items, renderer),
        *(_dictionary_item(promises, item, renderer) for item in (*items, promises.catalogue.register)),
        *(guide_page(promises, item, renderer, DICTIONARY, KIND_TITLES) for item in items),
        *([codes_page(promises, renderer, DICTIONARY)] if codes_door(promises.codes) else []),
        how_page(renderer, DICTIONARY),
        county_search_page(promises, townships, summaries, renderer, names),
        *names_pages(names, renderer),
        offline_page(renderer),
        about_code_page(promises.settings, renderer),
        Page("404.html", _("没有这一页"), "", renderer.content("lost.html.j2", "")),
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


def _home(
    promises: Promises,
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    renderer: Renderer,
    downloads: Downloads,
    reading: Page | None,
) -> Page:
    settings = promises.settings
    doors = [
        MenuEntry(_("搜索"), _("找村名，找各村公开的标题"), search_url("")),
        MenuEntry(_("数据字典"), _("每张表每一列是什么意思"), DICTIONARY),
    ]
    if reading is not None:
        doors.insert(1, MenuEntry(_("怎样看"), _("看懂账、颜色、提问、大字和朗读"), reading.url))
    if has_households(summaries):
        doors.append(MenuEntry(_("每户多少钱"), _("和户数相近的村比，不排名次"), HOUSEHOLDS))
    if downloads.files:
        doors.append(MenuEntry(_("下载数据"), _("全县各村公开的数据，供统计和分析"), DOWNLOADS))
    if any(summary["kind"] == "county" for summary in summaries):
        doors.insert(0, MenuEntry(said(settings.county_name), _("补贴标准、通知"), "county/"))
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


def _dictionary(promises: Promises, items: Sequence[DisclosureItem], renderer: Renderer) -> Page:
    every = (*items, promises.catalogue.register)
    groups = [
        (title, found)
        for key, title in promises.settings.categories.items()
        if (found := [item for item in every if item.category == key])
    ]
    content = renderer.content(
        "dictionary.html.j2", DICTIONARY, categories=groups, door=codes_door(promises.codes)
    )
    return Page(DICTIONARY, _("数据字典"), _("公开项目和各列的说明"), content, section=DICTIONARY)


def _dictionary_item(promises: Promises, item: DisclosureItem, renderer: Renderer) -> Page:
    url = f"{DICTIONARY}{item.name}/"
    keys = dict.fromkeys(key for keys in item.basis.values() for key in keys)
    articles = [promises.law.articles[key] for key in keys]
    tables = [(_("各列") if not item.is_document else _("开头"), list(_rows(item.schema)))]
    tables += [(said(part.title or name), list(_rows(part))) for name, part in item.parts.items()]
    view = {
        "name": item.name,
        "title": said(item.title),
        "question": said(item.question),
        "description": said(item.description),
        "facts": [
            (_("多久公开一次"), _(CADENCE_TITLES[item.cadence])),
            (_("谁公开"), _("、").join(_(KIND_TITLES[kind]) for kind in item.applies_to)),
            (
                _("对应的制度"),
                _("、").join(said(i.title) for i in promises.institutions if item.name in i.items) or _("无"),
            ),
            *_disclosures(promises, item),
            *privacy_lines(item),
        ],
        "tables": tables,
        "checks": list(law_lines(item, promises.law)),
        "guide": "" if item is promises.catalogue.register else guide_url(item),
        "basis": [
            (_("{article}（{act}）").format(article=a.named, act=said(a.act)), said(a.summary))
            for a in articles
        ],
    }
    content = renderer.content("dictionary_item.html.j2", url, view=view)
    return Page(url, said(item.title), said(item.question), content, section=DICTIONARY)


def _disclosures(promises: Promises, item: DisclosureItem) -> Iterator[tuple[str, str]]:
    """Yield what of the rule on collective finance an item discloses, where it discloses any."""
    found = promises.codes.disclosed_by(item.name)
    if found:
        yield _("对应的财务公开内容"), _("、").join(said(disclosure.title) for disclosure in found)


def _rows(schema: TableSchema) -> Iterator[dict[str, str]]:
    for field in schema.fields:
        yield {
            "name": said(field.name),
            "kind": kind_of(field),
            "rules": _("；").join(rules_of(field, schema)),
            "example": field.example,
            "aliases": _("、").join(field.aliases),
        }
