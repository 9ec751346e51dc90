"""cunwu comment: what a check found, as one comment below a merge request that is brought up to date."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.pipeline.reports import MARKER
from generator.publish.comments import HOSTS, CommentError, Thread, put_comment
from generator.wording import N_, _


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--host", required=True, type=click.Choice(HOSTS), help=N_("代码托管平台"))
@click.option("--api", required=True, help=N_("平台的接口地址，如 https://api.github.com"))
@click.option("--repository", required=True, help=N_("仓库：组织/名称，GitLab 也可以写项目编号"))
@click.option("--number", required=True, type=click.IntRange(1), help=N_("合并请求的编号"))
def comment(file: Path, host: str, api: str, repository: str, number: int) -> None:
    """Put FILE (cunwu check --format markdown) below a merge request; CUNWU_TOKEN is the key.

    A comment that cannot be written stops nothing: what was found stands in the log too.
    """
    token = os.environ.get("CUNWU_TOKEN", "")
    if not file.is_file():
        click.echo(_("没有评论：还没有检查结果 {file}").format(file=file), err=True)
        return
    text = file.read_text(encoding="utf-8")
    if not text.startswith(MARKER):
        raise click.UsageError(_("{file} 不是 cunwu check --format markdown 写的").format(file=file))
    if not token:
        click.echo(_("没有评论：没有设置 CUNWU_TOKEN"), err=True)
        return
    try:
        was_there = put_comment(Thread(host, api, repository, number), text, token)
    except CommentError as error:
        click.echo(_("没有评论：{problem}").format(problem=error), err=True)
        return
    click.echo(_("评论已更新") if was_there else _("已写评论"))
