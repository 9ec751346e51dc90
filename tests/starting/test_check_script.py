"""The script for merge requests: every step of it, with real git, in a county as a host checks it out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.pipeline.reports import MARKER
from tests.counties import changed, county_at, written
from tests.history.repositories import Repo, left_alone

FILES = Path(__file__).parents[2] / "generator" / "starting" / "files"
NOTICE = "content/dong/xi/notice/2026-02-20.yaml"
PEOPLE = """editors:
  - {name: dongxi, role: 西村报账员, places: [dong/xi], accounts: ["@dongxi"]}
reviewers:
"""


@pytest.fixture
def county(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "county")
    county_at(repo.root)
    written(repo.root, "site_config/people.yaml", PEOPLE)
    written(repo.root, ".gitignore", "/site/\n/site-audit/\n/build/\n")
    for name, goal in (("check.sh", "ci/check.sh"), ("mkdocs.yml", "mkdocs.yml")):
        written(repo.root, goal, (FILES / name).read_text(encoding="utf-8"))
    repo.commit("起点")
    repo.git("checkout", "--quiet", "-b", "mine")
    return repo


def checked(county: Repo) -> tuple[subprocess.CompletedProcess[str], str]:
    """Return how the script ended on what the branch proposes, and the comment that it wrote."""
    done = subprocess.run(
        ["sh", "ci/check.sh", "main", "mine", "dongxi"],
        cwd=county.root,
        env=left_alone() | {"CUNWU": str(Path(sys.executable).with_name("cunwu")), "CUNWU_FORMAT": "github"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, (county.root / "build/check/comment.md").read_text(encoding="utf-8")


def test_a_sound_proposal_passes_with_a_preview(county: Repo):
    changed(county.root, NOTICE, ("三组蓄水池清淤停水通知", "三组停水改到周五"))
    county.commit("改通知")

    done, comment = checked(county)

    assert done.returncode == 0, done.stdout + done.stderr
    assert comment.startswith(MARKER)
    page = (county.root / "site/xi/notice/2026-02-20/index.html").read_text(encoding="utf-8")
    assert "三组停水改到周五" in page
    assert (county.root / "build/check/gitlab.json").is_file()


def test_a_proposal_that_oversteps_fails_and_one_comment_says_both(county: Repo):
    changed(county.root, NOTICE, ("标题: ", "标题旁: "))
    written(county.root, "schemas/notes.md", "x\n")
    county.commit("改了不该改的")

    done, comment = checked(county)

    assert done.returncode == 1
    assert f"::error file={NOTICE}" in done.stdout
    assert "change-setup" in done.stdout
    assert comment.count(MARKER) == 1
    assert "change-setup" in comment and "notice/2026-02-20.yaml" in comment
    assert not (county.root / "site").exists()
