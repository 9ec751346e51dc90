"""Poster PDFs: real WeasyPrint, read back with pypdf."""

from __future__ import annotations

import io
import sys

import pypdf
import pytest

from generator.engine.poster_pdf import pdf_of
from generator.model.finding import SetupError

FONT = '"Noto Sans CJK SC", sans-serif'


def document(body: str) -> str:
    return f'<html lang="zh-CN"><title>公开</title><style>body {{ font-family: {FONT} }}</style>{body}</html>'


def test_the_same_sheet_is_the_same_bytes():
    html = document("<h1>公开</h1><table><thead><tr><th>列</th></tr></thead><tr><td>1</td></tr></table>")

    assert pdf_of(html).content == pdf_of(html).content


def test_a_character_without_a_font_is_told():
    unassigned = "\U0003fff0"

    assert pdf_of(document(f"<p>公开{unassigned}</p>")).missing == unassigned
    assert pdf_of(document("<p>公开 𬱖䶮</p>")).missing == ""


def test_nothing_is_fetched(tmp_path):
    picture = tmp_path / "secret.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>密</text></svg>', encoding="utf-8")
    pdf = pdf_of(document(f'<p>公开</p><img src="{picture.as_uri()}" alt="无">'))

    text = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "密" not in text
    assert "公开" in text


def test_a_machine_without_the_library_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(SetupError, match=r"pip install .*poster"):
        pdf_of(document("<p>公开</p>"))
