"""Founding a county: with the wheel as it is installed, and nothing of the engine's source around."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.wheel import without_source


def run(program: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=cwd,
        env=without_source(),
        check=False,
    )


@pytest.fixture(scope="module")
def demo(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the county that is made where nobody is asked."""
    folder = tmp_path_factory.mktemp("demo")
    done = run(installed, "init", "county", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "演示县" in done.stdout
    return folder / "county"


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path):
    python = installed.with_name("python")
    code = "import generator.starting.shipped as s; print(s.shipped_folder())"
    done = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=without_source(), check=True
    )

    assert Path(done.stdout.strip()).is_relative_to(installed.parents[1])


def test_without_a_terminal_the_made_up_county_is_made_and_holds(installed: Path, demo: Path):
    done = run(installed, "check", cwd=demo)

    assert done.returncode == 0, done.stdout
    assert "错误 0 处" in done.stdout
    assert "演示数据" in (demo / "README.md").read_text(encoding="utf-8")
    assert not (demo / "generator").exists()


def test_it_is_a_repository_with_everything_committed_and_guarded(demo: Path):
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(demo), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env=without_source(), check=True
        ).stdout.strip()

    assert git("status", "--porcelain") == ""
    assert git("branch", "--show-current") == "main"
    assert (demo / ".git/hooks/pre-commit").exists()
    assert git("config", "diff.cunwu.command")
    assert git("check-attr", "diff", "content/x.csv").endswith("cunwu")
    for name in ("CODEOWNERS", ".gitlab-ci.yml", ".github/workflows/cunwu.yml", "ci/publish.sh"):
        assert git("ls-files", name) == name
    assert git("ls-files", "--stage", "ci/publish.sh").startswith("100755")


def test_the_lock_names_the_engine_and_every_file_that_it_brought(demo: Path):
    lock = json.loads((demo / "site_config/engine.lock").read_bytes())

    assert lock["engine"]
    assert (demo / "ci/engine.txt").read_text() == f"{lock['requirement']}\n"
    assert re.fullmatch(rf"cunwu=={lock['engine']} --hash=sha256:[0-9a-f]{{64}}", lock["requirement"])
    assert {"schemas/finance.yaml", "ci/publish.sh", "site_config/profiles/national.yaml"} <= set(
        lock["files"]
    )


def test_a_fresh_county_needs_no_upgrade(installed: Path, demo: Path):
    done = run(installed, "upgrade", cwd=demo)

    assert done.returncode == 0
    assert "没有要改的" in done.stdout


def test_an_upgrade_says_first_and_changes_only_when_told(installed: Path, demo: Path, tmp_path: Path):
    county = shutil.copytree(demo, tmp_path / "county")
    own, stale = county / "schemas/finance.yaml", county / "ci/check.sh"
    own.write_bytes(own.read_bytes() + b"# ours\n")
    content = stale.read_bytes()
    lock = county / "site_config/engine.lock"
    facts = json.loads(lock.read_bytes())
    stale.write_bytes(b"# old\n")
    facts["files"]["ci/check.sh"] = hashlib.sha256(b"# old\n").hexdigest()
    lock.write_text(json.dumps(facts), encoding="utf-8")

    told = run(installed, "upgrade", cwd=county)
    assert "ci/check.sh" in told.stdout and "加上 --apply 才改" in told.stdout
    assert stale.read_bytes() == b"# old\n"
    done = run(installed, "upgrade", "--apply", cwd=county)

    assert done.returncode == 0, done.stderr
    assert stale.read_bytes() == content
    assert own.read_bytes().endswith(b"# ours\n")
    assert "本县改过" in done.stdout


def test_a_county_is_made_from_options(installed: Path, tmp_path: Path):
    words = ("--code", "500199", "--name", "某某县", "--township", "清溪镇=500199101")

    done = run(installed, "init", "county", *words, "--host", "gitlab", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    county = tmp_path / "county"
    assert run(installed, "check", cwd=county).returncode == 0
    settings = (county / "site_config/county.yaml").read_text(encoding="utf-8")
    assert 'code: "500199000000"' in settings and "profile: chongqing" in settings
    assert (tmp_path / "county-private/.git").is_dir()
    assert (county / "content/qingxi/township.yaml").is_file()
    assert not (county / ".github").exists()
    made = run(installed, "new-village", "qingxi", "shan", "山村", "500199101201", cwd=county)
    assert made.returncode == 0, made.stderr
    assert run(installed, "check", cwd=county).returncode == 0


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--code", "999900"), "要一起写"),
        (("--code", "12", "--name", "县"), "6 位或 12 位"),
        (("--sample", "--name", "县"), "不能和"),
        (("--code", "999900", "--name", "县", "--township", "镇"), "写成"),
        (("--code", "999900", "--name", "县", "--private", "county/lists"), "不能放在公开的仓库里面"),
    ],
)
def test_half_an_answer_makes_nothing(installed: Path, tmp_path: Path, words: tuple[str, ...], problem: str):
    done = run(installed, "init", "county", *words, cwd=tmp_path)

    assert done.returncode == 2
    assert problem in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(installed: Path, tmp_path: Path):
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "notes.txt").write_text("x", encoding="utf-8")

    done = run(installed, "init", "county", cwd=tmp_path)

    assert done.returncode == 3
    assert [path.name for path in (tmp_path / "county").iterdir()] == ["notes.txt"]


def test_at_a_terminal_three_things_are_asked_and_again_when_wrong(installed: Path, tmp_path: Path):
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [installed, "init", "county"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=tmp_path,
        env=without_source() | {"PYTHONUTF8": "1"},
    )
    os.close(follower)
    answers = iter(("99", "999900", "某某县", "清溪镇", "清溪镇=999901000", ""))
    said = b""
    asked = 0
    while process.poll() is None:
        try:
            said += os.read(leader, 4096)
        except OSError:
            break
        prompts = said.count("位）: ".encode()) + said.count("名称: ".encode())
        prompts += sum(said.count(f"   {number}: ".encode()) for number in (1, 2))
        if prompts > asked:
            asked = prompts
            os.write(leader, next(answers).encode() + b"\n")
        time.sleep(0.01)
    process.wait(timeout=60)
    os.close(leader)

    text = said.decode("utf-8", "replace")
    assert process.returncode == 0, text
    assert "区划代码是 6 位或 12 位数字" in text
    assert "清溪镇，代码 999901000000，文件夹 qingxi" in text
    assert (tmp_path / "county/content/qingxi/township.yaml").is_file()
