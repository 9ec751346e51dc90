"""Columns that a file need not have: what a schema may say of them, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.promises.promises import load_promises
from tests.counties import changed, county_at

FINANCE, PURCHASE = "schemas/finance.yaml", "schemas/purchase.yaml"
COLUMN = "role: receipts, optional: true, "
NOTE = "{name: 备注, type: string, constraints: {maxLength: 100}}"


def problem(root: Path) -> SetupError:
    with pytest.raises(SetupError) as caught:
        load_promises(root)
    return caught.value


def test_a_schema_says_which_columns_may_be_absent(tmp_path: Path):
    promises = load_promises(county_at(tmp_path))

    schema = promises.catalogue.versions["finance"][-1].schema
    assert [field.name for field in schema.fields if field.is_optional] == ["票据"]
    assert schema.field_named("票据").descriptor["optional"] is True
    assert "票据" not in [field.name for field in schema.filled_in]


@pytest.mark.parametrize("constraint", ["required", "unique"])
def test_what_may_be_absent_is_neither_required_nor_unique(tmp_path: Path, constraint: str):
    other = NOTE.replace("maxLength: 100", f"{constraint}: true").replace(
        "string,", "string, optional: true,"
    )
    found = problem(changed(county_at(tmp_path), FINANCE, (NOTE, other)))

    assert "required" in found.problem
    assert found.file == FINANCE


def test_a_key_is_always_there(tmp_path: Path):
    root = changed(
        county_at(tmp_path),
        FINANCE,
        (NOTE, NOTE.replace("string,", "string, optional: true,")),
        ("primaryKey: [序号]", "primaryKey: [序号, 备注]"),
    )

    assert "主键" in problem(root).problem


@pytest.mark.parametrize("other", ["role: receipts, ", f"{COLUMN}constraints: {{maxLength: 9}}, "])
def test_receipts_may_be_absent_and_of_any_length(tmp_path: Path, other: str):
    assert "票据" in problem(changed(county_at(tmp_path), FINANCE, (COLUMN, other))).problem


def test_a_table_has_one_column_of_receipts(tmp_path: Path):
    second = NOTE.replace("string,", f"string, {COLUMN}").replace("constraints: {maxLength: 100}", "unit: 张")

    assert "一列票据" in problem(changed(county_at(tmp_path), FINANCE, (NOTE, second))).problem


def test_lists_of_persons_have_no_receipts(tmp_path: Path):
    edit = ("applies_to: [township, county]", "private: true\n  applies_to: [township, county]")

    assert "不能有票据" in problem(changed(county_at(tmp_path), PURCHASE, edit)).problem


def test_a_document_needs_no_optional_columns(tmp_path: Path):
    edit = ("parts:", "  - {name: 附注, type: string, optional: true}\nparts:")

    assert "optional" in problem(changed(county_at(tmp_path), "schemas/election.yaml", edit)).problem
