"""Spots: which village, item and period the path of a table names."""

from __future__ import annotations

from dataclasses import dataclass

from generator.desk.county import Known
from generator.intake.stem import read_stem
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.village import Village


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a table belongs, told from its path as findings name it."""

    shown: str
    village: Village
    item: DisclosureItem
    period: Period
    slug: str

    @property
    def title(self) -> str:
        """Return what a clerk calls it."""
        scheme = self.item.schemes.get(self.slug, self.slug)
        return " ".join(
            part for part in (self.village.name, self.period.title, scheme or self.item.title) if part
        )

    @property
    def address(self) -> str:
        """Return the address of its page below the site."""
        return f"{self.village.slug}/{self.item.name}/{self.stem}/"

    @property
    def stem(self) -> str:
        """Return the name of its file without the suffix."""
        return f"{self.period.text}--{self.slug}" if self.slug else self.period.text


def spot_of(shown: str, known: Known) -> Spot | None:
    """Return the spot of a table's path; None for the register, a document, or a village that is gone."""
    folder, _slash, name = shown.rpartition("/")
    place, _slash, item = folder.rpartition("/")
    if not name.endswith(".csv"):
        return None
    try:
        period, slug = read_stem(name.removesuffix(".csv"))
    except ValueError:
        return None
    if item not in known.promises.catalogue.versions:
        return None
    version = known.promises.catalogue.governing(item, period)
    settings = known.promises.settings
    bases = [base for base in (settings.content, settings.private_content) if base is not None]
    for village in known.county.villages:
        if any(known.promises.shown(base / village.folder) == place for base in bases):
            return None if version is None else Spot(shown, village, version, period, slug)
    return None
