"""The audit of dependencies: what was not asked about is never called clean."""

from __future__ import annotations

import pytest

from scripts.audit import CLEAN, UNKNOWN, WEAK, verdict

SOUND = {"name": "click", "version": "8.5.1", "vulns": []}
WEAKNESS = {"id": "PYSEC-2026-1", "fix_versions": ["3.2"], "aliases": [], "description": "x"}
FAULTY = {"name": "jinja2", "version": "3.1", "vulns": [WEAKNESS]}
SKIPPED = {"name": "mkdocs", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("packages", "code", "told"),
    [
        ([SOUND], CLEAN, []),
        ([SOUND, FAULTY], WEAK, ["jinja2 3.1: PYSEC-2026-1, mended in 3.2"]),
        ([SOUND, SKIPPED], UNKNOWN, ["NOT ASKED ABOUT: 1 of 2: mkdocs"]),
        ([], UNKNOWN, ["NOT ASKED ABOUT: 0 of 0: nothing found"]),
        (
            [FAULTY, SKIPPED],
            WEAK,
            ["jinja2 3.1: PYSEC-2026-1, mended in 3.2", "NOT ASKED ABOUT: 1 of 2: mkdocs"],
        ),
    ],
)
def test_what_was_not_asked_about_is_not_clean(packages: list[object], code: int, told: list[str]):
    assert verdict({"dependencies": packages}) == (code, told)
