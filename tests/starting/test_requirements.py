"""What a county installs: nothing but what the engine was tried with, known again by its hashes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.starting.engine_lock import FILE, lock_of
from generator.starting.engine_source import is_pinned, requirement_for
from generator.starting.founding import Engine, engine_files, write_files
from generator.starting.renewing import plan_upgrade
from generator.starting.shipped import HOSTS
from tests.wheel import without_source

ROOT = Path(__file__).parents[2]
PIP = Path(sys.executable).with_name("pip")
FILES = engine_files(Engine("0.1.0", "cunwu==0.1.0", HOSTS))


def requirements_in(text: str) -> list[str]:
    """Return each requirement with its marker and its hashes, less spaces and comments."""
    plain = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    return [" ".join(entry.replace("\\", " ").split()) for entry in re.split(r"\n(?=\S)", plain.strip())]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    write_files(tmp_path / "county", FILES)
    return tmp_path / "county"


def wheel_of(installed: Path) -> Path:
    (wheel,) = installed.parents[2].glob("cunwu-*.whl")
    return wheel


def digest_of(wheel: Path) -> str:
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_a_county_installs_what_the_engine_is_locked_to():
    own = requirements_in(FILES["ci/requirements.txt"].decode())

    assert own == requirements_in((ROOT / "requirements/run.lock").read_text(encoding="utf-8"))
    assert [entry for entry in own if not re.search(r"==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)] == []


def test_pip_takes_every_line_of_it_by_its_hash(county: Path):
    # All of it is installed here, at these versions: pip reads, and has nothing to fetch.
    options = ("--quiet", "--dry-run", "--no-index", "--require-hashes", "-r", "ci/requirements.txt")
    done = subprocess.run([PIP, "install", *options], cwd=county, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("path", "calls"),
    [(".github/workflows/cunwu.yml", 2), (".gitlab-ci.yml", 1), (".gitea/workflows/cunwu.yml", 2)],
)
def test_every_pipeline_installs_by_that_script_alone(path: str, calls: int):
    text = FILES[path].decode()

    assert text.count("sh ci/install.sh") == calls
    assert "pip install" not in text


def install(county: Path, wheel: Path, goal: Path) -> subprocess.CompletedProcess[str]:
    """Run the county's script for the engine alone: its packages come from no network here."""
    (county / "ci/requirements.txt").write_text("", encoding="utf-8")
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_TARGET": str(goal)}
    return subprocess.run(
        ["sh", "ci/install.sh", PIP],
        cwd=county,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_engine_s_own_wheel_is_installed_by_its_hash_and_no_other(
    installed: Path, county: Path, tmp_path: Path
):
    wheel = Path(shutil.copy(wheel_of(installed), tmp_path))
    (county / "ci/engine.txt").write_text(requirement_for(str(wheel), "") + "\n", encoding="utf-8")

    done = install(county, wheel, tmp_path / "good")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "good/generator/cli.py").is_file()

    with wheel.open("ab") as file:
        file.write(b"x")
    done = install(county, wheel, tmp_path / "bad")
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "bad/generator").exists()


def test_an_engine_without_a_hash_is_not_installed_and_it_says_what_to_do(
    installed: Path, county: Path, tmp_path: Path
):
    done = install(county, wheel_of(installed), tmp_path / "none")

    assert done.returncode == 1
    assert "cunwu upgrade --engine cunwu-….whl --apply" in done.stderr
    assert not (tmp_path / "none").exists()


def test_an_engine_that_was_installed_from_its_wheel_knows_its_hash(installed: Path, tmp_path: Path):
    code = "from generator.starting.engine_source import requirement_for as r; print(r('', '0.1.0'))"
    python = installed.with_name("python")
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=without_source(), capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == f"cunwu==0.1.0 --hash=sha256:{digest_of(wheel_of(installed))}"


def test_an_upgrade_writes_the_hash_of_the_wheel_it_is_given(installed: Path, county: Path):
    write_files(county, {FILE: lock_of("0.1.0", "cunwu==0.1.0", HOSTS, FILES).content()})
    wheel = wheel_of(installed)

    plan = plan_upgrade(county, "0.1.0", str(wheel))

    assert plan.new.requirement == f"cunwu==0.1.0 --hash=sha256:{digest_of(wheel)}"
    assert [step.path for step in plan.steps if step.is_taken] == ["ci/engine.txt"]


def test_a_file_that_is_no_wheel_of_the_engine_is_refused(tmp_path: Path):
    other = tmp_path / "flask-3.1.0-py3-none-any.whl"
    other.write_bytes(b"x")

    with pytest.raises(SetupError, match="不是本程序的安装包"):
        requirement_for(str(other), "0.1.0")


def test_a_line_of_the_county_s_own_stays_as_it_is_written():
    line = "cunwu @ https://example.invalid/cunwu-0.1.0-py3-none-any.whl --hash=sha256:" + "0" * 64

    assert requirement_for(line, "0.1.0") == line
    assert is_pinned(line)
