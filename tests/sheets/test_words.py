"""The importer's words: every code is shown by a test, and every message says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.wording.sheets import SHEETS
from tests.sheets.cases import CASES
from tests.sheets.reading import read
from tests.sheets.test_files import FILES

TESTS = Path(__file__).parent


@pytest.mark.parametrize("code", SHEETS)
def test_every_code_is_shown_by_a_test(code: str):
    shown = {remark.rpartition(":")[2] for case in CASES for remark in case.remarks}
    shown |= {remark.rpartition(":")[2] for _file, _make, remark in FILES.values()}
    # What is said of receipts needs a table that is there already.
    paths = [*TESTS.glob("test_*.py"), TESTS.parent / "pipeline" / "test_keeping_receipts.py"]
    tested = "".join(path.read_text(encoding="utf-8") for path in paths)

    assert code in shown or f'"{code}"' in tested or f":{code}" in tested


def test_no_message_has_an_unfilled_blank():
    for case in CASES:
        found = read(case.make(), case.file, case.asked(), case.confirmed).understanding
        for remark in [*found.remarks, *(r for draft in found.drafts for r in draft.remarks)]:
            words = remark.finding.message + remark.finding.hint
            assert not re.search(r"None|（）|「」|\{|\}", words), words
