"""Git: which commit each file stands at, and where there is none."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.history.repository import NO_VERSIONS, Version, read_versions

WHO = {"GIT_AUTHOR_NAME": "甲", "GIT_AUTHOR_EMAIL": "a@example.invalid"}
WHO |= {"GIT_COMMITTER_NAME": "甲", "GIT_COMMITTER_EMAIL": "a@example.invalid"}


class Repository:
    """A real repository with commits on given days."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01") -> str:
        moment = f"{day}T12:00:00+08:00"
        # Nothing of the machine's own configuration, nor of a repository around the tests.
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment = kept | settings | WHO | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments], env=environment, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def commit(self, day: str, **files: str) -> str:
        """Write files (their names with __ for /), commit them, and return the short id."""
        for name, text in files.items():
            self.write(name.replace("__", "/") + ".csv", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "记录", day=day)
        return self.git("rev-parse", "--short", "HEAD")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_each_file_stands_at_the_commit_that_last_changed_it(repository: Repository):
    first = repository.commit("2026-01-05", content__a="1", content__b="1")
    second = repository.commit("2026-02-07", content__b="2", other__c="1")

    versions = read_versions(repository.root / "content", "content")

    assert versions.of("content/a.csv") == Version(first, date(2026, 1, 5))
    assert versions.of("content/b.csv") == Version(second, date(2026, 2, 7))
    assert versions.of("other/c.csv") is None
    assert versions.head == repository.git("rev-parse", "HEAD")


def test_a_build_that_another_repository_s_hook_starts_asks_its_own(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    first = repository.commit("2026-01-05", content__a="1")
    other = Repository(tmp_path_factory.mktemp("other"))
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))

    versions = read_versions(repository.root / "content", "content")

    assert versions.of("content/a.csv") == Version(first, date(2026, 1, 5))


def test_uncommitted_bytes_have_no_version(repository: Repository):
    repository.commit("2026-01-05", content__a="1", content__b="1", content__c="1", content__d="1")
    repository.write("content/a.csv", "2")
    repository.write("content/b.csv", "2")
    repository.git("add", "content/b.csv")
    repository.write("content/新 村/e.csv", "1")
    (repository.root / "content/d.csv").unlink()

    versions = read_versions(repository.root / "content", "content")

    assert versions.changed == {
        *("content/a.csv", "content/b.csv", "content/d.csv"),
        "content/新 村/e.csv",
    }
    assert [versions.of(f"content/{name}.csv") is None for name in "abcd"] == [True, True, False, True]


def test_a_renamed_file_stands_at_the_commit_of_its_renaming(repository: Repository):
    repository.commit("2026-01-05", content__a="1\n2\n3\n")
    repository.git("mv", "content/a.csv", "content/b.csv")
    second = repository.commit("2026-02-07")

    versions = read_versions(repository.root / "content", "content")

    assert versions.of("content/b.csv") == Version(second, date(2026, 2, 7))


def test_a_renaming_not_yet_committed_has_no_version(repository: Repository):
    repository.commit("2026-01-05", content__a="1\n2\n3\n")
    repository.git("mv", "content/a.csv", "content/b.csv")

    assert read_versions(repository.root / "content", "content").of("content/b.csv") is None


def test_names_may_hold_anything_that_a_file_system_allows(repository: Repository):
    names = ["content/三月 账.csv", 'content/"quoted".csv', "content/line\nbreak.csv", "content/ space.csv"]
    for name in names:
        repository.write(name, "1")
    commit = repository.commit("2026-01-05")

    versions = read_versions(repository.root / "content", "content")

    assert {name: versions.of(name) for name in names} == dict.fromkeys(
        names, Version(commit, date(2026, 1, 5))
    )


def test_a_county_may_live_in_a_folder_of_a_larger_repository(repository: Repository):
    first = repository.commit("2026-01-05", counties__x__content__a="1", content__a="another")
    repository.write("counties/x/content/b.csv", "new")
    root = repository.root / "counties/x"

    versions = read_versions(root / "content", "content")

    assert versions.of("content/a.csv") == Version(first, date(2026, 1, 5))
    assert versions.changed == {"content/b.csv"}


def test_a_merge_keeps_the_commits_that_were_merged(repository: Repository):
    repository.commit("2026-01-05", content__a="1", content__b="1")
    repository.git("checkout", "--quiet", "-b", "side")
    side = repository.commit("2026-01-06", content__b="2")
    repository.git("checkout", "--quiet", "main")
    repository.commit("2026-01-07", content__a="2")
    repository.git("merge", "--quiet", "--no-ff", "--message", "合并", "side", day="2026-01-08")

    versions = read_versions(repository.root / "content", "content")

    assert versions.of("content/b.csv") == Version(side, date(2026, 1, 6))


def test_without_a_commit_there_are_no_versions(repository: Repository):
    repository.write("content/a.csv", "1")

    assert read_versions(repository.root / "content", "content") == NO_VERSIONS


def test_without_git_there_are_no_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert read_versions(tmp_path / "content", "content") == NO_VERSIONS

    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_versions(tmp_path / "content", "content") == NO_VERSIONS


def test_a_content_root_elsewhere_has_no_versions(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory
):
    repository.commit("2026-01-05", content__a="1")

    assert read_versions(tmp_path_factory.mktemp("elsewhere"), "content") == NO_VERSIONS


def test_the_records_may_be_a_repository_of_their_own(tmp_path: Path):
    (tmp_path / "content").mkdir()
    repository = Repository(tmp_path / "content")
    first = repository.commit("2026-01-05", village__a="1")

    assert read_versions(tmp_path / "content", "content").of("content/village/a.csv") == Version(
        first, date(2026, 1, 5)
    )
