"""Reproducible: whoever builds a commit, wherever, under whatever settings, gets the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.history.recording import Records
from tests.sample import ROOT, copy_sample, tree

DAY = "2026-10-20"
LEDGER = "content/qingxi/qingshi/finance/2026-09.csv"


@dataclass(frozen=True)
class Machine:
    """Where and how somebody builds: a folder, a time zone, a locale, a hash seed, a umask, processes."""

    folder: str
    zone: str
    locale: str
    seed: str
    umask: int
    workers: int
    more: dict[str, str] = field(default_factory=dict)


HERE = Machine("here", "Asia/Shanghai", "C", "0", 0o022, 1)
OTHERS = (
    Machine("a/folder/much deeper down", "America/New_York", "C.UTF-8", "1", 0o077, 2),
    # No locale of that name is installed: as on a machine that was set up in part.
    Machine("那里", "UTC", "zh_CN.UTF-8", "random", 0o002, 3, {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh"}),
)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of the sample county in which one amount was corrected."""
    root = copy_sample(tmp_path_factory.mktemp("origin") / "county")
    records = Records(root)
    records.write(".gitignore", "/site/\n/site-audit/\n/build/\n")
    records.commit("2026-10-12", "公开")
    path = root / LEDGER
    path.write_bytes(path.read_bytes() + b"\n")
    records.commit("2026-10-15", "更正\n\n更正原因: 末尾少了换行\n")
    return root


def built(origin: Path, work: Path, machine: Machine) -> dict[str, bytes]:
    """Return every file of both sites as a machine of its own makes them from a clone."""
    root = work / machine.folder
    root.parent.mkdir(parents=True, exist_ok=True)
    clone = ["git", "clone", "--quiet", "--no-local", str(origin), str(root)]
    subprocess.run(clone, check=True, capture_output=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "GIT_"))}
    environment = kept | {
        "TZ": machine.zone,
        "LANG": machine.locale,
        "PYTHONHASHSEED": machine.seed,
        "PYTHONPATH": str(ROOT),
        **machine.more,
    }
    command = [sys.executable, "-m", "generator.cli", "build", "--as-of", DAY, "--root", str(root)]
    done = subprocess.run(
        [*command, "--workers", str(machine.workers)],
        env=environment,
        cwd=work,
        umask=machine.umask,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")
    return {
        f"{name}/{path}": content
        for name in ("site", "site-audit")
        for path, content in tree(root / name).items()
    }


@pytest.fixture(scope="module")
def first(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(origin, tmp_path_factory.mktemp("first"), HERE)


@pytest.mark.parametrize("machine", OTHERS, ids=lambda machine: f"{machine.zone}-{machine.workers}")
def test_place_zone_locale_seed_umask_and_processes_change_no_byte(
    origin: Path, first: dict[str, bytes], tmp_path: Path, machine: Machine
):
    other = built(origin, tmp_path, machine)

    assert sorted(other) == sorted(first)
    assert [path for path in first if other[path] != first[path]] == []
    assert "site/manifest.json" in first


def test_nothing_that_was_built_says_where_or_by_whom(first: dict[str, bytes]):
    traces = (b"/tmp/", str(Path.home()).encode() + b"/", b"pytest-", b"a@example.invalid")

    assert [(path, trace) for path, content in first.items() for trace in traces if trace in content] == []
