"""A server: what is pushed to it is on the page, or is refused and the page stays, and it says why."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.commands.conftest import cunwu
from tests.counties import changed, county_at, written
from tests.history.repositories import Repo, left_alone
from tests.privacy.generators import mobile

NOTICE = "content/dong/xi/notice/2026-02-20.yaml"
LEDGER = "content/dong/xi/finance/2026-02.csv"
PEOPLE = """editors:
  - {name: dongxi, role: 西村报账员, places: [dong/xi]}
keepers:
  - {name: admin, role: 县管理员}
reviewers:
"""


class Hub:
    """A server with one clerk's clone before it."""

    def __init__(self, folder: Path) -> None:
        self.store, self.www = folder / "county.git", folder / "www"
        self.clone = Repo(folder / "clone")

    def push(self, user: str = "admin", *options: str) -> subprocess.CompletedProcess[str]:
        """Push as ``user`` and return what was said."""
        command = ["git", "-C", str(self.clone.root), "push", *options, "origin", "HEAD:main"]
        environment = left_alone() | {"CUNWU_USER": user}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def commit(self, message: str = "改") -> None:
        """Take in what the server wrote and commit what lies in the clone."""
        self.clone.git("add", "--all")
        self.clone.git("commit", "--quiet", "--message", message)

    def follow(self) -> None:
        """Bring the clone to what the server holds."""
        self.clone.git("fetch", "--quiet", "origin")
        self.clone.git("reset", "--quiet", "--hard", "origin/main")

    def page(self) -> str:
        """Return the notice's page as it is served."""
        return (self.www / "current" / "xi/notice/2026-02-20/index.html").read_text(encoding="utf-8")

    def release(self) -> str:
        """Return which release is served."""
        return str((self.www / "current").readlink())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Return a server to which a county was pushed once; its tests leave it as it was pushed to."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        hub = Hub(tmp_path_factory.mktemp("server"))
        county_at(hub.clone.root)
        written(hub.clone.root, "site_config/people.yaml", PEOPLE)
        written(hub.clone.root, ".gitignore", "/site/\n/site-audit/\n/build/\n")
        mkdocs = Path(__file__).parents[2] / "generator/starting/files/mkdocs.yml"
        (hub.clone.root / "mkdocs.yml").write_bytes(mkdocs.read_bytes())
        hub.commit("起点")
        done = cunwu("install-server", hub.store, hub.www)
        assert done.returncode == 0, done.stderr
        hub.clone.git("remote", "add", "origin", hub.store)
        first = hub.push()
        assert first.returncode == 0, first.stderr
        yield hub


@pytest.fixture
def hub(made: Hub) -> Hub:
    made.follow()
    return made


def test_the_first_push_is_on_the_page_and_in_the_log(hub: Hub):
    assert "三组蓄水池清淤停水通知" in hub.page()
    log = (hub.clone.root / "disclosure-log.jsonl").read_bytes()
    assert log.count(b"\n") == hub.clone.git("log", "--format=%s").count("登记第")
    assert (hub.www / "current" / "disclosure-log.jsonl").read_bytes() == log


def test_a_push_lands_on_the_page(hub: Hub):
    changed(hub.clone.root, NOTICE, ("三组蓄水池清淤停水通知", "三组停水改到周五"))
    hub.commit()

    done = hub.push("dongxi")

    assert done.returncode == 0
    assert "三组停水改到周五" in hub.page()
    assert "已发布" in done.stderr
    assert "有变动的村 1 个：xi" in done.stderr
    hub.follow()
    assert cunwu("verify", hub.www / "current", "--root", hub.clone.root).returncode == 0


def test_a_push_with_a_telephone_number_is_refused_and_says_where(hub: Hub):
    before = hub.release()
    number = str(mobile(Random(5)))
    changed(hub.clone.root, NOTICE, ("请提前备水", f"请提前备水，电话 {number}"))
    hub.commit()

    done = hub.push("dongxi")

    assert done.returncode == 1
    assert NOTICE in done.stderr
    assert number not in done.stderr
    assert hub.release() == before


def test_a_push_to_another_village_is_refused_and_says_whose_it_is_not(hub: Hub):
    before = hub.release()
    written(hub.clone.root, "content/dong/he/notice/2026-02-20.yaml", "标题: 通知\n")
    hub.commit()

    done = hub.push("dongxi")

    assert done.returncode == 1
    assert "dongxi 不负责这个村或单位" in done.stderr
    assert "content/dong/he/notice/2026-02-20.yaml" in done.stderr
    assert hub.release() == before


def test_a_push_that_rewrites_history_is_refused(hub: Hub):
    before = hub.release()
    hub.clone.git("commit", "--quiet", "--amend", "--message", "别的说明")

    done = hub.push("admin", "--force")

    assert done.returncode == 1
    assert "改写或删去了已有的历史" in done.stderr
    assert hub.release() == before


def test_a_proposal_is_judged_and_not_published(hub: Hub):
    before = hub.release()
    changed(hub.clone.root, NOTICE, ("标题: ", "标题: 草稿 "))
    hub.commit()
    command = ["git", "-C", str(hub.clone.root), "push", "origin", "HEAD:refs/heads/mine"]
    environment = left_alone() | {"CUNWU_USER": "dongxi"}

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert hub.release() == before


def test_a_table_with_an_error_is_held_back_and_the_rest_is_published(hub: Hub):
    changed(hub.clone.root, LEDGER, ("修三组路灯", "修三组路灯和水管"))
    text = (hub.clone.root / LEDGER).read_text(encoding="utf-8")
    (hub.clone.root / LEDGER).write_text(text.replace(".00", ".0o"), encoding="utf-8")
    hub.commit()

    done = hub.push("dongxi")

    assert done.returncode == 0
    assert LEDGER in done.stderr
    assert "有错误的表先不公开" in done.stderr
    assert "已发布" in done.stderr
    page = (hub.www / "current" / "xi/finance/2026-02/index.html").read_text(encoding="utf-8")
    assert "待更正" in page


def test_a_broken_set_up_leaves_the_site_as_it_was_and_says_why(hub: Hub):
    before = hub.release()
    written(hub.clone.root, "site_config/county.yaml", "county: {name: 示范县}\n")
    hub.commit()

    done = hub.push("admin")

    assert done.returncode == 0
    assert "没有发布，网站保持原样" in done.stderr
    assert "county.yaml" in done.stderr
    assert hub.release() == before
    hub.clone.git("revert", "--no-edit", "HEAD")
    mended = hub.push("admin")
    assert "已发布" in mended.stderr


def test_a_village_repository_that_is_no_bare_one_is_not_made_a_server(hub: Hub, tmp_path: Path):
    done = cunwu("install-server", hub.clone.root, tmp_path / "www")

    assert done.returncode == 3
    assert "bare" in done.stderr
