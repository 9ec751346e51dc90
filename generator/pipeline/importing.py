"""Importing: clerks' sheets are read, checked and put in their places; nothing is overwritten unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from generator.intake.walk import County, walk_county
from generator.intake.whole_file import write_whole
from generator.model.finding import Finding, Place
from generator.model.village import Village
from generator.pipeline.checking_drafts import checked, offices_of, private_remarks
from generator.pipeline.keeping_receipts import with_kept_receipts
from generator.pipeline.new_receipts import ReceiptChange, with_new_receipts
from generator.pipeline.placing import DIFFERENT, NEW, SAME, Target, leads_astray, target_of
from generator.pipeline.registering import Entry, entry_for, line_of, open_finding, register_path, with_line
from generator.pipeline.remembering import Remembered
from generator.privacy.allow import load_allowances
from generator.privacy.detectors import detect
from generator.promises.promises import Promises, printable
from generator.sheets.canonical import header_of
from generator.sheets.confirmed_file import confirmed_path
from generator.sheets.drafts import Draft
from generator.sheets.grid import Workbook
from generator.sheets.headings import Confirmed
from generator.sheets.mending import mended
from generator.sheets.opening import open_workbook
from generator.sheets.places import Asked, Directory
from generator.sheets.remark import HIDDEN, Remark, Skipped
from generator.sheets.understanding import Knowledge, understand

HELD, REPLACED = "held", "replaced"


@dataclass(slots=True)
class Placed:
    """One draft and what became of it: ``state`` is new, same, different (not written), replaced or held.

    ``hidden`` are the cells (record, column) that must not be shown. ``register`` is the line of
    publications.csv that goes with it (``entry`` its cells), ``is_registered`` whether that line is written.
    """

    file: str
    draft: Draft
    target: Target
    state: str
    remarks: list[Remark] = field(default_factory=list)
    hidden: set[tuple[int, str]] = field(default_factory=set)
    register: str = ""
    is_registered: bool = False
    entry: Entry | None = None

    @property
    def is_sound(self) -> bool:
        """Return whether this draft may be written."""
        return self.state in (NEW, SAME, REPLACED)

    def rows(self) -> list[dict[str, str]]:
        """Return the records by column that the file has, less what must not be shown."""
        names = header_of(self.target.content)
        return [
            {name: HIDDEN if (index, name) in self.hidden else record.cells[name] for name in names}
            for index, record in enumerate(self.draft.records)
        ]


@dataclass(slots=True)
class Report:
    """All that became of some files: drafts in their places, and what was said of files and sheets.

    ``forms`` tells as what each file was read: xlsx, xls or the encoding of a text. ``books`` are the sheets
    as they were handed over, without what was mended; ``confirmed`` are the files of mappings that change.
    """

    placed: list[Placed] = field(default_factory=list)
    remarks: list[tuple[str, Remark]] = field(default_factory=list)
    skipped: list[tuple[str, Skipped]] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    books: dict[str, Workbook] = field(default_factory=dict)
    confirmed: dict[Path, bytes] = field(default_factory=dict)

    def all_remarks(self) -> list[tuple[str, Remark]]:
        """Return every remark with the file that it is about, each said once."""
        own = [(placed.file, remark) for placed in self.placed for remark in placed.remarks]
        return list(dict.fromkeys([*self.remarks, *own]))

    @property
    def has_errors(self) -> bool:
        """Return whether anything that was found is an error."""
        return any(remark.finding.is_error for _file, remark in self.all_remarks())


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller asks for: what the sheets do not say, new confirmations, and how far to go.

    ``sheets`` says of single sheets, by file and name, what ``asked`` says of all others; ``mends`` are
    texts that were put into cells, by file, sheet and cell; ``receipts`` go beside rows.
    """

    asked: Asked = field(default_factory=Asked)
    confirmed: Confirmed = field(default_factory=Confirmed)
    sheets: Mapping[tuple[str, str], Asked] = field(default_factory=dict)
    mends: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    receipts: Sequence[ReceiptChange] = ()
    replaces: bool = False
    writes: bool = True


