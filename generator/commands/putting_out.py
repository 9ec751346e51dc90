"""Putting out: what publishing and rolling back have in common - on what terms, and what is told of it."""

from __future__ import annotations

import errno
import os
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from generator.commands.options import judged_day
from generator.history.purge_record import ALLOWED
from generator.history.signing import Signer, find_signer
from generator.intake.walk import walk_county
from generator.model.finding import Finding, SetupError
from generator.model.log_signatures import NAMESPACE
from generator.pipeline.hands import on_all_cores
from generator.privacy.allow import Allowances, load_allowances
from generator.privacy.leaks import Leak
from generator.privacy.rules import rules_mark
from generator.promises.promises import Promises
from generator.publish.publishing import Publication, Refusal, Terms
from generator.publish.releases import KEEP
from generator.wording import N_, _

_SHOWN = 20
_SHOWN_VILLAGES = 10

key_option = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("用这把 SSH 钥匙给日志的新一条签名"),
)
sign_option = click.option(
    "--sign", "signs", is_flag=True, help=N_("用 git 设置里的钥匙（user.signingkey）签名")
)
keep_option = click.option(
    "--keep",
    type=click.IntRange(1),
    default=KEEP,
    show_default=True,
    help=N_("留几次公开的网站，好退回去（连现在的在内）"),
)


def terms_for(
    promises: Promises,
    *,
    key: Path | None,
    signs: bool,
    authority: str = "",
    keep: int = KEEP,
    is_whole: bool = False,
) -> Terms:
    """Return the terms on which a county's site is put out today."""
    allowances, phones = load_allowances(promises.root), _phones(promises)
    day = judged_day(None, promises.settings.as_of)
    today = judged_day(None, None)
    return Terms(
        scan=_Scanner(tuple(phones), allowances, today),
        each=on_all_cores,
        day=day,
        rules=rules_mark(phones, allowances, today),
        signer=_signer(promises.root, key, signs),
        authority=authority,
        keep=keep,
        is_whole=is_whole,
        waiting=lambda: click.echo(_("另一次发布正在进行，等它结束"), err=True),
    )


@contextmanager
def told_of_disks(target: Path) -> Iterator[None]:
    """Raise SetupError, in words, where a disk is full or may not be written on."""
    try:
        yield
    except OSError as error:
        reasons = {
            errno.ENOSPC: _("磁盘满了：请腾出空间，或用 --keep 少留几次，再运行一次"),
            errno.EDQUOT: _("空间配额用完了：请腾出空间，或用 --keep 少留几次，再运行一次"),
            errno.EROFS: _("磁盘是只读的：请管理员检查磁盘，再运行一次"),
            errno.EACCES: _("没有写的权限：请管理员改好权限，再运行一次"),
            errno.EPERM: _("没有写的权限：请管理员改好权限，再运行一次"),
        }
        reason = reasons.get(error.errno or 0, os.strerror(error.errno or 0))
        raise SetupError(
            _("没有发布，网站保持原样。{path}：{reason}").format(path=error.filename or target, reason=reason)
        ) from None


def tell_of(done: Publication, authority: str = "") -> None:
    """Say which villages changed and what stands in the log."""
    names = done.change.villages
    if names:
        shown = "、".join(names[:_SHOWN_VILLAGES])
        told = (
            _("有变动的村 {count} 个：{names}")
            if len(names) <= _SHOWN_VILLAGES
            else _("有变动的村 {count} 个：{names} 等")
        )
        click.echo(told.format(count=len(names), names=shown))
    click.echo(_("日志校验值 {head}").format(head=done.entry.digest))
    if done.signer:
        click.echo(_("已签名：{signer}").format(signer=done.signer))
    if done.unstamped:
        click.echo(_("没有盖上时间戳：{problem}").format(problem=done.unstamped), err=True)
    elif authority:
        click.echo(_("已盖时间戳"))


def refuse(refusal: Refusal) -> None:
    """Say why nothing was put out."""
    from generator.pipeline.guard import finding_of

    findings: list[Finding] = [*refusal.findings, *map(finding_of, refusal.leaks)]
    click.echo(_("没有发布，原来的网站保持不动："), err=True)
    for finding in findings[:_SHOWN]:
        click.echo(f"  {finding.place.file}：{finding.message}。{finding.hint} [{finding.code}]", err=True)
    if len(findings) > _SHOWN:
        click.echo("  " + _("还有 {count} 处没有列出").format(count=len(findings) - _SHOWN), err=True)


def _signer(root: Path, key: Path | None, signs: bool) -> Signer | None:
    return find_signer(root, key, root / ALLOWED, NAMESPACE) if signs or key is not None else None


def _phones(promises: Promises) -> list[str]:
    county = walk_county(promises)
    contacts = [*promises.settings.contacts]
    contacts += [contact for township in county.townships for contact in township.contacts]
    contacts += [contact for village in county.villages for contact in village.contacts]
    return [contact.phone for contact in contacts]


@dataclass(frozen=True, slots=True)
class _Scanner:
    """Looks for personal data in whatever process it is called."""

    phones: tuple[str, ...]
    allowances: Allowances
    day: date

    def __call__(self, folder: Path, only: Container[str]) -> list[Leak]:
        # Where nothing is new nothing is looked at, and what looks is not loaded.
        from generator.privacy.detectors import office_lines
        from generator.privacy.scan import scan_output

        leaks = scan_output(folder, offices=office_lines(self.phones), only=only)
        return list(self.allowances.keep(leaks, self.day))
