"""What is pushed to a server that publishes: files, and nothing of them is run, followed or fetched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands.conftest import cunwu
from tests.counties import county_at, written
from tests.history.repositories import Repo, left_alone
from tests.security.attacks import SHIPPED

MARK = "鬼画符七三九"
RUNNABLE = (
    "ci/publish.sh",
    "ci/check.sh",
    "cunwu",
    "Makefile",
    "setup.py",
    "sitecustomize.py",
    "generator/__init__.py",
    "schemas/evil.py",
    "content/dong/xi/conftest.py",
    "hooks/post-checkout",
    ".githooks/post-checkout",
)


@dataclass(frozen=True)
class Pushed:
    """A push full of attacks: how it ended, what is published, where, and the file by which one shows."""

    said: str
    www: Path
    work: Path
    proof: Path


@pytest.fixture(scope="module")
def pushed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pushed]:
    folder = tmp_path_factory.mktemp("pushed")
    proof, script, settings = folder / "PWNED", folder / "smudge.sh", folder / "gitconfig"
    # A machine whose git would run what a tree may ask for.
    script.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    settings.write_text(
        f'[filter "lfs"]\n\tsmudge = {script}\n\trequired = true\n'
        '[submodule]\n\trecurse = true\n[protocol "file"]\n\tallow = always\n',
        encoding="utf-8",
    )
    clone = Repo(folder / "clone")
    county_at(clone.root)
    written(clone.root, "mkdocs.yml", SHIPPED.read_text(encoding="utf-8"))
    written(clone.root, ".gitignore", "/site/\n/site-audit/\n/build/\n")
    _attack(clone, proof)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        assert cunwu("install-server", folder / "county.git", folder / "www").returncode == 0
        command = ["git", "-C", str(clone.root), "push", str(folder / "county.git"), "HEAD:main"]
        environment = left_alone() | {"GIT_CONFIG_GLOBAL": str(settings)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        yield Pushed(done.stderr, folder / "www", folder / "county-work" / "county", proof)


def _attack(clone: Repo, proof: Path) -> None:
    for path in RUNNABLE:
        text = f"open({str(proof)!r}, 'w')\n" if path.endswith(".py") else f"#!/bin/sh\ntouch {proof}\n"
        written(clone.root, path, text)
        (clone.root / path).chmod(0o755)
    written(
        clone.root, ".gitconfig", f"[core]\n\thooksPath = hooks\n\tfsmonitor = {proof.parent}/smudge.sh\n"
    )
    written(clone.root, ".lfsconfig", "[lfs]\n\turl = http://127.0.0.1:9/\n")
    written(clone.root.parent, "secret.csv", f"{MARK}\n")
    (clone.root / "content/dong/xi/finance/2026-03.csv").symlink_to(clone.root.parent / "secret.csv")
    (clone.root / "content/dong/er").symlink_to(clone.root.parent)
    clone.git("add", "--all")
    other = Repo(clone.root.parent / "other")
    commit = other.commit("别的", **{"x.txt": "x"})
    modules = f'[submodule "m"]\n\tpath = m\n\turl = {other.root}\n'
    written(clone.root, ".gitmodules", modules)
    written(clone.root, ".gitattributes", "*.csv filter=lfs diff=cunwu\n*.yaml filter=lfs\n")
    clone.git("add", ".gitmodules", ".gitattributes")
    clone.git("update-index", "--add", "--cacheinfo", f"160000,{commit},m")
    clone.git("commit", "--quiet", "--message", "推送")


def test_a_push_is_published_and_nothing_that_it_brings_is_run(pushed: Pushed):
    assert (pushed.www / "current" / "xi" / "index.html").is_file(), pushed.said
    assert not pushed.proof.exists(), pushed.said


def test_a_link_that_is_pushed_is_a_file_and_leads_nowhere(pushed: Pushed):
    assert (pushed.work / "content" / "dong" / "er").is_file()
    assert [path for path in pushed.work.rglob("*") if path.is_symlink() and ".git" not in path.parts] == []
    shown = [path for path in pushed.www.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    assert shown == []


def test_a_submodule_that_is_pushed_is_not_fetched(pushed: Pushed):
    assert (pushed.work / ".gitmodules").is_file()
    assert list(pushed.work.rglob("x.txt")) == []
