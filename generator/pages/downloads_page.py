"""The county's page of downloads: all villages' records in a few files, for those who want to add them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.site import Page
from generator.pages.render import Renderer
from generator.pages.words import size_text
from generator.wording import _

DOWNLOADS = "downloads/"
SQLITE, TABLES = "county.sqlite", "county.zip"


@dataclass(frozen=True, slots=True)
class Download:
    """One file below ``DOWNLOADS``: its name, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """The county's downloads; ``held`` tables and the villages in ``withheld`` are not in them."""

    files: tuple[Download, ...] = ()
    held: int = 0
    withheld: tuple[str, ...] = ()


NO_DOWNLOADS = Downloads()


def downloads_page(downloads: Downloads, renderer: Renderer) -> Page:
    """Return the page that leads to the files, each with its size and what it is for."""
    words = {
        SQLITE: (_("一个数据库（SQLite）"), _("各村各表都在里面，金额另有一列以分为单位，可以直接相加")),
        TABLES: (_("全部表格（ZIP）"), _("每张表一个 CSV，附各列的说明（Data Package）")),
    }
    rows = [
        (*words[file.name], f"{DOWNLOADS}{file.name}", size_text(file.size), file.sha256)
        for file in downloads.files
    ]
    content = renderer.content("downloads.html.j2", DOWNLOADS, rows=rows, left_out=_left_out(downloads))
    return Page(DOWNLOADS, _("下载数据"), _("全县各村公开的数据，供统计和分析"), content, section="")


def _left_out(downloads: Downloads) -> Sequence[str]:
    told = [_("补贴、救助等名单不在里面。")]
    if downloads.held:
        told.append(_("有 {count} 张表待更正，内容不在里面。").format(count=downloads.held))
    if downloads.withheld:
        told.append(_("暂缺：{villages}。").format(villages="、".join(downloads.withheld)))
    return told
