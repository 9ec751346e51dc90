"""Receipts at the desk: which tables may have them, beside which rows they stand, what the store keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.checks.receipts import receipts_in
from generator.desk.desk import Desk
from generator.desk.reading import Read
from generator.desk.spots import Spot, spot_of
from generator.intake.receipt_store import ReceiptStore, look_up, store_of
from generator.model.finding import SetupError
from generator.model.item import TableSchema
from generator.model.receipts import ROLE, Receipt, Stored
from generator.pipeline.importing import Placed
from generator.pipeline.new_receipts import key_of, row_words
from generator.pipeline.receipt_store import require_receipt_store
from generator.promises.promises import Promises
from generator.sheets.canonical import rows_of
from generator.wording import _

PAGE_ROWS = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """One receipt of a row, with what the store holds of it."""

    receipt: Receipt
    stored: Stored

    @property
    def size(self) -> str:
        """Return how large it is, in words."""
        kind = "PDF" if self.stored.kind == "pdf" else _("照片")
        return _("{kind}，{size} kB").format(kind=kind, size=max(1, round(self.stored.size / 1000)))


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One row of a table: its key (told in ``label``), by what words a person knows it, its receipts."""

    key: tuple[str, ...]
    label: str
    words: tuple[str, ...]
    receipts: tuple[Shown, ...]

    @property
    def title(self) -> str:
        """Return the row in words."""
        return " · ".join(word for word in self.words if word) or self.label


def _label(schema: TableSchema, key: Sequence[str]) -> str:
    """Return a key with its columns: rows may say the same and still be different payments."""
    return "，".join(f"{name} {part}" for name, part in zip(schema.primary_key, key, strict=True))


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Rows that were asked for: ``total`` there are, ``first`` of them is the first that is listed."""

    rows: tuple[ReceiptRow, ...]
    first: int
    total: int

    @property
    def after(self) -> int | None:
        """Return where the next page begins, or None."""
        return self.first + PAGE_ROWS if self.first + PAGE_ROWS < self.total else None


def trouble_of(promises: Promises) -> str:
    """Return why this county cannot keep receipts and what to set, or ""."""
    if promises.settings.receipts is None:
        return _(
            "县里还没有写票据图像放在哪里，现在不能附。请县里的技术人员在 site_config/county.yaml 里加一行 "
            "receipts: ../receipts（写一个仓库外面、会备份的文件夹），再回来附"
        )
    try:
        require_receipt_store(promises, is_needed=True)
    except SetupError as error:
        return _("票据库的位置不对，现在不能附：{problem}").format(problem=error)
    return ""


def may_have_receipts(placed: Placed) -> bool:
    """Return whether rows of a table may have receipts."""
    item = placed.draft.item
    return not item.is_private and item.schema.name_of(ROLE) is not None


def tables_with(read: Read) -> list[Placed]:
    """Return the tables of a work whose rows may have receipts."""
    given_up = read.work.given_up
    return [one for one in read.report.placed if may_have_receipts(one) and one.target.shown not in given_up]


def rows_page(placed: Placed, words: str, first: int) -> RowsPage:
    """Return the rows that hold ``words`` (all for ""), from the ``first`` on; the store is not asked."""
    schema = placed.draft.item.schema
    found = [row for row in _rows(schema, placed.target.content) if words in " ".join((*row[0], *row[1]))]
    first = first if first < len(found) else 0
    rows = tuple(
        ReceiptRow(key, _label(schema, key), told, tuple(Shown(one, Stored(one.sha256)) for one in receipts))
        for key, told, receipts in found[first : first + PAGE_ROWS]
    )
    return RowsPage(rows, first, len(found))


def row_of(placed: Placed, store: ReceiptStore | None, key: Sequence[str]) -> ReceiptRow | None:
    """Return the row of a key, or None when there is none or several."""
    schema = placed.draft.item.schema
    found = [row for row in _rows(schema, placed.target.content) if row[0] == tuple(key)]
    if len(found) != 1:
        return None
    own, told, receipts = found[0]
    shown = tuple(Shown(one, look_up(store, one.sha256)) for one in receipts)
    return ReceiptRow(own, _label(schema, own), told, shown)


def _rows(
    schema: TableSchema, content: bytes
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[Receipt, ...]]]:
    """Yield key, words and receipts of each row of a table's bytes."""
    names = [field.name for field in schema.fields]
    for row in rows_of(content, schema) or []:
        cells = dict(zip(names, row, strict=True))
        yield key_of(schema, cells), row_words(schema, cells), receipts_in(cells[schema.name_of(ROLE) or ""])


@dataclass(frozen=True, slots=True)
class Published:
    """A public table whose rows may have receipts."""

    spot: Spot
    count: int


def published_tables(desk: Desk, folder: str) -> list[Published]:
    """Return the public tables of a village that may have receipts, the newest first."""
    promises = desk.known().promises
    content = promises.settings.content
    found = []
    for path in sorted((content / folder).glob("*/*.csv")):
        spot = spot_of(promises.shown(path), desk.known())
        if spot is None or spot.item.is_private or spot.item.schema.name_of(ROLE) is None:
            continue
        found.append(Published(spot, path.read_bytes().count(b" sha256:")))
    return sorted(found, key=lambda one: (one.spot.period.text, one.spot.shown), reverse=True)


def new_receipts(promises: Promises, spot: Spot, before: bytes | None, after: bytes) -> list[ReceiptRow]:
    """Return what receipts a table brings that did not stand there, row by row."""
    schema, store = spot.item.schema, store_of(promises.settings)
    if spot.item.is_private or schema.name_of(ROLE) is None:
        return []
    known = {(key, one.sha256) for key, _words, receipts in _rows(schema, before or b"") for one in receipts}
    found = []
    for key, words, receipts in _rows(schema, after):
        new = [one for one in receipts if (key, one.sha256) not in known]
        if new:
            shown = tuple(Shown(one, look_up(store, one.sha256)) for one in new)
            found.append(ReceiptRow(key, _label(schema, key), words, shown))
    return found
