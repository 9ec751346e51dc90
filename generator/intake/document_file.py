"""Document files: one YAML record becomes a head table and its parts, or findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.intake.csv_file import decode
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding, Place
from generator.model.table import Table
from generator.promises.strict_yaml import YamlText, read_yaml


def read_document(
    content: bytes, file: str, head: TableReader, parts: Mapping[str, TableReader]
) -> tuple[Table, dict[str, Table], list[Finding]]:
    """Return the head (one row), the parts and what is wrong in the YAML document ``content``."""
    text = decode(content, file)
    if isinstance(text, Finding):
        return Table.empty(head.schema), {}, [text]
    document = read_yaml(text)
    findings: list[Finding] = []
    for problem in document.problems:
        facts = {name: head.shown(fact) for name, fact in problem.facts.items()}
        findings.append(Finding.of(problem.code, Place(file, problem.line), **facts))
    names = [field.name for field in head.schema.fields]
    if not isinstance(document.value, dict):
        if not findings:
            findings.append(Finding.of("document-empty", Place(file), fields="、".join([*names, *parts])))
        return Table.empty(head.schema), {}, findings
    record = document.value
    findings += _unknown_keys(record, [*names, *parts], (), document, file, head)
    lines = {name: document.line_of(name) for name in names}
    findings += _misshapen(record, lines, file)
    table, cell_findings = head.read([[_scalar(record.get(name))] for name in names], [1], file)
    findings += _new_of([_at_key(finding, lines) for finding in cell_findings], findings)
    tables = {
        name: _read_part(record.get(name), name, document, file, reader, findings)
        for name, reader in parts.items()
    }
    return replace(table, cell_lines=lines), tables, findings


def _at_key(finding: Finding, lines: Mapping[str, int]) -> Finding:
    """Return a finding about the head at the line where its key stands."""
    place = finding.place
    line = lines.get(place.column or "", place.line)
    return replace(finding, place=replace(place, line=line))


def _unknown_keys(
    record: Mapping[str, Any],
    known: Sequence[str],
    path: tuple[str | int, ...],
    document: YamlText,
    file: str,
    reader: TableReader,
) -> Iterator[Finding]:
    for key in record:
        if key not in known:
            shown = reader.shown(key)
            place = Place(file, document.line_of(*path, key), None if reader.hides_values else shown)
            yield Finding.of("key-unknown", place, key=shown, known="、".join(known))


def _misshapen(record: Mapping[str, Any], lines: Mapping[str, int], file: str) -> Iterator[Finding]:
    for name, line in lines.items():
        if not isinstance(record.get(name, ""), str):
            yield Finding.of("value-shape", Place(file, line, name))


def _scalar(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _new_of(found: Sequence[Finding], known: Sequence[Finding]) -> list[Finding]:
    """Return those of ``found`` that are not about a cell which has its finding already."""
    places = {finding.place for finding in known if finding.code == "value-shape"}
    return [finding for finding in found if finding.place not in places]


def _read_part(
    value: Any, name: str, document: YamlText, file: str, reader: TableReader, findings: list[Finding]
) -> Table:
    if value in (None, "", []):
        return Table.empty(reader.schema)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        findings.append(Finding.of("part-shape", Place(file, document.line_of(name), name), part=name))
        return Table.empty(reader.schema)
    names = [field.name for field in reader.schema.fields]
    known, texts = frozenset(names), frozenset((str,))
    lines = [document.line_of(name, index) for index in range(len(value))]
    rows = [*value]
    for index, (row, line) in enumerate(zip(value, lines, strict=True)):
        if not row.keys() <= known:
            findings += _unknown_keys(row, names, (name, index), document, file, reader)
        if not texts.issuperset(map(type, row.values())):
            findings += _misshapen(row, dict.fromkeys(names, line), file)
            rows[index] = {key: _scalar(cell) for key, cell in row.items()}
    columns = [[row.get(key, "") for row in rows] for key in names]
    table, cell_findings = reader.read(columns, lines, file)
    findings += _new_of(cell_findings, findings)
    return table
