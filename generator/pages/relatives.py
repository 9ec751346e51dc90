"""Relatives: the villages that a home page leads to: those of a township, and those before and after."""

from __future__ import annotations

from collections.abc import Iterator

from generator.intake.walk import County
from generator.model.village import Village
from generator.pages.views import Line
from generator.pages.words import day
from generator.wording import _

_KINDS = ("village", "community")


def relatives_of(county: County, office: Village) -> tuple[Line, ...]:
    """Return what the home page of ``office`` lists: a township's villages; of a village that was merged,
    split or moved, those that go on, and those that it goes on from.
    """
    if office.kind == "township":
        own = (v for v in county.villages if v.township == office.township and v.kind in _KINDS)
        return tuple(Line(v.name, _closed(v), None, f"{v.slug}/") for v in own)
    return tuple(_kin(county, office)) if office.kind in _KINDS else ()


def _kin(county: County, village: Village) -> Iterator[Line]:
    for other in county.villages:
        if other.slug in village.successors:
            yield Line(other.name, _("接续本村，以后的公开在这里"), None, f"{other.slug}/")
        elif village.slug in other.successors:
            yield Line(other.name, _("以前的公开在这里"), None, f"{other.slug}/")


def _closed(village: Village) -> str:
    return "" if village.valid_to is None else _("{day}撤销").format(day=day(village.valid_to))
