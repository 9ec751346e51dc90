"""Row changes: how a table differs from what stands there, in words; of persons only where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.checks.receipts import receipts_in
from generator.desk.spots import Spot
from generator.model.item import DisclosureItem
from generator.model.receipts import ROLE
from generator.sheets.canonical import Difference, Row, difference, rows_of
from generator.wording import _

SHOWN = 200
_SHORT = 8


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is new, gone or different: ``cells`` are (column, before, after)."""

    kind: str
    label: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of one table; ``left`` rows more are not listed."""

    title: str
    shown: str
    summary: str
    rows: tuple[RowChange, ...]
    left: int
    is_private: bool


def changes_between(spot: Spot, before: bytes | None, after: bytes) -> Changes:
    """Return what becomes of the table at ``spot``."""
    schema = spot.item.schema
    new = rows_of(after, schema) or []
    old = rows_of(before, schema) if before is not None else []
    if before is None:
        summary = _("新的一期，共 {count} 行").format(count=len(new))
        return Changes(spot.title, spot.shown, summary, (), 0, spot.item.is_private)
    if old is None:
        summary = _("原来的文件读不懂，整份换成这 {count} 行").format(count=len(new))
        return Changes(spot.title, spot.shown, summary, (), 0, spot.item.is_private)
    return told(spot.title, spot.shown, spot.item, difference(schema, old, new))


def told(title: str, shown: str, item: DisclosureItem, found: Difference) -> Changes:
    """Return a difference in words."""
    rows = list(_rows(item, found))
    parts = [
        text.format(count=count)
        for text, count in (
            (_("改 {count} 行"), len(found.changed)),
            (_("加 {count} 行"), len(found.added)),
            (_("少 {count} 行"), len(found.removed)),
        )
        if count
    ]
    if found.is_reordered:
        parts.append(_("各行相同，先后不同"))
    summary = "，".join(parts) or _("内容相同")
    return Changes(title, shown, summary, tuple(rows[:SHOWN]), max(0, len(rows) - SHOWN), item.is_private)


def _rows(item: DisclosureItem, found: Difference) -> Iterator[RowChange]:
    names = [column.name for column in item.schema.fields]
    for before, after in found.changed:
        cells = tuple(
            (name, _cell(item, name, old), _cell(item, name, new))
            for name, old, new in zip(names, before, after, strict=True)
            if old != new
        )
        yield RowChange("changed", _label(item, names, after), cells)
    for kind, rows in (("added", found.added), ("removed", found.removed)):
        for row in rows:
            yield RowChange(kind, _label(item, names, row), _whole(item, names, row, kind))


def _label(item: DisclosureItem, names: Sequence[str], row: Row) -> str:
    keys = item.schema.primary_key or (names[0],)
    persons = {column.name for column in item.schema.fields if column.role == "person" or column.privacy}
    told_keys = [f"{key} {row[names.index(key)]}" for key in keys if key not in persons]
    return "，".join(told_keys) or _("一行")


def _whole(
    item: DisclosureItem, names: Sequence[str], row: Row, kind: str
) -> tuple[tuple[str, str, str], ...]:
    if item.is_private:
        return ()
    filled = [(name, _cell(item, name, cell)) for name, cell in zip(names, row, strict=True) if cell]
    return tuple((name, "", cell) if kind == "added" else (name, cell, "") for name, cell in filled)


def _cell(item: DisclosureItem, name: str, cell: str) -> str:
    """Return a cell as it is read: of receipts what each is, with the beginning of its fingerprint."""
    if item.is_private:
        return ""
    found = receipts_in(cell) if name == item.schema.name_of(ROLE) else ()
    told = _("{caption}（指纹 {digest}）")
    return "；".join(told.format(caption=one.caption, digest=one.sha256[:_SHORT]) for one in found) or cell
