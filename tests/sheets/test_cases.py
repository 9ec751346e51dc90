"""Sheets as clerks save them: each becomes exactly what it says, or is told where it cannot."""

from __future__ import annotations

import pytest

from tests.sheets.cases import CASES, Case
from tests.sheets.reading import read


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_sheet_becomes_what_it_says(case: Case):
    found = read(case.make(), case.file, case.asked(), case.confirmed)

    assert found.remarks == list(case.remarks)
    assert found.tables == {place: list(lines) for place, lines in case.tables.items()}
    assert set(case.skipped) <= set(found.skipped)


def test_every_case_has_a_name_of_its_own():
    assert len({case.name for case in CASES}) == len(CASES) >= 60
