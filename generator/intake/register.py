"""The register of publications: publications.csv becomes Publications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.intake.csv_file import read_csv
from generator.intake.stem import read_stem
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding, Place
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.receipts import ROLE
from generator.model.resource import Publication
from generator.model.table import Table
from generator.promises.schemas import Catalogue


def read_register(
    content: bytes, file: str, reader: TableReader, catalogue: Catalogue
) -> tuple[tuple[Publication, ...], list[Finding]]:
    """Return the lines of a register that can be used, and what is wrong with it."""
    table, findings = read_csv(content, file, reader)
    # A village that has published nothing yet keeps a register with its header alone.
    findings = [finding for finding in findings if finding.code != "rows-missing"]
    publications = tuple(_publications(table, file, reader, catalogue, findings))
    return publications, findings


def _publications(
    table: Table, file: str, reader: TableReader, catalogue: Catalogue, findings: list[Finding]
) -> Iterator[Publication]:
    broken = {finding.place.line for finding in findings if finding.is_error}
    names = _names(catalogue)
    receipts = reader.schema.name_of(ROLE) or ""
    for record, line in zip(table.records(), table.lines, strict=True):
        if line in broken:
            continue
        item = names.get(record["项目"])
        if item is None:
            place = Place(file, line, "项目")
            titles = "、".join(versions[-1].title for versions in catalogue.versions.values())
            value = reader.shown(record["项目"])
            findings.append(Finding.of("register-item", place, value=value, titles=titles))
            continue
        wrong = _wrong_period(record["期间"], catalogue.versions[item][-1], Place(file, line, "期间"), reader)
        if wrong is not None:
            findings.append(wrong)
            continue
        yield _publication(record, item, line, receipts)


def _names(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the item that each name stands for: its titles, past and present, and its folder."""
    names: dict[str, str] = {}
    for name, versions in catalogue.versions.items():
        names |= {version.title: name for version in versions} | {name: name}
    return names


def _wrong_period(stem: str, item: DisclosureItem, place: Place, reader: TableReader) -> Finding | None:
    """Return the finding that ``stem`` names no period of ``item``, or None."""
    try:
        period, _slug = read_stem(stem)
    except ValueError:
        return Finding.of("period-unknown", place, name=reader.shown(stem))
    if item.period_kind is not None and period.kind != item.period_kind:
        example = Period.holding(period.start, item.period_kind).text
        return Finding.of("period-kind", place, item=item.title, name=stem, example=example)
    return None


def _publication(record: Mapping[str, Any], item: str, line: int, receipts: str) -> Publication:
    return Publication(
        item=item,
        stem=record["期间"],
        attempt=record["次"],
        kind=record["类型"],
        prepared_by=record["编制"] or "",
        reviewed_by=record["审核"] or "",
        reviewed_on=record["审核日"],
        posted_from=record["张贴起"],
        posted_to=record["张贴止"],
        location=record["地点"] or "",
        note=record["说明"] or "",
        line=line,
        receipts=record.get(receipts, "") or "",
    )
