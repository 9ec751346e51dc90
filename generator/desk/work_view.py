"""Work views: what the page of a work says beside the sheet itself."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from generator.desk.hints import hint_of
from generator.desk.reading import Read
from generator.desk.sheet_view import allowed_words
from generator.desk.works import Says
from generator.pipeline.importing import HELD, REPLACED, Placed
from generator.pipeline.placing import NEW, SAME
from generator.promises.promises import starred
from generator.sheets.grid import Grid
from generator.sheets.mending import cell_place
from generator.sheets.remark import TO_MEND, Remark
from generator.wording import N_, _

PAGE_FINDINGS = 40
_STATES = {
    NEW: (N_("新的一期"), "new"),
    SAME: (N_("与已公开的相同，不用再交"), "same"),
    REPLACED: (N_("要换掉已有的内容"), "replaced"),
    HELD: (N_("改好错误才能提交"), "held"),
}
# What is told of a sheet that cannot be placed.
_PLACING = frozenset({"period-kind", "item-not-applicable", "schema-not-valid", "sheet-twice"})


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of one file; of a file that cannot be opened there is one without a grid."""

    file: str
    number: int
    sheet: str
    title: str
    grid: Grid | None
    remarks: tuple[Remark, ...]
    is_hidden: bool = False

    @property
    def errors(self) -> int:
        """Return how many errors this sheet has."""
        return sum(remark.finding.is_error for remark in self.remarks)

    @property
    def warnings(self) -> int:
        """Return how many warnings this sheet has."""
        return len(self.remarks) - self.errors


def tabs_of(read: Read) -> list[Tab]:
    """Return the sheets of all files, in their order."""
    tabs = []
    several = len(read.work.files) > 1
    for number, file in enumerate(read.work.files):
        remarks = [remark for name, remark in read.remarks if name == file]
        book = read.report.books.get(file)
        grids = [grid for grid in book.grids if grid.name != TO_MEND] if book else []
        whole = tuple(remark for remark in remarks if not remark.sheet)
        if not grids:
            tabs.append(Tab(file, number, "", file, None, whole))
        for place, grid in enumerate(grids):
            own = tuple(remark for remark in remarks if remark.sheet == grid.name)
            name = starred(grid.name)
            title = f"{file} · {name}" if several else name
            told = (*whole, *own) if place == 0 else own
            tabs.append(Tab(file, number, grid.name, title, grid, told, grid.is_hidden))
    return tabs


@dataclass(frozen=True, slots=True)
class TableView:
    """One table that was understood: whose, what, of when, and what is to become of it."""

    title: str
    file: str
    sheet: str
    rows: int
    state: str
    kind: str
    detail: str
    is_private: bool


def tables_of(read: Read) -> list[TableView]:
    """Return what was understood, table by table."""
    return [_table(placed, read.work.given_up) for placed in read.report.placed]


def _table(placed: Placed, given_up: Container[str]) -> TableView:
    draft = placed.draft
    title, kind = _STATES[placed.state]
    state = _(title)
    if placed.target.shown in given_up:
        state, kind = _("已经交了，或不交了"), "same"
    found = placed.target.difference
    detail = ""
    if placed.state == REPLACED:
        counts = (
            (_("改 {count} 行"), len(found.changed)),
            (_("加 {count} 行"), len(found.added)),
            (_("少 {count} 行"), len(found.removed)),
        )
        detail = "，".join(text.format(count=count) for text, count in counts if count)
    title = " ".join(
        (draft.village.name, draft.period.title, draft.item.schemes.get(draft.slug, draft.item.title))
    )
    return TableView(
        title, placed.file, draft.sheet, len(draft.records), state, kind, detail, draft.item.is_private
    )


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding: where it stands, what is wrong and what to do ("" when the one before said the same)."""

    cell: str
    column: str
    message: str
    hint: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class FindingsView:
    """A page of findings, errors first; ``before`` and ``after`` are where the neighbouring pages begin."""

    listed: tuple[FindingView, ...]
    first: int
    total: int
    before: int | None
    after: int | None


def findings_of(read: Read, tab: Tab | None, first: int) -> FindingsView:
    """Return the findings of a sheet from the ``first`` on."""
    remarks = sorted(tab.remarks, key=_order) if tab else []
    first = first if first < len(remarks) else 0
    listed, told = [], ""
    for remark in remarks[first : first + PAGE_FINDINGS]:
        finding, hint = remark.finding, hint_of(remark.finding)
        # What to do is said once for findings that follow each other and are alike.
        shown = "" if hint == told else hint
        told = hint
        column = finding.place.column or ""
        listed.append(FindingView(remark.cell, column, finding.message, shown, finding.is_error))
    after = first + PAGE_FINDINGS
    return FindingsView(
        tuple(listed),
        first,
        len(remarks),
        max(0, first - PAGE_FINDINGS) if first else None,
        after if after < len(remarks) else None,
    )


def _order(remark: Remark) -> tuple[bool, str, int, str]:
    place = cell_place(remark.cell)
    row = place[0] + 1 if place else int(remark.cell) if remark.cell.isdigit() else 0
    return (not remark.finding.is_error, remark.finding.code, row, remark.cell)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """What is said of a sheet's village, item and period; ``is_asked`` when it cannot be told without."""

    says: Says
    is_asked: bool


