"""cunwu build: check the records and build every site that changed."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import as_of_option, judged_day, root_option
from generator.pipeline.lock import PATIENCE
from generator.pipeline.places import Places
from generator.pipeline.ready_hand import ReadyHand
from generator.wording import N_, _

if TYPE_CHECKING:
    from generator.pipeline.build import Report
    from generator.pipeline.crew import Crew
    from generator.publish.waiting import Staging


@click.command()
@root_option
@as_of_option
@click.option(
    "--workers", type=click.IntRange(1), default=None, help=N_("同时工作的进程数，默认等于处理器核数")
)
@click.option("--scheduler", default="", help=N_("由 Dask 集群来做：调度器的地址，如 tcp://10.0.0.1:8786"))
@click.option("--content-from", default="", help=N_("工作机从这个 git 仓库取记录，不用共享目录里的"))
@click.option(
    "--bucket",
    "address",
    default="",
    metavar="s3://NAME/PREFIX",
    help=N_("每台工作机把做好的村先传到这个存储桶里等着；cunwu publish --bucket 时才换上"),
)
@click.option("--endpoint", default="", metavar="URL", help=N_("存储服务的地址；亚马逊的不用写"))
@click.option(
    "--patience",
    type=click.IntRange(1),
    default=600,
    show_default=True,
    help=N_("集群多少秒没有动静，就重新启动那里的工作进程"),
)
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=PATIENCE,
    show_default=True,
    help=N_("另一个生成正在写这个文件夹时，最多等多少秒"),
)
def build(
    root: Path,
    as_of: date | None,
    workers: int | None,
    scheduler: str,
    content_from: str,
    address: str,
    endpoint: str,
    patience: int,
    wait: float,
) -> None:
    """Build what changed and say what was done."""
    started = time.monotonic()
    if content_from and not scheduler:
        raise click.UsageError(_("--content-from 要和 --scheduler 一起用"))
    if address and not scheduler:
        raise click.UsageError(
            _("--bucket 要和 --scheduler 一起用；一台机器生成的，用 cunwu publish --bucket")
        )
    places, workers = Places.below(root), workers or os.cpu_count() or 1
    # Where nothing is known all villages are to be built, and more hands than one are needed.
    is_known = workers > 1 and not scheduler and places.overview.exists()
    hand = ReadyHand.begin() if is_known else None
    # It loads beside us what we need not.
    from generator.pipeline.build import run_build
    from generator.pipeline.crew import LocalCrew

    crew: Crew = LocalCrew(workers, hand)
    if scheduler:
        from generator.pipeline.cluster import ClusterCrew

        crew = ClusterCrew(
            scheduler,
            content_from,
            patience,
            tell=lambda text: click.echo(text, err=True),
            deliver=_staging(root, address, endpoint) if address else None,
        )
    try:
        report = run_build(
            root,
            places,
            as_of=lambda settings: judged_day(as_of, settings.as_of),
            crew=crew,
            progress=_show_progress,
            patience=wait,
            tell=lambda text: click.echo(text, err=True),
        )
    finally:
        if hand is not None:
            hand.end()
    print_report(report, time.monotonic() - started)
    if report.failures or report.errors:
        raise SystemExit(1)


def _staging(root: Path, address: str, endpoint: str) -> Staging:
    """Return what brings villages to a bucket; raises SetupError where that keeps old versions."""
    from generator.promises.promises import load_promises
    from generator.publish.bucket import Bucket
    from generator.publish.serving import languages_below, passing_lists, passing_pattern
    from generator.publish.waiting import Staging

    Bucket(address, endpoint).require_no_versions()
    promises = load_promises(root)
    return Staging(address, endpoint, passing_pattern(passing_lists(promises), languages_below(promises)))


def _show_progress(done: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        click.echo(f"\r\033[K{done}/{total} {name}{end}", nl=False, err=True)
    elif done == total or done % 50 == 0:
        click.echo(f"{done}/{total}", err=True)


def print_report(report: Report, seconds: float) -> None:
    """Say what a build did, and what it left undone."""
    click.echo(
        _(
            "生成 {built} 个网站（{pages} 页），{unchanged} 个没有变化；"
            "写入 {changed} 个文件，删去 {removed} 个，用时 {seconds:.1f} 秒"
        ).format(
            built=report.built,
            pages=report.pages,
            unchanged=report.unchanged,
            changed=report.changed,
            removed=report.removed,
            seconds=seconds,
        )
    )
    if report.staged:
        click.echo(
            _("{staged} 个对象已经传到存储桶里等着，用 cunwu publish --bucket 换上").format(
                staged=report.staged
            )
        )
    for failure in report.failures:
        click.echo(
            _("{name}（{slug}）没有生成，原来的网页保持不动：").format(name=failure.name, slug=failure.slug),
            err=True,
        )
        click.echo(failure.reason.rstrip(), err=True)
    for withheld in report.withheld:
        click.echo(
            _("{name}（{slug}）含有不该公开的个人信息，网页没有更新：").format(
                name=withheld.name, slug=withheld.slug
            ),
            err=True,
        )
    if not report.errors and not report.warnings:
        click.echo(_("没有发现问题"))
        return
    click.echo(
        _("错误 {errors} 处，提醒 {warnings} 处；详情请运行 cunwu check").format(
            errors=len(report.errors), warnings=report.warnings
        )
    )
    for finding in report.errors:
        where = f"{finding['file']}:{finding['line']}" if finding["line"] else finding["file"]
        click.echo(f"  {where} {finding['column'] or ''} {finding['message']}", err=True)
