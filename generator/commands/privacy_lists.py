"""cunwu privacy seal and expire: lists of persons are bound while they are there, and dropped in time."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

import click

from generator.commands.options import as_of_option, judged_day, root_option
from generator.wording import N_, _

_SALT_BYTES = 32


@click.command(help=N_("给每份个人名单写下承诺（户数、合计和加盐的校验值），期满删除名单以后仍可核对"))
@root_option
def seal(root: Path) -> None:
    """Seal every private list that is not sealed as it stands, and say which."""
    from generator.intake.walk import walk_county
    from generator.pipeline.forgetting import seal_lists
    from generator.promises.promises import load_promises

    promises = load_promises(root)
    written = 0
    for sealed in seal_lists(promises, walk_county(promises), lambda: secrets.token_hex(_SALT_BYTES)):
        written += 1
        click.echo(
            _("{title}：{rows} 行 → {path}").format(title=sealed.title, rows=sealed.rows, path=sealed.path)
        )
    click.echo(
        _("写了 {count} 份承诺，请和名单一起提交（承诺放公开的库，名单和盐值留在不公开的目录）").format(
            count=written
        )
        if written
        else _("名单都已有承诺，没有要写的")
    )


@click.command(help=N_("公示期满的名单：删去各行和盐值，只留户数、合计和承诺"))
@root_option
@as_of_option
@click.option("--dry-run", is_flag=True, help=N_("只说会删哪些，不动文件"))
def expire(root: Path, as_of: date | None, dry_run: bool) -> None:
    """Drop the rows of every list whose display is over, and say what was removed."""
    from generator.history.repository import find_top
    from generator.intake.walk import walk_county
    from generator.pipeline.forgetting import expire_lists
    from generator.promises.promises import load_promises

    promises = load_promises(root)
    day = judged_day(as_of, promises.settings.as_of)
    removed = 0
    for forgotten in expire_lists(promises, walk_county(promises), day, keeps_files=dry_run):
        removed += 1
        click.echo(
            _("{title}：{rows} 行，公示到 {until} → {path}").format(
                title=forgotten.title, rows=forgotten.rows, until=forgotten.shown_until, path=forgotten.path
            )
        )
    if not removed:
        click.echo(_("没有期满的名单"))
        return
    click.echo((_("会删去 {count} 份名单") if dry_run else _("删去了 {count} 份名单")).format(count=removed))
    private = promises.settings.private_content
    if private is not None and find_top(private) is not None:
        click.echo(_("名单所在的目录有版本历史，旧版本里还有：请用 cunwu privacy purge --file 清除"))
