"""Understanding: a clerk's workbook becomes drafts of tables, and remarks on all that is not clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from generator.model.item import DisclosureItem
from generator.model.village import Village
from generator.sheets.cells import Manner
from generator.sheets.columns import plan_table
from generator.sheets.drafts import Draft, NoDraftError, Origin, date_field, drafts_of
from generator.sheets.grid import Grid, Workbook
from generator.sheets.headings import Confirmed, Vocabulary
from generator.sheets.hiding import hidden_parts
from generator.sheets.layout import best_heading, find_headings
from generator.sheets.opening import holds_anything
from generator.sheets.places import (
    Asked,
    Directory,
    FileName,
    Time,
    UnplacedError,
    item_of,
    read_file_name,
    said_of,
    time_of,
    village_of,
    villages_in,
    years_in,
)
from generator.sheets.reading import read_table
from generator.sheets.remark import TO_MEND, Remark, Skipped, Speaker
from generator.sheets.spellings import spellings_for
from generator.sheets.tables import SheetTable, cut_tables, texts_of
from generator.sheets.titles import Said
from generator.sheets.units import stated_factor
from generator.wording import _

_TITLE_ROWS = 12
_HEADING_CELLS = 4


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known besides the sheet: the county, what clerks confirmed, old names, and what is personal."""

    directory: Directory
    confirmed: Callable[[Village | None, str], Confirmed] = lambda _village, _item: Confirmed()
    renamed: Mapping[str, str] = field(default_factory=dict)
    hides: Callable[[str], bool] = lambda _text: False


