"""What a build remembers, and where it writes: none of it is taken from a commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.pipeline.build import Places
from generator.pipeline.output import write_files
from generator.pipeline.own_output import require_own_output
from generator.pipeline.state import StateFolder
from tests.counties import county_at, written
from tests.history.repositories import Repo


@pytest.fixture
def county(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "county")
    county_at(repo.root)
    written(repo.root, ".gitignore", "/site/\n/site-audit/\n/build/\n")
    repo.commit("起点")
    return repo


def require(root: Path) -> None:
    places = Places.below(root)
    require_own_output(root, (places.site, places.audit, places.states.parent))


@pytest.mark.parametrize(
    "path",
    [
        "site/xi/index.html",
        "site-audit/index.html",
        "build/state/xi.json",
        "build/guard/xi.json",
        "build/history/commits.json",
        "build/templates/__jinja2_0.cache",
    ],
)
def test_pages_and_memories_that_are_kept_in_git_stop_the_build(county: Repo, path: str):
    written(county.root, path, "{}")
    require(county.root)
    county.git("add", "--force", path)

    with pytest.raises(SetupError, match="不能放在仓库里") as told:
        require(county.root)

    assert told.value.file == path


def test_so_they_do_in_a_county_below_the_top_of_its_repository(tmp_path: Path):
    repo = Repo(tmp_path / "all")
    county_at(repo.root / "county")
    repo.commit("起点")
    require(repo.root / "county")
    written(repo.root, "county/build/state/xi.json", "{}")
    repo.git("add", "--force", "county/build")

    with pytest.raises(SetupError, match="不能放在仓库里"):
        require(repo.root / "county")


@pytest.mark.parametrize(
    "path", ["site", "build", "schemas/finance-2.yaml", "site_config/people.yaml", "disclosure-log.jsonl"]
)
def test_a_link_in_a_commit_is_neither_read_nor_written_through(county: Repo, path: str):
    goal = county.root.parent / "elsewhere" / "kept.txt"
    written(county.root.parent, "elsewhere/kept.txt", "不动\n")
    (county.root / path).symlink_to(goal.parent if "." not in path else goal)
    county.git("add", "--force", path)

    with pytest.raises(SetupError):
        require(county.root)

    assert goal.read_text(encoding="utf-8") == "不动\n"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"form": 5}', "null", '{"form": 5, "stamps": {"../x": [1, 2]}}']
)
def test_a_state_that_says_something_else_is_none(tmp_path: Path, text: str):
    written(tmp_path, "xi.json", text)

    assert StateFolder(tmp_path).load("xi") is None


def test_a_state_that_names_files_elsewhere_has_none_of_them_removed(tmp_path: Path):
    written(tmp_path, "kept.txt", "不动\n")
    written(tmp_path, "site/old.html", "旧")
    names = ["../kept.txt", str(tmp_path / "kept.txt"), "a/../../kept.txt", "old.html"]

    assert write_files(tmp_path / "site", [], names).removed == 1
    assert (tmp_path / "kept.txt").exists()
