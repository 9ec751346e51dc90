"""Pipelines: what ships for code hosts is what those hosts read, and calls only what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import VERBS, verbs
from generator.starting.founding import Engine, engine_files
from generator.starting.shipped import HOSTS
from tests.history.repositories import Repo

ROOT = Path(__file__).parents[2]
FILES = ROOT / "generator" / "starting" / "files"
SHIPPED = engine_files(Engine("0.1.0", "cunwu==0.1.0", HOSTS))
SCHEMAS = {
    FILES / "github.yml": "vendor.github-workflows",
    FILES / "gitea.yml": "vendor.github-workflows",
    FILES / "gitlab.yml": "vendor.gitlab-ci",
    ROOT / "action.yml": "vendor.github-actions",
}
TEXTS = [*SCHEMAS, FILES / "publish.sh", FILES / "check.sh", ROOT / ".pre-commit-hooks.yaml"]


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_the_hosts_own_schema_takes_it(path: Path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[path], str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_the_hosts_own_schema_would_refuse_a_misspelt_key(path: Path, tmp_path: Path):
    spoilt = tmp_path / path.name
    text = path.read_text(encoding="utf-8")
    for word, wrong in (
        ("runs-on:", "run-on:"),
        ("stage: check", "stage: [1, {}]"),
        ("using: composite", ""),
    ):
        text = text.replace(word, wrong)
    spoilt.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[path], str(spoilt)]

    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_the_scan_before_a_publication_leaves_out_only_what_git_does_not_keep():
    text = (FILES / "publish.sh").read_text(encoding="utf-8")
    kept_out = set((FILES / "gitignore").read_text(encoding="utf-8").split())

    excluded = set(re.findall(r"--exclude ([a-z.-]+)", text))

    assert {"site", "build", ".venv", ".cache"} <= excluded
    assert {f"/{name}/" for name in excluded - {".git"}} <= kept_out


@pytest.mark.parametrize("name", ["publish.sh", "check.sh"])
def test_a_script_is_one_that_any_shell_reads(name: str):
    assert subprocess.run(["sh", "-n", str(FILES / name)], check=False).returncode == 0


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_only_verbs_and_options_that_exist_are_called(path: Path):
    text = re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"\s*\\?\n\s+--", " --", text)
    calls = re.findall(r"(?:^|[\s/])(?:cunwu|run)\"? ((?:[a-z]|-)+)( [^\n|>&;]*)?", text)
    known = [(verb, options) for verb, options in calls if verb in VERBS]
    assert known
    assert {verb for verb, _options in calls} <= {*VERBS, "install"}
    for verb, options in known:
        words = [verb, *(["scan"] if verb == "privacy" else [])]
        told = CliRunner().invoke(verbs, [*words, "--help"]).output
        for option in re.findall(r"(--[a-z-]+)", options):
            assert option in told, (verb, option)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_only_scripts_that_ship_are_called(path: Path):
    called = set(re.findall(r"\bci/[a-z.]+", path.read_text(encoding="utf-8")))

    assert called <= set(SHIPPED)


@pytest.mark.parametrize("path", [FILES / "github.yml", FILES / "gitea.yml", ROOT / "action.yml"])
def test_nothing_that_a_stranger_writes_is_put_into_a_shell(path: Path):
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    steps = document.get("runs", {}).get("steps", [])
    steps += [step for job in document.get("jobs", {}).values() for step in job["steps"]]

    assert steps
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")]


def test_each_host_gets_its_own_pipeline_and_no_other():
    own = {host: set(engine_files(Engine("1", "cunwu==1", (host,)))) for host in HOSTS}

    assert ".gitlab-ci.yml" in own["gitlab"]
    assert ".gitlab-ci.yml" not in own["github"] | own["gitea"]
    assert ".github/workflows/cunwu.yml" in own["github"]
    assert ".gitea/workflows/cunwu.yml" in own["gitea"]


def test_what_a_killed_publisher_left_of_the_log_is_committed_by_nobody(tmp_path: Path):
    repo = Repo(tmp_path)
    repo.write(".gitignore", (FILES / "gitignore").read_bytes())
    repo.write("disclosure-log.jsonl", "{}\n")
    repo.write("disclosure-log.tsr/000001.tsr", b"1")
    for left in (
        ".disclosure-log.jsonl.12",
        ".disclosure-log.sig.jsonl.12",
        "disclosure-log.tsr/.000002.tsr.12",
    ):
        repo.write(left, "{")

    repo.git("add", "--all")

    assert repo.git("ls-files").split() == [
        ".gitignore",
        "disclosure-log.jsonl",
        "disclosure-log.tsr/000001.tsr",
    ]
