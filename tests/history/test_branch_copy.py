"""Branch copies: with real git, a site goes on a branch of its own and nothing else is touched."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from generator.history.branch_copy import copy_to_branch
from generator.model.finding import SetupError
from generator.publish.releases import files_below
from tests.history.repositories import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    found = Repo(tmp_path / "county")
    found.write("site_config/county.yaml", "x: y\n")
    found.write(".gitattributes", "* text eol=lf\n")
    found.commit("起点")
    return found


@pytest.fixture
def far(repo: Repo, tmp_path: Path) -> Repo:
    hub = Repo(tmp_path / "hub.git", bare=True)
    repo.git("remote", "add", "origin", hub.root)
    repo.git("push", "--quiet", "origin", "main")
    return hub


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "www"
    (folder / "xi").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"<p>1</p>\r\n")
    (folder / "xi" / "index.html").write_bytes(b"<p>2</p>\n")
    return folder


def test_the_branch_holds_the_site_to_the_byte_and_nothing_else(repo: Repo, site: Path):
    done = copy_to_branch(
        repo.root, site, partial(files_below, site), "pages", "", "第 1 次公开", forgets=False
    )

    assert repo.git("ls-tree", "-r", "--name-only", "pages").split() == [
        ".nojekyll",
        "index.html",
        "xi/index.html",
    ]
    assert repo.attempt("cat-file", "-s", "pages:index.html").stdout.strip() == "10"
    assert repo.git("log", "--format=%H %s", "pages") == f"{done.commit} 第 1 次公开"
    assert repo.git("status", "--porcelain") == ""
    assert repo.git("branch", "--show-current") == "main"


def test_the_branch_grows_by_one_commit_and_drops_what_is_gone(repo: Repo, far: Repo, site: Path):
    copy_to_branch(
        repo.root, site, partial(files_below, site), "pages", "origin", "第 1 次公开", forgets=False
    )
    (site / "xi" / "index.html").unlink()
    (site / "index.html").write_bytes(b"<p>3</p>\n")

    done = copy_to_branch(
        repo.root, site, partial(files_below, site), "pages", "origin", "第 2 次公开", forgets=False
    )

    assert done.changed == 2
    assert far.git("log", "--format=%s", "pages").splitlines() == ["第 2 次公开", "第 1 次公开"]
    assert "xi/index.html" not in far.git("ls-tree", "-r", "--name-only", "pages")


def test_where_it_is_asked_to_forget_one_publication_is_left(repo: Repo, far: Repo, site: Path):
    copy_to_branch(
        repo.root, site, partial(files_below, site), "pages", "origin", "第 1 次公开", forgets=False
    )

    copy_to_branch(
        repo.root, site, partial(files_below, site), "pages", "origin", "第 2 次公开", forgets=True
    )

    assert far.git("log", "--format=%s", "pages") == "第 2 次公开"


@pytest.mark.parametrize("branch", ["main", "records", "a..b", "-x", ""])
def test_the_records_are_never_written_over(repo: Repo, site: Path, branch: str):
    repo.git("branch", "records")

    with pytest.raises(SetupError):
        copy_to_branch(repo.root, site, partial(files_below, site), branch, "", "x", forgets=True)
    assert repo.git("rev-parse", "records") == repo.git("rev-parse", "main")


def test_a_far_side_that_is_not_there_is_one_message(repo: Repo, site: Path):
    with pytest.raises(SetupError, match="连不上远端"):
        copy_to_branch(repo.root, site, partial(files_below, site), "pages", "nowhere", "x", forgets=False)
