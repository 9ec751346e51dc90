"""Onward: what was put out on this machine is put where else it is served from."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.history.far_copy import copy_far
from generator.promises.promises import Promises
from generator.publish.serving import languages_below, passing_lists, passing_pattern
from generator.wording import N_, _

if TYPE_CHECKING:
    from generator.publish.bucket import Bucket

_OPTIONS = (
    click.option(
        "--bucket",
        "address",
        default="",
        metavar="s3://NAME/PREFIX",
        help=N_("发布好以后，再放进这个 S3 兼容的存储桶（阿里云 OSS、腾讯云 COS、MinIO）"),
    ),
    click.option("--endpoint", default="", metavar="URL", help=N_("存储服务的地址；亚马逊的不用写")),
    click.option(
        "--rsync",
        "machine",
        default="",
        metavar="USER@HOST:/PATH",
        help=N_("发布好以后，再用 rsync 经 ssh 传到这台机器，传完才切换"),
    ),
    click.option(
        "--ssh",
        default="ssh",
        envvar="RSYNC_RSH",
        metavar="COMMAND",
        help=N_("连那台机器的命令，如 'ssh -p 2222 -i 钥匙'；默认 ssh"),
    ),
)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a release goes from this machine: a bucket, another machine by ssh; "" and None for nowhere."""

    bucket: Bucket | None
    machine: str
    ssh: str


def onward_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that say where a release goes from here."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def onward_to(address: str, endpoint: str, machine: str, ssh: str) -> Onward:
    """Return where a release goes; raises SetupError before anything is put out."""
    if not address:
        return Onward(None, machine, ssh)
    from generator.publish.bucket import Bucket

    return Onward(Bucket(address, endpoint), machine, ssh)


def send_onward(folder: Path, onward: Onward, promises: Promises) -> None:
    """Put the release in ``folder`` there as well and say what was sent; raises SetupError."""
    if onward.bucket is not None:
        _mirror(folder, onward.bucket, promises)
    if onward.machine:
        started = time.monotonic()
        sent = copy_far(folder, onward.machine, folder.name, onward.ssh)
        told = _("{machine}：传了 {count} 个文件（{size:.1f} MB），已切换，用时 {seconds:.1f} 秒")
        click.echo(
            told.format(
                machine=onward.machine,
                count=sent.files,
                size=sent.sent / 1e6,
                seconds=time.monotonic() - started,
            )
        )


def _mirror(folder: Path, bucket: Bucket, promises: Promises) -> None:
    from generator.publish.mirroring import mirror

    started = time.monotonic()
    passing = passing_pattern(passing_lists(promises), languages_below(promises))
    done = mirror(folder, bucket, passing)
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
