"""Drafts: the records of one village, item and period, ready to be put in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.model.item import DisclosureItem, Field
from generator.model.period import Period
from generator.model.village import Village
from generator.sheets.columns import Plan
from generator.sheets.footers import Footer
from generator.sheets.headings import digits_asked
from generator.sheets.places import Asked, Directory, Time
from generator.sheets.plain_text import plain
from generator.sheets.records import Reading, Record
from generator.sheets.remark import Remark, Skipped, Speaker


@dataclass(frozen=True, slots=True)
class Draft:
    """What one file of records will hold; a draft with an error among its remarks is not written.

    ``columns`` are the places of the columns on the sheet, from 0, one mapping for each block.
    """

    sheet: str
    item: DisclosureItem
    village: Village
    period: Period
    slug: str
    records: tuple[Record, ...]
    columns: tuple[Mapping[str, int], ...]
    footer: Footer = field(default_factory=Footer)
    remarks: tuple[Remark, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def stem(self) -> str:
        """Return the name of the file without its suffix."""
        return f"{self.period.text}--{self.slug}" if self.slug else self.period.text

    @property
    def is_sound(self) -> bool:
        """Return whether nothing that was found keeps the draft from being written."""
        return not any(remark.finding.is_error for remark in self.remarks)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Return the cells of each record in the schema's order."""
        names = [column.name for column in self.item.schema.fields]
        return [tuple(record.cells[name] for name in names) for record in self.records]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the records of a table come from, and what its titles say of them."""

    item: DisclosureItem
    village: Village | None
    time: Time
    slug: str


def drafts_of(
    reading: Reading, plan: Plan, origin: Origin, directory: Directory, asked: Asked, speaker: Speaker
) -> Iterator[Draft]:
    """Yield a draft for each village and period that the records of one table are of."""
    places = tuple({column.field.name: column.index for column in block.columns} for block in plan.blocks)
    remarks = list(reading.remarks)
    groups: dict[tuple[str, str], list[Record]] = {}
    villages: dict[str, Village] = {}
    periods: dict[str, Period] = {}
    for record in reading.records:
        village = _village(record, plan, origin, directory, asked, speaker, remarks)
        period = origin.time.period or _period(record, plan, origin, speaker, remarks)
        if village is not None and period is not None:
            villages[village.slug], periods[period.text] = village, period
            groups.setdefault((village.slug, period.text), []).append(record)
    if len(periods) > 1 or (origin.time.period is None and periods):
        titles = "、".join(periods[text].title for text in sorted(periods))
        remarks.append(speaker.remark("sheet-by-dates", periods=titles))
    if not groups:
        if not any(remark.finding.is_error for remark in remarks):
            remarks.append(speaker.remark("rows-missing"))
        if origin.village is not None and origin.time.period is not None:
            groups[origin.village.slug, origin.time.period.text] = []
            villages[origin.village.slug] = origin.village
            periods[origin.time.period.text] = origin.time.period
    numbered = _column_to_number(plan, reading.records)
    if numbered is not None:
        code = "sheet-numbered" if plan.numbered is not None else "sheet-renumbered"
        remarks.append(speaker.remark(code, column=numbered.name))
    shared = tuple(remarks)
    for number, ((slug, text), group) in enumerate(groups.items()):
        records = group if numbered is None else list(_numbered(group, numbered))
        yield Draft(
            sheet=speaker.sheet,
            item=origin.item,
            village=villages[slug],
            period=periods[text],
            slug=origin.slug,
            records=tuple(records),
            columns=places,
            footer=reading.footer,
            remarks=shared,
            skipped=tuple(reading.skipped) if number == 0 else (),
        )
    if not groups:
        raise NoDraftError(shared, tuple(reading.skipped))


class NoDraftError(Exception):
    """A table gave no draft at all; what was found is carried along."""

    def __init__(self, remarks: Sequence[Remark], skipped: Sequence[Skipped]) -> None:
        super().__init__()
        self.remarks, self.skipped = remarks, skipped


def _village(
    record: Record,
    plan: Plan,
    origin: Origin,
    directory: Directory,
    asked: Asked,
    speaker: Speaker,
    remarks: list[Remark],
) -> Village | None:
    column = plan.blocks[record.block].village_column
    if column is None:
        return origin.village
    name = plain(record.village).removesuffix("民委员会").removesuffix("委会")
    found: list[Village] = [*directory.called.get(name, ()), *directory.called.get(f"{name}村", ())]
    if len(found) != 1:
        code = "sheet-village-unknown" if name else "sheet-village-absent"
        remarks.append(speaker.remark(code, record.row, column, name=speaker.shown(record.village)))
        return None
    if found[0].kind not in origin.item.applies_to:
        facts = {"village": found[0].name, "item": origin.item.title}
        remarks.append(speaker.remark("item-not-applicable", record.row, column, **facts))
        return None
    if asked.village is not None and found[0] != asked.village:
        facts = {"one": asked.village.name, "other": found[0].name}
        remarks.append(speaker.remark("sheet-village-conflict", record.row, column, **facts))
        return None
    return found[0]


def date_field(item: DisclosureItem) -> Field | None:
    """Return the column whose dates tell when a record is of, or None."""
    days = [column for column in item.schema.fields if column.type == "date"]
    return next((c for c in days if c.role == "date"), days[0] if len(days) == 1 else None)


def _period(
    record: Record, plan: Plan, origin: Origin, speaker: Speaker, remarks: list[Remark]
) -> Period | None:
    column, kind = date_field(origin.item), origin.item.period_kind
    assert column is not None  # the caller has refused tables without a time and without dates
    assert kind is not None
    text = record.cells.get(column.name, "")
    place = next((c.index for c in plan.blocks[record.block].columns if c.field is column), None)
    if not text:
        if not any(remark.finding.place.line == record.row + 1 for remark in remarks):
            remarks.append(speaker.remark("sheet-period-row", record.row, place, under=column.name))
        return None
    day = date.fromisoformat(text)
    span = origin.time.span
    if span is not None and not span[0] <= day <= span[1]:
        facts = {"first": span[0].isoformat(), "last": span[1].isoformat()}
        remarks.append(speaker.remark("sheet-date-outside", record.row, place, under=column.name, **facts))
        return None
    return Period.holding(day, kind)


def _column_to_number(plan: Plan, records: Sequence[Record]) -> Field | None:
    """Return the column of running numbers when the sheet has none, or leaves it open in some of its rows."""
    serial = plan.serial
    if serial is None or not records:
        return None
    is_open = any(not record.cells[serial.name] for record in records)
    return serial if plan.numbered is not None or is_open else None


def _numbered(records: Sequence[Record], column: Field) -> Iterator[Record]:
    digits = digits_asked(column)
    for number, record in enumerate(records, start=1):
        yield replace(record, cells={**record.cells, column.name: str(number).zfill(digits)})
