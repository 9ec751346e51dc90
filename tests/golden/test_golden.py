"""Each kind of page prints what its golden file says; ``python -m tests.golden`` writes them anew."""

from __future__ import annotations

import difflib

import pytest

from tests.golden.drawing import FOLDER, PORTAL_PAGES, VILLAGE_PAGES, draw_all, golden_path

NAMES = (*VILLAGE_PAGES, *PORTAL_PAGES, "audit")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return draw_all(tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_prints_what_its_golden_file_says(drawn: dict[str, str], name: str):
    golden = golden_path(name).read_text(encoding="utf-8")
    if drawn[name] != golden:
        lines = [text.splitlines(keepends=True) for text in (golden, drawn[name])]
        changes = "".join(difflib.unified_diff(*lines, fromfile=f"golden/{name}.html", tofile="drawn now"))
        pytest.fail(f"{changes}\nIf this is meant: python -m tests.golden", pytrace=False)


def test_every_golden_file_belongs_to_a_page():
    assert {path.stem for path in FOLDER.glob("*.html")} == set(NAMES)
