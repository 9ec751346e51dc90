"""The action: what a caller asks for is installed by its hashes, and nothing without them."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROGRAM = "print('made up')\n"


def install(folder: Path, requirement: str) -> subprocess.CompletedProcess[str]:
    """Run what the action runs to install, as a runner does, without a network."""
    (step, *_others) = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    given = {"REQUIREMENT": requirement, "HERE": str(ROOT), "RUNNER_TEMP": str(folder / "temp")}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, **given, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def wheel(folder: Path) -> Path:
    path = folder / "cunwu-0-py3-none-any.whl"
    files = {
        "cunwu.py": PROGRAM,
        "cunwu-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: cunwu\nVersion: 0\n",
        "cunwu-0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    names = "".join(f"{name},,\n" for name in (*files, "cunwu-0.dist-info/RECORD"))
    with ZipFile(path, "w") as packed:
        for name, text in {**files, "cunwu-0.dist-info/RECORD": names}.items():
            packed.writestr(name, text)
    return path


@pytest.mark.parametrize("requirement", ["cunwu==0", "requirements.txt", "missing.txt"])
def test_what_has_no_hashes_is_refused_before_anything_is_installed(tmp_path: Path, requirement: str):
    (tmp_path / "requirements.txt").write_text("cunwu==0\n", encoding="utf-8")

    done = install(tmp_path, requirement)

    assert done.returncode == 1
    assert done.stdout.startswith("::error::requirement must be a requirements file with --hash=sha256:")
    assert not (tmp_path / "temp").exists()


def test_what_its_hash_names_is_installed_and_nothing_else(tmp_path: Path):
    path = wheel(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    line = f"cunwu @ {path.as_uri()} --hash=sha256:"
    (tmp_path / "good.txt").write_text(f"{line}{digest}\n", encoding="utf-8")
    other = f"{path.as_uri()}\n"
    (tmp_path / "half.txt").write_text(f"other @ {other}{line}{digest}\n", encoding="utf-8")
    installed = tmp_path / "temp" / "cunwu" / "lib"

    assert install(tmp_path, "half.txt").returncode == 1
    assert not list(installed.glob("*/site-packages/cunwu.py"))
    done = install(tmp_path, "good.txt")

    assert done.returncode == 0, done.stderr
    (found,) = installed.glob("*/site-packages/cunwu.py")
    assert found.read_text(encoding="utf-8") == PROGRAM
