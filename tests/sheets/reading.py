"""Reading sheets in tests: what a file becomes in the sample county, as short texts to compare."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.intake.walk import County, walk_county
from generator.model.period import Period
from generator.promises.promises import Promises, load_promises
from generator.sheets.canonical import csv_content
from generator.sheets.headings import Confirmed
from generator.sheets.opening import open_workbook
from generator.sheets.places import Asked, Directory
from generator.sheets.understanding import Knowledge, Understanding, understand

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Read:
    """What came out: each table's place and its lines, the remarks as cell:code, the rows left out."""

    understanding: Understanding
    remarks: list[str]

    @property
    def tables(self) -> dict[str, list[str]]:
        """Return the lines of each table that has no error, by village/item/period."""
        return {
            f"{draft.village.slug}/{draft.item.name}/{draft.stem}": self.lines(number)
            for number, draft in enumerate(self.understanding.drafts)
            if draft.is_sound
        }

    def lines(self, number: int) -> list[str]:
        """Return the lines of one draft, without its header."""
        draft = self.understanding.drafts[number]
        return csv_content(draft.item.schema, draft.rows).decode().splitlines()[1:]

    @property
    def skipped(self) -> list[str]:
        """Return what was left out, as row or column:why."""
        own = [s for draft in self.understanding.drafts for s in draft.skipped]
        return [f"{s.row or s.column or s.sheet}:{s.why}" for s in [*self.understanding.skipped, *own]]


@cache
def county() -> tuple[Promises, County]:
    """Return the sample county's promises and villages."""
    promises = load_promises(ROOT)
    return promises, walk_county(promises)


def asked_for(
    *, item: str = "", village: str = "", period: str = "", slug: str = "", sheet: str = ""
) -> Asked:
    """Return what a caller says, in the words of the command line."""
    place = county()[1].village_named(village) if village else None
    return Asked(item, place, Period.parse(period) if period else None, slug, sheet)


def read(
    content: bytes,
    file: str = "表.xlsx",
    asked: Asked | None = None,
    confirmed: Confirmed | None = None,
) -> Read:
    """Return what ``content`` becomes."""
    promises, walked = county()
    book, said = open_workbook(content, file)
    known = confirmed or Confirmed()
    knowledge = Knowledge(
        Directory(promises.catalogue.versions, walked.villages), confirmed=lambda _village, _item: known
    )
    found = understand(book, asked or Asked(), knowledge)
    remarks = [*said, *found.remarks, *(r for draft in found.drafts for r in draft.remarks)]
    return Read(found, list(dict.fromkeys(f"{r.cell}:{r.finding.code}" for r in remarks)))
