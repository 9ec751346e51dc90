"""Checking drafts: the ordinary check, asked beforehand, in the clerk's own rows and cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.checks.judgement import judge
from generator.intake.csv_file import read_csv
from generator.intake.package import Intake
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding, Place, Severity
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.resource import Package, Publication, Resource
from generator.model.seal import seal_of
from generator.model.village import Township, Village
from generator.pipeline.placing import Target
from generator.privacy.allow import Allowances
from generator.privacy.detectors import detect_row, office_lines
from generator.privacy.leaks import Leak
from generator.promises.promises import Promises
from generator.sheets.drafts import Draft
from generator.sheets.grid import cell_name
from generator.sheets.remark import Remark
from generator.wording import WORDING, _

_NO_SALT = "0" * 64


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as it would lie in its place: what it is, ``shown`` as findings name it, and its bytes."""

    item: DisclosureItem
    period: Period
    slug: str
    shown: str
    content: bytes


def offices_of(village: Village | None, townships: Sequence[Township], promises: Promises) -> frozenset[str]:
    """Return the telephones that are public where ``village`` is."""
    contacts = [*promises.settings.contacts]
    contacts += [c for t in townships for c in t.contacts if village is None or t.folder == village.township]
    contacts += village.contacts if village is not None else ()
    return office_lines([contact.phone for contact in contacts])


def private_remarks(
    draft: Draft, target: Target, offices: frozenset[str], allowances: Allowances, day: date
) -> Iterator[tuple[Remark, int, str]]:
    """Yield what is personal in the cells that would be kept: the remark, the record, the column."""
    names = [column.name for column in draft.item.schema.fields]
    for index, record in enumerate(draft.records):
        cells = [(name, record.cells[name]) for name in names]
        for position, hit in detect_row(cells, offices=offices):
            leak = Leak(target.shown, hit.kind, hit.severity, index + 2, names[position])
            if not list(allowances.keep([leak], day)):
                continue
            wording = WORDING[f"private-{hit.kind}"]
            place = Place("", record.row + 1, names[position])
            finding = Finding(
                f"private-{hit.kind}", place, _(wording.message), _(wording.hint), Severity(hit.severity)
            )
            yield _remark(finding, draft, index, names[position]), index, names[position]


def checked(
    village: Village, drafts: Sequence[tuple[Draft, Target]], promises: Promises, as_of: date
) -> tuple[Package, list[list[Remark]]]:
    """Return the village as it is, and what the check finds in each draft once all of them are in place.

    A finding names the rows of the clerk's sheet, in its place and in its words.
    """
    package = Intake(promises).read_package(village)
    paths = {target.shown for _draft, target in drafts}
    kept = [resource for resource in package.resources if resource.path not in paths]
    old = {resource.path: resource for resource in package.resources}
    new = [_resource(draft, target, old.get(target.shown)) for draft, target in drafts]
    resources = sorted(
        [*kept, *new], key=lambda resource: (resource.item.name, resource.period, resource.slug)
    )
    judged = {
        r.path: r
        for r in judge(replace(package, resources=tuple(resources)), promises, as_of).package.resources
    }
    found = []
    for draft, target in drafts:
        findings = sorted(judged[target.shown].findings, key=lambda finding: finding.place.sort_key)
        lines = {record.row + 1: index for index, record in enumerate(draft.records)}
        found.append([_placed(finding, draft, lines) for finding in findings])
    return package, found


def package_with(
    village: Village, tables: Iterable[Laid], lines: Iterable[Publication], promises: Promises
) -> Package:
    """Return the village as it will be read once ``tables`` and ``lines`` of its register are in place.

    A list of persons is sealed here as it will be when it lands.
    """
    package = Intake(promises).read_package(village)
    resources = {resource.path: resource for resource in package.resources}
    for table in tables:
        resources[table.shown] = _laid(village, table, resources.get(table.shown))
    ordered = sorted(resources.values(), key=lambda r: (r.item.name, r.period, r.slug))
    return replace(package, resources=tuple(ordered), publications=(*package.publications, *lines))


def _laid(village: Village, laid: Laid, old: Resource | None) -> Resource:
    item = laid.item
    table, findings = read_csv(
        laid.content, laid.shown, TableReader(item.schema, hides_values=item.is_private)
    )
    resource = Resource(
        village=village,
        item=item,
        period=laid.period,
        slug=laid.slug,
        path=laid.shown,
        sha256=hashlib.sha256(laid.content).hexdigest(),
        table=table,
        findings=tuple(findings),
        committed=None if item.is_private else laid.content,
    )
    if not item.is_private or resource.is_held_back:
        return resource
    salt = (old.salt if old else "") or _NO_SALT
    return replace(resource, seal=seal_of(table, salt), salt=salt)


def _resource(draft: Draft, target: Target, old: Resource | None) -> Resource:
    reader = TableReader(draft.item.schema, hides_values=draft.item.is_private)
    lines = [record.row + 1 for record in draft.records]
    width = len(draft.item.schema.fields)
    columns = list(zip(*draft.rows, strict=True)) if draft.rows else [()] * width
    table, findings = reader.read(columns, lines, target.shown)
    return Resource(
        village=draft.village,
        item=draft.item,
        period=draft.period,
        slug=draft.slug,
        path=target.shown,
        sha256=hashlib.sha256(target.content).hexdigest(),
        table=table,
        findings=tuple(findings),
        committed=None if draft.item.is_private else target.content,
        seal=old.seal if old else None,
        salt=old.salt if old else "",
    )


def _placed(finding: Finding, draft: Draft, lines: Mapping[int, int]) -> Remark:
    index = lines.get(finding.place.line or 0)
    if index is None:
        return Remark(finding, draft.sheet)
    return _remark(finding, draft, index, finding.place.column)


def _remark(finding: Finding, draft: Draft, index: int, column: str | None) -> Remark:
    record = draft.records[index]
    place = draft.columns[record.block].get(column or "")
    return Remark(finding, draft.sheet, cell_name(record.row, place))
