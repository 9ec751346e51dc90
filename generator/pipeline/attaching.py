"""Attaching: photographs and papers become receipts of a payment, cleaned, looked through and stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.checks.receipts import NIL, receipts_in
from generator.intake.package import read_bytes
from generator.intake.receipt_store import ReceiptStore, store_of, stored_of
from generator.intake.walk import County, walk_county
from generator.model.finding import Finding, Place, SetupError
from generator.model.item import DisclosureItem
from generator.model.receipts import CAPTION_LIMIT, ROLE, Receipt, is_caption, receipts_text, stored_name
from generator.model.village import Village
from generator.pipeline.checking_drafts import offices_of
from generator.pipeline.guard import finding_of
from generator.pipeline.receipt_cells import Rows, read_rows, with_receipts
from generator.privacy.allow import load_allowances
from generator.privacy.carriers.piece import NO_TEXT, Lifted, Notice, Piece
from generator.privacy.carriers.reading import read_file
from generator.privacy.judging import Judge
from generator.privacy.receipt_files import cleaned, oddity_of
from generator.privacy.unclean import UncleanError
from generator.promises.promises import Promises, printable, starred
from generator.wording import _

FILE_LIMIT = 32_000_000
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """What receipts belong to: the row of a table whose key is ``key``, or with none its whole period.

    Those of a row stand in its own 票据; those of a period stand in the register, whose line already says
    what there is to say of it: so no file of another kind is needed, and a document can have receipts too.
    """

    village: Village
    item: DisclosureItem
    stem: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that is to become a receipt, under the name it had, with what it shows in a few words."""

    name: str
    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the table at ``path`` with its bytes ``before`` and as it is to be, ``content``.

    ``receipts`` are all that the spot names now, ``added`` (or taken away) those that are new. With an
    error among ``findings`` nothing was stored and the bytes are the same.
    """

    path: Path
    shown: str
    before: bytes
    content: bytes
    receipts: tuple[Receipt, ...] = ()
    added: tuple[Receipt, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Return whether nothing was done."""
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Cell:
    """The cell of a spot, found: its table and its row."""

    rows: Rows
    index: int

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        return receipts_in(self.rows.cell(self.index, self.rows.column))


def table_path(spot: Spot, promises: Promises) -> Path:
    """Return the file that names the receipts of ``spot``."""
    folder = promises.settings.content / spot.village.folder
    return folder / spot.item.name / f"{spot.stem}.csv" if spot.key else folder / "publications.csv"


def attach_files(
    promises: Promises,
    spot: Spot,
    offers: Sequence[Offer],
    *,
    has_looked: bool,
    as_of: date,
    county: County | None = None,
    before: bytes | None = None,
) -> Outcome:
    """Return what comes of attaching ``offers``; this writes to the store alone, and only if all is well.

    ``has_looked`` says that a person has looked at every picture. ``before`` is the table as the caller has
    it, when that is not what lies on disk. Raises SetupError when the county has no store.
    """
    store = store_of(promises.settings)
    if store is None:
        problem = _("没有写票据图像放在哪里，请写一个仓库外面的文件夹，例如 receipts: ../receipts")
        raise SetupError(problem, file="site_config/county.yaml", key="receipts")
    outcome, cell = _found(promises, spot, before)
    if cell is None:
        return outcome
    place = Place(outcome.shown, cell.index + 2, cell.rows.column)
    findings: list[Finding] = [] if has_looked else [Finding.of("attach-unlooked", place)]
    county = walk_county(promises) if county is None else county
    judge = Judge(offices_of(spot.village, county.townships, promises))
    allowances = load_allowances(promises.root)
    made: dict[Receipt, tuple[str, bytes]] = {}
    for offer in offers:
        name = starred(printable(offer.name.replace("\\", "/").rpartition("/")[2]))
        findings += _caption_findings(offer.caption, place)
        caption = [Piece(offer.caption, place.line, place.column)]
        leaks = judge.judge(outcome.shown, caption, is_content=True)
        try:
            kind, content = _cleaned(offer)
        except UncleanError as problem:
            findings.append(Finding.of(problem.code, Place(name), **problem.facts))
        else:
            findings += _oddities(offer, name)
            leaks += judge.judge(name, _readable(content), is_content=True)
            digest = hashlib.sha256(content).hexdigest()
            made[Receipt(offer.caption, digest)] = (kind, content)
        findings += map(finding_of, allowances.keep(leaks, as_of))
    outcome = replace(outcome, findings=tuple(dict.fromkeys(findings)))
    if outcome.has_errors:
        return outcome
    known = {receipt.sha256 for receipt in cell.receipts}
    added: list[Receipt] = []
    for receipt, (kind, content) in made.items():
        _keep(store, receipt.sha256, kind, content)
        if receipt.sha256 not in known:
            known.add(receipt.sha256)
            added.append(receipt)
    return _changed(outcome, cell, (*cell.receipts, *added), added)