def import_sheets(
    sources: Iterable[tuple[str, bytes | Finding]],
    promises: Promises,
    wishes: Wishes,
    as_of: date,
    county: County | None = None,
) -> Report:
    """Import files, each a name and its bytes (or why there are none), and return what became of them.

    ``county`` is that of ``promises`` when the caller has walked it already. Raises SetupError for a broken
    file of mappings.
    """
    county = walk_county(promises) if county is None else county
    remembered = Remembered(promises, wishes.confirmed)
    hides = _hider(offices_of(None, county.townships, promises))
    knowledge = Knowledge(
        Directory(promises.catalogue.versions, county.villages),
        remembered.of,
        _renamed(promises),
        hides,
    )
    report = Report()
    for name, content in sources:
        file = printable(name.replace("\\", "/").rpartition("/")[2])
        if isinstance(content, Finding):
            report.remarks.append((file, Remark(content)))
            continue
        book, said = open_workbook(content, file)
        if book.form:
            report.forms[file] = book.form
        report.books[file] = book
        report.remarks += [(file, remark) for remark in said]
        for part, asked in _parts(book, wishes):
            understanding = understand(part, asked, knowledge)
            report.remarks += [(file, remark) for remark in understanding.remarks]
            report.skipped += [(file, skipped) for skipped in understanding.skipped]
            for draft in understanding.drafts:
                report.skipped += [(file, skipped) for skipped in draft.skipped]
                _place(file, draft, promises, wishes, report)
    _check(report, county, promises, as_of, hides)
    report.confirmed = _confirmed_files(report, promises, remembered)
    if wishes.writes:
        _write(report, promises)
    return report


def _parts(book: Workbook, wishes: Wishes) -> Iterator[tuple[Workbook, Asked]]:
    """Yield the mended workbook, or sheet by sheet when something is asked of single sheets."""
    mends = {(sheet, cell): text for (file, sheet, cell), text in wishes.mends.items() if file == book.file}
    book = mended(book, mends) if mends else book
    if not any(file == book.file for file, _sheet in wishes.sheets):
        yield book, wishes.asked
        return
    for grid in book.grids:
        yield replace(book, grids=(grid,)), wishes.sheets.get((book.file, grid.name), wishes.asked)


def _hider(offices: frozenset[str]) -> Callable[[str], bool]:
    def hides(text: str) -> bool:
        return bool(detect(text, offices=offices))

    return hides


def _renamed(promises: Promises) -> dict[str, str]:
    """Return the accounts of today by the names they once had."""
    return {former: account.name for account in promises.codes.accounts for former in account.formerly}


def _place(file: str, draft: Draft, promises: Promises, wishes: Wishes, report: Report) -> None:
    draft, kept = with_kept_receipts(draft, promises)
    draft, told = with_new_receipts(draft, wishes.receipts, promises)
    target = target_of(draft, promises)
    if target is None:
        finding = Finding.of("sheet-no-private-root", Place(file), item=draft.item.title)
        report.remarks.append((file, Remark(finding, draft.sheet)))
        return
    placed = Placed(file, draft, target, target.state, [*draft.remarks, *kept, *told])
    report.placed.append(placed)
    earlier = next((p for p in report.placed[:-1] if p.target.path == target.path), None)
    base = promises.settings.private_content if draft.item.is_private else promises.settings.content
    if earlier is not None:
        facts = {"period": draft.period.title, "other": f"{earlier.file} {earlier.draft.sheet}".strip()}
        _hold(placed, Finding.of("sheet-twice", Place(file), **facts))
    elif base is not None and leads_astray(target.path, base):
        _hold(placed, Finding.of("file-link", Place(target.shown)))
    elif not draft.is_sound or any(remark.finding.is_error for remark in kept):
        placed.state = HELD
    elif target.state == DIFFERENT and wishes.replaces:
        placed.state = REPLACED
    elif target.state == DIFFERENT:
        changes = target.difference
        counts = {
            "added": len(changes.added),
            "removed": len(changes.removed),
            "changed": len(changes.changed),
        }
        finding = Finding.of("sheet-differs", Place(target.shown), path=target.shown, **counts)
        placed.remarks.append(Remark(finding, draft.sheet))


