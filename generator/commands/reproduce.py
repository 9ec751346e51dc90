"""cunwu reproduce: make a published site anew from the commit that it names, and say where the two differ."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from generator.commands.options import root_option
from generator.history.checkouts import checked_out
from generator.history.commits import is_shallow
from generator.history.remotes import top_of
from generator.history.repository import resolve_commit
from generator.model.finding import SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.model.receipts import stored_name
from generator.pipeline.build import Places, run_build
from generator.promises.promises import load_promises
from generator.promises.settings import Settings, load_settings
from generator.publish.comparing import DIFFERENT, EXTRA, MISSING, Mismatch, compare_sites
from generator.publish.passing import differs_by_lists, is_of_a_list
from generator.wording import N_, _

_SHOWN = 50
_PASSING = N_("只因名单不同：那时在公示，现在已过期或不在手上")
_DIGEST = re.compile("[0-9a-f]{64}")
_KINDS = {
    MISSING: N_("发布的网站里有，重做的没有"),
    EXTRA: N_("重做的有，发布的网站里没有"),
    DIFFERENT: N_("内容不同"),
}


@click.command()
@click.argument("commit")
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@root_option
@click.option(
    "--workers", type=click.IntRange(1), default=None, help=N_("同时工作的进程数，默认等于处理器核数")
)
def reproduce(commit: str, site: Path, root: Path, workers: int | None) -> None:
    """Build COMMIT as on the day that SITE's manifest states; exit 1 when a file comes out otherwise."""
    published = _manifest_of(site)
    if "as_of" not in published.facts:
        raise SetupError(_("清单里没有判断日，不能重做"), file=MANIFEST)
    day = date.fromisoformat(published.facts["as_of"])
    top = top_of(root)
    if top is None:
        raise SetupError(_("这里不是 git 仓库，不能重做以前的版本"))
    _require_commit(top, commit)
    with (
        tempfile.TemporaryDirectory() as work,
        checked_out(top, commit, Path(work) / "county") as county,
    ):
        place = county / root.relative_to(top)
        _furnish(place, Path(work).resolve(), site, load_settings(root, needs_private=False))
        places = Places(Path(work) / "site", Path(work) / "site-audit", Path(work) / "build" / "state")
        report = run_build(place, places, as_of=day, workers=workers or os.cpu_count() or 1)
        if report.failures:
            raise SetupError(_("{name} 没有生成，不能重做").format(name=report.failures[0].name))
        mismatches = list(compare_sites(_files_of(site), _files_of(places.site)))
        lists = {item.name for item in load_promises(place).catalogue.latest() if item.is_private}
        passing = [one for one in mismatches if _is_passing(one, lists, site, places.site)]
    _tell(mismatches, passing, commit, day)


def _require_commit(top: Path, commit: str) -> None:
    """Raise SetupError where the repository holds no such commit, and say why it may not."""
    if resolve_commit(top, commit) is not None:
        return
    problem = _("这个仓库里没有版本 {commit}").format(commit=commit)
    if is_shallow(top):
        problem += _("：这份克隆只有最近一段历史，git fetch --unshallow 取回全部以后再试")
    raise SetupError(problem)


def _furnish(place: Path, work: Path, site: Path, own: Settings) -> None:
    """Put beside the checked-out records what lies in no public history.

    Lists that are still held come from the private root of the county's ``own`` settings, where there is
    one; receipts from ``site``: their names say what they hold. Nothing is put outside ``work``.
    """
    settings = load_settings(place, needs_private=False)
    private, receipts = settings.private_content, settings.receipts
    if private is not None and private.resolve().is_relative_to(work) and not private.exists():
        if own.private_content is not None and own.private_content.is_dir():
            shutil.copytree(own.private_content, private, ignore=shutil.ignore_patterns(".git"))
        else:
            private.mkdir(parents=True)
    if receipts is None or not receipts.resolve().is_relative_to(work):
        return
    for path in _files_of(site):
        name = path.rpartition("/")[2]
        digest, _dot, kind = name.partition(".")
        if "/receipts/" in path and _DIGEST.fullmatch(digest) and (site / path).is_file():
            goal = receipts / stored_name(digest, kind)
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_bytes((site / path).read_bytes())


def _is_passing(one: Mismatch, lists: set[str], site: Path, anew: Path) -> bool:
    """Return whether a mismatch comes of a list that is dropped when its display is over."""
    if is_of_a_list(one.path, lists):
        return True
    return one.kind == DIFFERENT and differs_by_lists(
        one.path, lists, lambda path: (site / path).read_bytes(), lambda path: (anew / path).read_bytes()
    )


def _tell(mismatches: list[Mismatch], passing: list[Mismatch], commit: str, day: date) -> None:
    others = [one for one in mismatches if one not in passing]
    for mismatch in others[:_SHOWN]:
        click.echo(f"{mismatch.path}：{_KINDS[mismatch.kind]}")
    if len(others) > _SHOWN:
        click.echo(_("还有 {count} 处没有列出").format(count=len(others) - _SHOWN))
    if passing:
        for mismatch in passing[:_SHOWN]:
            click.echo(_("{path}：{what}").format(path=mismatch.path, what=_(_PASSING)))
        click.echo(
            _("名单类的 {count} 个文件不同：名单不在公开的历史里，公示期满后已经删去，只能核对承诺").format(
                count=len(passing)
            )
        )
    told = _("一个字节都不差") if not others else _("有 {count} 个文件不同").format(count=len(others))
    click.echo(
        _("从版本 {commit} 按 {day} 重做：{told}").format(commit=commit, day=day.isoformat(), told=told)
    )
    if others:
        raise SystemExit(1)


def _files_of(site: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every file by its path, as the manifests of ``site`` state them."""
    top = _manifest_of(site)
    files = dict(top.files)
    for part in top.parts:
        files |= _read(site / part, part).files
    return files


def _manifest_of(site: Path) -> Manifest:
    return _read(site / MANIFEST, MANIFEST)


def _read(path: Path, shown: str) -> Manifest:
    try:
        return read_manifest(path.read_bytes())
    except (OSError, ManifestError):
        raise SetupError(_("不是网站的清单，或被改动过"), file=shown) from None
