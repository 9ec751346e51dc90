"""The sample county, built once: with a git history, without, and with things added or planted."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.pipeline.build import Places, Report, run_build
from tests.sample import AS_OF, copy_sample, tree

DATA = Path(__file__).parent / "data"


def build(root: Path) -> Report:
    """Build the county at ``root`` in this process; every village must succeed."""
    report = run_build(root, Places.below(root), as_of=AS_OF, workers=1)
    assert report.failures == []
    return report


def commit(root: Path, day: str) -> str:
    """Commit all of ``root`` as on ``day``; return the short id."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        **{f"GIT_{who}_DATE": f"{day}T12:00:00+08:00" for who in ("AUTHOR", "COMMITTER")},
    }

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    if not (root / ".git").exists():
        git("init", "--quiet")
        (root / ".gitignore").write_text(
            "/site/\n/site-audit/\n/build/\n/content_private/\n", encoding="utf-8"
        )
    git("add", "--all")
    git("commit", "--quiet", "--message", day)
    return git("rev-parse", "--short", "HEAD").strip()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of the sample county, built."""
    root = copy_sample(tmp_path_factory.mktemp("sample") / "county")
    settings = root / "site_config/county.yaml"
    text = settings.read_text(encoding="utf-8")
    # The tests serve it below a prefix; only the page for lost addresses needs to know.
    settings.write_text(
        text.replace("https://cunwu.example/\n", "https://cunwu.example/a/b/\n"), encoding="utf-8"
    )
    build(root)
    return root


@pytest.fixture(scope="session")
def outputs(sample: Path) -> dict[str, bytes]:
    """Return every file of the public site."""
    return tree(sample / "site")


def pages_of(files: dict[str, bytes]) -> dict[str, str]:
    """Return the pages among ``files``."""
    return {path: content.decode("utf-8") for path, content in files.items() if path.endswith(".html")}