def _hold(placed: Placed, finding: Finding) -> None:
    placed.remarks.append(Remark(finding, placed.draft.sheet))
    placed.state = HELD


def _check(
    report: Report, county: County, promises: Promises, as_of: date, hides: Callable[[str], bool]
) -> None:
    """Look for personal data in what would be kept, and put what is sound to the ordinary check."""
    allowances = load_allowances(promises.root)
    for placed in report.placed:
        offices = offices_of(placed.draft.village, county.townships, promises)
        for remark, index, column in private_remarks(placed.draft, placed.target, offices, allowances, as_of):
            placed.remarks.append(remark)
            if remark.finding.is_error:
                placed.hidden.add((index, column))
                placed.state = HELD
    by_village: dict[str, list[Placed]] = {}
    for placed in report.placed:
        if placed.is_sound:
            by_village.setdefault(placed.draft.village.slug, []).append(placed)
    for group in by_village.values():
        pairs = [(placed.draft, placed.target) for placed in group]
        package, found = checked(group[0].draft.village, pairs, promises, as_of)
        for placed, remarks in zip(group, found, strict=True):
            placed.remarks += remarks
            if placed.state != SAME and any(map(_is_unreadable, remarks)):
                # What cannot be read does not help anybody, and would have to be replaced.
                placed.state = HELD
                continue
            is_correction = placed.state == REPLACED
            lines = package.publications
            entry = entry_for(
                placed.draft, lines, is_correction=is_correction, promises=promises, hides=hides
            )
            if entry is not None:
                _register(placed, entry, promises)


def _is_unreadable(remark: Remark) -> bool:
    """Return whether a cell cannot be read at all; sums that do not come out are written and told of."""
    return remark.finding.is_error and remark.finding.code.startswith(("cell-", "key-"))


def _register(placed: Placed, entry: Entry, promises: Promises) -> None:
    placed.entry = entry
    placed.register = line_of(entry)
    placed.is_registered = entry.is_complete
    if not entry.is_complete:
        shown = promises.shown(register_path(placed.draft, promises))
        placed.remarks.append(Remark(open_finding(entry, shown), placed.draft.sheet))


def _write(report: Report, promises: Promises) -> None:
    sound = [placed for placed in report.placed if placed.is_sound]
    for placed in sound:
        if placed.state != SAME:
            write_whole(placed.target.path, placed.target.content)
    for placed in sound:
        if placed.is_registered:
            path = register_path(placed.draft, promises)
            before = path.read_bytes() if path.is_file() else None
            text = with_line(before, placed.register, promises.catalogue.register.schema)
            if text is None:
                placed.is_registered = False
            else:
                write_whole(path, text)
    for path, content in report.confirmed.items():
        write_whole(path, content)


def _confirmed_files(report: Report, promises: Promises, remembered: Remembered) -> dict[Path, bytes]:
    found = {}
    for village, items in _items_by_village([placed for placed in report.placed if placed.is_sound]):
        text_of = remembered.file_with_new(village, items)
        if text_of is not None:
            found[confirmed_path(promises.root, village.folder)] = text_of.encode()
    return found


def _items_by_village(placed: Sequence[Placed]) -> list[tuple[Village, list[str]]]:
    found: dict[str, tuple[Village, list[str]]] = {}
    for one in placed:
        _village, items = found.setdefault(one.draft.village.slug, (one.draft.village, []))
        if one.draft.item.name not in items:
            items.append(one.draft.item.name)
    return list(found.values())
