"""cunwu rollback: serve a release of before again, as far as it may be seen today, and write it down."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.onward import onward_options, onward_to, send_onward
from generator.commands.options import root_option
from generator.commands.putting_out import (
    keep_option,
    key_option,
    refuse,
    sign_option,
    tell_of,
    terms_for,
    told_of_disks,
)
from generator.model.disclosure_log import NAME as LOG
from generator.promises.promises import load_promises
from generator.publish.publishing import Refusal
from generator.publish.rolling_back import roll_back
from generator.wording import N_, _


@click.command()
@click.argument("target", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--to",
    "wanted",
    type=click.IntRange(1),
    metavar="NUMBER",
    help=N_("退回到日志的第几条；默认退回到现在这一次以前的那一次"),
)
@root_option
@key_option
@sign_option
@keep_option
@onward_options
def rollback(
    target: Path,
    wanted: int | None,
    root: Path,
    key: Path | None,
    signs: bool,
    keep: int,
    address: str,
    endpoint: str,
    machine: str,
    ssh: str,
) -> None:
    """Serve an older release below TARGET again; exit 1 when it shows personal data by today's rules."""
    started = time.monotonic()
    onward = onward_to(address, endpoint, machine, ssh)
    promises = load_promises(root)
    terms = terms_for(promises, key=key, signs=signs, keep=keep)
    with told_of_disks(target):
        done = roll_back(promises, target, wanted, datetime.now(UTC), terms)
    if isinstance(done, Refusal):
        refuse(done)
        raise SystemExit(1)
    change = done.publication.change
    click.echo(
        _(
            "已退回到第 {back} 次公开的网站（日志第 {number} 条）：新增 {added} 个文件，改动 {changed} 个，"
            "删去 {removed} 个，{same} 个没有变化，用时 {seconds:.2f} 秒"
        ).format(
            back=done.number,
            number=done.publication.entry.number,
            added=change.added,
            changed=change.changed,
            removed=change.removed,
            same=change.same,
            seconds=time.monotonic() - started,
        )
    )
    if done.withdrawal.lists:
        click.echo(
            _("公示期已满的名单 {count} 份没有照原样放回去，换成了期满以后的样子：{villages}").format(
                count=done.withdrawal.lists, villages="、".join(done.withdrawal.villages)
            )
        )
    tell_of(done.publication)
    click.echo(
        _(
            "仓库里的记录没有变，下一次发布仍是最新的记录：要改回记录，请用 git revert；{log} 请提交到仓库"
        ).format(log=LOG)
    )
    send_onward(done.publication.folder, onward, promises)
