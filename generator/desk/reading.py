"""Reading: a clerk's work becomes the report of an import, once for as long as nothing changes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from generator.desk.county import Known, Stamps, village_stamps
from generator.desk.works import Says, Work, Works
from generator.intake.stem import read_stem
from generator.model.village import Village
from generator.pipeline.importing import Placed, Report, Wishes, import_sheets
from generator.pipeline.new_receipts import ReceiptChange
from generator.pipeline.placing import SAME
from generator.sheets.headings import Confirmed
from generator.sheets.places import Asked
from generator.sheets.remark import Remark

_KEPT = 6
_Place = tuple[str, int, tuple[ReceiptChange, ...], int, date]
# What the desk itself takes care of: the register's line is written from its form, a list is sealed when
# it lands, and what is replaced is shown beside.
SETTLED = frozenset({"sheet-register-open", "seal-missing", "seal-stale", "sheet-differs"})


@dataclass(frozen=True, slots=True)
class Read:
    """A work and what its sheets were understood as."""

    work: Work
    report: Report
    known: Known

    @property
    def remarks(self) -> list[tuple[str, Remark]]:
        """Return all that is to be said to the clerk, by file."""
        return [(file, one) for file, one in self.report.all_remarks() if one.finding.code not in SETTLED]

    @property
    def tables(self) -> list[Placed]:
        """Return the tables that can be handed in: sound, changed, and not given up."""
        given_up = self.work.given_up
        return [
            placed
            for placed in self.report.placed
            if placed.is_sound and placed.state != SAME and placed.target.shown not in given_up
        ]

    @property
    def is_all_handed_in(self) -> bool:
        """Return whether nothing is left once the tables are handed in: no error, held or given up."""
        handed_in = {id(placed) for placed in self.tables}
        rest = (placed for placed in self.report.placed if id(placed) not in handed_in)
        return not self.errors and all(placed.state == SAME for placed in rest)

    @property
    def errors(self) -> int:
        """Return how many errors there are."""
        return sum(remark.finding.is_error for _file, remark in self.remarks)


class Reader:
    """Reads works; the last few are kept, and read again when anything about them changed."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Place, tuple[Read, dict[Village, Stamps]]] = OrderedDict()

    def read(self, work: Work, known: Known, day: date) -> Read:
        """Return what a work's sheets are; what it is drawn up against is kept with it the first time."""
        place = (work.key, work.version, work.receipts, known.stamp, day)
        with self._lock:
            kept = self._kept.get(place)
            if kept is not None and all(
                village_stamps(village, known.promises) == stamps for village, stamps in kept[1].items()
            ):
                return kept[0]
            contents = self._works.contents(work)
            wishes = _wishes(work, known)
            report = import_sheets(contents, known.promises, wishes, day, known.county)
            villages = {placed.draft.village.slug: placed.draft.village for placed in report.placed}
            stamps = {one: village_stamps(one, known.promises) for one in villages.values()}
            work = self._with_seen(work, report)
            read = Read(work, report, known)
            self._kept[place] = (read, stamps)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return read

    def _with_seen(self, work: Work, report: Report) -> Work:
        """Return the work that remembers what stood in its targets when it first met them."""
        met = {placed.target.shown: _digest(placed) for placed in report.placed}
        new = {shown: digest for shown, digest in met.items() if shown not in work.seen}
        if not new:
            return work
        return self._works.note_seen(work, new)


def _digest(placed: Placed) -> str:
    path = placed.target.path
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _wishes(work: Work, known: Known) -> Wishes:
    sheets = {place: asked_of(work.said_of(*place), known) for place in work.sheets}
    return Wishes(
        asked=asked_of(work.says, known),
        confirmed=Confirmed(work.columns, work.values, work.constants),
        sheets=sheets,
        mends=work.mends,
        receipts=work.receipts,
        replaces=True,
        writes=False,
    )


def asked_of(says: Says, known: Known) -> Asked:
    """Return what is asked of a sheet; a village, item or period that there is not is passed over."""
    item = says.item if says.item in known.promises.catalogue.versions else ""
    village = known.county.village_named(says.village) if says.village else None
    asked = Asked(item, village, None, says.slug)
    if not says.period:
        return asked
    try:
        period, slug = read_stem(says.period)
    except ValueError:
        return asked
    return replace(asked, period=period, slug=says.slug or slug)
