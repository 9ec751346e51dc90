"""cunwu new: an empty form for one village, item and period."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import root_option
from generator.intake.stem import read_stem
from generator.intake.walk import walk_county
from generator.model.period import Period
from generator.pages.forms import blank_form
from generator.promises.promises import load_promises
from generator.wording import _


@click.command()
@click.argument("village")
@click.argument("item")
@click.argument("period")
@root_option
def new(village: str, item: str, period: str, root: Path) -> None:
    """Write the header (or the document's outline) where its path says what it is."""
    promises = load_promises(root)
    place = walk_county(promises).village_named(village)
    if place is None:
        raise click.UsageError(
            _("找不到村「{village}」，请用网址名、12 位代码或不重名的村名").format(village=village)
        )
    names = {v.title: name for name, versions in promises.catalogue.versions.items() for v in versions}
    name = names.get(item, item)
    try:
        covered, _slug = read_stem(period)
    except ValueError:
        raise click.UsageError(
            _("「{period}」不是一个期间，请写成 2026-03、2026Q1、2026 或 2026-03-15").format(period=period)
        ) from None
    version = promises.catalogue.governing(name, covered)
    if version is None:
        known = "、".join(sorted(promises.catalogue.versions))
        raise click.UsageError(_("没有公开项目「{item}」，可以写：{known}").format(item=item, known=known))
    if place.kind not in version.applies_to:
        raise click.UsageError(
            _("{village}不公开「{item}」这一项").format(village=place.name, item=version.title)
        )
    if version.period_kind is not None and covered.kind != version.period_kind:
        example = Period.holding(covered.start, version.period_kind).text
        raise click.UsageError(
            _("「{item}」的期间请写成类似 {example}").format(item=version.title, example=example)
        )
    base = promises.settings.private_content if version.is_private else promises.settings.content
    if base is None:
        raise click.UsageError(
            _("「{item}」列有个人，请先在 county.yaml 写明 private_content").format(item=version.title)
        )
    path = base / place.folder / name / f"{period}.{'yaml' if version.is_document else 'csv'}"
    if path.exists():
        raise click.UsageError(_("{path} 已经存在").format(path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(blank_form(version), encoding="utf-8")
    click.echo(_("已新建 {path}，填好后运行 cunwu check").format(path=path))
