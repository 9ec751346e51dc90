"""cunwu publish: put the finished site where it is served from, and write it down in the log."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.options import day_in_china, root_option
from generator.history.branch_copy import copy_to_branch
from generator.history.purge_record import ALLOWED
from generator.history.signing import find_signer
from generator.intake.walk import walk_county
from generator.model.finding import Finding
from generator.model.log_signatures import NAMESPACE
from generator.pages.portal_site import DICTIONARY
from generator.pipeline.guard import finding_of
from generator.privacy.allow import load_allowances
from generator.privacy.detectors import office_lines
from generator.privacy.leaks import Leak
from generator.privacy.scan import scan_output
from generator.promises.promises import Promises, load_promises
from generator.publish.bucket import Bucket, mirror
from generator.publish.publishing import Refusal
from generator.publish.publishing import publish as put_out
from generator.publish.releases import files_below
from generator.publish.serving import languages_below, passing_lists, passing_pattern
from generator.wording import N_, _

_SHOWN = 20


@click.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@root_option
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("用这把 SSH 钥匙给日志的新一条签名"),
)
@click.option("--sign", "signs", is_flag=True, help=N_("用 git 设置里的钥匙（user.signingkey）签名"))
@click.option(
    "--timestamp",
    "authority",
    default="",
    metavar="URL",
    help=N_("请这家时间戳机构（RFC 3161）给新的一条盖时间戳；盖不上也照样发布"),
)
@click.option(
    "--bucket",
    "address",
    default="",
    metavar="s3://NAME/PREFIX",
    help=N_("发布好以后，再放进这个 S3 兼容的存储桶（阿里云 OSS、腾讯云 COS、MinIO）"),
)
@click.option("--endpoint", default="", metavar="URL", help=N_("存储服务的地址；亚马逊的不用写"))
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
    address: str,
    endpoint: str,
    branch: str,
    remote: str,
    forgets: bool,
) -> None:
    """Put site/ out below TARGET; exit 1 when it does not match its manifest or shows personal data."""
    started = time.monotonic()
    bucket = Bucket(address, endpoint) if address else None
    promises = load_promises(root)
    if (remote or forgets) and not branch:
        raise click.UsageError(_("--remote 和 --forget 要和 --branch 一起写"))
    if branch and not forgets:
        _require_nothing_passing(root / "site", promises)
    is_signed = signs or key is not None
    done = put_out(
        promises,
        root / "site",
        target,
        datetime.now(UTC),
        _scanner(promises),
        signer=find_signer(root, key, root / ALLOWED, NAMESPACE) if is_signed else None,
        authority=authority,
    )
    if isinstance(done, Refusal):
        _refuse(done)
        raise SystemExit(1)
    released = done.released
    click.echo(
        _(
            "已发布（日志第 {number} 条）：新增 {added} 个文件，改动 {changed} 个，删去 {removed} 个，"
            "{same} 个没有变化，用时 {seconds:.1f} 秒"
        ).format(
            number=done.entry.number,
            added=released.added,
            changed=released.changed,
            removed=released.removed,
            same=released.same,
            seconds=time.monotonic() - started,
        )
    )
    click.echo(_("日志校验值 {head}").format(head=done.entry.digest))
    if done.signer:
        click.echo(_("已签名：{signer}").format(signer=done.signer))
    if done.unstamped:
        click.echo(_("没有盖上时间戳：{problem}").format(problem=done.unstamped), err=True)
    elif authority:
        click.echo(_("已盖时间戳"))
    click.echo(_("网站服务器的根目录请指向 {folder}").format(folder=target / "current"))
    if bucket is not None:
        _mirror(done.folder, bucket, promises)
    if branch:
        message = _("第 {number} 次公开").format(number=done.entry.number)
        copy = copy_to_branch(root, done.folder, branch, remote, message, forgets=forgets)
        told = _("分支 {branch}：提交 {commit}，{count} 个文件有变动")
        click.echo(told.format(branch=branch, commit=copy.commit[:7], count=copy.changed))


def _require_nothing_passing(site: Path, promises: Promises) -> None:
    """Raise UsageError where a branch would keep what may be shown for some days only."""
    passing = re.compile(passing_pattern(passing_lists(promises)))
    # The dictionary explains the items, and shows nobody.
    shown = (path for path in files_below(site) if not path.startswith(DICTIONARY))
    if any(passing.search(f"/{path}") for path in shown):
        raise click.UsageError(
            _("网站里有展示期有限的名单，分支的历史会一直留着它们。加 --forget，只留这一次的网站")
        )


def _mirror(folder: Path, bucket: Bucket, promises: Promises) -> None:
    started = time.monotonic()
    passing = passing_pattern(passing_lists(promises), languages_below(promises))
    done = mirror(folder, files_below(folder), bucket, passing)
    click.echo(
        _(
            "存储桶 {bucket}：传了 {put} 个（{size:.1f} MB），删去 {gone} 个，{same} 个没有变化，"
            "用时 {seconds:.1f} 秒"
        ).format(
            bucket=bucket.address,
            put=done.put,
            size=done.sent / 1e6,
            gone=done.gone,
            same=done.same,
            seconds=time.monotonic() - started,
        )
    )
    if done.staged:
        click.echo(_("其中 {staged} 个工作机早已传好，这次只换上").format(staged=done.staged))


def _scanner(promises: Promises) -> Callable[[Path], list[Leak]]:
    county = walk_county(promises)
    contacts = [*promises.settings.contacts]
    contacts += [contact for township in county.townships for contact in township.contacts]
    contacts += [contact for village in county.villages for contact in village.contacts]
    offices = office_lines([contact.phone for contact in contacts])
    allowances = load_allowances(promises.root)

    def scan(folder: Path) -> list[Leak]:
        return list(allowances.keep(scan_output(folder, offices=offices), day_in_china(datetime.now(UTC))))

    return scan


def _refuse(refusal: Refusal) -> None:
    findings: list[Finding] = [*refusal.findings, *map(finding_of, refusal.leaks)]
    click.echo(_("没有发布，原来的网站保持不动："), err=True)
    for finding in findings[:_SHOWN]:
        click.echo(f"  {finding.place.file}：{finding.message}。{finding.hint} [{finding.code}]", err=True)
    if len(findings) > _SHOWN:
        click.echo("  " + _("还有 {count} 处没有列出").format(count=len(findings) - _SHOWN), err=True)
