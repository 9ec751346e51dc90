"""The commands that README and the manual show are run as they stand, each page from its beginning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import cunwu
from tests.history.recording import Records
from tests.manual.blocks import Block, Reader, blocks_of, every_block
from tests.receipts import photograph
from tests.sample import copy_sample
from tests.web import served

# By page and first line: what is not run here, and why. Those of "operators" are walked in test_walk.py.
NOT_RUN = {
    ("README", "git clone <this repository> county && cd county"): (
        "sets up a machine and runs these very tests: what CI does"
    ),
    ("README", "dask scheduler --host 10.0.0.1 --no-dashboard                     # on one"): (
        "asks for several machines: tests/pipeline/test_cluster.py starts a scheduler and workers"
    ),
}
WALKED = ("operators",)
LEDGER = "content/qingxi/qingshi/finance/2026-09.csv"

# What the ledgers of September leave, and one payment.
OCTOBER = """序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注
001,2026-10-01,,上月结转,村委会,银行,上月结转,,,43627.81,
002,2026-10-01,,上月结转,村委会,现金,上月结转,,,650.40,
003,2026-10-01,,上月结转,村集体,银行,上月结转,,,612903.18,
004,2026-10-01,,上月结转,组级集体,银行,上月结转,,,11847.68,
005,2026-10-09,记-037,修水渠,村集体,银行,维修养护,,1200.00,611703.18,
"""


def runnable(page: str) -> list[Block]:
    """Return the blocks of a page that somebody would type or write."""
    return [
        block
        for block in blocks_of(page)
        if block.language in ("sh", "yaml") and (page, block.first) not in NOT_RUN
    ]


def leave_one_village(county: Path) -> None:
    """Take away what nobody reads about: one village with its ledgers is built in a tenth of the time."""
    for folder in ("content", "content_private"):
        shutil.rmtree(county / folder / "baiyun")
        shutil.rmtree(county / folder / "qingxi/zhuyuan")
    for other in (county / "content/qingxi/qingshi").iterdir():
        if other.is_dir() and other.name != "finance":
            shutil.rmtree(other)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds a county with its history, what it published, and what people keep of it."""
    place = tmp_path_factory.mktemp("published")
    county = copy_sample(place / "county")
    leave_one_village(county)
    (county / ".gitignore").write_text("/site/\n/site-audit/\n/build/\n/receipts/\n", encoding="utf-8")
    (county / "receipts").mkdir()
    records = Records(county)
    records.commit("2026-03-31")
    text = (county / LEDGER).read_text(encoding="utf-8")
    (county / LEDGER).write_text(text.replace("购印泥和档案袋", "购印泥、档案袋"), encoding="utf-8")
    records.commit("2026-06-15", "更正摘要")
    for words in (("build",), ("publish", place / "www")):
        done = cunwu(*words, "--root", county)
        assert done.returncode == 0, done.stderr
    records.commit("2026-10-20", "登记第 1 次公开")
    shutil.copytree(place / "www" / "current", place / "site", symlinks=False)
    return place


@pytest.fixture
def clone(published: Path, tmp_path: Path) -> Path:
    """Return a copy of the county that may be worked in, with what somebody has beside it."""
    county = tmp_path / "county"
    shutil.copytree(published / "county", county, ignore=shutil.ignore_patterns("site", "site-audit"))
    return county


def test_the_readme_is_true(published: Path, tmp_path: Path):
    (tmp_path / "srv").mkdir()
    (tmp_path / "etc").mkdir()
    blocks = iter(runnable("README"))
    reader = Reader(tmp_path, {"/srv/": f"{tmp_path}/srv/", "/etc/nginx/": f"{tmp_path}/etc/"})

    founded = reader.follow(next(blocks))
    assert "生成 2 个网站" in founded.stdout
    reader.run("git config user.name 甲; git config user.email a@example.invalid")
    reader.follow(next(blocks))
    assert (tmp_path / "srv/cunwu/current/qingshi/index.html").is_file()
    assert "cunwu.example.gov.cn" in (tmp_path / "etc/nginx.conf").read_text(encoding="utf-8")

    auditor = next(blocks)
    assert next(blocks, None) is None
    with served(published / "site") as address:
        desk = tmp_path / "auditor"
        desk.mkdir()
        reader = Reader(
            desk,
            {
                "https://git.example.gov.cn/county.git": str(published / "county"),
                "https://cunwu.example.gov.cn/": address,
            },
        )
        done = reader.follow(auditor)
    assert "购印泥、档案袋" in done.stdout
    assert "相符" in done.stdout


@pytest.mark.soak
def test_the_clerk_s_page_is_true(clone: Path):
    ledger = (clone / LEDGER).read_text(encoding="utf-8")
    corrected = ledger.replace("便民服务大厅打印耗材", "便民大厅打印耗材")
    for name, month, text in (("九月账.csv", "9", corrected), ("十月账.csv", "10", OCTOBER)):
        (clone / name).write_text(f"青石村2026年{month}月财务收支公开表\n{text}", encoding="utf-8")
    (clone / "收据.png").write_bytes(photograph())
    reader = Reader(clone)

    for block in runnable("clerks"):
        reader.follow(block)

    assert (clone / "空表").is_dir() and any((clone / "空表").iterdir())
    written = (clone / LEDGER).read_text(encoding="utf-8")
    assert "便民大厅打印耗材" in written
    assert "收割机作业费收据" in written


@pytest.mark.soak
def test_the_auditor_s_page_is_true(published: Path, clone: Path):
    shutil.copytree(published / "site", clone / "site")
    shutil.copy(published / "site" / "disclosure-log.jsonl", clone / "旧日志.jsonl")
    reader = Reader(clone)

    said = [reader.follow(block).stdout for block in runnable("auditors")]

    assert "购印泥、档案袋" in said[0]
    assert (clone / "差异.html").is_file()
    assert list((clone / "分析").iterdir()) and list((clone / "分析csv").iterdir())


def test_the_schema_author_s_page_is_true(tmp_path: Path):
    reader = Reader(tmp_path)
    founding, *others = runnable("schemas")
    reader.follow(founding)
    leave_one_village(reader.folder)

    for block in others:
        reader.follow(block)

    site = tmp_path / "demo" / "site"
    assert "180.00" in (site / "qingshi/water/2026-09/index.html").read_text(encoding="utf-8")
    assert "集体供水" in (site / "dictionary/water/index.html").read_text(encoding="utf-8")
    slip = next(block for block in blocks_of("schemas") if block.language == "text").text.partition("：")[2]
    table = tmp_path / "demo/content/qingxi/qingshi/water/2026-09.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",95,", ",96,"), encoding="utf-8")
    wrong = reader.run("cunwu check content/qingxi/qingshi/water")
    assert wrong.returncode == 1
    assert slip.strip() in wrong.stdout


def test_every_block_is_run_or_is_said_why_not():
    tried = {"README", "clerks", "auditors", "schemas", *WALKED}
    shown = [block for block in every_block() if block.language != "text"]

    assert {block.page for block in shown} <= tried
    assert {block.language for block in shown} <= {"sh", "yaml"}
    assert set(NOT_RUN) <= {(block.page, block.first) for block in shown}
