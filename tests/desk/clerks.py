"""Clerks at the desk: a browser without a window, the sheets it hands over, and what the pages say to it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.desk.desk import Desk
from generator.desk.gate import Gate
from generator.desk.web import create_app
from tests.history.repositories import copy_of
from tests.sample import copy_sample

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PORT = 8765
HOST = f"127.0.0.1:{PORT}"
PASSPHRASE = "合成的口令一二三"
HEADING = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注"
OPENING = "001,2026-10-01,,上月结转,村集体,银行,上月结转,,,612903.18,"
INCOME = "002,2026-10-05,记-001,收鱼塘承包费,村集体,银行,发包收入,3000.00,,615903.18,"
EXPENSE = "003,2026-10-09,记-002,修水渠,村集体,银行,维修养护,,1200.00,614703.18,"
TITLE = "青石村2026年10月财务收支公开表"
TARGET = "content/qingxi/qingshi/finance/2026-10.csv"


def ledger(*rows: str, title: str = TITLE) -> bytes:
    """Return a month's sheet as an old spreadsheet saves it: commas, GBK."""
    return "\r\n".join((title, HEADING, *(rows or (OPENING, INCOME, EXPENSE)), "")).encode("gbk")


def git(root: Path, *arguments: str) -> str:
    """Run git on ``root`` without anybody's own settings, and return what it prints."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "x", f"GIT_{who}_EMAIL": "x@desk.invalid"}
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def git_county(folder: Path) -> Path:
    """Return a copy of the sample county as a repository of its own, with one commit."""
    return copy_of(_committed, folder)


def _committed(root: Path) -> None:
    copy_sample(root)
    ignored = "/site/\n/site-audit/\n/build/\n/content_private/\n/receipts/\n"
    (root / ".gitignore").write_text(ignored, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=开始")


class Page:
    """What came back: its status, where it leads, and what a reader sees of it."""

    def __init__(self, answer: Any) -> None:
        self.status: int = answer.status_code
        self.onward: str = answer.headers.get("Location", "")
        self.headers = answer.headers
        self.content: bytes = answer.data
        self.html: str = answer.data.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """Return the page without its tags."""
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", self.html)))

    def field(self, name: str) -> str:
        """Return what an input begins with; the test fails where there is no such input."""
        match = re.search(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', self.html)
        assert match is not None, f"no field {name}"
        return unescape(match[1])

    def has_field(self, name: str) -> bool:
        """Return whether there is such an input."""
        return f'name="{name}"' in self.html


class Clerk:
    """A clerk with a browser of their own at the desk of one county."""

    def __init__(self, root: Path, home: Path, *, lan: str = "", address: str = "127.0.0.1") -> None:
        self.desk = Desk.open(root, home, lambda: NOW, Gate(PORT, lan))
        self._app = create_app(self.desk)
        self.client = self._app.test_client()
        self.address, self.host = address, HOST

    def beside(self) -> Clerk:
        """Return another clerk at the same desk, with another browser."""
        other = object.__new__(Clerk)
        other.desk, other._app, other.address, other.host = self.desk, self._app, self.address, self.host
        other.client = self._app.test_client()
        return other

    def get(self, url: str) -> Page:
        """Open a page."""
        return Page(self.client.get(url, **self._from()))

    def post(self, url: str, form: Mapping[str, Any] | None = None, *, token: str | None = None) -> Page:
        """Send a form with the token of a page that was opened before."""
        sent = {"csrf_token": self.token() if token is None else token, **(form or {})}
        return Page(self.client.post(url, data=sent, content_type="multipart/form-data", **self._from()))

    def token(self) -> str:
        """Return the token that every form carries."""
        return self.get("/").field("csrf_token")

    def put_in(self, name: str, content: bytes, **says: str) -> Page:
        """Hand a file over and return the page of its sheets."""
        return self.follow(self.post("/works", {"files": (BytesIO(content), name), **says}))

    def follow(self, page: Page) -> Page:
        """Return the page that an answer leads to; it remembers from where."""
        assert page.status == 302, page.text
        found = self.get(page.onward)
        found.onward = page.onward
        return found

    def mend(self, page: Page, cells: Mapping[str, str], file: str = "账.csv", sheet: str = "账") -> Page:
        """Send the cells of the sheet on ``page``, and return the page after it."""
        form = {f"cell.{cell}": text for cell, text in cells.items()}
        sent = {"version": page.field("version"), "file": file, "sheet": sheet, **form}
        answer = self.post(f"{work_of(page)}/cells", sent)
        return self.follow(answer) if answer.status == 302 else answer

    def _from(self) -> dict[str, Any]:
        return {"headers": {"Host": self.host}, "environ_base": {"REMOTE_ADDR": self.address}}


def work_of(page: Page) -> str:
    """Return the address of the work on a page."""
    match = re.search(r"/works/[0-9a-f]{16}", page.onward + page.html)
    assert match is not None
    return match[0]


def hand_in(clerk: Clerk, page: Page, **form: str) -> Page:
    """Hand a work in by its last page."""
    work = work_of(page)
    version = clerk.get(f"{work}/submit").field("version")
    return clerk.post(f"{work}/submit", {"version": version, "role": "报账员", **form})
