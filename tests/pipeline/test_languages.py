"""Building in several languages: what stands where, and what a change to a catalogue does to it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.model.manifest import read_manifest
from generator.publish.verifying import verify_site
from tests.languages import make_up, speak
from tests.pipeline.conftest import build
from tests.sample import tree


@pytest.fixture
def small(county: Path) -> Path:
    """Return the sample county with the records of one village, and of no office."""
    for root in ("content", "content_private"):
        for folder in (county / root).iterdir():
            if folder.name != "qingxi":
                shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
                continue
            for inner in folder.iterdir():
                if inner.is_dir() and inner.name != "qingshi":
                    shutil.rmtree(inner)
    return county


def pages(files: dict[str, bytes], prefix: str = "") -> set[str]:
    return {path.removeprefix(prefix) for path in files if path.startswith(prefix) and path.endswith(".html")}


def test_a_county_of_one_language_is_the_same_with_and_without_saying_so(small: Path):
    build(small)
    before = tree(small / "site")
    speak(small, "zh-Hans")
    build(small)

    assert tree(small / "site") == before
    assert b"cw-tongues" not in before["index.html"] and b"hreflang" not in before["index.html"]


def test_each_language_has_every_page_and_no_file_twice(small: Path):
    speak(small, "zh-Hans", "en")
    build(small)
    files = tree(small / "site")
    english = {path: content for path, content in files.items() if path.startswith("en/")}

    assert pages(english, "en/") == {path for path in pages(files) if path[:3] != "en/"} - {"404.html"}
    assert all(path.endswith(".html") or "/search/" in path for path in english)
    home = files["en/qingshi/index.html"].decode()
    assert '<html lang="en"' in home and "In 2026, Villagers&#39; committee received ¥139,000" in home
    for page in ("qingshi/index.html", "en/qingshi/index.html"):
        assert b'hreflang="zh-Hans" href="https://cunwu.example/qingshi/"' in files[page]
        assert b'hreflang="en" href="https://cunwu.example/en/qingshi/"' in files[page]


def test_a_search_and_a_reader_who_comes_back_are_told_titles_in_the_language_of_the_page(small: Path):
    speak(small, "zh-Hans", "en")
    build(small)
    files = tree(small / "site")
    main, english = (
        {entry[0]: entry for entry in json.loads(files[f"{prefix}qingshi/search/titles.json"])["pages"]}
        for prefix in ("", "en/")
    )
    index = [url for url, *_rest in json.loads(files["qingshi/search/0.json"])["pages"]]

    assert main["finance/2026-09/"][1] == "2026年9月 财务收支"
    _url, title, posted, digest, note = english["finance/2026-09/"]
    assert not re.search("[一-鿿]", title + note)
    assert [posted, digest] == main["finance/2026-09/"][2:]
    assert set(index) <= set(english)
    assert b'data-changes="search/titles.json"' in files["en/qingshi/index.html"]


def test_the_county_is_searched_by_titles_in_the_language_of_the_page_and_in_the_main_one(small: Path):
    speak(small, "zh-Hans", "en")
    build(small)
    files = tree(small / "site")
    own = json.loads(files["en/search/villages.json"])
    told = {slug: pages for slug, _name, pages in json.loads(files["en/search/in-qingxi.json"])}
    main = {slug: pages for slug, _name, pages in json.loads(files["search/in-qingxi.json"])}

    assert [shard[:2] for shard in own["shards"]] == [["qingxi", "in-qingxi.json"]]
    assert [page[0] for page in told["qingshi"]] == [page[0] for page in main["qingshi"]]
    [page] = [page for page in told["qingshi"] if page[0] == "finance/2026-09/"]
    assert not re.search("[一-鿿]", page[1])
    assert page[2] == "2026年9月 财务收支"


def test_the_manifests_prove_the_pages_of_every_language(small: Path):
    speak(small, "zh-Hans", "en")
    build(small)
    files = tree(small / "site")

    assert "en/qingshi/index.html" in read_manifest(files["qingshi/manifest.json"]).files
    assert "en/index.html" in read_manifest(files["manifest.json"]).files
    assert list(verify_site(files.get, files)) == []


def test_what_shows_persons_for_some_days_is_kept_from_search_engines_in_every_language(small: Path):
    speak(small, "zh-Hans", "en")
    build(small)
    files = tree(small / "site")
    passing = {path for path, content in files.items() if b'content="noindex, noarchive' in content}

    assert passing
    assert {f"en/{path}" for path in passing if path[:3] != "en/"} == {p for p in passing if p[:3] == "en/"}


def test_a_changed_word_is_on_the_pages_and_an_unchanged_catalogue_costs_nothing(small: Path):
    path = make_up(small, "ii", "ꋠ")
    speak(small, "zh-Hans", "ii")
    build(small)
    again = build(small)
    path.write_text(path.read_text(encoding="utf-8").replace("ꋠ", "ꌋ"), encoding="utf-8")
    changed = build(small)

    assert (again.built, again.changed, again.removed) == (0, 0, 0)
    assert changed.built == 2
    page = (small / "site/ii/qingshi/index.html").read_text(encoding="utf-8")
    assert "ꌋ" in page and "ꋠ" not in page


def test_a_language_that_is_taken_away_takes_its_pages_with_it(small: Path):
    build(small)
    before = tree(small / "site")
    speak(small, "zh-Hans", "en")
    build(small)
    speak(small)
    build(small)

    assert tree(small / "site") == before


def test_another_main_language_stands_at_the_top(small: Path):
    speak(small, "en", "zh-Hans")
    build(small)

    assert '<html lang="en"' in (small / "site/qingshi/index.html").read_text(encoding="utf-8")
    below = (small / "site/zh-Hans/qingshi/index.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN"' in below and "村里的钱" in below


def test_a_village_cannot_take_the_folder_of_a_language(small: Path):
    speak(small, "zh-Hans", "en")
    file = small / "content/qingxi/qingshi/village.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("slug: qingshi", "slug: en"), encoding="utf-8")
    report = build(small)

    assert "slug-invalid" in {error["code"] for error in report.errors} or report.built < 2


def test_a_finding_is_told_in_the_language_of_the_page(small: Path):
    ledger = next((small / "content/qingxi/qingshi/finance").glob("2026-09.csv"))
    lines = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    speak(small, "zh-Hans", "en")
    build(small)
    page = (small / "site/en/qingshi/finance/2026-09/index.html").read_text(encoding="utf-8")
    held = page.partition('<div class="held"')[2].partition("</div>")[0]

    assert "correction; until then the table is not published" in held
    assert not any("\u4e00" <= mark <= "\u9fff" for mark in held)


def test_a_broken_catalogue_stops_the_build_with_its_line(small: Path):
    path = make_up(small, "ii", "ꋠ")
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("msgstr ") and "{count}" in line)
    lines[place] = lines[place].replace("{count}", "{number}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    speak(small, "zh-Hans", "ii")

    with pytest.raises(SetupError, match=r"site_config/locale/ii\.po，第 \d+ 行"):
        build(small)
