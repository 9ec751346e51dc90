"""更正记录: what was changed after it was published, on the page of each record and of the village."""

from __future__ import annotations

from collections.abc import Iterator

from generator.history.changes import TableChange
from generator.history.corrections import CHANGED, REMOVED, RESTORED, Correction
from generator.model.site import NavEntry, Page
from generator.pages.book import Book
from generator.pages.correction_views import CorrectionsView, CorrectionView
from generator.pages.feeds import feed_url
from generator.pages.render import Renderer
from generator.pages.words import day
from generator.privacy.detectors import office_lines
from generator.privacy.hushing import hushed_text
from generator.rows.difference import CellChange, RowAt, RowChange
from generator.rows.words import (
    cell_text,
    column_lines,
    counts_text,
    effect_text,
    moves_text,
    refusal_text,
    row_label,
)
from generator.wording import _, said

# So many rows of one correction stand on its record's page, and on the village's; the rest is counted.
_MOST_ROWS, _FIRST_ROWS = 60, 3
_Touched = tuple[int, int, RowAt | RowChange, TableChange]


def corrections_url(book: Book) -> str:
    """Return the address of the village's page of corrections."""
    return f"{book.url}corrections/"


def corrections_entry(book: Book) -> Iterator[NavEntry]:
    """Yield the menu's line for the page of corrections, where there is such a page."""
    if book.corrections.has_history:
        yield NavEntry(_("更正记录"), corrections_url(book))


def period_corrections(book: Book, path: str) -> CorrectionsView | None:
    """Return the corrections of the record at ``path``; None where there are none."""
    found = [c for c in book.corrections.entries if c.path == path]
    if not found:
        return None
    duty = book.duties.get(path)
    posted = duty.publication.posted_from if duty is not None and duty.publication is not None else None
    logged = book.corrections.logged.get(path)
    if logged is not None and (posted is None or logged <= posted):
        first = _("首次公开：{day}（公开日志）").format(day=day(logged))
    else:
        first = _("首次公开：{day}张贴（未经日志证明）").format(day=day(posted)) if posted else ""
    return CorrectionsView(first, tuple(correction_view(book, c, _MOST_ROWS) for c in found))


def corrections_page(book: Book, renderer: Renderer) -> Iterator[Page]:
    """Yield the page of all corrections of the village; none where its records have no history."""
    if not book.corrections.has_history:
        return
    url = corrections_url(book)
    entries = tuple(correction_view(book, c, _FIRST_ROWS) for c in book.corrections.entries)
    content = renderer.content(
        "corrections.html.j2",
        url,
        entries=entries,
        is_shallow=book.corrections.is_shallow,
        home=book.url,
        feed=feed_url(url),
    )
    title = _("更正记录")
    description = _("{village}公开以后改过的内容").format(village=book.village.name)
    yield Page(url, title, description, content, section=url)


def correction_view(book: Book, correction: Correction, most: int = 0) -> CorrectionView:
    """Return one correction as its page prints it, with its first ``most`` rows and how many more there are.

    Of a record that is held back, and of a list of persons, no cell is shown; nor is any cell, old or new,
    in which something personal seems to stand.
    """
    resource = next((r for r in book.judgement.package.resources if r.path == correction.path), None)
    is_closed = resource is None or resource.is_held_back
    offices = office_lines([contact.phone for contact in book.village.contacts])
    touched = [] if is_closed or not most else _touched(correction)
    rows = [_row(row, order, table, offices) for _line, order, row, table in touched[:most]]
    if len(touched) > most:
        more = (
            _("还有 {count} 行，在这一份的网页上")
            if most < _MOST_ROWS
            else _("还有 {count} 行，用 cunwu diff 看全")
        )
        rows.append(more.format(count=len(touched) - most))
    told = hushed_text(correction.reason, "", offices)
    return CorrectionView(
        title=correction.subject.title if resource is None else resource.title,
        url=book.resource_url(resource) if resource is not None else "",
        heading=_heading(correction, offices),
        reason=told or _("未说明原因"),
        is_unexplained=not told,
        sums=() if is_closed else tuple(_sums(correction, offices)),
        rows=tuple(rows),
        commit=correction.commit,
    )


def _heading(correction: Correction, offices: frozenset[str]) -> str:
    words = {CHANGED: _("改动"), REMOVED: _("整份撤下"), RESTORED: _("重新放上")}
    parts = [day(correction.day), said(hushed_text(correction.role, "", offices)), words[correction.kind]]
    if correction.reviewed:
        parts.append(_("{role}审核").format(role=said(hushed_text(correction.reviewed, "", offices))))
    return " · ".join(part for part in parts if part)


def _sums(correction: Correction, offices: frozenset[str]) -> Iterator[str]:
    """Yield what a correction came to: rows, money, balances."""
    refusal = correction.changes.refusal
    if refusal is not None:
        yield _("这一版和前一版没法逐行比较：{reason}").format(
            reason=refusal_text(refusal, correction.changes.unread)
        )
    for table in correction.changes.tables:
        entered = table.entered
        counts = counts_text(len(entered.added), len(entered.removed), len(entered.changed))
        said = _("；").join(part for part in (counts, moves_text(entered.moves)) if part)
        if said:
            yield f"{table.part} {said}".strip()
        elif entered.effects:
            yield _("没有直接改动，余额变了")
        for line in column_lines(table.difference.columns):
            yield hushed_text(line, "", offices)
        for effect in entered.effects:
            yield effect_text(effect, correction.followed_by if entered else 0)


def _touched(correction: Correction) -> list[_Touched]:
    """Return the rows that were entered, table by table in order of line: gone 0, changed 1, new 2."""
    touched: list[_Touched] = []
    for table in correction.changes.tables:
        entered = table.entered
        own: list[_Touched] = [(row.line, 0, row, table) for row in entered.removed]
        own += [(change.after.line, 1, change, table) for change in entered.changed]
        own += [(row.line, 2, row, table) for row in entered.added]
        touched += sorted(own, key=lambda entry: entry[:2])
    return touched


def _row(row: RowAt | RowChange, order: int, table: TableChange, offices: frozenset[str]) -> str:
    if isinstance(row, RowAt):
        told = _whole(row, table, offices)
        return _("新增 {row}").format(row=told) if order else _("删去 {row}").format(row=told)
    label = hushed_text(row_label(row.after, table.difference, table.schema), "", offices)
    cells = _("；").join(cell_text(_quiet_cell(cell, offices)) for cell in row.cells)
    return _("{row}：{cells}").format(row=label, cells=cells)


def _whole(row: RowAt, table: TableChange, offices: frozenset[str]) -> str:
    names = table.difference.columns.names
    place = _("第 {line} 行").format(line=row.line) if row.line else _("一条")
    cells = (
        f"{said(name)} {hushed_text(cell, name, offices)}"
        for name, cell in zip(names, row.cells, strict=True)
        if cell
    )
    return _("{row}：{cells}").format(row=place, cells=_("，").join(cells))


def _quiet_cell(cell: CellChange, offices: frozenset[str]) -> CellChange:
    before, after = (hushed_text(text, cell.column, offices) for text in (cell.before, cell.after))
    return CellChange(cell.column, before, after)
