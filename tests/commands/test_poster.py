"""cunwu poster: the sheets as a clerk gets them, their figures compared with the records."""

from __future__ import annotations

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from tests.commands.conftest import cunwu


@pytest.fixture
def addressed(county: Path) -> Path:
    settings = county / "site_config/county.yaml"
    lines = [
        line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("site_url")
    ]
    settings.write_text("\n".join([*lines, "site_url: https://cunwu.example/", ""]), encoding="utf-8")
    return county


def texts_of(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def test_a_ledger_on_paper_has_every_figure_of_the_record(addressed: Path, tmp_path: Path):
    done = cunwu("poster", "青石村", "2026-09", "--item", "finance", "--out", tmp_path, "--root", addressed)
    pages = texts_of(tmp_path / "qingshi-finance-2026-09-a4.pdf")
    text = "\n".join(pages)
    committed = (addressed / "content/qingxi/qingshi/finance/2026-09.csv").read_bytes()
    rows = list(csv.DictReader(committed.decode("utf-8").splitlines()))

    assert done.returncode == 0, done.stderr
    assert "2026年9月 财务收支：" in done.stdout
    assert f"共 {len(rows)} 条，全部列出" in text
    for row in rows:
        figures = [f"{Decimal(row[name]):,.2f}" for name in ("收入", "支出", "结余") if row[name]]
        assert f"{row['序号']} {row['日期']}" in text
        assert " ".join(figures) in text
    assert hashlib.sha256(committed).hexdigest() in text
    assert "网址 https://cunwu.example/qingshi/finance/2026-09/" in text
    assert "问询编号 qingshi-finance-2026-09" in text
    assert "演示数据" in pages[0]
    assert "公章" in pages[-1]
    assert "报账员" in pages[-1]


def test_every_page_has_its_number_and_the_head_of_the_table(addressed: Path, tmp_path: Path):
    cunwu("poster", "qingshi", "2026-09", "--item", "财务收支", "--out", tmp_path, "--root", addressed)
    pages = texts_of(tmp_path / "qingshi-finance-2026-09-a4.pdf")

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert "摘要 序号 日期 凭证号" in page


@pytest.mark.parametrize(("paper", "short_side"), [("a4", 595), ("a3", 842)])
def test_paper_is_what_was_asked_for_and_one_font_is_embedded(
    addressed: Path, tmp_path: Path, paper: str, short_side: int
):
    cunwu("poster", "qingshi", "2026Q3--elderly", "--paper", paper, "--out", tmp_path, "--root", addressed)
    reader = pypdf.PdfReader(tmp_path / f"qingshi-subsidy-2026Q3--elderly-{paper}.pdf")

    assert {round(min(page.mediabox.width, page.mediabox.height)) for page in reader.pages} == {short_side}
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(fonts) == 1
    descendant = next(iter(reader.pages[0]["/Resources"]["/Font"].values())).get_object()["/DescendantFonts"]
    assert {"/FontFile3", "/FontFile2"} & set(descendant[0].get_object()["/FontDescriptor"].get_object())


def test_a_list_whose_display_is_over_is_printed_without_names_and_the_clerk_is_told(
    addressed: Path, tmp_path: Path
):
    done = cunwu("poster", "qingshi", "2026Q1--farmland", "--out", tmp_path, "--root", addressed)
    text = "\n".join(texts_of(tmp_path / "qingshi-subsidy-2026Q1--farmland-a4.pdf"))
    private = addressed / "content_private/qingxi/qingshi/subsidy/2026Q1--farmland.csv"
    names = {row["户主"] for row in csv.DictReader(private.read_text(encoding="utf-8").splitlines())}

    assert "名单不在公示期" in done.stdout
    assert names
    assert [name for name in names if name in text] == []
    assert "公示期已满" in text


def test_without_an_address_the_clerk_is_told_once_that_there_is_no_code(county: Path, tmp_path: Path):
    settings = county / "site_config/county.yaml"
    lines = [
        line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("site_url")
    ]
    settings.write_text("\n".join([*lines, ""]), encoding="utf-8")
    done = cunwu("poster", "qingshi", "2026-09", "--out", tmp_path, "--root", county)

    assert done.stderr.count("site_url") == 1
    assert done.returncode == 0
    assert "网址" not in "\n".join(texts_of(tmp_path / "qingshi-finance-2026-09-a4.pdf"))


@pytest.mark.parametrize("arguments", [("2031-01",), ("2026-09", "--item", "nothing")])
def test_nothing_to_print_is_a_question_wrongly_put(county: Path, tmp_path: Path, arguments: tuple[str, ...]):
    assert cunwu("poster", "qingshi", *arguments, "--out", tmp_path, "--root", county).returncode == 2


def test_personal_data_is_never_printed(county: Path, tmp_path: Path):
    ledger = county / "content/qingxi/qingshi/finance/2026-09.csv"
    phone = "139" + "12345678"
    ledger.write_text(
        ledger.read_text(encoding="utf-8").replace("9 月垃圾清运费", f"垃圾清运 {phone}"), encoding="utf-8"
    )
    done = cunwu("poster", "qingshi", "2026-09", "--out", tmp_path / "out", "--root", county)

    assert done.returncode == 1
    assert phone not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()
