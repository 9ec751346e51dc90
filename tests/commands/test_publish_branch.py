"""Publishing to a branch: what is served is what the branch holds, and no list of persons stays in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.publish.releases import files_below
from tests.commands.conftest import cunwu
from tests.counties import county_at, written
from tests.history.repositories import Repo

FILES = Path(__file__).parents[2] / "generator" / "starting" / "files"


@pytest.fixture
def built(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "county")
    county_at(repo.root)
    written(repo.root, "mkdocs.yml", (FILES / "mkdocs.yml").read_text(encoding="utf-8"))
    written(repo.root, ".gitignore", "/site/\n/site-audit/\n/build/\n")
    repo.commit("起点")
    return repo


def test_a_site_with_lists_of_persons_goes_on_a_branch_only_if_it_forgets(built: Repo, tmp_path: Path):
    assert cunwu("build", "--root", built.root).returncode == 0
    target = tmp_path / "www"

    refused = cunwu("publish", target, "--branch", "pages", "--root", built.root)
    assert refused.returncode == 2
    assert "--forget" in refused.stderr
    assert not target.exists()
    done = cunwu("publish", target, "--branch", "pages", "--forget", "--root", built.root)

    assert done.returncode == 0, done.stderr
    assert "分支 pages" in done.stdout
    listed = set(built.git("ls-tree", "-r", "--name-only", "pages").split("\n"))
    assert listed == {*files_below(target / "current"), ".nojekyll"}


def test_a_site_without_such_lists_grows_its_branch(built: Repo, tmp_path: Path):
    for place in ("content", "content_private"):
        shutil.rmtree(built.root / place / "dong/xi/subsidy")
    text = (built.root / "content/dong/xi/publications.csv").read_text(encoding="utf-8")
    kept = "".join(line for line in text.splitlines(keepends=True) if "补贴" not in line)
    written(built.root, "content/dong/xi/publications.csv", kept)
    built.commit("没有名单")
    assert cunwu("build", "--root", built.root).returncode == 0

    for _time in range(2):
        done = cunwu("publish", tmp_path / "www", "--branch", "pages", "--root", built.root)
        assert done.returncode == 0, done.stderr
        built.git("add", "--all")
        built.git("commit", "--quiet", "--message", "登记")

    assert built.git("log", "--format=%s", "pages").splitlines() == ["第 2 次公开", "第 1 次公开"]
