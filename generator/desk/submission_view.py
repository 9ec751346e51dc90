"""Submission views: what waits for a second person, in words and as a preview."""

from __future__ import annotations

import hashlib

from generator.desk.desk import Desk
from generator.desk.handing_in import open_line
from generator.desk.office import Clash, Submission
from generator.desk.preview import Change
from generator.desk.receipts import ReceiptRow, new_receipts
from generator.desk.row_changes import Changes, changes_between, told
from generator.desk.slips import csv_cells
from generator.desk.spots import spot_of
from generator.desk.works import NoWorkError
from generator.model.resource import Publication
from generator.model.village import Village
from generator.pipeline.checking_drafts import Laid
from generator.wording import _


def short_name(name: str) -> str:
    """Return how a submission is called in addresses: branches have slashes in their names."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def submission_named(desk: Desk, short: str) -> Submission:
    """Return a submission by its short name; raises NoWorkError."""
    for submission in desk.office.submissions():
        if short_name(submission.name) == short:
            return submission
    raise NoWorkError(short)


def changes_in(desk: Desk, submission: Submission) -> list[Changes]:
    """Return what a submission changes, table by table."""
    known = desk.known()
    found = []
    for shown, today, brings in desk.office.tables_of(submission.name):
        spot = spot_of(shown, known)
        if spot is None:
            found.append(Changes(shown, shown, _("另外的文件"), (), 0, False))
        else:
            found.append(changes_between(spot, today, brings))
    return found


def pictures_in(desk: Desk, submission: Submission) -> list[ReceiptRow]:
    """Return the receipts that a submission brings, row by row: a second person looks at each."""
    known = desk.known()
    found: list[ReceiptRow] = []
    for shown, today, brings in desk.office.tables_of(submission.name):
        spot = spot_of(shown, known)
        if spot is not None:
            found += new_receipts(known.promises, spot, today, brings)
    return found


def changes_of_submission(desk: Desk, submission: Submission) -> tuple[Change, ...]:
    """Return what a preview of a submission lays in place."""
    known = desk.known()
    registers = desk.office.registers_of(submission.name)
    schema = known.promises.catalogue.register.schema
    columns = [column.name for column in schema.columns_of(())]
    grouped: dict[str, tuple[Village, list[Laid], list[Publication]]] = {}
    for shown, _today, brings in desk.office.tables_of(submission.name):
        spot = spot_of(shown, known)
        if spot is None:
            continue
        _village, tables, lines = grouped.setdefault(spot.village.slug, (spot.village, [], []))
        tables.append(Laid(spot.item, spot.period, spot.slug, shown, brings))
        if shown in registers:
            cells = dict(zip(columns, csv_cells(registers[shown]), strict=False))
            lines.append(open_line(spot.item.name, spot.stem, cells))
    return tuple(Change(village, tuple(tables), tuple(lines)) for village, tables, lines in grouped.values())


def clash_view(desk: Desk, clash: Clash) -> tuple[Clash, Changes]:
    """Return a clash with its rows in words, from theirs to ours."""
    spot = spot_of(clash.path, desk.known())
    if spot is None:
        return clash, Changes(clash.title, clash.path, _("内容不同"), (), 0, False)
    return clash, told(spot.title, clash.path, spot.item, clash.difference)