def place_view(read: Read, tab: Tab) -> PlaceView:
    """Return the form that says what a sheet is."""
    codes = {remark.finding.code for remark in tab.remarks}
    asked = any(code.startswith(("sheet-item-", "sheet-village-", "sheet-period-")) for code in codes)
    return PlaceView(read.work.said_of(tab.file, tab.sheet), asked or bool(codes & _PLACING))


@dataclass(frozen=True, slots=True)
class MappingView:
    """What a clerk can say of headings, missing columns and spellings.

    ``headings`` are (heading, its column now), ``missing`` (column, what is filled in now, its words),
    ``spellings`` (column, spelling, the word now, the words).
    """

    headings: tuple[tuple[str, str | None], ...]
    columns: tuple[str, ...]
    missing: tuple[tuple[str, str, tuple[str, ...]], ...]
    spellings: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    is_asked: bool


def mapping_view(
    read: Read, tab: Tab, placed: Sequence[Placed], hides: Callable[[str], bool]
) -> MappingView | None:
    """Return the form that maps a sheet's headings and words; None where there is nothing to map."""
    if tab.grid is None:
        return None
    work = read.work
    unknown = ("sheet-heading-unknown", "sheet-heading-twice")
    cells = [remark.cell for remark in tab.remarks if remark.finding.code in unknown]
    headings = {text: work.columns.get(text) for cell in cells if (text := _text_at(read, tab, cell))}
    headings |= {text: name for text, name in work.columns.items() if _stands(tab.grid, text)}
    missing = [r.finding.place.column or "" for r in tab.remarks if r.finding.code == "sheet-column-missing"]
    names = [*missing, *(name for name in work.constants if name not in missing)]
    fields = {column.name: column for one in placed for column in one.draft.item.schema.fields}
    spellings: dict[tuple[str, str], str] = {}
    for remark in tab.remarks:
        if remark.finding.code == "cell-enum" and (text := _text_at(read, tab, remark.cell)):
            spellings.setdefault((remark.finding.place.column or "", text), "")
    spellings |= work.values
    if not (headings or names or spellings):
        return None
    return MappingView(
        headings=tuple((text, name) for text, name in headings.items() if not hides(text)),
        columns=tuple(fields) or _all_columns(read, tab),
        missing=tuple(
            (name, work.constants.get(name, ""), allowed_words(fields[name]) if name in fields else ())
            for name in names
        ),
        spellings=tuple(
            (name, text, word, allowed_words(fields[name]))
            for (name, text), word in spellings.items()
            if name in fields and not hides(text)
        ),
        is_asked=bool(cells or missing),
    )


def _all_columns(read: Read, tab: Tab) -> tuple[str, ...]:
    item = read.work.said_of(tab.file, tab.sheet).item
    versions = read.known.promises.catalogue.versions.get(item, ())
    return tuple(column.name for column in versions[-1].schema.fields) if versions else ()


def _text_at(read: Read, tab: Tab, cell: str) -> str:
    place = cell_place(cell)
    if place is None or tab.grid is None or place[0] >= len(tab.grid.rows) or place[1] >= tab.grid.width:
        return ""
    return read.work.mends.get((tab.file, tab.sheet, cell), tab.grid.rows[place[0]][place[1]].text).strip()


def _stands(grid: Grid, text: str) -> bool:
    return any(cell.text.strip() == text for row in grid.rows[:20] for cell in row)
