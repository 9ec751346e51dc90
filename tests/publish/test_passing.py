"""Passing files: a site that showed a list is made anew without it, and nothing else may differ."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import verbs
from generator.pipeline.build import Places, run_build
from generator.publish.passing import differs_by_lists, is_of_a_list
from tests.counties import ROOT, county_at
from tests.history.recording import Records

LISTS = {"subsidy", "welfare_list"}
ON_DISPLAY = date(2026, 1, 15)
LIST = "content_private/dong/xi/subsidy/2025Q4--elderly"


@pytest.mark.parametrize(
    ("path", "is_passing"),
    [
        ("xi/subsidy/2025Q4--elderly/index.html", True),
        ("xi/data/subsidy-2025q4-elderly.csv", True),
        ("xi/data/welfare-list-2026-01-10.sealed.yaml", True),
        ("xi/data/subsidy-standard-2026.csv", False),
        ("xi/data/finance-2026-01.csv", False),
        ("xi/index.html", False),
        ("subsidy.html", False),
    ],
)
def test_what_a_list_brings_to_a_site_is_known_by_its_path(path: str, is_passing: bool):
    assert is_of_a_list(path, LISTS) is is_passing


def package(*names: str) -> bytes:
    return json.dumps({"name": "xi", "resources": [{"name": name} for name in names]}).encode()


def site(listed: bytes, said: str = "首页") -> dict[str, bytes]:
    digest = hashlib.sha256(listed).hexdigest()
    home = f'<p data-mark="{digest[:8]}">{said}</p><code>sha256 {digest}</code>'.encode()
    return {"xi/data/datapackage.json": listed, "xi/index.html": home}


FULL, LESS = package("finance-2026-01", "subsidy-2025q4-elderly"), package("finance-2026-01")


@pytest.mark.parametrize("path", ["xi/data/datapackage.json", "xi/index.html"])
def test_a_package_and_a_home_that_differ_by_a_list_alone_pass(path: str):
    published, anew = site(FULL), site(LESS)

    assert differs_by_lists(path, LISTS, published.__getitem__, anew.__getitem__)


def test_a_home_that_says_anything_else_does_not_pass():
    published, anew = site(FULL, "首页，另有一句"), site(LESS)

    assert not differs_by_lists("xi/index.html", LISTS, published.__getitem__, anew.__getitem__)


def test_a_package_that_lists_another_table_does_not_pass():
    published, anew = site(package("finance-2026-01", "finance-2026-02")), site(LESS)

    assert not differs_by_lists("xi/data/datapackage.json", LISTS, published.__getitem__, anew.__getitem__)


def test_no_other_page_passes():
    assert not differs_by_lists("xi/finance/index.html", LISTS, lambda path: b"1", lambda path: b"2")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a county that was built while its list hung, in a repository that does not hold the list."""
    root = county_at(tmp_path_factory.mktemp("passing") / "county")
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    records = Records(root)
    records.write(".gitignore", "/site/\n/site-audit/\n/build/\n/content_private/\n")
    records.commit("2026-01-12", "公示")
    assert run_build(root, Places.below(root), as_of=ON_DISPLAY, workers=1).failures == []
    return root


def reproduced(root: Path) -> Result:
    site = str(root / "site")
    return CliRunner().invoke(verbs, ["reproduce", "HEAD", site, "--root", str(root), "--workers", "1"])


def test_who_still_holds_the_list_makes_the_whole_site_anew(root: Path):
    done = reproduced(root)

    assert done.exit_code == 0, done.output
    assert done.output == "从版本 HEAD 按 2026-01-15 重做：一个字节都不差\n"


def test_what_has_expired_since_is_listed_and_all_else_is_the_same(root: Path, tmp_path: Path):
    copy = tmp_path / "county"
    subprocess.run(["cp", "-a", str(root), str(copy)], check=True)
    for suffix in (".csv", ".salt"):
        (copy / f"{LIST}{suffix}").unlink()

    done = reproduced(copy)

    assert done.exit_code == 0, done.output
    assert "xi/subsidy/2025Q4--elderly/index.html：只因名单不同" in done.output
    assert "一个字节都不差" in done.output
    assert "内容不同" not in done.output


def test_a_stranger_without_the_private_root_is_told_the_same(root: Path, tmp_path: Path):
    copy = tmp_path / "county"
    subprocess.run(["cp", "-a", str(root), str(copy)], check=True)
    shutil.rmtree(copy / "content_private")

    assert reproduced(copy).exit_code == 0
