"""The guard, end to end: a leak in any carrier stops the check, the commit, the push and the build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.history.hooks import install_hooks
from generator.pipeline.build import Places, Report, run_build
from generator.pipeline.inspection import inspect_county
from tests.counties import AS_OF, county_at
from tests.history.repositories import Repo
from tests.privacy.planted import CARRIERS, number
from tests.sample import ROOT, tree


def build(root: Path) -> Report:
    """Build the small county."""
    return run_build(root, Places.below(root), as_of=AS_OF, workers=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a county that was committed and built, for each test to copy."""
    root = county_at(tmp_path_factory.mktemp("guarded") / "county")
    shutil.copy2(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "site_config" / "theme", root / "site_config" / "theme")
    repo = Repo(root)
    repo.write(".gitignore", "/site/\n/site-audit/\n/build/\n")
    repo.commit("第一次")
    assert build(root).errors == []
    return root


@pytest.fixture
def repo(built: Path, tmp_path: Path) -> Repo:
    """Return a built county in a repository whose hooks are installed."""
    root = Path(shutil.copytree(built, tmp_path / "county", symlinks=True))
    install_hooks(root, is_server=False, force=False)
    return Repo(root)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_leak_stops_check_commit_push_and_build_and_shows_nowhere(carrier: str, repo: Repo):
    value = number(list(CARRIERS).index(carrier))
    before = pages(repo.root)
    file = CARRIERS[carrier](repo.root, value)

    found = inspect_county(repo.root, as_of=AS_OF, workers=1).findings
    leaks = [f for f in found if f["code"] == "private-citizen-id" and f["severity"] == "error"]
    assert [f["file"] for f in leaks] == [file]
    assert value not in str(list(found))

    repo.git("add", "--all")
    refused = repo.attempt("commit", "--quiet", "--message", "更新")
    assert refused.returncode != 0
    assert "身份证" in refused.stdout + refused.stderr
    assert value not in refused.stdout + refused.stderr

    base = repo.git("rev-parse", "HEAD")
    repo.git("commit", "--quiet", "--no-verify", "--message", "更新")
    assert _scan_range(repo, base) == 1

    report = build(repo.root)
    assert [e["code"] for e in report.errors if e["code"].startswith("private-")] == ["private-citizen-id"]
    assert pages(repo.root) == before
    assert value.encode() not in b"".join(before.values())


def pages(root: Path) -> dict[str, bytes]:
    """Return the site, less the line that says at which commit it was last looked at."""
    files = tree(root / "site")
    del files["manifest.json"]
    return files


def _scan_range(repo: Repo, base: str) -> int:
    from click.testing import CliRunner

    from generator.cli import verbs

    done = CliRunner().invoke(verbs, ["privacy", "scan", str(repo.root), "--range", f"{base}..HEAD"])
    return done.exit_code
