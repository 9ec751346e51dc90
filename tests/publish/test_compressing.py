"""Compressed copies: made once, shared while nothing changes, and never something else than their file."""

from __future__ import annotations

import gzip
from itertools import starmap
from pathlib import Path

import brotli
import pytest

from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File
from generator.publish.compressing import original_of, without_copies
from generator.publish.releases import current_release, files_below
from generator.publish.staging import change_between
from generator.publish.verifying import verify_site
from tests.publish.putting import put_out

LONG = "村务公开，收支清楚。\n".encode() * 200
FILES = {
    "index.html": LONG,
    "data/a.csv": LONG + b"1",
    "assets/a.0123abcd.js": LONG + b"2",
    "share.png": LONG + b"3",
    "short.html": b"<p>",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def said(folder: Path) -> list[tuple[str, str]]:
    def read(path: str) -> bytes | None:
        return (folder / path).read_bytes() if (folder / path).is_file() else None

    return [(finding.place.file, finding.code) for finding in verify_site(read, files_below(folder))]


def test_texts_get_copies_that_open_to_them_and_pictures_and_crumbs_get_none(site: Path, tmp_path: Path):
    made = put_out(site, tmp_path / "www", 1)

    current = tmp_path / "www/current"
    texts = ["assets/a.0123abcd.js", "data/a.csv", "index.html"]
    copies = sorted(path for path in files_below(current) if path.endswith((".gz", ".br")))
    assert copies == sorted(f"{path}{ending}" for path in texts for ending in (".br", ".gz"))
    assert made == len(copies)
    for path in texts:
        assert gzip.decompress((current / f"{path}.gz").read_bytes()) == FILES[path]
        assert brotli.decompress((current / f"{path}.br").read_bytes()) == FILES[path]


def test_the_same_file_makes_the_same_copy_at_any_time(site: Path, tmp_path: Path):
    put_out(site, tmp_path / "one", 1)
    put_out(site, tmp_path / "two", 2)

    for path in files_below(tmp_path / "one/current"):
        assert (tmp_path / "one/current" / path).read_bytes() == (
            tmp_path / "two/current" / path
        ).read_bytes()


def test_only_what_changed_is_packed_anew_and_the_rest_is_stored_once(site: Path, tmp_path: Path):
    target = tmp_path / "www"
    put_out(site, target, 1)
    kept = (target / "current/index.html.gz").stat().st_ino
    (site / "data/a.csv").write_bytes(LONG + b"changed")

    made = put_out(site, target, 2)

    assert made == 2
    assert (target / "current/index.html.gz").stat().st_ino == kept
    assert gzip.decompress((target / "current/data/a.csv.gz").read_bytes()) == LONG + b"changed"


def test_copies_do_not_count_as_files_that_a_release_changed(site: Path, tmp_path: Path):
    target = tmp_path / "www"
    put_out(site, target, 1)

    change = change_between(current_release(target), site)

    assert (change.added, change.changed, change.removed, change.same) == (0, 0, 0, len(FILES))


def test_a_release_with_its_copies_is_sound(site: Path, tmp_path: Path):
    put_out(site, tmp_path / "www", 1)

    assert said(tmp_path / "www/current") == []


@pytest.mark.parametrize("ending", [".gz", ".br"])
@pytest.mark.parametrize(
    "planted",
    [b"<script>", b"", LONG, LONG + b"more", LONG * 2000],
    ids=["other", "empty", "another text", "longer", "bomb"],
)
def test_a_copy_that_says_something_else_is_named(site: Path, tmp_path: Path, ending: str, planted: bytes):
    put_out(site, tmp_path / "www", 1)
    pack = gzip.compress if ending == ".gz" else brotli.compress
    path = tmp_path / f"www/current/data/a.csv{ending}"
    path.write_bytes(pack(planted))

    assert said(tmp_path / "www/current") == [(f"data/a.csv{ending}", "site-file-changed")]


@pytest.mark.parametrize("ending", [".gz", ".br"])
@pytest.mark.parametrize(
    "spoil", [lambda whole: whole[:-3], lambda whole: whole + b"x" * 9, lambda whole: b"?"]
)
def test_a_copy_that_is_torn_or_has_something_after_it_is_named(
    site: Path, tmp_path: Path, ending: str, spoil
):
    put_out(site, tmp_path / "www", 1)
    path = tmp_path / f"www/current/index.html{ending}"
    path.write_bytes(spoil(path.read_bytes()))

    assert said(tmp_path / "www/current") == [(f"index.html{ending}", "site-file-changed")]


def test_a_copy_of_nothing_is_a_file_too_many(site: Path, tmp_path: Path):
    put_out(site, tmp_path / "www", 1)
    (tmp_path / "www/current/secret.html.gz").write_bytes(gzip.compress(LONG))

    assert said(tmp_path / "www/current") == [("secret.html.gz", "site-file-extra")]


def test_a_changed_file_is_named_once_and_not_again_by_its_copies(site: Path, tmp_path: Path):
    put_out(site, tmp_path / "www", 1)
    path = tmp_path / "www/current/index.html"
    path.write_bytes(b"?" + LONG[1:])

    assert said(tmp_path / "www/current") == [("index.html", "site-file-changed")]


def test_a_manifest_has_a_copy_that_is_held_against_it(site: Path, tmp_path: Path):
    every = FILES | {f"{number}.txt": str(number).encode() for number in range(40)}
    for path, content in every.items():
        (site / path).write_bytes(content)
    (site / "manifest.json").write_bytes(manifest_of(starmap(File, every.items())).content())
    put_out(site, tmp_path / "www", 1)
    current = tmp_path / "www/current"
    assert said(current) == []

    (current / "manifest.json.gz").write_bytes(gzip.compress(Manifest({}).content()))

    assert said(current) == [("manifest.json.gz", "site-file-changed")]


def test_a_download_that_is_itself_packed_is_no_copy():
    assert original_of("a.csv.gz", {"a.csv"}) == "a.csv"
    assert original_of("a.csv.gz", {"b.csv"}) is None
    assert list(without_copies(["a", "a.gz", "b.gz", "c.br"])) == ["a", "b.gz", "c.br"]
