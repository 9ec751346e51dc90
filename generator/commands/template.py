"""cunwu template: a workbook per item that a clerk fills in and hands over as it is."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.commands.options import root_option
from generator.intake.walk import walk_county
from generator.intake.whole_file import write_whole
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.village import Village
from generator.promises.promises import Promises, load_promises
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
    place = walk_county(promises).village_named(village) if village else None
    if village and place is None:
        raise click.UsageError(
            _("找不到村「{village}」，请用网址名、12 位代码或不重名的村名").format(village=village)
        )
    covered = _period(period)
    wanted = []
    for name in dict.fromkeys(items):
        item = _item(promises, name, covered)
        _require_fit(item, place, covered)
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


def _period(text: str) -> Period | None:
    if not text:
        return None
    try:
        return Period.parse(text)
    except ValueError:
        raise click.UsageError(
            _("「{period}」不是一个期间，请写成 2026-03、2026Q1、2026 或 2026-03-15").format(period=text)
        ) from None


def _item(promises: Promises, wanted: str, covered: Period | None) -> DisclosureItem:
    """Return the version of an item that governs a period, or its newest; raises UsageError."""
    versions = promises.catalogue.versions
    titles = {version.title: name for name, found in versions.items() for version in found}
    name = titles.get(wanted, wanted)
    item = None
    if name in versions:
        item = promises.catalogue.governing(name, covered) if covered else versions[name][-1]
    if item is None:
        known = "、".join(sorted(versions))
        raise click.UsageError(_("没有公开项目「{item}」，可以写：{known}").format(item=wanted, known=known))
    if item.is_document:
        raise click.UsageError(
            _("「{item}」是一篇文书，不是一张表；请运行 cunwu new 取空白文书").format(item=item.title)
        )
    return item


def _require_fit(item: DisclosureItem, place: Village | None, covered: Period | None) -> None:
    """Raise UsageError for an item that the village does not disclose, or not in such periods."""
    if place is not None and place.kind not in item.applies_to:
        raise click.UsageError(
            _("{village}不公开「{item}」这一项").format(village=place.name, item=item.title)
        )
    kind = item.period_kind
    if covered is not None and kind is not None and covered.kind != kind:
        example = Period.holding(covered.start, kind).text
        raise click.UsageError(
            _("「{item}」的期间请写成类似 {example}").format(item=item.title, example=example)
        )
