"""Far copies: a release goes by real rsync to a real ssh server, which switches to it when it is whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.history.far_copy import copy_far
from generator.model.finding import SetupError
from generator.publish.releases import files_below
from tests.commands.conftest import cunwu
from tests.counties import ROOT, changed, county_at
from tests.history.repositories import Repo
from tests.publish.machines import ssh_server

LEDGER = "content/dong/xi/finance/2026-02.csv"
PAGE = "xi/finance/2026-02/index.html"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with ssh_server(tmp_path_factory.mktemp("machine") / "ssh") as reached:
        yield reached


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = Repo(tmp_path_factory.mktemp("far") / "county")
    county_at(repo.root)
    (repo.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (repo.root / ".gitignore").write_text("/site/\n/site-audit/\n/build/\n/content_private/\n", "utf-8")
    repo.commit("起点")
    assert cunwu("build", "--root", repo.root, "--workers", "1").returncode == 0
    return repo.root


@pytest.fixture
def work(county: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", str(county), str(tmp_path / "county")], check=True)
    return tmp_path


def sent(work: Path, server: tuple[str, str], verb: str = "publish") -> str:
    who, ssh = server
    options = ("--rsync", f"{who}:{work}/far", "--ssh", ssh)
    done = cunwu(verb, work / "www", "--root", work / "county", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def change(work: Path) -> None:
    changed(work / "county", LEDGER, ("修三组路灯", "修三组路灯和水管"))
    Repo(work / "county").commit("改一行")
    assert cunwu("build", "--root", work / "county", "--workers", "1").returncode == 0


def read(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in files_below(folder)}


def count(told: str) -> int:
    found = re.search(r"传了 (\d+) 个文件", told)
    assert found is not None, told
    return int(found[1])


def test_what_is_sent_is_served_there_and_holds(work: Path, server: tuple[str, str]):
    told = sent(work, server)

    assert read(work / "far/current") == read(work / "www/current")
    assert count(told) == len(files_below(work / "www/current"))
    verified = cunwu("verify", work / "far/current", "--root", work / "county")
    assert verified.returncode == 0, verified.stdout
    assert not any(path.is_symlink() for path in (work / "far/current/").resolve().rglob("*"))


def test_a_change_in_one_village_sends_the_files_that_changed_and_no_others(
    work: Path, server: tuple[str, str]
):
    sent(work, server)
    before = read(work / "far/current")
    change(work)

    told = sent(work, server)

    after = read(work / "far/current")
    different = {path for path in after if before.get(path) != after[path]}
    assert count(told) == len(different) < 30
    assert {path.partition("/")[0].partition(".")[0] for path in different} == {
        "xi",
        "manifest",
        "disclosure-log",
    }
    assert [path.name for path in (work / "far/releases").iterdir()] == [
        (work / "www/current").resolve().name
    ]


def test_a_release_of_before_is_served_there_again(work: Path, server: tuple[str, str]):
    sent(work, server)
    change(work)
    sent(work, server)

    sent(work, server, "rollback")

    assert "修三组路灯和水管" not in (work / "far/current" / PAGE).read_text(encoding="utf-8")
    assert read(work / "far/current") == read(work / "www/current")


def test_a_folder_that_holds_something_else_is_not_touched(work: Path, server: tuple[str, str]):
    who, ssh = server
    (work / "far").mkdir()
    (work / "far/letter.txt").write_text("x", encoding="ascii")

    with pytest.raises(SetupError, match="有别的东西"):
        copy_far(work / "county/site", f"{who}:{work}/far", "000001-0", ssh)

    assert [path.name for path in (work / "far").iterdir()] == ["letter.txt"]


def test_a_path_with_blanks_and_quotes_is_one_path(work: Path, server: tuple[str, str]):
    who, ssh = server

    copy_far(work / "county/site", f"{who}:{work}/far 'away $HOME", "000001-0", ssh)

    assert read(work / "far 'away $HOME/current") == read(work / "county/site")


@pytest.mark.parametrize("address", ["host", "host:relative", "-oProxyCommand=x:/a", "a b:/c", ":/c"])
def test_what_is_no_address_is_refused(work: Path, address: str):
    with pytest.raises(SetupError, match="写成"):
        copy_far(work, address, "000001-0", "ssh")


def test_a_machine_that_cannot_be_reached_leaves_what_was_put_out_here(work: Path):
    options = ("--rsync", f"nobody@127.0.0.1:{work}/far", "--ssh", "ssh -p 9")
    done = cunwu("publish", work / "www", "--root", work / "county", *options)

    assert done.returncode == 3
    assert "已发布" in done.stdout
    assert "那里的网站保持不动" in done.stderr
    assert (work / "www/current" / PAGE).is_file()


def test_a_line_that_is_cut_leaves_the_old_site_and_the_next_upload_mends_it(
    work: Path, server: tuple[str, str]
):
    sent(work, server)
    before = read(work / "far/current")
    change(work)
    # So large that the upload is certainly under way when it is cut.
    site, (who, ssh) = work / "large", server
    subprocess.run(["cp", "-aL", f"{work}/www/current/", str(site)], check=True)
    (site / "large.bin").write_bytes(os.urandom(1 << 25))
    program = (
        "import sys; from pathlib import Path; from generator.history.far_copy import copy_far; "
        "copy_far(Path(sys.argv[1]), sys.argv[2], '000009-0', sys.argv[3])"
    )
    command = [sys.executable, "-c", program, str(site), f"{who}:{work}/far", ssh]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while not list((work / "far/releases").glob(".part-*/*")) and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGKILL)

    assert read(work / "far/current") == before
    sent(work, server)
    assert read(work / "far/current") == read(work / "www/current")
