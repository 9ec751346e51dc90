"""Drawing: from a county's folder to a village's pages, without the shell and without writing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.checks.receipts import read_with_receipts
from generator.history.repository import NO_VERSIONS, Versions
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.site import Page, Site
from generator.pages.audit_site import audit_plan
from generator.pages.book import Book, open_book
from generator.pages.render import Renderer
from generator.pages.village_site import village_site
from generator.promises.promises import Promises, load_promises
from tests.sample import AS_OF, ROOT

TOWNSHIP = 'name: 云溪镇\ncode: "999801000000"\n'
VILLAGE = """\
slug: liuhe
name: 柳河村
code: "999801201000"
kind: village
contacts:
  - {title: 柳河村村务监督委员会, phone: 000-20010001, hours: 周一 9:00–17:00}
valid_from: "2001-01-01"
"""
REGISTER = "项目,期间,次,类型,编制,审核,审核日,张贴起,张贴止,地点,说明\n"
LEDGER = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"


class SmallCounty:
    """A county of one village that a test fills with the files it is about."""

    def __init__(self, root: Path, *, schemas: bool = True) -> None:
        self.root = root
        shutil.copytree(ROOT / "site_config", root / "site_config")
        shutil.copytree(ROOT / "schemas", root / "schemas")
        shutil.copy2(ROOT / "mkdocs.yml", root / "mkdocs.yml")
        if not schemas:
            for path in (root / "schemas").glob("*.yaml"):
                if path.name != "publications.yaml":
                    path.unlink()
        (root / "content_private").mkdir()
        self.write("content/yunxi/township.yaml", TOWNSHIP)
        self.write("content/yunxi/liuhe/village.yaml", VILLAGE)
        self._promises: Promises | None = None

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file below the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def put(self, path: str, text: str | bytes) -> None:
        """Write a file of the village's public records."""
        self.write(f"content/yunxi/liuhe/{path}", text)

    def put_private(self, path: str, text: str) -> None:
        """Write a file of the village's private records."""
        self.write(f"content_private/yunxi/liuhe/{path}", text)

    def register(self, *lines: str) -> None:
        """Write the register of publications."""
        self.put("publications.csv", REGISTER + "".join(f"{line}\n" for line in lines))

    def book(self, as_of: date = AS_OF, versions: Versions = NO_VERSIONS) -> Book:
        """Return the village, judged."""
        if self._promises is None:
            self._promises = load_promises(self.root)
        return open_village(self._promises, "liuhe", as_of, versions)

    def site(self, as_of: date = AS_OF, versions: Versions = NO_VERSIONS) -> Site:
        """Return the village's pages."""
        return draw(self.book(as_of, versions))


def open_village(
    promises: Promises, village: str, as_of: date = AS_OF, versions: Versions = NO_VERSIONS
) -> Book:
    """Return one village of a county, judged as on ``as_of``."""
    require_laws(promises.catalogue)
    chosen = walk_county(promises).village_named(village)
    assert chosen is not None
    package, stored = read_with_receipts(Intake(promises), chosen, promises)
    return open_book(judge(package, promises, as_of), promises, versions, stored)


def draw(book: Book) -> Site:
    """Return the site of ``book``."""
    return village_site(book, Renderer(book.promises.root / "site_config" / "theme"))


def draw_audit(*arguments: Any) -> Site:
    """Return the audit site that ``audit_plan`` plans, with all of its pages: a build makes one at a time."""
    plan = audit_plan(*arguments)
    made = (one for part in plan.parts for one in part.make())
    return replace(plan.site, pages=tuple(make() for _url, make in made))


def page_at(site: Site, url: str) -> Page:
    """Return the page of ``site`` whose address below the village is ``url``."""
    return next(page for page in site.pages if page.url == site.url + url)


def file_at(site: Site, path: str) -> bytes:
    """Return the bytes of the file of ``site`` whose path below the village is ``path``."""
    return next(file.content for file in site.files if file.path == site.url + path)


def ledger(*rows: str) -> str:
    """Return a ledger; rows are written 日,摘要,主体,账户,类别,收入,支出,结余 (of September 2026)."""
    lines = []
    for number, row in enumerate(rows, start=1):
        day, label, entity, account, category, income, expense, balance = row.split(",")
        lines.append(
            f"{number:03},2026-09-{int(day):02},,{label},{entity},{account},{category},"
            f"{income},{expense},{balance},\n"
        )
    return LEDGER + "".join(lines)
