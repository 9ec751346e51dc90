"""A village's data in one file: whole, readable by stock tools, without persons, the same wherever made."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from generator.pages.data_package import publish_resource
from generator.pages.zipped import zipped_package
from tests.pages.drawing import SmallCounty, draw, file_at, ledger, page_at
from tests.pages.test_projection import LIST, NAMES, POSTED

LINE = "财务收支,2026-09,1,公开,报账员,监委会,2026-10-08,2026-10-09,2026-10-14,公开栏,"


@pytest.fixture
def county(tmp_path: Path) -> SmallCounty:
    county = SmallCounty(tmp_path)
    county.put("finance/2026-09.csv", ledger("1,上月结转,村集体,银行,上月结转,,,1000.00"))
    return county


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zip_holds_every_table_as_it_is_published_and_its_schema_once(county: SmallCounty):
    county.register(LINE)
    site = draw(county.book())
    files = opened(file_at(site, "data/datapackage.zip"))

    [entry] = json.loads(files["datapackage.json"])["resources"]
    [shown] = json.loads(file_at(site, "data/datapackage.json"))["resources"]
    assert set(files) == {"datapackage.json", entry["path"], entry["schema"]}
    assert files[entry["path"]] == file_at(site, f"data/{entry['path']}")
    assert entry | {"schema": json.loads(files[entry["schema"]])} == shown


def test_no_list_of_persons_is_in_the_zip_even_while_it_hangs(county: SmallCounty):
    county.put_private("subsidy/2026Q3--elderly.csv", LIST)
    county.register(LINE, POSTED)
    site = draw(county.book())
    content = file_at(site, "data/datapackage.zip")

    assert any(name.encode() in page_at(site, "subsidy/2026Q3--elderly/").content.encode() for name in NAMES)
    assert all(name.encode() not in content for name in NAMES)
    assert all("subsidy" not in name for name in opened(content))
    assert "subsidy" not in opened(content)["datapackage.json"].decode()


def test_the_bytes_say_nothing_of_the_day_or_the_machine(county: SmallCounty):
    book = county.book()
    published = {r.path: publish_resource(book, r) for r in book.judgement.package.resources}
    content = zipped_package(book, published).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert zipped_package(book, dict(reversed(published.items()))).content == content


def test_the_home_page_says_how_large_the_zip_is(county: SmallCounty):
    content = page_at(draw(county.book()), "").content

    assert 'href="../liuhe/data/datapackage.zip"' in content
    assert "KB，名单不在里面" in content
