"""Relatives: the villages that a home page leads to: those of a township, and those before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from generator.intake.walk import County
from generator.model.village import Village
from generator.wording import N_

if TYPE_CHECKING:
    from generator.pages.views import Line

_KINDS = ("village", "community")
# Said by the page, in its own language.
_GOES_ON, _WENT_BEFORE = N_("接续本村，以后的公开在这里"), N_("以前的公开在这里")
_CLOSED = N_("已撤销")


class Kin(NamedTuple):
    """One village or office that a home page leads to; ``note`` says why."""

    title: str
    note: str
    url: str

    def line(self) -> Line:
        """Return it as a line of a list."""
        from generator.pages.views import Line

        return Line(self.title, self.note, None, self.url)


class Relatives:
    """Who is related to whom in a county; made once, however many villages it has."""

    def __init__(self, county: County) -> None:
        self._own: dict[str, list[Kin]] = {}
        self._by_slug: dict[str, Village] = {}
        self._places: dict[str, int] = {}
        self._before: dict[str, list[Village]] = {}
        for place, village in enumerate(county.villages):
            self._by_slug[village.slug], self._places[village.slug] = village, place
            if village.kind in _KINDS:
                own = Kin(village.name, _CLOSED if village.valid_to else "", f"{village.slug}/")
                self._own.setdefault(village.township, []).append(own)
            for slug in dict.fromkeys(village.successors):
                self._before.setdefault(slug, []).append(village)

    def of(self, office: Village) -> tuple[Kin, ...]:
        """Return what the home page of ``office`` lists: a township's villages; of a village that was
        merged, split or moved, those that go on, and those that it goes on from.
        """
        if office.kind == "township":
            return tuple(self._own.get(office.township, ()))
        return tuple(self._kin(office)) if office.kind in _KINDS else ()

    def _kin(self, village: Village) -> Iterator[Kin]:
        after = {slug for slug in village.successors if slug in self._by_slug}
        kin = {*after, *(other.slug for other in self._before.get(village.slug, ()))}
        for slug in sorted(kin, key=self._places.__getitem__):
            note = _GOES_ON if slug in after else _WENT_BEFORE
            yield Kin(self._by_slug[slug].name, note, f"{slug}/")


def relatives_of(county: County, office: Village) -> tuple[Line, ...]:
    """Return what the home page of one ``office`` lists."""
    return tuple(kin.line() for kin in Relatives(county).of(office))
