"""cunwu attach: what a clerk types, sees and gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import cunwu
from tests.receipts import LEDGER, county_with_store, paper, photograph

WHERE = ("--village", "溪口村", "--item", "财务收支", "--period", "2026-02")
ROW = ("--row", "004")
LOOKED = "--looked-at"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_with_store(tmp_path / "county")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "电费 发票.jpg"
    path.write_bytes(photograph())
    return path


def test_a_clerk_attaches_lists_and_detaches(root: Path, photo: Path):
    before = (root / LEDGER).read_bytes()
    done = cunwu("attach", photo, "--root", root, *WHERE, *ROW, "--caption", "电费发票", LOOKED)
    assert done.returncode == 0, done.stderr
    assert f"{LEDGER} 已写好，这里现在有票据 1 张" in done.stdout

    listed = cunwu("attach", "--list", "--root", root).stdout.splitlines()
    assert listed[0].startswith("溪口村 财务收支 2026-02 第 004 号 电费发票 ")
    assert listed[-1] == "共 1 张"
    digest = listed[0].rpartition(" ")[2]

    again = cunwu("attach", photo, "--root", root, *WHERE, *ROW, LOOKED)
    assert again.stdout == "这些票据已经附过，没有变化\n"

    assert cunwu("check", "--root", root, LEDGER).returncode == 0
    gone = cunwu("attach", "--root", root, *WHERE, *ROW, "--detach", digest[:8].upper())
    assert gone.returncode == 0, gone.stderr
    assert (root / LEDGER).read_bytes() == before
    assert f"{digest}.jpg" in cunwu("attach", "--unused", "--root", root).stdout


def test_nobody_attaches_what_nobody_has_looked_at(root: Path, photo: Path):
    done = cunwu("attach", photo, "--root", root, *WHERE, *ROW)

    assert done.returncode == 1
    assert "--looked-at" in done.stderr
    assert "什么也没有改" in done.stderr
    assert not (root / "receipts").exists()


def test_each_file_has_its_words(root: Path, photo: Path, tmp_path: Path):
    contract = tmp_path / "合同.pdf"
    contract.write_bytes(paper())
    files = (photo, contract)

    wrong = cunwu("attach", *files, "--root", root, *WHERE, *ROW, LOOKED, *["--caption", "一"] * 3)
    assert wrong.returncode == 2
    assert "有 2 个文件，写了 3 句说明" in wrong.stderr

    right = cunwu("attach", *files, "--root", root, *WHERE, LOOKED, "--caption", "发票", "--caption", "合同")
    assert right.returncode == 0, right.stderr
    listed = cunwu("attach", "--list", "--root", root, *WHERE).stdout
    assert "整期 发票 " in listed
    assert "整期 合同 " in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*WHERE,), "请写明要附的照片或 PDF"),
        (("no.jpg", *WHERE), "找不到 no.jpg"),
        (("no.jpg",), "请用 --village、--item、--period 写明附在哪里"),
        (("no.jpg", "--village", "无村", "--item", "finance", "--period", "2026-02"), "找不到村「无村」"),
        (("no.jpg", "--village", "xi", "--item", "fish", "--period", "2026-02"), "没有公开项目「fish」"),
        (("no.jpg", "--village", "xi", "--item", "finance", "--period", "二月"), "「二月」不是一个期间"),
    ],
)
def test_what_is_missing_is_asked_for(root: Path, arguments: tuple[str, ...], said: str):
    done = cunwu("attach", *arguments, "--root", root)

    assert done.returncode == 2
    assert said in done.stderr
