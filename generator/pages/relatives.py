"""Relatives: the villages that a home page leads to: those of a township, and those before and after."""

from __future__ import annotations

from collections.abc import Iterator

from generator.intake.walk import County
from generator.model.village import Village
from generator.pages.views import Line
from generator.wording import N_

_KINDS = ("village", "community")
# Said by the page, in its own language.
_GOES_ON, _WENT_BEFORE = N_("接续本村，以后的公开在这里"), N_("以前的公开在这里")
_CLOSED = N_("已撤销")


def relatives_of(county: County, office: Village) -> tuple[Line, ...]:
    """Return what the home page of ``office`` lists: a township's villages; of a village that was merged,
    split or moved, those that go on, and those that it goes on from.
    """
    if office.kind == "township":
        own = (v for v in county.villages if v.township == office.township and v.kind in _KINDS)
        return tuple(Line(v.name, _CLOSED if v.valid_to else "", None, f"{v.slug}/") for v in own)
    return tuple(_kin(county, office)) if office.kind in _KINDS else ()


def _kin(county: County, village: Village) -> Iterator[Line]:
    for other in county.villages:
        if other.slug in village.successors:
            yield Line(other.name, _GOES_ON, None, f"{other.slug}/")
        elif village.slug in other.successors:
            yield Line(other.name, _WENT_BEFORE, None, f"{other.slug}/")
