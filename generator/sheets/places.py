"""Places: of which item, village and period a table is, told from what is asked and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.village import Village
from generator.sheets.plain_text import plain
from generator.sheets.titles import Said, longest_names, said_in, times_of

_EXPORTED = re.compile(
    r"(?:(?P<item>[a-z0-9-]+?)-)?(?P<period>[12]\d{3}(?:-\d{2}(?:-\d{2})?|[qh][1-4])?)(?:--?(?P<slug>[a-z0-9][a-z0-9-]*))?",
    re.IGNORECASE,
)
_SOME_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:村|社区)(?=民?委员会|[^民务级集]|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller says of a sheet; empty for what the sheet itself shall say."""

    item: str = ""
    village: Village | None = None
    period: Period | None = None
    slug: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Directory:
    """What there is in a county: its items, each with its versions, and its villages and offices."""

    items: Mapping[str, tuple[DisclosureItem, ...]]
    villages: tuple[Village, ...]

    @cached_property
    def called(self) -> dict[str, list[Village]]:
        """Return the villages by their name; namesakes stand together."""
        found: dict[str, list[Village]] = {}
        for village in self.villages:
            found.setdefault(plain(village.name), []).append(village)
        return found

    def governing(self, name: str, period: Period) -> DisclosureItem | None:
        """Return the version of an item that judges ``period``."""
        return next((item for item in self.items[name] if item.is_valid_on(period.end)), None)


class UnplacedError(Exception):
    """It cannot be told what a table is: the code of the wording, and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class FileName:
    """What the name of a table of ours says: finance-2026-03.csv, 2026Q1--farmland.csv."""

    item: str = ""
    period: Period | None = None
    slug: str = ""


def read_file_name(stem: str, directory: Directory) -> FileName:
    """Return what ``stem`` says, or an empty FileName for a name that a clerk made up."""
    match = _EXPORTED.fullmatch(stem)
    if match is None:
        return FileName()
    try:
        period = Period.parse(match["period"].upper())
    except ValueError:
        return FileName()
    wanted = (match["item"] or "").lower()
    item = next((name for name in directory.items if name.replace("_", "-") == wanted.replace("_", "-")), "")
    if wanted and not item:
        return FileName()
    return FileName(item, period, match["slug"] or "")


def item_of(directory: Directory, texts: Iterable[str]) -> tuple[str, str]:
    """Return the item and slug that titles name; raises UnplacedError."""
    named: dict[str, set[tuple[str, str]]] = {}
    for name, versions in directory.items.items():
        for version in versions:
            named.setdefault(version.title, set()).add((name, ""))
            for slug, scheme in version.schemes.items():
                named.setdefault(scheme, set()).add((name, slug))
    for text in texts:
        found = {place for title in longest_names(text, named) for place in named[title]}
        slugged = {place for place in found if place[1]}
        if slugged and len({name for name, _slug in found}) == 1:
            found = slugged
        if len(found) == 1:
            return next(iter(found))
        if found:
            titles = "、".join(directory.items[name][-1].title for name, _slug in sorted(found))
            raise UnplacedError("sheet-item-several", titles=titles)
    raise UnplacedError("sheet-item-unknown")


def village_of(directory: Directory, asked: Asked, texts: Sequence[str]) -> Village:
    """Return the village that is asked for or named, and that no text contradicts; raises UnplacedError."""
    chosen = asked.village
    for text in texts:
        found = villages_in(directory, text)
        if chosen is None and len(found) > 1:
            raise UnplacedError("sheet-village-several", names="、".join(village.name for village in found))
        if chosen is None:
            chosen = found[0] if found else None
        elif _contradicts(found, chosen):
            raise UnplacedError("sheet-village-conflict", one=chosen.name, other=found[0].name)
    if chosen is not None:
        return chosen
    for text in texts:
        unknown = _SOME_VILLAGE.search(plain(text))
        if unknown is not None:
            raise UnplacedError("sheet-village-unknown", name=unknown[0])
    raise UnplacedError("sheet-village-absent")


def _contradicts(found: Sequence[Village], chosen: Village) -> bool:
    """Return whether villages are named and none of them is the chosen one; offices contradict nobody."""
    is_of_villages = chosen.kind in ("village", "community")
    others = [village for village in found if village.kind in ("village", "community")]
    return is_of_villages and bool(others) and chosen not in found


def villages_in(directory: Directory, text: str) -> list[Village]:
    """Return whom a text names: villages before offices, of two namesakes the one whose township it names."""
    names = longest_names(text, (village.name for village in directory.villages))
    named = [village for village in directory.villages if village.name in names]
    villages = [village for village in named if village.kind in ("village", "community")]
    if not villages:
        return named if len(named) <= 1 else [min(named, key=lambda office: office.kind == "county")]
    townships = {office.township for office in named if office.kind == "township"}
    in_township = [village for village in villages if village.township in townships]
    return in_township or villages


@dataclass(frozen=True, slots=True)
class Time:
    """When a table is of: one ``period``, or a wider ``span`` whose rows are parted by their dates."""

    period: Period | None
    span: tuple[date, date] | None
    year: int | None


def time_of(item: DisclosureItem, asked: Asked, titles: Sequence[Said], around: Sequence[Said]) -> Time:
    """Return the time that is asked for or stated; raises UnplacedError for none and for contradictions.

    ``titles`` stand above the table, ``around`` it are the names of sheet and file.
    """
    kind = item.period_kind
    own = times_of(titles, kind)
    both = times_of([*titles, *around], kind)
    fitting = own.fitting or both.fitting
    if asked.period is not None:
        others = [period for period in fitting if kind is not None and period != asked.period]
        if others:
            raise UnplacedError("sheet-period-conflict", one=asked.period.title, other=others[0].title)
        return Time(asked.period, None, asked.period.start.year)
    # A part without a year (4月) stands for one of the year that all words together name.
    named = times_of(around, kind, year=both.year).fitting
    stated = [*own.fitting, *(period for period in named if kind is not None)]
    if kind is not None and len(set(stated)) > 1:
        raise UnplacedError("sheet-period-conflict", one=stated[0].title, other=stated[-1].title)
    if len(fitting) == 1:
        return Time(fitting[0], None, fitting[0].start.year)
    if len(fitting) > 1:
        raise UnplacedError("sheet-period-conflict", one=fitting[0].title, other=fitting[1].title)
    wider = own.wider or both.wider
    return Time(None, wider[0] if wider else None, both.year)


def said_of(text: str, name: FileName | None = None) -> Said:
    """Return what a text says of time, or the name of a file of ours."""
    if name is not None and name.period is not None:
        return Said(((name.period.start, name.period.end),))
    return said_in(text)


def years_in(texts: Iterable[str]) -> list[int]:
    """Return the years that texts name, each once."""
    said = [said_in(text) for text in texts]
    years = [year for one in said for year in (*one.years, *(span[0].year for span in one.spans))]
    return list(dict.fromkeys(years))
