"""Pipelines that `init` ships: what a merge request runs has no secret in reach, and runs apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FILES = Path(__file__).parents[2] / "generator" / "starting" / "files"
ROOT = Path(__file__).parents[2]
WORKFLOWS = ("github.yml", "gitea.yml")


def text_of(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def jobs_of(name: str) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(text_of(name))["jobs"]
    return jobs


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_merge_request_sees_no_secret_and_keeps_no_credentials(name: str):
    jobs = jobs_of(name)
    check = yaml.safe_dump(jobs["check"], allow_unicode=True)

    assert jobs["check"]["if"] == "github.event_name == 'pull_request'"
    assert "secrets." not in check
    checkout = next(step for step in jobs["check"]["steps"] if "checkout" in step.get("uses", ""))
    assert checkout["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", WORKFLOWS)
def test_secrets_are_used_on_the_main_branch_alone(name: str):
    for job, facts in jobs_of(name).items():
        if "secrets." in yaml.safe_dump(facts):
            assert "github.ref == 'refs/heads/main'" in facts["if"], job
            assert "pull_request" in facts["if"], job


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_pipeline_lends_a_stranger_the_rights_of_the_main_branch(name: str):
    triggers = yaml.safe_load(text_of(name))[True]  # YAML 1.1 reads the key "on" as true

    assert set(triggers) <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert triggers["push"] == {"branches": ["main"]}


def test_on_github_a_check_may_write_nothing_but_its_comment_and_secrets_belong_to_an_environment():
    document, jobs = yaml.safe_load(text_of("github.yml")), jobs_of("github.yml")

    assert document["permissions"] == {"contents": "read"}
    assert jobs["check"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert jobs["publish"]["environment"]["name"] == "github-pages"


def test_on_gitea_a_merge_request_is_not_checked_where_the_site_is_published():
    jobs = jobs_of("gitea.yml")

    assert jobs["check"]["runs-on"] != jobs["publish"]["runs-on"]


def test_on_gitlab_the_check_is_given_no_variable_of_the_publication():
    document = yaml.safe_load(text_of("gitlab.yml"))
    check = yaml.safe_dump({"default": document["default"], "check": document["检查"]}, allow_unicode=True)

    assert document["检查"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert re.findall(r"\$\{?(CUNWU_\w+)", check) == ["CUNWU_COMMENT"]
    assert document["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_named_by_the_hash_of_its_commit(name: str):
    used = re.findall(r"uses: (\S+)( # v\d+\.\d+\.\d+)?", text_of(name))

    assert used
    assert [
        action for action, version in used if not re.search(r"@[0-9a-f]{40}$", action) or not version
    ] == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_every_requirement_is_locked_with_a_hash(lock: Path):
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    requirements = re.split(r"\n(?=\S)", text.strip())

    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+(\[[a-z0-9,]+\])?==[^ ]+ ", requirement), requirement[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", requirement), requirement[:80]


def test_packages_are_installed_by_their_hashes():
    script = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8")

    installs = re.findall("-m pip install.*", script.replace("\\\n", " "))
    assert [line for line in installs if "--require-hashes" not in line and "--no-deps" not in line] == []
    assert len(installs) >= 3
