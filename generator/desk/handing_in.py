"""Handing in: the tables of a work with the lines of the register that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.desk.office import Handover, Table
from generator.desk.preview import Change
from generator.desk.reading import Read
from generator.model.resource import Publication
from generator.model.village import Village
from generator.pipeline.checking_drafts import Laid
from generator.pipeline.importing import REPLACED, Placed
from generator.pipeline.registering import CORRECTION
from generator.wording import _

# The columns of the register that the second person fills in, and those that the clerk's form may.
_REVIEWER = ("审核", "审核日")
_FORM = {"编制": "role", "张贴起": "posted_from", "张贴止": "posted_to", "地点": "place"}


def asks_why(placed: Placed) -> bool:
    """Return whether a reason must be given: it replaces what stands there, or was made public before."""
    is_known = placed.entry is not None and placed.entry.cells.get("类型") == CORRECTION
    return placed.state == REPLACED or is_known


def register_of(placed: Placed, form: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a table's line in the register, less the reviewer's; {} where it asks for none.

    What the sheet says of its display stands; the form fills in what it leaves open.
    """
    if placed.entry is None:
        return {}
    cells = dict(placed.entry.cells)
    for column, name in _FORM.items():
        if column in cells and (column == "编制" or not cells[column]):
            cells[column] = form.get(name, "") or cells[column]
    if asks_why(placed) and "说明" in cells:
        cells["说明"] = form.get("reason", "")
    return {column: cell for column, cell in cells.items() if cell and column not in _REVIEWER}


def handover_of(read: Read, form: Mapping[str, str]) -> Handover:
    """Return what is handed in of a work."""
    tables = tuple(
        Table(
            village=placed.draft.village,
            item=placed.draft.item.name,
            stem=placed.draft.stem,
            path=placed.target.path,
            content=placed.target.content,
            seen=read.work.seen.get(placed.target.shown, ""),
            register=register_of(placed, form),
        )
        for placed in read.tables
    )
    return Handover(tables, form.get("role", ""), form.get("reason", ""), beside=dict(read.report.confirmed))


def changes_of(read: Read, form: Mapping[str, str]) -> tuple[Change, ...]:
    """Return for each village of a work what a preview lays in place."""
    grouped: dict[str, tuple[Village, list[Laid], list[Publication]]] = {}
    for placed in read.tables:
        draft, target = placed.draft, placed.target
        _village, tables, lines = grouped.setdefault(draft.village.slug, (draft.village, [], []))
        tables.append(Laid(draft.item, draft.period, draft.slug, target.shown, target.content))
        cells = register_of(placed, form)
        if cells:
            lines.append(open_line(draft.item.name, draft.stem, cells))
    return tuple(Change(village, tuple(tables), tuple(lines)) for village, tables, lines in grouped.values())


def open_line(item: str, stem: str, cells: Mapping[str, str]) -> Publication:
    """Return a line of the register as the page will tell it; who reviews it is not known yet."""
    attempt = cells.get("次", "")
    return Publication(
        item=item,
        stem=stem,
        attempt=int(attempt) if attempt.isdecimal() else 1,
        kind=cells.get("类型", ""),
        prepared_by=cells.get("编制", ""),
        reviewed_by=_("（待审核）"),
        reviewed_on=None,
        posted_from=_day(cells.get("张贴起", "")),
        posted_to=_day(cells.get("张贴止", "")),
        location=cells.get("地点", ""),
        note=cells.get("说明", ""),
        line=0,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_columns(tables: Iterable[Placed]) -> frozenset[str]:
    """Return which parts of the display (posted_from, posted_to, place) a sheet leaves open."""
    entries = [placed.entry for placed in tables if placed.entry is not None]
    wanted = {name: column for column, name in _FORM.items() if name != "role"}
    return frozenset(
        name for name, column in wanted.items() if any(not entry.cells.get(column, "x") for entry in entries)
    )
