"""The data dictionary: what each item and each column means, for whoever reads the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from generator.model.item import CADENCES, DisclosureItem, TableSchema
from generator.model.site import File, Page
from generator.pages.codes_page import codes_door
from generator.pages.data_package import item_descriptor
from generator.pages.guide_page import guide_url
from generator.pages.law_lines import law_lines
from generator.pages.privacy_lines import privacy_lines
from generator.pages.render import Renderer
from generator.promises.field_words import kind_of, rules_of
from generator.promises.promises import Promises
from generator.wording import N_, _, said

DICTIONARY = "dictionary/"
KIND_TITLES = {"village": N_("村"), "community": N_("社区"), "township": N_("乡镇"), "county": N_("县")}
CADENCE_TITLES = dict(
    zip(
        CADENCES,
        (N_("每月"), N_("每季度"), N_("每半年"), N_("每年"), N_("事项发生后"), N_("长期公开")),
        strict=True,
    )
)


def dictionary_pages(promises: Promises, renderer: Renderer) -> Iterator[Page]:
    """Yield the front of the dictionary, and a page for each item and for the register."""
    items = promises.catalogue.latest()
    yield _front(promises, items, renderer)
    yield from (_item(promises, item, renderer) for item in (*items, promises.catalogue.register))


def dictionary_files(promises: Promises) -> Iterator[File]:
    """Yield what each item, and the register, promises, as a descriptor that programs read."""
    for item in (*promises.catalogue.latest(), promises.catalogue.register):
        told = json.dumps(item_descriptor(item), ensure_ascii=False, indent=1)
        yield File(f"{DICTIONARY}{item.name}.json", f"{told}\n".encode())


def _front(promises: Promises, items: Sequence[DisclosureItem], renderer: Renderer) -> Page:
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


def _item(promises: Promises, item: DisclosureItem, renderer: Renderer) -> Page:
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
