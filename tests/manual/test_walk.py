"""A new operator's walk: from the wheel to the villager's browser, step by step as the page says it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.web_servers import Server, free_port, nginx
from tests.manual.blocks import Block, Reader, blocks_of

NAME = "cunwu.example.gov.cn"
# By first line: what the test does in another way, and how.
INSTEAD = {
    "python3 -m venv /opt/cunwu": "the wheel is built here and installed into an environment of its own",
    "nginx -t && systemctl reload nginx": "nginx is tried and started below the test's own folder",
    "/opt/cunwu/bin/pip install --upgrade cunwu": "there is no newer version; an older one's file is laid",
}


class Walk:
    """The operator's page, block after block."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._left = [block for block in blocks_of("operators") if block.language == "sh"]

    def step(self, begins: str) -> str:
        """Do the next block, which begins so, and return all that was said."""
        block = self._left.pop(0)
        assert block.first.startswith(begins), f"the page goes on with: {block.first}"
        if block.first in INSTEAD:
            return ""
        done = self.reader.follow(block)
        return done.stdout + done.stderr

    @property
    def left(self) -> list[Block]:
        """Return the blocks that were not reached."""
        return self._left


def as_an_older_engine_left_it(county: Path) -> bytes:
    """Lay an older engine's file into a county, and return what the file should become."""
    lock, file = county / "site_config/engine.lock", county / "ci/check.sh"
    content, old = file.read_bytes(), b"#!/bin/sh\n# old\n"
    facts = json.loads(lock.read_bytes())
    facts["files"]["ci/check.sh"] = hashlib.sha256(old).hexdigest()
    file.write_bytes(old)
    lock.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    subprocess.run(["git", "-C", county, "commit", "--quiet", "--all", "--message", "旧版"], check=True)
    return content


@pytest.mark.soak
def test_a_new_operator_gets_from_the_wheel_to_a_page_and_through_a_bad_day(installed: Path, tmp_path: Path):
    port = free_port()
    for folder in ("srv/backup", "etc/nginx", "tmp"):
        (tmp_path / folder).mkdir(parents=True)
    here = {f"/{name}/": f"{tmp_path}/{name}/" for name in ("srv", "etc", "tmp")}
    walk = Walk(Reader(tmp_path, {**here, "8080": str(port)}, installed))
    county, live = tmp_path / "county", tmp_path / "srv/cunwu/current"

    walk.step("python3 -m venv")
    assert "2 个乡镇" in walk.step("cunwu init county")
    assert "已发布" in walk.step("cunwu install-server")
    assert (live / "qingshi/index.html").is_file()

    walk.step("cunwu server-config nginx")
    walk.step("nginx -t")
    config = (tmp_path / "etc/nginx/nginx.conf").read_text(encoding="utf-8")
    with nginx(config, tmp_path / "running", port) as server:
        assert "青石村" in seen(server, "/qingshi/")
        walk.step("cunwu server-config nginx")
        assert "shenji:$6$" in (tmp_path / "etc/nginx/cunwu-audit.htpasswd").read_text(encoding="ascii")

        before = live.readlink(), seen(server, "/qingshi/")
        said = walk.step("echo 'titel")
        assert "没有发布，网站保持原样" in said
        assert "titel" in said and "county.yaml" in said
        assert (live.readlink(), seen(server, "/qingshi/")) == before
        assert "已发布" in walk.step("git revert")

        walk.step("git log")
        newest = live.resolve()
        assert "已退回到第" in walk.step("cd /srv/git/county-work/county")
        assert live.resolve() != newest
        assert "青石村" in seen(server, "/qingshi/")
        walk.reader.folder = county
        renewed = as_an_older_engine_left_it(county)
        walk.step("/opt/cunwu/bin/pip install --upgrade")
        assert "已发布" in walk.step("git pull --rebase")
        assert (county / "ci/check.sh").read_bytes() == renewed

        walk.step("cd /srv/git/county-work/county")
        assert "青石村" in seen(server, "/qingshi/")

    walk.step("cd ~/county")
    assert (county / "CODEOWNERS").is_file()
    walk.step("git clone --quiet --mirror")
    assert "全部相符" in walk.step("cunwu verify")
    walk.step("cunwu new-village")
    assert "999901203000" in (county / "content/qingxi/qingzhu/village.yaml").read_text(encoding="utf-8")
    assert walk.left == []


def seen(server: Server, path: str) -> str:
    """Return the page at ``path`` as a villager is sent it."""
    answer = server.get(path, host=NAME)
    assert answer.status == 200
    return answer.body.decode()


def test_everything_done_in_another_way_is_on_the_page():
    assert set(INSTEAD) <= {block.first for block in blocks_of("operators")}
