"""Every code of the catalogue has one example that shows it, and sound counties show none."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.wording import WORDING
from generator.wording.authority import AUTHORITY
from generator.wording.privacy import PRIVACY
from generator.wording.proof import PROOF
from generator.wording.receipts import ATTACHING
from generator.wording.sheets import SHEETS
from tests.counties import EXAMPLES, county_at, examples, promise_of, verdict_on
from tests.makers import MAKERS

BAD, GOOD = EXAMPLES / "bad", EXAMPLES / "good"


def test_every_code_has_exactly_one_home():
    folders = examples("bad", ())
    # Leaks are made when tests run and never stored: tests/privacy/test_kinds.py.
    # What the importer says of a sheet is shown by tests/sheets/test_words.py, what is said of a receipt
    # that is being attached by tests/pipeline/test_attaching.py, and of a published site and its log by
    # tests/publish/test_verifying.py, and of who may change what by tests/history/test_authority.py.
    others = [code for code in WORDING if code not in PRIVACY | SHEETS | ATTACHING | PROOF | AUTHORITY]

    assert sorted([*folders, *MAKERS]) == sorted(others)


@pytest.mark.parametrize("code", examples("bad", ()))
def test_a_bad_example_shows_what_it_promises_and_nothing_else_in_whole_words(code: str, tmp_path: Path):
    as_of, promised = promise_of(BAD / code)

    verdict = verdict_on(county_at(tmp_path, BAD / code), as_of)

    assert verdict.lines == promised
    assert code in {line.rpartition(":")[2] for line in verdict.lines}
    words = "".join(finding.message + finding.hint for finding in verdict.findings)
    assert not [blank for blank in ("None", "（）", "例如 。") if blank in words]


@pytest.mark.parametrize("code", sorted(MAKERS))
def test_a_made_example_shows_what_it_promises_and_nothing_else(code: str, tmp_path: Path):
    root = county_at(tmp_path / "county")

    promised = MAKERS[code](root)

    found = verdict_on(root).lines
    assert found == sorted(promised)
    assert code in {line.rpartition(":")[2] for line in found}


@pytest.mark.parametrize("name", examples("good", ()))
def test_a_good_example_shows_nothing(name: str, tmp_path: Path):
    assert verdict_on(county_at(tmp_path, GOOD / name)).lines == []


def test_the_base_shows_nothing(tmp_path: Path):
    verdict = verdict_on(county_at(tmp_path))

    assert verdict.lines == []
    assert [len(judgement.package.resources) for judgement in verdict.judgements.values()] == [0, 7]
