"""cunwu poster: what a village disclosed in a period, as sheets for the notice board."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.options import as_of_option, judged_day, root_option
from generator.wording import N_, _


@click.command()
@click.argument("village")
@click.argument("period")
@click.option("--item", "items", multiple=True, help=N_("只印这些项目（名称或代号），可以写几次"))
@click.option(
    "--paper", type=click.Choice(("a4", "a3"), case_sensitive=False), default="a4", help=N_("纸张，默认 A4")
)
@click.option("--rows", type=click.IntRange(1), default=None, help=N_("一张表最多印多少条，超过的只印合计"))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help=N_("写到这个文件夹，默认 build/posters"),
)
@root_option
@as_of_option
def poster(
    village: str,
    period: str,
    items: tuple[str, ...],
    paper: str,
    rows: int | None,
    out: Path | None,
    root: Path,
    as_of: date | None,
) -> None:
    """Write one PDF for each disclosure of the period and say what each holds."""
    from generator.pages.poster import MOST_ROWS
    from generator.pipeline.posters import open_posters
    from generator.promises.settings import load_settings

    settings = load_settings(root)
    posters = open_posters(root, village, judged_day(as_of, settings.as_of))
    if posters.leaks:
        click.echo(_("含有不该公开的个人信息，没有印；请先改好："), err=True)
        for finding in posters.leaks:
            click.echo(f"  {finding.place.file}:{finding.place.line or ''} {finding.message}", err=True)
        raise SystemExit(1)
    known = {name for item in posters.book.shown_items() for name in (item.name, item.title)}
    for name in items:
        if name not in known:
            raise click.UsageError(_("这个村没有公开项目「{item}」").format(item=name))
    if not settings.site_url:
        click.echo(_("site_config/county.yaml 没有填 site_url（网站地址），张贴页上没有二维码"), err=True)
    out = out or root / "build" / "posters"
    count = 0
    for sheet in posters.print(period, items, paper=paper.lower(), most_rows=rows or MOST_ROWS):
        out.mkdir(parents=True, exist_ok=True)
        path = out / sheet.file.path
        path.write_bytes(sheet.file.content)
        count += 1
        click.echo(_("{title}：{pages} 页 {path}").format(title=sheet.title, pages=sheet.pages, path=path))
        if sheet.is_held_back:
            click.echo(_("  这张表待更正，只印了说明，没有印表"))
        if sheet.is_closed:
            click.echo(_("  名单不在公示期，只印户数和合计；要印公示期用的，请加 --as-of 张贴那天"))
        if sheet.is_cut:
            click.echo(_("  条数太多，只印了合计；要全部印出，请加 --rows 更大的数"))
        if sheet.missing:
            click.echo(
                _("  这台机器的字体里没有这些字，印出来是空框：{letters}").format(letters=sheet.missing)
            )
    if not count:
        raise click.UsageError(
            _("{village}在「{period}」没有公开过什么。期间写成 2026-09、2026Q3、2026").format(
                village=posters.book.village.name, period=period
            )
        )
    click.echo(_("共 {count} 份，在 {folder}").format(count=count, folder=out))
