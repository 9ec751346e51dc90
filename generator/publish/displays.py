"""Displays: which lists of persons a published village shows, and until which day it may."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import date

from generator.intake.package import Intake, read_bytes
from generator.intake.seal_file import read_seal, seal_text
from generator.intake.walk import list_files, walk_county
from generator.model.manifest import read_manifest
from generator.model.seal import Seal
from generator.model.site import file_name
from generator.model.village import Village
from generator.promises.promises import Promises
from generator.publish.passing import is_of_a_list
from generator.publish.serving import PASSING_ROBOTS
from generator.publish.trees import Shown, Tree

_PAGE, _REGISTER = "index.html", "publications.csv"


class Registers:
    """The registers of publications of a county's villages, by their slugs, and the seals of their lists.

    ``logged`` are the SHA-256 of the records that the log knows.
    """

    def __init__(self, promises: Promises, logged: frozenset[str] = frozenset()) -> None:
        self.promises = promises
        self._logged = logged
        self._villages = {village.slug: village for village in walk_county(promises).villages}
        self._intake = Intake(promises)

    def digest(self, slug: str) -> str:
        """Return the SHA-256 of a village's register as it stands, "" where there is none."""
        village = self._villages.get(slug)
        try:
            content = (self.promises.settings.content / village.folder / _REGISTER) if village else None
            return hashlib.sha256(content.read_bytes()).hexdigest() if content else ""
        except OSError:
            return ""

    def spans(self, slug: str, as_of: date) -> dict[tuple[str, str], tuple[date, date]]:
        """Return by item and stem the first and the last day of what hung in a village by ``as_of``."""
        village = self._villages.get(slug)
        found: dict[tuple[str, str], tuple[int, date, date]] = {}
        for line in self._intake.read_publications(village) if village else ():
            if line.posted_from is None or line.posted_to is None or line.posted_from > as_of:
                continue
            key, one = (line.item, line.stem), (line.attempt, line.posted_from, line.posted_to)
            found[key] = max(found.get(key, one), one, key=lambda known: (known[0], known[2]))
        return {key: (first, last) for key, (_attempt, first, last) in found.items()}

    def village(self, slug: str) -> Village | None:
        """Return the village at ``slug``, None where the county has none there any more."""
        return self._villages.get(slug)

    def seal(self, slug: str, item: str, stem: str) -> Seal | None:
        """Return the seal of a list as it stands, None where there is none or the log does not know it."""
        village = self._villages.get(slug)
        for file in list_files(village, self.promises).seals if village else ():
            if (file.item, file.stem, file.is_private) != (item, stem, False):
                continue
            content = read_bytes(file.path, file.shown)
            seal = read_seal(content, file.shown) if isinstance(content, bytes) else content
            if isinstance(seal, Seal):
                digest = hashlib.sha256(seal_text(seal).encode()).hexdigest()
                return seal if digest in self._logged else None
        return None


def lists_shown(tree: Tree, items: Collection[str], as_of: date, registers: Registers) -> tuple[Shown, ...]:
    """Return the lists whose persons ``tree``, made as on ``as_of``, shows while they hang.

    ``items`` are the items that are lists. One of which nobody knows the end is over the day after.
    """
    part = read_manifest((tree.files / tree.about.part).read_bytes())
    listed = [path for path in part.files if is_of_a_list(path, items)]
    pages: dict[tuple[str, str], list[str]] = {}
    for path in listed:
        names = path.split("/")
        is_list = names[-1] == _PAGE and names[-3] in items
        if is_list and PASSING_ROBOTS.encode() in (tree.files / path).read_bytes():
            pages.setdefault((names[-3], names[-2]), []).append(path)
    known = registers.spans(tree.about.part.rpartition("/")[0], as_of) if pages else {}
    shown = []
    for (item, stem), found in sorted(pages.items()):
        _first, end = known.get((item, stem), (as_of, as_of))
        if end >= as_of:  # after its display a page shows what may stay
            data = re.compile(rf"{re.escape(file_name(item, stem))}(-[0-9]+)?\.(csv|yaml)")
            files = [path for path in listed if data.fullmatch(path.rpartition("/")[2])]
            shown.append(Shown(item, stem, end.isoformat(), (*found, *files)))
    return tuple(shown)
