"""Every institution in the list is served by an item with a sample, a page and checks that can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.promises.promises import load_promises
from generator.wording import WORDING
from tests.pipeline.conftest import build
from tests.sample import ROOT, copy_sample

PROMISES = load_promises(ROOT)
INSTITUTIONS = PROMISES.institutions
_ALMOST_ALL = 75


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("institutions") / "county")
    build(root)
    return root / "site"


def test_the_rows_are_those_of_the_list():
    rows = [institution.row for institution in INSTITUTIONS]

    assert rows == sorted(set(rows))
    assert set(rows) <= set(range(1, 81))
    assert len(rows) >= _ALMOST_ALL


@pytest.mark.parametrize("institution", INSTITUTIONS, ids=lambda institution: f"{institution.row}")
def test_an_institution_has_a_sample_with_a_page_and_checks_that_exist(institution, site: Path):
    for item in institution.items:
        if item == PROMISES.catalogue.register.name:
            continue
        assert list(site.glob(f"*/{item}/*/index.html")), f"{item} has no page with a sample"
        assert (site / "dictionary" / item / "index.html").is_file()
    assert set(institution.checks) <= set(WORDING)
    assert institution.question.endswith("？")


def test_no_item_is_a_catch_all():
    for name in PROMISES.catalogue.versions:
        rows = [institution.row for institution in INSTITUTIONS if name in institution.items]
        assert len(rows) <= 6, f"{name} serves {rows}"
