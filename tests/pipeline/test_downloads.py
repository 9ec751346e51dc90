"""The county's downloads: only if it asks, whole, without persons, part of the manifest, made only anew."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from generator.model.manifest import read_manifest
from generator.pipeline.build import Places, Report, run_build
from generator.publish.releases import files_below
from generator.publish.verifying import verify_site
from tests.counties import AS_OF, ROOT, changed, county_at

FILES = ("downloads/county.sqlite", "downloads/county.zip")
PERSONS = ("田某甲", "冉某乙", "向某丙")


def built(root: Path) -> Report:
    report = run_build(root, Places.below(root), as_of=AS_OF, workers=1)
    assert report.failures == []
    return report


def county(folder: Path, *, asks: bool) -> Path:
    root = county_at(folder)
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    if asks:
        changed(root, "site_config/county.yaml", ("profile:", 'downloads: "true"\nprofile:'))
    built(root)
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county(tmp_path_factory.mktemp("downloads"), asks=True)


def test_the_database_and_the_tables_hold_the_countys_records(root: Path):
    with sqlite3.connect(root / "site" / FILES[0]) as database:
        count = database.execute("SELECT count(*) FROM finance").fetchone()[0]
    with zipfile.ZipFile(root / "site" / FILES[1]) as archive:
        lines = archive.read("finance.csv").decode().splitlines()
        package = json.loads(archive.read("datapackage.json"))

    assert count == len(lines) - 1 > 0
    assert "finance" in [resource["name"] for resource in package["resources"]]


def test_no_list_of_persons_is_in_any_download(root: Path):
    downloads = [root / "site" / name for name in (*FILES, "xi/data/datapackage.zip")]
    for path in downloads:
        content = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
                assert [name for name in archive.namelist() if "subsidy" in name] == []
        assert [name for name in PERSONS if name.encode() in content] == []
    with sqlite3.connect(root / "site" / FILES[0]) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master")]
    assert "subsidy" not in tables


def test_each_file_stands_on_the_page_with_its_size_and_its_hash_and_in_the_manifest(root: Path):
    site = root / "site"
    page = (site / "downloads/index.html").read_text(encoding="utf-8")
    manifest = read_manifest((site / "manifest.json").read_bytes())

    for name in FILES:
        digest = hashlib.sha256((site / name).read_bytes()).hexdigest()
        assert manifest.files[name] == digest
        assert digest in page
    assert page.count(" KB）") == len(FILES)
    assert list(verify_site(lambda path: (site / path).read_bytes(), files_below(site))) == []
    assert 'href="downloads/"' in (site / "index.html").read_text(encoding="utf-8")


def test_nothing_is_made_again_while_nothing_changed(root: Path):
    before = {name: (root / "site" / name).stat().st_mtime_ns for name in FILES}

    assert built(root).changed == 0
    assert {name: (root / "site" / name).stat().st_mtime_ns for name in FILES} == before


def test_a_download_that_was_touched_is_made_again(root: Path):
    path = root / "site" / FILES[1]
    before = path.read_bytes()
    path.write_bytes(b"")

    built(root)

    assert path.read_bytes() == before


def test_two_builds_make_the_same_bytes(root: Path, tmp_path: Path):
    other = county(tmp_path, asks=True)

    for name in FILES:
        assert (other / "site" / name).read_bytes() == (root / "site" / name).read_bytes()


def test_a_county_that_does_not_ask_has_none_and_loses_those_it_had(tmp_path: Path):
    root = county(tmp_path, asks=True)
    changed(root, "site_config/county.yaml", ('downloads: "true"\n', ""))

    built(root)

    assert not (root / "site" / "downloads").exists()
    assert 'href="downloads/"' not in (root / "site" / "index.html").read_text(encoding="utf-8")
