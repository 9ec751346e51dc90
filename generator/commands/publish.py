"""cunwu publish: put the finished site where it is served from, and write it down in the log."""

from __future__ import annotations

import re
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
from generator.promises.promises import Promises, load_promises
from generator.publish.branching import put_on_branch
from generator.publish.publishing import Refusal
from generator.publish.publishing import publish as put_out
from generator.publish.releases import files_below
from generator.publish.serving import passing_lists, passing_pattern
from generator.wording import N_, _


@click.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@root_option
@key_option
@sign_option
@click.option(
    "--timestamp",
    "authority",
    default="",
    metavar="URL",
    help=N_("请这家时间戳机构（RFC 3161）给新的一条盖时间戳；盖不上也照样发布"),
)
@keep_option
@click.option(
    "--whole", is_flag=True, help=N_("不信任以前核对过的文件：全部重新复制、核对（服务器上的文件坏了时用）")
)
@onward_options
@click.option(
    "--branch", default="", metavar="NAME", help=N_("发布好以后，再放到这个只放网站的分支上，如 gh-pages")
)
@click.option(
    "--remote", default="", metavar="NAME", help=N_("把 --branch 推送到这个远端，如 origin；默认不推送")
)
@click.option(
    "--forget", "forgets", is_flag=True, help=N_("--branch 只留这一次的网站，不留以前的（要允许强制推送）")
)
def publish(
    target: Path,
    root: Path,
    key: Path | None,
    signs: bool,
    authority: str,
    keep: int,
    whole: bool,
    address: str,
    endpoint: str,
    machine: str,
    ssh: str,
    branch: str,
    remote: str,
    forgets: bool,
) -> None:
    """Put site/ out below TARGET; exit 1 when it does not match its manifest or shows personal data."""
    started = time.monotonic()
    onward = onward_to(address, endpoint, machine, ssh)
    promises = load_promises(root)
    if (remote or forgets) and not branch:
        raise click.UsageError(_("--remote 和 --forget 要和 --branch 一起写"))
    if branch and not forgets:
        _require_nothing_passing(root / "site", promises)
    terms = terms_for(promises, key=key, signs=signs, authority=authority, keep=keep, is_whole=whole)
    with told_of_disks(target):
        done = put_out(promises, root / "site", target, datetime.now(UTC), terms)
    if isinstance(done, Refusal):
        refuse(done)
        raise SystemExit(1)
    click.echo(
        _(
            "已发布（日志第 {number} 条）：新增 {added} 个文件，改动 {changed} 个，删去 {removed} 个，"
            "{same} 个没有变化，用时 {seconds:.1f} 秒"
        ).format(
            number=done.entry.number,
            added=done.change.added,
            changed=done.change.changed,
            removed=done.change.removed,
            same=done.change.same,
            seconds=time.monotonic() - started,
        )
    )
    tell_of(done, authority)
    click.echo(_("网站服务器的根目录请指向 {folder}").format(folder=target / "current"))
    send_onward(done.folder, onward, promises)
    if branch:
        message = _("第 {number} 次公开").format(number=done.entry.number)
        copy = put_on_branch(root, done.folder, branch, remote, message, forgets=forgets)
        told = _("分支 {branch}：提交 {commit}，{count} 个文件有变动")
        click.echo(told.format(branch=branch, commit=copy.commit[:7], count=copy.changed))


def _require_nothing_passing(site: Path, promises: Promises) -> None:
    """Raise UsageError where a branch would keep what may be shown for some days only."""
    from generator.pages.dictionary_pages import DICTIONARY

    passing = re.compile(passing_pattern(passing_lists(promises)))
    # The dictionary explains the items, and shows nobody.
    shown = (path for path in files_below(site) if not path.startswith(DICTIONARY))
    if any(passing.search(f"/{path}") for path in shown):
        raise click.UsageError(
            _("网站里有展示期有限的名单，分支的历史会一直留着它们。加 --forget，只留这一次的网站")
        )