def detach_receipt(promises: Promises, spot: Spot, digest: str, before: bytes | None = None) -> Outcome:
    """Return what comes of taking a receipt, told by the beginning of its SHA-256, from ``spot``.

    The picture stays in the store: other rows, and what was published, may name it.
    """
    outcome, cell = _found(promises, spot, before)
    if cell is None:
        return outcome
    gone = [receipt for receipt in cell.receipts if receipt.sha256.startswith(digest)]
    if len(gone) != 1 or len(digest) < _SHORT:
        place = Place(outcome.shown, cell.index + 2, cell.rows.column)
        finding = Finding.of("attach-detached", place, digest=digest[:_SHORT])
        return replace(outcome, findings=(finding,))
    kept = tuple(receipt for receipt in cell.receipts if receipt not in gone)
    return _changed(outcome, cell, kept, gone)


def _found(promises: Promises, spot: Spot, before: bytes | None) -> tuple[Outcome, _Cell | None]:
    """Return the outcome before anything was done, and the cell; without a cell it says why."""
    path = table_path(spot, promises)
    shown = promises.shown(path)
    outcome = Outcome(path, shown, before or b"", before or b"")

    def refused(code: str, **facts: object) -> tuple[Outcome, None]:
        return replace(outcome, findings=(Finding.of(code, Place(shown), **facts),)), None

    schema = spot.item.schema if spot.key else promises.catalogue.register.schema
    if spot.item.is_private:
        return refused("attach-refused", why=_("这一项列着个人的姓名，图上的遮不住"))
    if schema.name_of(ROLE) is None or (spot.key and spot.item.is_document):
        return refused("attach-no-column", item=spot.item.title)
    if before is None:
        if not path.is_file() or path.is_symlink():
            return refused("attach-no-table" if spot.key else "attach-unregistered")
        read = read_bytes(str(path), shown)
        if isinstance(read, Finding):
            return replace(outcome, findings=(read,)), None
        outcome = replace(outcome, before=read, content=read)
    rows = read_rows(outcome.before, schema)
    if rows is None:
        return refused("attach-broken-table")
    if not spot.key:
        index = _line_of(rows, spot, promises)
        if index is None:
            return refused("attach-unregistered")
        if rows.cell(index, "类型") == NIL:
            return refused("attach-refused", why=_("这一期登记为「本期无」"))
        return outcome, _Cell(rows, index)
    index = rows.index_of(dict(zip(schema.primary_key, spot.key, strict=False)))
    if index is None or len(spot.key) != len(schema.primary_key):
        column = "、".join(schema.primary_key)
        example = rows.cell(0, schema.primary_key[0]) if rows.rows and schema.primary_key else ""
        key = "、".join(map(starred, spot.key))
        return refused("attach-row", column=column, key=key, example=example)
    return outcome, _Cell(rows, index)


def _line_of(rows: Rows, spot: Spot, promises: Promises) -> int | None:
    """Return the newest line of the register about a period, or None."""
    names = {spot.item.name, *(v.title for v in promises.catalogue.versions[spot.item.name])}
    own = [
        index
        for index in range(len(rows.rows))
        if rows.cell(index, "项目") in names and rows.cell(index, "期间") == spot.stem
    ]
    return own[-1] if own else None


def _caption_findings(caption: str, place: Place) -> Iterator[Finding]:
    if not is_caption(caption) or not caption.isprintable():
        yield Finding.of("attach-caption", place, limit=CAPTION_LIMIT)


def _cleaned(offer: Offer) -> tuple[str, bytes]:
    if len(offer.content) > FILE_LIMIT:
        raise UncleanError("attach-too-large", limit=FILE_LIMIT // 1_000_000)
    return cleaned(offer.content)


def _oddities(offer: Offer, name: str) -> Iterator[Finding]:
    oddity = oddity_of(offer.name, offer.content)
    if oddity is not None:
        suffix, really = oddity
        yield Finding.of("attach-suffix", Place(name), suffix=suffix, really=really)


def _readable(content: bytes) -> Iterator[Lifted]:
    """Yield what can be read of a cleaned file: that a picture has no text is what a person looked for."""
    for lifted in read_file("", content):
        if not (isinstance(lifted, Notice) and lifted.where.endswith(NO_TEXT)):
            yield lifted


def _keep(store: ReceiptStore, digest: str, kind: str, content: bytes) -> None:
    """Put a receipt into the store, unless it is there; one whose bytes were changed is restored."""
    name = stored_name(digest, kind)
    there = store.get(name)
    if there is None or not stored_of(digest, kind, there).is_sound:
        store.put(name, content)


def _changed(
    outcome: Outcome, cell: _Cell, receipts: Sequence[Receipt], changed: Sequence[Receipt]
) -> Outcome:
    if not changed:
        return replace(outcome, receipts=tuple(receipts))
    content = with_receipts(cell.rows, {cell.index: receipts_text(receipts)})
    return replace(outcome, content=content, receipts=tuple(receipts), added=tuple(changed))
