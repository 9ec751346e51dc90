"""Repositories as auditors find them: without history, cut off, detached, broken in the middle, retold."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import verbs
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import next_entry
from generator.model.finding import SetupError
from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File
from generator.promises.promises import load_promises
from generator.publish.records import records_of
from tests.counties import county_at
from tests.history.recording import Records

LEDGER = "content/dong/xi/finance/2026-01.csv"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Return a county of two commits whose log registered what each of them held."""
    root = county_at(tmp_path / "county")
    found = Records(root)
    found.commit("2026-01-31", "开始")
    log = registered(root, b"")
    path = root / LEDGER
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found.commit("2026-02-10", "换行")
    (root / LOG).write_bytes(registered(root, log))
    return found


def registered(root: Path, log: bytes) -> bytes:
    """Return the log with one more line, for the records as they lie."""
    line = next_entry(
        log,
        records_of(load_promises(root), datetime.now(UTC)),
        moment=datetime(2026, 2, 11, tzinfo=UTC),
        as_of=date(2026, 2, 11),
        engine="1",
        site="0" * 64,
    )
    return log + line.line() + b"\n"


def cloned(records: Records, target: Path, *options: str) -> Path:
    command = ["git", "clone", "--quiet", *options, f"file://{records.root}", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.copy(records.root / LOG, target / LOG)
    return target


def small_site(folder: Path) -> Path:
    """Return a site of one file, with the manifest that it needs to be made anew."""
    top = Manifest(manifest_of([File("index.html", b"")]).files, {}, {"as_of": "2026-02-11", "engine": "1"})
    folder.mkdir()
    (folder / "index.html").write_bytes(b"")
    (folder / "manifest.json").write_bytes(top.content())
    return folder


def test_a_whole_history_holds_every_version_that_the_log_registered(records: Records):
    done = run("verify", "--root", records.root)

    assert done.exit_code == 0, done.output
    assert "仓库历史：核对了日志登记的" in done.output


def test_a_shallow_clone_says_that_older_versions_were_not_looked_at(records: Records, tmp_path: Path):
    done = run("verify", "--root", cloned(records, tmp_path / "clone", "--depth=1"))

    assert done.exit_code == 0, done.output
    assert "没有完整的历史" in done.output
    assert "--unshallow" in done.output


def test_a_folder_without_git_says_that_no_history_was_looked_at(records: Records):
    shutil.rmtree(records.root / ".git")
    done = run("verify", "--root", records.root)

    assert done.exit_code == 0, done.output
    assert "没有版本历史" in done.output


def test_a_detached_head_is_as_good_as_a_branch(records: Records):
    records.git("checkout", "--quiet", "--detach")

    assert run("verify", "--root", records.root).exit_code == 0
    assert run("diff", "HEAD~1", "HEAD", "--root", records.root).exit_code == 0


def test_a_head_before_the_last_publication_lacks_what_was_published(records: Records):
    records.git("checkout", "--quiet", "--detach", "HEAD~1")
    done = run("verify", "--root", records.root, "--format", "json")

    found = json.loads(done.stdout)["findings"]
    assert done.exit_code == 1
    assert [(one["file"], one["code"]) for one in found] == [(LEDGER, "history-rewritten")]


def test_a_clone_without_the_private_root_is_enough_to_verify_and_to_compare(
    records: Records, tmp_path: Path
):
    clone = cloned(records, tmp_path / "clone")
    shutil.rmtree(clone / "content_private")

    assert run("verify", "--root", clone).exit_code == 0
    assert run("diff", "HEAD~1", "HEAD", "--root", clone).exit_code == 0


def test_a_repository_in_which_nothing_was_committed_is_one_clear_error(tmp_path: Path):
    root = county_at(tmp_path / "county")
    Records(root)
    site = small_site(tmp_path / "site")

    assert "那时还没有记录" in run("diff", "2026-01-31", "--root", root).output
    assert "没有版本历史" in run("verify", "--root", root).output
    done = run("reproduce", "HEAD", site, "--root", root)
    assert isinstance(done.exception, SetupError)
    assert "没有版本 HEAD" in done.exception.problem


def test_a_commit_that_a_shallow_clone_lacks_is_asked_for_by_its_way_back(records: Records, tmp_path: Path):
    clone = cloned(records, tmp_path / "clone", "--depth=1")
    done = run("reproduce", "HEAD~1", small_site(tmp_path / "site"), "--root", clone)

    assert isinstance(done.exception, SetupError)
    assert "--unshallow" in done.exception.problem


def test_outside_of_any_repository_nothing_can_be_made_anew(tmp_path: Path):
    root = county_at(tmp_path / "county")
    done = run("reproduce", "HEAD", small_site(tmp_path / "site"), "--root", root)

    assert isinstance(done.exception, SetupError)
    assert "不是 git 仓库" in done.exception.problem


def test_a_broken_version_in_the_middle_is_named_and_those_around_it_are_compared(records: Records):
    sound = (records.root / LEDGER).read_bytes()
    records.write(LEDGER, sound.replace(b",2000.00", b',"2000.00'))
    records.commit("2026-02-12", "写坏")
    records.write(LEDGER, sound.replace(b"2000.00", b"2100.00"))
    records.commit("2026-02-13", "写好")

    broken = run("diff", "HEAD~2", "HEAD~1", "--root", records.root)
    assert broken.exit_code == 1
    assert "引号不成对" in broken.output
    around = run("diff", "HEAD~2", "HEAD", "--root", records.root)
    assert around.exit_code == 0, around.output
    assert "2000.00 → 2100.00" in around.output


def test_commits_whose_clocks_ran_backwards_are_found_by_their_order(records: Records):
    path = records.root / LEDGER
    path.write_bytes(path.read_bytes().replace(b"2000.00", b"2100.00"))
    records.commit("2020-01-01", "时钟错了")

    done = run("diff", "HEAD~1", "HEAD", "--root", records.root)

    assert "2000.00 → 2100.00" in done.output


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda lines: [lines[0].replace(b'"number":1', b'"number":7'), lines[1]], "log-chain"),
        (lambda lines: lines[1:], "log-chain"),
        (lambda lines: lines[::-1], "log-chain"),
        (lambda lines: [lines[0], lines[1][:-20]], "log-cut"),
        (lambda lines: [lines[0], b"{}\n"], "log-line"),
    ],
    ids=["changed", "missing", "reordered", "truncated", "replaced"],
)
def test_a_log_that_was_tampered_with_is_named_line_by_line(records: Records, spoil, code: str):
    log = records.root / LOG
    log.write_bytes(b"".join(spoil(log.read_bytes().splitlines(keepends=True))))

    done = run("verify", "--root", records.root, "--format", "json")

    assert done.exit_code == 1
    found = json.loads(done.stdout)["findings"]
    assert code in [one["code"] for one in found]
    assert all(one["hint"] and one["message"] for one in found)
