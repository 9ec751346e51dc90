"""cunwu export: all records of the county with their history, in files for analysis."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.options import as_of_option, judged_day, root_option
from generator.wording import N_, _

_FORMATS = ("sqlite", "datapackage", "csv", "parquet")


@click.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="sqlite",
    help=N_(
        "sqlite：一个数据库文件（默认）；datapackage：CSV 加各列说明；csv：用表格软件打开；"
        "parquet：要另装 pyarrow"
    ),
)
@root_option
@as_of_option
def export(target: Path, form: str, root: Path, as_of: date | None) -> None:
    """Write the county's records into TARGET; exit 1 when a village had to be left out."""
    from generator.pipeline.exporting import export_county
    from generator.promises.settings import load_settings

    day = judged_day(as_of, load_settings(root).as_of)
    done = export_county(root, target, form, as_of=day)
    click.echo(
        _("已导出 {villages} 个村（含乡镇、县）共 {rows} 行到 {folder}").format(
            villages=done.villages, rows=done.rows, folder=target
        )
    )
    click.echo(_("补贴、救助等名单不在其中"))
    if done.held:
        click.echo(_("{count} 张待更正的表没有导出，见 periods 表").format(count=done.held))
    if done.withheld:
        click.echo(
            _("含有不该公开的个人信息，没有导出：{villages}。先运行 cunwu check").format(
                villages="、".join(done.withheld)
            ),
            err=True,
        )
        raise SystemExit(1)
