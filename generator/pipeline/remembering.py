"""Remembering: what clerks confirmed of their sheets, village by village, and what is new of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.intake.walk import COUNTY, TOWNSHIP
from generator.model.village import Village
from generator.promises.promises import Promises
from generator.sheets.confirmed_file import confirmed_text, load_confirmed, merged
from generator.sheets.headings import Confirmed


class Remembered:
    """What clerks confirmed, village by village, read when it is first asked for."""

    def __init__(self, promises: Promises, new: Confirmed) -> None:
        self._promises, self._new = promises, new
        self._read: dict[str, dict[str, Confirmed]] = {}

    def of(self, village: Village | None, item: str) -> Confirmed:
        """Return what holds for the sheets of a village and item; of an unknown village what is new."""
        if village is None:
            return self._new
        found = Confirmed()
        for folder in (COUNTY, f"{village.township}/{TOWNSHIP}", village.folder):
            found = merged(found, self._known(folder).get(item, Confirmed()))
        return merged(found, self._new)

    def file_with_new(self, village: Village, items: Iterable[str]) -> str | None:
        """Return the village's file with what was just confirmed for ``items``, or None if nothing is new."""
        known = self._known(village.folder)
        versions = self._promises.catalogue.versions
        after = dict(known)
        for item in items:
            columns = {column.name for version in versions[item] for column in version.schema.fields}
            kept = Confirmed(
                {heading: name for heading, name in self._new.columns.items() if not name or name in columns},
                {place: word for place, word in self._new.values.items() if place[0] in columns},
                {name: word for name, word in self._new.constants.items() if name in columns},
            )
            if kept != Confirmed():
                after[item] = merged(known.get(item, Confirmed()), kept)
        return None if after == known else confirmed_text(after)

    def _known(self, folder: str) -> Mapping[str, Confirmed]:
        if folder not in self._read:
            found = load_confirmed(self._promises.root, folder, self._promises.catalogue.versions)
            self._read[folder] = found
        return self._read[folder]
