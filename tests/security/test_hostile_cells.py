"""Hostile text in cells: refused where a spreadsheet would run it or nobody would see it, else only shown."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path
from xml.parsers import expat

import pytest

from generator.model.item import Field
from generator.rows.hostile import FORMULA, has_unseen
from generator.sheets.cells import CellProblem, Manner, read_cell
from generator.sheets.grid import Cell, Kind
from tests.commands.conftest import cunwu
from tests.counties import changed, county_at, verdict_on, written
from tests.security.attacks import SHIPPED

LEDGER = "content/dong/xi/finance/2026-02.csv"
NOTICE = "content/dong/xi/notice/2026-02-20.yaml"
FORMULAS = (
    "=1+1",
    "+1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '-1+HYPERLINK("http://evil.example/")',
    "-2+3+cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "＠SUM(A1)",
    "－1+cmd|' /C calc'!A0",
)
HARMLESS = ("-", "——", "-5", "-1,200.00", "- 退回多收的水费", "三-四月", "1=1", "a@b", "-3 元（退款）")
UNSEEN = (
    *(
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\u2060",
        "\u2063",
    ),
    *("\ufeff", "\xad", "\u061c", "\u2028", "\u2029", "\u3164", "\u115f", "\uffa0", "\u2800", "\u034f"),
    *("\U000e0041", "\ufff9", "\x00", "\x1b", "\x7f", "\x85"),
)
MARKUP = (
    "<script>alert(1)</script><svg/onload=alert(2)>",
    "[点](javascript:alert(1)) ![x](//evil.example/x)",
    "{{ 7*7 }}{% include 'x' %}${7*7}",
    "]]><!-- --> <![CDATA[ &amp;lt;b&gt;",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_is_no_cell(tmp_path: Path, text: str):
    root = county_at(tmp_path)
    quoted = '"' + text.replace('"', '""') + '"'
    changed(root, LEDGER, ("收三组林地租金", quoted))

    assert any(line.endswith("摘要:cell-formula") for line in verdict_on(root).lines)


@pytest.mark.parametrize("text", FORMULAS)
def test_nor_is_it_one_that_a_clerk_s_sheet_brings(text: str):
    answer = read_cell(
        Cell(Kind.TEXT, text), Field("摘要", "string", {"name": "摘要", "type": "string"}), Manner()
    )

    assert isinstance(answer, CellProblem) and answer.code == "cell-formula"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_dash_or_a_negative_number_is_left_alone(text: str):
    assert FORMULA.match(text) is None


@pytest.mark.parametrize("mark", UNSEEN, ids=ascii)
def test_a_mark_that_nobody_sees_is_found_wherever_it_stands(mark: str):
    for text in (f"{mark}张三", f"张{mark}三", f"张三{mark}", f"甲\n乙{mark}丙"):
        assert has_unseen(text), ascii(text)


def test_letters_of_other_writings_and_line_ends_are_seen():
    for text in ("ᠮᠣᠩᠭᠣᠯ\u200d ᠬᠡᠯᠡ", "ئۇيغۇر", "བོད་ཡིག", "㐂𠀀\U000e0100", "一\n二\t三", "①②"):
        assert not has_unseen(text), ascii(text)


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://evil.example/","西村")', "西\u202e村", "-1+cmd|'/C calc'!A0"]
)
def test_the_name_of_a_village_is_held_to_the_same(tmp_path: Path, name: str):
    root = county_at(tmp_path)
    changed(root, "content/dong/xi/village.yaml", ("name: 溪口村", f"name: {json.dumps(name)}"))

    assert [line for line in verdict_on(root).lines if line.endswith("name:village-file")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the public site of a county in which free texts say everything in MARKUP."""
    root = county_at(tmp_path_factory.mktemp("hostile"))
    written(root, "mkdocs.yml", SHIPPED.read_text(encoding="utf-8"))
    settings = (root / "site_config/county.yaml").read_text(encoding="utf-8")
    written(
        root, "site_config/county.yaml", f'{settings}\ndownloads: "true"\nsite_url: https://cunwu.example/\n'
    )
    all_of_it = "".join(MARKUP)
    changed(root, LEDGER, ("收三组林地租金", MARKUP[0]))
    changed(root, NOTICE, ("正文: ", f"正文: {json.dumps(all_of_it)}\n# "))
    changed(root, "content/dong/xi/village.yaml", ("name: 溪口村", f"name: {json.dumps(MARKUP[0])}"))
    done = cunwu("build", "--root", root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def test_no_page_holds_a_cell_as_markup(built: Path):
    pages = list(built.rglob("*.html"))
    texts = {page: page.read_text(encoding="utf-8") for page in pages}

    assert [page for page, text in texts.items() if "<script>alert" in text or "<svg/onload" in text] == []
    assert [
        page for page, text in texts.items() if re.search(r"(href|src)=.(javascript:|//evil)", text)
    ] == []
    shown = [text for text in texts.values() if MARKUP[1] in html.unescape(text)]
    assert shown and any("{{ 7*7 }}" in html.unescape(text) for text in shown)


def test_feeds_stay_well_formed_and_hold_it_as_text(built: Path):
    for feed in built.rglob("feed.xml"):
        tags: set[str] = set()
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, _attributes, tags=tags: tags.add(name)
        parser.Parse(feed.read_bytes(), True)
        assert not tags & {"script", "svg", "b"}, feed


def test_data_for_scripts_is_json_and_the_worker_holds_no_cell(built: Path):
    found = list(built.rglob("search/*.json"))
    for path in found:
        json.loads(path.read_text(encoding="utf-8"))
    assert any("onload" in path.read_text(encoding="utf-8") for path in found)
    assert "onload" not in (built / "sw.js").read_text(encoding="utf-8")


def test_our_scripts_write_texts_and_no_markup():
    scripts = Path(__file__).parents[2] / "generator"
    for path in scripts.rglob("*.js"):
        text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        found = re.findall(
            r"innerHTML|outerHTML|document\.write|\beval\(|new Function|setAttribute\(.on", text
        )
        # The one drawing that a script puts in is made of numbers alone.
        drawn = re.findall(r"insertAdjacentHTML\(([^;]*)\);", text)
        assert found == [] and drawn in ([], ['"beforebegin", cunwuCode.svg(box.dataset.code)']), path


def test_a_cell_of_a_download_is_the_cell_and_never_a_formula(built: Path):
    archive = zipfile.ZipFile(built / "downloads" / "county.zip")
    tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
    tables += [path.read_text(encoding="utf-8-sig") for path in built.rglob("data/*.csv")]
    cells = [cell for table in tables for row in csv.reader(io.StringIO(table)) for cell in row]

    assert MARKUP[0] in cells and "".join(MARKUP) in cells
    assert [cell for cell in cells if FORMULA.match(cell)] == []


def test_the_database_holds_it_as_a_value(built: Path):
    database = sqlite3.connect(built / "downloads" / "county.sqlite")
    try:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        rows = [row for name in names for row in database.execute(f'SELECT * FROM "{name}"')]
    finally:
        database.close()

    assert any(MARKUP[0] in row for row in rows)
