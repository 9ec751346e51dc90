"""The sample county's own tables, typed into workbooks and back: every item comes home."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.intake.stem import read_stem
from generator.intake.walk import list_files
from generator.sheets.canonical import csv_content, difference, rows_of
from tests.sheets.making import xlsx
from tests.sheets.reading import ROOT, asked_for, county, read


def tables() -> list[tuple[str, str]]:
    """Return the village and path of every table of the sample, one of each item and village."""
    promises, walked = county()
    found = {}
    for village in walked.villages:
        for file in list_files(village, promises).files:
            if file.suffix == "csv" and promises.catalogue.versions[file.item][-1].period_kind != "day":
                found.setdefault((village.slug, file.item), (village.slug, file.path))
    return sorted(found.values())


TABLES = tables()


def typed(text: str, kind: str) -> Any:
    """Return a cell as a clerk's spreadsheet holds it."""
    if not text:
        return None
    if kind in ("number", "integer"):
        return float(Decimal(text))
    return date.fromisoformat(text) if kind == "date" else text


@pytest.mark.parametrize(("slug", "path"), TABLES, ids=[Path(path).parent.name for _slug, path in TABLES])
def test_a_table_of_the_sample_comes_back_from_a_workbook(slug: str, path: str):
    promises, walked = county()
    village = walked.village_named(slug)
    assert village is not None
    place = Path(path)
    period, own = read_stem(place.stem)
    item = promises.catalogue.governing(place.parent.name, period)
    assert item is not None
    with place.open(encoding="utf-8-sig", newline="") as lines:
        records = list(csv.DictReader(lines))
    fields = item.schema.columns_of(records[0])
    rows = [[typed(record[field.name], field.type) for field in fields] for record in records]
    content = xlsx([[f"{village.name}{period.title}"], [field.name for field in fields], *rows])

    found = read(content, asked=asked_for(item=item.name, village=slug, period=period.text, slug=own))

    assert [remark for remark in found.remarks if remark != ":sheet-personal-column"] == []
    (draft,) = found.understanding.drafts
    before = rows_of(place.read_bytes(), item.schema)
    assert before is not None
    assert not difference(item.schema, before, draft.rows)


@pytest.mark.parametrize(("slug", "path"), TABLES, ids=[Path(path).parent.name for _slug, path in TABLES])
def test_a_table_of_the_sample_comes_back_from_its_download_to_the_byte(slug: str, path: str):
    place = Path(path)
    name = f"{place.parent.name}-{place.stem}".lower().replace("--", "-").replace("_", "-")
    content = place.read_bytes()

    found = read(content, f"{name}.csv", asked_for(village=slug))

    assert found.remarks == []
    (draft,) = found.understanding.drafts
    assert draft.stem == place.stem
    assert draft.item.name == place.parent.name
    assert csv_content(draft.item.schema, draft.rows) == canonical(content)


def canonical(content: bytes) -> bytes:
    """Return bytes without the mark and the line ends that one village's spreadsheet put there."""
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def test_the_sample_shows_many_items():
    assert ROOT.is_dir()
    assert len({Path(path).parent.name for _slug, path in TABLES}) > 50
