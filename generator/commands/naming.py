"""Naming: the village, item and period that a command line means, or a refusal that says how to write it."""

from __future__ import annotations

import click

from generator.intake.stem import read_stem
from generator.intake.walk import County
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.village import Village
from generator.promises.schemas import Catalogue
from generator.wording import _


def village_meant(county: County, name: str) -> Village:
    """Return the village called ``name`` (slug, code or a name that only one has); raises UsageError."""
    found = county.village_named(name)
    if found is None:
        raise click.UsageError(
            _("找不到村「{village}」，请用网址名、12 位代码或不重名的村名").format(village=name)
        )
    return found


def item_meant(catalogue: Catalogue, wanted: str, covered: Period | None = None) -> DisclosureItem:
    """Return the item named or titled ``wanted``, in the version that governs a period or the newest.

    Raises UsageError.
    """
    versions = catalogue.versions
    titles = {version.title: name for name, found in versions.items() for version in found}
    name = titles.get(wanted, wanted)
    item = None
    if name in versions:
        item = catalogue.governing(name, covered) if covered else versions[name][-1]
    if item is None:
        known = "、".join(sorted(versions))
        raise click.UsageError(_("没有公开项目「{item}」，可以写：{known}").format(item=wanted, known=known))
    return item


def stem_meant(stem: str) -> tuple[Period, str]:
    """Return the period and the slug that a stem ("2026-09-21--water") says; raises UsageError."""
    try:
        return read_stem(stem)
    except ValueError:
        raise _no_period(stem) from None


def period_meant(text: str) -> Period:
    """Return the period that ``text`` says, without a slug; raises UsageError."""
    covered, slug = stem_meant(text)
    if slug:
        raise _no_period(text)
    return covered


def require_fit(item: DisclosureItem, village: Village | None, covered: Period | None) -> None:
    """Raise UsageError for an item that the village does not disclose, or not in such periods."""
    if village is not None and village.kind not in item.applies_to:
        raise click.UsageError(
            _("{village}不公开「{item}」这一项").format(village=village.name, item=item.title)
        )
    kind = item.period_kind
    if covered is not None and kind is not None and covered.kind != kind:
        example = Period.holding(covered.start, kind).text
        raise click.UsageError(
            _("「{item}」的期间请写成类似 {example}").format(item=item.title, example=example)
        )


def _no_period(text: str) -> click.UsageError:
    return click.UsageError(
        _("「{period}」不是一个期间，请写成 2026-03、2026Q1、2026 或 2026-03-15").format(period=text)
    )