@dataclass(slots=True)
class Understanding:
    """What a workbook gave; remarks and skipped rows of a draft stand with that draft."""

    drafts: list[Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def understand(book: Workbook, asked: Asked, knowledge: Knowledge) -> Understanding:
    """Return the drafts in ``book``."""
    result = Understanding()
    names = [grid.name for grid in book.grids]
    if asked.sheet and asked.sheet not in names:
        speaker = Speaker(book.file, asked.sheet, knowledge.hides)
        result.remarks.append(speaker.remark("sheet-absent", names="、".join(names)))
        return result
    for grid in book.grids:
        speaker = Speaker(book.file, grid.name, knowledge.hides)
        why = _reason_to_pass(grid, asked)
        if why:
            result.skipped.append(Skipped(grid.name, None, None, why))
            if grid.is_hidden and not asked.sheet and holds_anything(grid):
                result.remarks.append(speaker.remark("sheet-hidden"))
            continue
        result.remarks.extend(hidden_parts(grid, speaker))
        _understand_grid(grid, _Sheet(book.file, asked, knowledge, speaker), result)
    return result


def _reason_to_pass(grid: Grid, asked: Asked) -> str:
    if asked.sheet and grid.name != asked.sheet:
        return _("没有选这个工作表")
    if not holds_anything(grid):
        return _("空工作表")
    if grid.name == TO_MEND:
        return _("上次导入列的单子，不是表")
    return _("隐藏的工作表") if grid.is_hidden and not asked.sheet else ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stays the same while the tables of one sheet are understood."""

    file: str
    asked: Asked
    knowledge: Knowledge
    speaker: Speaker

    @property
    def stem(self) -> str:
        """Return the file's name without its suffix."""
        return PurePath(self.file).stem

    @property
    def name(self) -> FileName:
        """Return what the file's name says when it is that of a table of ours."""
        return read_file_name(self.stem, self.knowledge.directory)


def _understand_grid(grid: Grid, sheet: _Sheet, result: Understanding) -> None:
    directory = sheet.knowledge.directory
    opening = _opening_texts(grid)
    try:
        name, slug = _item(sheet, opening, grid)
    except UnplacedError as error:
        facts: dict[str, Any] = {"items": _likely_items(grid, directory), **error.facts}
        result.remarks.append(sheet.speaker.remark(error.code, **facts))
        return
    latest = directory.items[name][-1]
    if latest.is_document:
        result.remarks.append(sheet.speaker.remark("sheet-item-document", item=latest.title))
        return
    confirmed = sheet.knowledge.confirmed(_village_so_far(sheet, opening, grid), name)
    vocabulary = Vocabulary(latest.schema, confirmed.columns, of_persons=latest.is_private)
    headings = find_headings(grid, vocabulary)
    if not headings:
        names = "、".join(column.name for column in latest.schema.filled_in)
        result.remarks.append(sheet.speaker.remark("sheet-header-absent", item=latest.title, columns=names))
        return
    tables = cut_tables(grid, headings, lambda before, now: _says_new(directory, before, now))
    if any(row in grid.noted_rows for table in tables for row in table.rows):
        result.remarks.append(sheet.speaker.remark("sheet-notes"))
    for table in tables:
        try:
            _understand_table(grid, table, tables[0], (name, slug), sheet, result)
        except UnplacedError as error:
            row = table.heading.row if len(tables) > 1 else None
            unplaced: dict[str, Any] = error.facts
            result.remarks.append(sheet.speaker.remark(error.code, row, **unplaced))


def _item(sheet: _Sheet, opening: Sequence[str], grid: Grid) -> tuple[str, str]:
    directory, asked = sheet.knowledge.directory, sheet.asked
    if asked.item:
        try:
            name, slug = item_of(directory, [*opening, grid.name, sheet.stem])
        except UnplacedError:
            name, slug = asked.item, ""
        own = slug if name == asked.item else ""
        return asked.item, asked.slug or own or sheet.name.slug
    if sheet.name.item:
        return sheet.name.item, asked.slug or sheet.name.slug
    name, slug = item_of(directory, [*opening, grid.name, sheet.stem])
    return name, asked.slug or slug


def _opening_texts(grid: Grid) -> list[str]:
    """Return the texts above what may be the first heading."""
    texts: list[str] = []
    for row in range(min(len(grid.rows), _TITLE_ROWS)):
        found = texts_of(grid, row)
        if len(set(found)) >= _HEADING_CELLS:
            break
        texts.extend(found)
    return texts


def _likely_items(grid: Grid, directory: Directory) -> str:
    """Return the titles of the items whose columns the sheet's headings fit best."""
    scored = []
    for versions in directory.items.values():
        latest = versions[-1]
        if latest.is_document:
            continue
        heading, known = best_heading(grid, Vocabulary(latest.schema), within=_TITLE_ROWS)
        if heading is not None:
            scored.append((known / len(latest.schema.columns_of(())), latest.title))
    return "、".join(title for _score, title in sorted(scored, reverse=True)[:3]) or _("看不出来")


def _village_so_far(sheet: _Sheet, opening: Sequence[str], grid: Grid) -> Village | None:
    try:
        return village_of(sheet.knowledge.directory, sheet.asked, [" ".join(opening), grid.name, sheet.stem])
    except UnplacedError:
        return sheet.asked.village


def _says_new(directory: Directory, before: Sequence[str], now: Sequence[str]) -> bool:
    """Return whether titles that come later state another time or village than those before."""
    if not now or list(now) == list(before):
        return False
    earlier, later = ([said_of(text) for text in texts] for texts in (before, now))
    stated = {(one.spans, one.parts) for one in later if one.spans or one.parts}
    known = {(one.spans, one.parts) for one in earlier if one.spans or one.parts}
    villages = {village.slug for village in villages_in(directory, " ".join(now))}
    known_villages = {village.slug for village in villages_in(directory, " ".join(before))}
    return bool(stated - known) or bool(villages - known_villages)


def _understand_table(
    grid: Grid,
    table: SheetTable,
    first: SheetTable,
    place: tuple[str, str],
    sheet: _Sheet,
    result: Understanding,
) -> None:
    directory, asked = sheet.knowledge.directory, sheet.asked
    name, slug = place
    latest = directory.items[name][-1]
    titles = table.titles or first.titles
    around = [said_of(grid.name), said_of(sheet.stem, sheet.name)]
    years = [] if table is first else years_in(first.titles)
    if years:
        # What stands above the first table tells the year of those below it, and no more.
        around = [Said(years=tuple(years))]
    time = time_of(latest, asked, [said_of(text) for text in titles], around)
    item = latest if time.period is None else directory.governing(name, time.period)
    if item is None:
        assert time.period is not None
        raise UnplacedError("schema-not-valid", item=latest.title, period=time.period.title)
    _require_kind(item, time)
    village, has_own = _village_of_table(sheet, table, first, grid)
    confirmed = sheet.knowledge.confirmed(village, name)
    vocabulary = Vocabulary(item.schema, confirmed.columns, of_persons=item.is_private)
    speaker = Speaker(sheet.file, grid.name, sheet.knowledge.hides, hides_all=item.is_private)
    plan = plan_table(grid, table, vocabulary, confirmed, speaker)
    if village is None and not all(block.village_column is not None for block in plan.blocks):
        assert has_own is not None
        raise has_own
    if village is not None and village.kind not in item.applies_to and plan.blocks[0].village_column is None:
        raise UnplacedError("item-not-applicable", village=village.name, item=item.title)
    factors = [found for text in [*table.titles, *first.titles] if (found := stated_factor(text)) is not None]
    manner = Manner(
        factor=factors[0] if factors else Decimal(1),
        year=time.year,
        first_day=time.period.start if time.period else None,
        counts_from_1904=grid.counts_from_1904,
        keeps_plain=_is_export(grid, table, item),
        spellings=spellings_for(item.schema, confirmed, sheet.knowledge.renamed),
    )
    reading = read_table(grid, table, plan, item, manner, confirmed.constants, speaker)
    origin = Origin(item, village, time, slug)
    try:
        result.drafts.extend(drafts_of(reading, plan, origin, directory, asked, speaker))
    except NoDraftError as nothing:
        result.remarks.extend(nothing.remarks)
        result.skipped.extend(nothing.skipped)


def _is_export(grid: Grid, table: SheetTable, item: DisclosureItem) -> bool:
    """Return whether a file of text is a table of ours, whose cells are kept as they are written."""
    first = tuple(cell.text for cell in grid.rows[0])
    names = tuple(column.name for column in item.schema.columns_of(first))
    return grid.is_text_file and table.heading.row == 0 and first == names


def _require_kind(item: DisclosureItem, time: Time) -> None:
    """Raise UnplacedError when a table has no time, or one of another kind than its item."""
    kind = item.period_kind
    if time.period is None:
        if kind is None or date_field(item) is None:
            raise UnplacedError("sheet-period-absent", example=_EXAMPLES[kind])
        return
    if kind is not None and time.period.kind != kind:
        facts = {"item": item.title, "name": time.period.text, "example": _EXAMPLES[kind]}
        raise UnplacedError("period-kind", **facts)


_EXAMPLES = {
    None: "2026-03-15",
    "month": "2026-03",
    "quarter": "2026Q1",
    "half": "2026H1",
    "year": "2026",
}


def _village_of_table(
    sheet: _Sheet, table: SheetTable, first: SheetTable, grid: Grid
) -> tuple[Village | None, UnplacedError | None]:
    """Return the village of a table, or why it has none: a column of villages may still tell."""
    directory = sheet.knowledge.directory
    titles = " ".join(table.titles)
    texts = [titles] if villages_in(directory, titles) and table is not first else []
    if not texts:
        texts = [titles, " ".join(first.titles), grid.name, sheet.stem]
    try:
        return village_of(directory, sheet.asked, texts), None
    except UnplacedError as error:
        if error.code in ("sheet-village-conflict",):
            raise
        return None, error
