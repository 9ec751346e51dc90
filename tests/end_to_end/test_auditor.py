"""An auditor's day: two quarters compared, an amount followed to its commit, a retold history refused."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import verbs
from tests.history.recording import Records
from tests.sample import copy_sample

LEDGER = "content/qingxi/qingshi/finance/2026-06.csv"
PAGE = "qingshi/finance/2026-06/index.html"
REASON = "发票金额抄错，按原始凭证更正"


def cunwu(*arguments: str | Path) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


@dataclass(frozen=True)
class Case:
    """A published county with its history, and the amount that was corrected in it."""

    root: Path
    site: Path
    commit: str
    wrong: str
    right: str


def mistaken(content: str) -> tuple[str, str, str]:
    """Return a ledger with one expense 100 元 too high, balanced as a clerk who miscopied it would."""
    rows = list(csv.DictReader(io.StringIO(content)))
    spent = next(row for row in rows if row["支出"] and row["类别"] != "内部转账")
    right = spent["支出"]
    spent["支出"] = wrong = f"{Decimal(right) + 100:.2f}"
    own = (spent["主体"], spent["账户"])
    for row in rows[rows.index(spent) :]:
        if (row["主体"], row["账户"]) == own and row["结余"]:
            row["结余"] = f"{Decimal(row['结余']) - 100:.2f}"
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue(), wrong, right


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Case:
    work = tmp_path_factory.mktemp("auditor")
    root = copy_sample(work / "county")
    records = Records(root)
    records.write(".gitignore", "/site/\n/site-audit/\n/build/\n/receipts/\n")
    sound = (root / LEDGER).read_text(encoding="utf-8")
    text, wrong, right = mistaken(sound)
    records.write(LEDGER, text)
    records.commit("2026-06-30", "二季度")
    records.write(LEDGER, sound)
    commit = records.commit("2026-09-30", f"更正\n\n更正原因: {REASON}\n编制: 报账员\n审核: 监委会\n")
    assert cunwu("build", "--root", root, "--workers", "1").exit_code in (0, 1)
    done = cunwu("publish", work / "www", "--root", root)
    assert done.exit_code == 0, done.output
    return Case(root, work / "www" / "current", commit, wrong, right)


@pytest.fixture
def clone(published: Case, tmp_path: Path) -> Path:
    """Return an auditor's own clone, with the log that lies beside the published site."""
    target = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "--no-local", str(published.root), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.copy(published.site / "disclosure-log.jsonl", target)
    return target


def test_two_quarters_are_compared_by_the_money_that_moved(published: Case, clone: Path):
    done = cunwu("diff", "2026-06-30", "2026-09-30", "--root", clone)

    assert done.exit_code == 0, done.output
    assert f"支出 {published.wrong} → {published.right}" in done.output
    assert "影响" in done.output and "+100.00 元" in done.output
    assert "1 个文件有不同" in done.output


def test_a_changed_amount_leads_from_the_page_to_the_commit_and_its_reason(published: Case, clone: Path):
    page = (published.site / PAGE).read_text(encoding="utf-8")
    told = re.sub(r"<[^>]+>", "", page)
    commit = re.search(r"版本 ?<code>([0-9a-f]{7,})</code></small>\s*</div>", page)

    assert f"支出 {published.wrong} → {published.right}" in told
    assert f"原因：{REASON}" in told
    assert commit is not None and published.commit.startswith(commit[1])
    shown = subprocess.run(
        ["git", "-C", str(clone), "show", "--no-color", commit[1]],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert REASON in shown
    assert re.search(rf"^-.*,{re.escape(published.wrong)},", shown, re.M)
    assert re.search(rf"^\+.*,{re.escape(published.right)},", shown, re.M)


def test_the_village_and_the_county_tell_the_correction_in_their_feeds(published: Case):
    for feed in ("qingshi/corrections/feed.xml", "corrections/feed.xml"):
        text = (published.site / feed).read_text(encoding="utf-8")
        assert REASON in text
        assert "2026年6月 财务收支 更正" in text


def test_the_published_site_its_log_its_lists_and_the_history_hold(published: Case, clone: Path):
    done = cunwu("verify", published.site, "--root", clone)

    assert done.exit_code == 0, done.output
    assert "全部相符" in done.output
    assert "仓库历史：核对了日志登记的" in done.output
    assert "公示期满的名单" in done.output
    assert "还没有删除的名单" in done.output


def test_a_history_that_was_retold_is_refused_for_the_version_that_it_hides(published: Case, clone: Path):
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(clone), "-c", "user.name=x", "-c", "user.email=x@example.invalid", *arguments],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    (clone / LEDGER).write_text(mistaken((clone / LEDGER).read_text(encoding="utf-8"))[0], encoding="utf-8")
    git("add", LEDGER)
    tree = git("write-tree")
    git("update-ref", "HEAD", git("commit-tree", tree, "-m", "一直如此"))

    done = cunwu("verify", published.site, "--root", clone)

    assert done.exit_code == 1
    assert f"{LEDGER}：" in done.output
    assert "[history-rewritten]" in done.output


def test_the_commit_on_the_manifest_makes_the_site_anew_to_the_byte(published: Case, clone: Path):
    done = cunwu("reproduce", "HEAD", published.site, "--root", clone, "--workers", "1")

    assert done.exit_code == 0, done.output
    assert "一个字节都不差" in done.output
