"""Forms: what a clerk starts from is read without complaint once it is filled in."""

from __future__ import annotations

import csv
import io
import re

import pytest

from generator.intake.csv_file import read_csv
from generator.intake.document_file import read_document
from generator.intake.table_reader import TableReader
from generator.model.item import DisclosureItem, Field
from generator.pages.forms import blank_form
from generator.promises.promises import load_promises
from tests.sample import ROOT

CATALOGUE = load_promises(ROOT).catalogue
ITEMS = [
    *(
        (f"{item.name} {item.valid_from or ''}".strip(), item)
        for found in CATALOGUE.versions.values()
        for item in found
    ),
    (CATALOGUE.register.name, CATALOGUE.register),
]
_BLANK = re.compile(r'^(?P<indent>\s*(?:- )?)(?P<name>[^:\s]+): ""')


def filled_table(item: DisclosureItem) -> str:
    """Return the form with one row of the examples below its header."""
    header = next(csv.reader(io.StringIO(blank_form(item))))
    examples = {field.name: field.example for field in item.schema.fields}
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerow([examples[name] for name in header])
    return blank_form(item) + buffer.getvalue()


def filled_outline(item: DisclosureItem) -> str:
    """Return the form with the examples between its quotation marks."""
    lines, fields = [], {field.name: field for field in item.schema.fields}
    for line in blank_form(item).splitlines():
        if line.endswith(":") and line[:-1] in item.parts:
            fields = {field.name: field for field in item.parts[line[:-1]].fields}
        match = _BLANK.match(line)
        example = fields[match["name"]].example if match else ""
        lines.append(f'{match["indent"]}{match["name"]}: "{example}"' if match else line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=[name for name, _item in ITEMS])
def test_a_form_filled_with_the_examples_of_its_schema_is_read_without_findings(
    name: str, item: DisclosureItem
):
    head, parts = TableReader(item.schema), {part: TableReader(schema) for part, schema in item.parts.items()}
    if item.is_document:
        table, tables, findings = read_document(filled_outline(item).encode(), "form.yaml", head, parts)
        assert [len(found) for found in tables.values()] == [1] * len(parts)
    else:
        table, findings = read_csv(filled_table(item).encode(), "form.csv", head)

    assert [(finding.code, finding.place.column, finding.message) for finding in findings] == []
    assert len(table) == 1


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=[name for name, _item in ITEMS])
def test_every_field_that_must_be_filled_has_an_example(name: str, item: DisclosureItem):
    fields: list[Field] = [field for schema in (item.schema, *item.parts.values()) for field in schema.fields]

    assert [field.name for field in fields if field.is_required and not field.example] == []


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=[name for name, _item in ITEMS])
def test_a_form_has_every_field_that_a_file_must_have_once_and_in_order(name: str, item: DisclosureItem):
    form = blank_form(item)
    if item.is_document:
        found = [match["name"] for line in form.splitlines() if (match := _BLANK.match(line))]
    else:
        found = form.strip("\n").split(",")

    schemas = (item.schema, *item.parts.values())
    assert found == [field.name for schema in schemas for field in schema.fields if not field.is_optional]
