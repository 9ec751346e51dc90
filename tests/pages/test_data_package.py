"""Data Packages: valid for a stock validator, and byte for byte what was committed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import frictionless
import pytest

from generator.model.site import Site
from tests.pages.conftest import VILLAGES
from tests.pages.drawing import SmallCounty, file_at, ledger

MONTH = ledger("1,期初,村委会,银行,期初,,,1000.00", "6,购纸,村委会,银行,办公费,,30.50,969.50")


def unpack(site: Site, folder: Path) -> Path:
    """Write the site's package as a reader would download it; return the datapackage.json."""
    for file in site.files:
        path = folder / file.path.removeprefix(site.url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder / "data" / "datapackage.json"


def verdict(package: Path) -> list[list[object]]:
    """Return what stock ``frictionless validate`` finds, as (type, file, row, column)."""
    before = Path.cwd()
    os.chdir(package.parent)
    try:
        report = frictionless.validate("datapackage.json")
    finally:
        os.chdir(before)
    assert report.stats["tasks"] == len(json.loads(package.read_bytes())["resources"])
    return report.flatten(["type", "title", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize("village", VILLAGES)
def test_stock_frictionless_passes_the_package_of_every_village_and_office(
    sites, village: str, tmp_path: Path
):
    assert verdict(unpack(sites[village], tmp_path)) == []


def test_stock_frictionless_passes_the_zip_away_from_the_site(sites, tmp_path: Path):
    with zipfile.ZipFile(io.BytesIO(file_at(sites["shiqiao"], "data/datapackage.zip"))) as archive:
        archive.extractall(tmp_path)

    assert verdict(tmp_path / "datapackage.json") == []


def test_a_village_publishes_no_copies_of_the_schemas(sites):
    names = [file.path for site in sites.values() for file in site.files]

    assert [name for name in names if "schema" in name] == []


def test_a_file_with_a_mark_of_byte_order_is_published_as_committed_and_said_so(
    county: SmallCounty, tmp_path: Path
):
    content = b"\xef\xbb\xbf" + MONTH.encode("utf-8")
    county.put("finance/2026-09.csv", content)
    site = county.site()
    (entry,) = json.loads(file_at(site, "data/datapackage.json"))["resources"]

    assert file_at(site, "data/finance-2026-09.csv") == content
    assert (entry["encoding"], entry["bytes"]) == ("utf-8-sig", len(content))
    assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert verdict(unpack(site, tmp_path / "out")) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_public_tables_are_the_bytes_that_were_committed(county: SmallCounty, line_end: str):
    content = MONTH.replace("\n", line_end).encode("utf-8")
    county.put("finance/2026-09.csv", content)

    assert file_at(county.site(), "data/finance-2026-09.csv") == content


def test_every_public_table_of_the_sample_is_published_as_committed(books, sites):
    for name, book in books.items():
        for resource in book.judgement.package.resources:
            if resource.item.is_document or resource.item.is_private:
                continue
            path = (
                f"data/{resource.item.name}-{resource.stem}.csv".lower().replace("--", "-").replace("_", "-")
            )
            assert file_at(sites[name], path) == resource.committed


def test_a_held_back_table_is_not_in_the_package(county: SmallCounty):
    county.put("finance/2026-08.csv", MONTH.replace("2026-09", "2026-08"))
    county.put("finance/2026-09.csv", MONTH.replace("30.50", "三十"))
    site = county.site()

    assert [entry["name"] for entry in json.loads(file_at(site, "data/datapackage.json"))["resources"]] == [
        "finance-2026-08"
    ]
    assert "三十" not in "".join(file.content.decode("utf-8", "replace") for file in site.files)


def test_a_village_without_records_has_an_empty_package(county: SmallCounty):
    site = county.site()

    assert json.loads(file_at(site, "data/datapackage.json"))["resources"] == []


def test_names_of_resources_are_lower_case_and_sorted(sites):
    names = [
        entry["name"] for entry in json.loads(file_at(sites["qingshi"], "data/datapackage.json"))["resources"]
    ]

    assert names == sorted(names)
    assert {"finance-2026-03", "subsidy-2026q3-elderly", "election-2026-04-18-3"} <= set(names)


def test_each_table_is_published_with_the_schema_of_the_columns_that_it_has(
    county: SmallCounty, tmp_path: Path
):
    header, first, *_rest = MONTH.split("\n")
    rows = MONTH.replace("期初", "上月结转").rstrip("\n").split("\n")[1:]
    cells = ["", f"发票 sha256:{'6e' * 32}"]
    lines = [f"{header},票据", *(f"{row},{cell}" for row, cell in zip(rows, cells, strict=True))]
    county.put("finance/2026-08.csv", f"{header}\n{first.replace('-09-', '-08-')}\n")
    county.put("finance/2026-09.csv", "\n".join(lines) + "\n")
    site = county.site()
    entries = json.loads(file_at(site, "data/datapackage.json"))["resources"]

    for entry in entries:
        columns = [field["name"] for field in entry["schema"]["fields"]]
        assert columns == file_at(site, f"data/{entry['path']}").decode().partition("\n")[0].split(",")
    assert ["票据" in json.dumps(entry, ensure_ascii=False) for entry in entries] == [False, True]
    assert verdict(unpack(site, tmp_path / "out")) == []
