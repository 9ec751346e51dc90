"""cunwu template: a workbook per item that a clerk fills in and hands over as it is."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.commands.naming import item_meant, period_meant, require_fit, village_meant
from generator.commands.options import root_option
from generator.intake.walk import walk_county
from generator.intake.whole_file import write_whole
from generator.model.item import DisclosureItem
from generator.promises.promises import load_promises
from generator.sheets.writing.template import template_bytes
from generator.wording import N_, _

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@click.command()
@click.argument("items", nargs=-1, required=True, metavar="ITEM…")
@root_option
@click.option("--village", default="", help=N_("填好村名（村名、网址名或 12 位代码）"))
@click.option("--period", default="", help=N_("填好期间（2026-03、2026Q1、2026）"))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help=N_("写到哪个文件夹，默认是当前文件夹"),
)
def template(items: tuple[str, ...], root: Path, village: str, period: str, out: Path) -> None:
    """Write a workbook for each of ``items``; nothing that a clerk may have filled in is overwritten."""
    promises = load_promises(root)
    place = village_meant(walk_county(promises), village) if village else None
    covered = period_meant(period) if period else None
    wanted = []
    for name in dict.fromkeys(items):
        item = item_meant(promises.catalogue, name, covered)
        _require_table(item)
        require_fit(item, place, covered)
        owner, when = place.name if place else "", covered.title if covered else ""
        path = out / (_UNSAFE.sub("", f"{owner}{when}{item.title}") + ".xlsx")
        content = template_bytes(item, village=owner, period=when)
        if path.exists() and path.read_bytes() != content:
            raise click.UsageError(_("{path} 已经存在").format(path=path))
        wanted.append((path, content))
    out.mkdir(parents=True, exist_ok=True)
    for path, content in wanted:
        write_whole(path, content)
        click.echo(_("已写 {path}，填好后运行 cunwu import").format(path=path))


def _require_table(item: DisclosureItem) -> None:
    if item.is_document:
        raise click.UsageError(
            _("「{item}」是一篇文书，不是一张表；请运行 cunwu new 取空白文书").format(item=item.title)
        )
