"""Receipts: whether what a record names is written as it must be, and is in the store as it was put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from generator.intake.package import Intake
from generator.intake.receipt_store import look_up, store_of
from generator.model.finding import Finding, Place
from generator.model.item import TableSchema
from generator.model.receipts import ROLE, Receipt, Stored, read_receipts
from generator.model.resource import Package, Publication, Resource
from generator.model.table import Table
from generator.model.village import Village
from generator.promises.promises import Promises
from generator.wording import _

_SHORT = 8
NIL = "本期无"


def receipts_of(table: Table) -> dict[int, tuple[Receipt, ...]]:
    """Return the receipts of each row that names any; a cell in another form names none."""
    name = table.schema.name_of(ROLE)
    texts = table.texts.get(name, ()) if name is not None else ()
    found = {index: receipts_in(text) for index, text in enumerate(texts) if text}
    return {index: receipts for index, receipts in found.items() if receipts}


def receipts_in(text: str) -> tuple[Receipt, ...]:
    """Return the receipts that a cell names, none when it is not written as it must be."""
    try:
        return read_receipts(text)
    except ValueError:
        return ()


def form_findings(resource: Resource) -> Iterator[Finding]:
    """Yield a finding for each cell of receipts that cannot be read."""
    table = resource.table
    name = table.schema.name_of(ROLE)
    for index, text in enumerate(table.texts.get(name, ()) if name is not None else ()):
        if text and not receipts_in(text):
            yield Finding.of("receipt-form", Place(resource.path, table.lines[index], name))


def line_findings(package: Package, promises: Promises) -> Iterator[Finding]:
    """Yield findings about the receipts of whole periods, which stand in the register."""
    schema = promises.catalogue.register.schema
    for line in package.publications:
        if not line.receipts:
            continue
        place = _place_of(package, line, schema)
        why = _why_not(line, promises)
        if why:
            yield Finding.of("receipt-refused", place, why=why)
        elif not receipts_in(line.receipts):
            yield Finding.of("receipt-form", place)


def _why_not(line: Publication, promises: Promises) -> str:
    if promises.catalogue.versions[line.item][-1].is_private:
        return _("这一项列着个人的姓名，图上的遮不住")
    return _("这一期登记为「本期无」") if line.kind == NIL else ""


def read_with_receipts(
    intake: Intake, village: Village, promises: Promises
) -> tuple[Package, Mapping[str, Stored]]:
    """Return all that ``village`` discloses, and what the county's store holds of its receipts."""
    store = store_of(promises.settings)
    return with_receipts(intake.read_package(village), promises, partial(look_up, store))


def with_receipts(
    package: Package, promises: Promises, ask: Callable[[str], Stored]
) -> tuple[Package, Mapping[str, Stored]]:
    """Return ``package`` with a finding wherever a receipt cannot be shown, and what is stored of each.

    ``ask`` says what is stored under a SHA-256; it is asked once for each.
    """
    stored: dict[str, Stored] = {}

    def wrong(receipts: tuple[Receipt, ...], place: Place) -> Iterator[Finding]:
        for receipt in receipts:
            if receipt.sha256 not in stored:
                stored[receipt.sha256] = ask(receipt.sha256)
            found = stored[receipt.sha256]
            if not found.is_sound:
                code = "receipt-changed" if found.is_changed else "receipt-missing"
                yield Finding.of(code, place, digest=receipt.sha256[:_SHORT])

    register = promises.catalogue.register.schema
    resources = []
    for resource in package.resources:
        findings = [
            finding
            for index, receipts in receipts_of(resource.table).items()
            for finding in wrong(
                receipts,
                Place(resource.path, resource.table.lines[index], resource.table.schema.name_of(ROLE)),
            )
        ]
        resources.append(
            replace(resource, findings=(*resource.findings, *findings)) if findings else resource
        )
    of_lines = [
        finding
        for line in package.publications
        if line.receipts and not _why_not(line, promises)
        for finding in wrong(receipts_in(line.receipts), _place_of(package, line, register))
    ]
    if not stored:
        return package, {}
    every = (*package.findings, *of_lines)
    return replace(package, resources=tuple(resources), findings=every), stored


def _place_of(package: Package, line: Publication, schema: TableSchema) -> Place:
    return Place(package.publications_path, line.line, schema.name_of(ROLE))
