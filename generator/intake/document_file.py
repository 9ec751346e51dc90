"""Document files: one YAML record becomes a head table and its parts, or findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    empty = Table.empty(head.schema)
    text = decode(content, file)
    if isinstance(text, Finding):
        return empty, {}, [text]
    document = read_yaml(text)
    findings = [
        Finding.of(problem.code, Place(file, problem.line), **problem.facts) for problem in document.problems
    ]
    if not isinstance(document.value, dict):
        if not findings:
            findings.append(
                Finding.of(
                    "document-empty", Place(file), fields="、".join(f.name for f in head.schema.fields)
                )
            )
        return empty, {}, findings
    record = document.value
    names = [field.name for field in head.schema.fields]
    for key in record:
        if key not in names and key not in parts:
            known = "、".join([*names, *parts])
            findings.append(
                Finding.of(
                    "key-unknown", Place(file, document.line_of(key), key[:30]), key=key[:30], known=known
                )
            )
    columns = [[_scalar(record.get(name), document, (name,), file, findings)] for name in names]
    table, cell_findings = head.read(columns, [1], file)
    findings += [_at_key(finding, document, file) for finding in cell_findings]
    tables = {
        name: _read_part(record.get(name), name, document, file, reader, findings)
        for name, reader in parts.items()
    }
    return table, tables, findings


def _at_key(finding: Finding, document: YamlText, file: str) -> Finding:
    column = finding.place.column
    line = document.line_of(column) if column else 1
    return Finding(finding.code, Place(file, line, column), finding.message, finding.hint, finding.severity)


def _scalar(
    value: Any, document: YamlText, path: tuple[str | int, ...], file: str, findings: list[Finding]
) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    findings.append(Finding.of("value-shape", Place(file, document.line_of(*path), str(path[-1]))))
    return ""


def _read_part(
    value: Any, name: str, document: YamlText, file: str, reader: TableReader, findings: list[Finding]
) -> Table:
    if value in (None, ""):
        return Table.empty(reader.schema)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        findings.append(Finding.of("part-shape", Place(file, document.line_of(name), name), part=name))
        return Table.empty(reader.schema)
    names = [field.name for field in reader.schema.fields]
    rows: list[Sequence[str]] = []
    for index, row in enumerate(value):
        for key in row:
            if key not in names:
                place = Place(file, document.line_of(name, index, key), key[:30])
                findings.append(Finding.of("key-unknown", place, key=key[:30], known="、".join(names)))
        rows.append([_scalar(row.get(key), document, (name, index, key), file, findings) for key in names])
    lines = [document.line_of(name, index) for index in range(len(rows))]
    table, cell_findings = reader.read(list(zip(*rows, strict=True)), lines, file)
    findings.extend(cell_findings)
    return table
