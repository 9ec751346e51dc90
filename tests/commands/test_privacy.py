"""cunwu privacy scan, run as hooks and people run it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import pytest

from tests.commands.conftest import cunwu
from tests.history.test_repository import Repository
from tests.privacy import files
from tests.privacy.generators import citizen, mobile

PERSON, PHONE = str(citizen(Random(8))), str(mobile(Random(8)))
LEAK = f"户主,说明\n甲,{PHONE}\n"
KEYS = {"file", "line", "column", "cell", "sheet", "where", "kind", "severity"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(LEAK, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(files.pdf(has_text=False))
    return tmp_path


def test_json_has_always_the_same_keys_and_never_the_value(folder: Path):
    (folder / "c.xlsx").write_bytes(files.workbook([["户主"]], author=PERSON))

    done = cunwu("privacy", "scan", folder, "--format", "json")

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert all(set(leak) == KEYS for leak in found)
    assert found[0] == {
        "file": "a.csv",
        "line": 2,
        "column": "说明",
        "cell": None,
        "sheet": None,
        "where": None,
        "kind": "mobile",
        "severity": "error",
    }
    assert PHONE not in done.stdout
    assert PERSON not in done.stdout


def test_text_says_where_what_and_what_to_do(folder: Path):
    done = cunwu("privacy", "scan", folder)

    assert done.returncode == 1
    assert "第 2 行 「说明」 错误：有手机号码。请删去" in done.stdout
    assert "b.pdf 第 1 页 是扫描的图片，没有文字" in done.stdout
    assert "查了 2 个文件，其中 1 个有内容无法检查：错误 1 处，提醒 2 处" in done.stdout


def test_zero_findings_are_said_out_loud(tmp_path: Path):
    (tmp_path / "a.csv").write_text("户主\n甲\n", encoding="utf-8")

    done = cunwu("privacy", "scan", tmp_path)

    assert done.returncode == 0
    assert "查了 1 个文件，没有发现不该公开的个人信息" in done.stdout


def test_warnings_alone_stop_nothing(folder: Path):
    (folder / "a.csv").unlink()

    assert cunwu("privacy", "scan", folder).returncode == 0


def test_many_alike_are_counted_and_never_dropped_in_silence(tmp_path: Path):
    rows = "".join(f"甲,{mobile(Random(number))}\n" for number in range(30))
    (tmp_path / "a.csv").write_text("户主,说明\n" + rows, encoding="utf-8")
    for number in range(25):
        (tmp_path / f"{number}.bin").write_bytes(bytes(range(256)))

    done = cunwu("privacy", "scan", tmp_path)

    assert done.stdout.count("[mobile]") == 21
    assert "同类的还有 10 处没有列出" in done.stdout
    assert "还有 5 处没有列出" in done.stdout


def test_folders_may_be_left_out(folder: Path):
    (folder / "old").mkdir()
    (folder / "a.csv").rename(folder / "old/a.csv")

    assert cunwu("privacy", "scan", folder).returncode == 1
    assert cunwu("privacy", "scan", folder, "--exclude", "old").returncode == 0


def test_the_list_of_allowances_is_followed_and_what_nothing_needs_is_said(county: Path):
    notice = county / "content/baiyun/hexin/notes.txt"
    notice.write_text(f"打{PHONE}", encoding="utf-8")
    entries = (
        "allow:\n"
        "  - {file: content/baiyun/**, kind: mobile, reason: 抢险值班, role: 村主任}\n"
        "  - {file: content/qingxi/**, kind: mobile, reason: 旧的, role: 村主任}\n"
    )
    (county / "site_config/privacy_allow.yaml").write_text(entries, encoding="utf-8")

    done = cunwu("privacy", "scan", county, "--format", "json")
    below = cunwu("privacy", "scan", county / "content/baiyun", "--format", "json")

    assert [(leak["where"], leak["kind"]) for leak in json.loads(done.stdout)] == [
        ("entry:2", "allowance-unused")
    ]
    assert json.loads(below.stdout) == []


def test_a_mistake_in_the_list_is_a_broken_set_up(county: Path):
    (county / "site_config/privacy_allow.yaml").write_text("allow: [{file: a}]", encoding="utf-8")

    done = cunwu("privacy", "scan", county)

    assert done.returncode == 3
    assert "privacy_allow.yaml" in done.stderr


def test_git_is_read_by_history_by_range_by_what_is_staged_and_by_message(tmp_path: Path):
    repository = Repository(tmp_path)
    repository.commit("2026-01-01", a="公告")
    base = repository.git("rev-parse", "HEAD")
    repository.commit("2026-01-02", b=LEAK)
    repository.commit("2026-01-03", b="公告")
    (tmp_path / "message").write_text(f"打{PHONE}", encoding="utf-8")

    def outcome(*options: str) -> list[int]:
        done = cunwu("privacy", "scan", tmp_path, *options, "--format", "json")
        return [done.returncode, len(json.loads(done.stdout))]

    assert outcome("--exclude", "message") == [1, 1]
    assert outcome("--history") == [1, 1]
    assert outcome("--range", f"{base}..HEAD") == [1, 1]
    assert outcome("--range", "HEAD~1..HEAD") == [0, 0]
    assert outcome("--staged") == [0, 0]
    assert outcome("--message", str(tmp_path / "message")) == [1, 1]
    repository.write("c.csv", LEAK)
    repository.git("add", "c.csv")
    assert outcome("--staged") == [1, 1]


def test_a_server_that_has_no_files_beside_its_repository_scans_a_push(tmp_path: Path):
    (tmp_path / "work").mkdir()
    repository = Repository(tmp_path / "work")
    repository.commit("2026-01-01", a="公告")
    base = repository.git("rev-parse", "HEAD")
    repository.commit("2026-01-02", x__b=LEAK)
    server = tmp_path / "server.git"
    repository.git("clone", "-q", "--bare", ".", str(server))

    assert cunwu("privacy", "scan", server, "--range", f"{base}..main").returncode == 1
    assert cunwu("privacy", "scan", server, "--history").returncode == 1

    allowed = "allow: [{file: x/*, kind: mobile, reason: 值班, role: 村主任}]\n"
    repository.write("site_config/privacy_allow.yaml", allowed)
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "放行")
    repository.git("push", "-q", str(server), "main")
    assert cunwu("privacy", "scan", server, "--range", f"{base}..main").returncode == 0


def test_two_ways_at_once_and_a_folder_without_git_are_mistakes_of_use(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.fspath(tmp_path.parent))

    assert cunwu("privacy", "scan", tmp_path, "--history", "--staged").returncode == 2
    assert cunwu("privacy", "scan", tmp_path, "--history").returncode == 2
    assert cunwu("privacy", "scan", tmp_path / "nowhere").returncode == 2
