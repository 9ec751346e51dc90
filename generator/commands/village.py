"""cunwu village: villages that merge, split, get another name or go to another township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from generator.commands.naming import village_meant
from generator.commands.options import Day, root_option
from generator.intake.walk import County, walk_county
from generator.pipeline.village_changes import (
    Beginning,
    ChangeError,
    renamed,
    succession,
    write_changes,
)
from generator.promises.promises import Promises, load_promises
from generator.wording import N_, _

_day_option = click.option(
    "--on", "first", type=Day(), required=True, help=N_("从哪一天起算新的村，2027-01-01")
)
_into_option = click.option(
    "--into", multiple=True, required=True, help=N_("接续的村：网址名=名称=12 位代码；已有的村写网址名")
)


@click.group()
def village() -> None:
    """Hold the changes of villages together."""


@village.command(
    help=N_("合并：cunwu village merge 青石村 竹园村 --into qingzhu=青竹村=999901203000 --on 2027-01-01")
)
@click.argument("olds", metavar="VILLAGE...", nargs=-1, required=True)
@_into_option
@_day_option
@root_option
def merge(olds: tuple[str, ...], into: tuple[str, ...], first: date, root: Path) -> None:
    """Close several villages, or one that another takes in, and say who goes on."""
    if len(into) != 1:
        raise click.UsageError(_("合并成一个村：--into 只写一次；分成几个用 cunwu village split"))
    _succeed(root, olds, into, "", first)


@village.command(help=N_("拆分：cunwu village split 青石村 --into 网址名=名称=代码 --into … --on 2027-01-01"))
@click.argument("old", metavar="VILLAGE")
@_into_option
@_day_option
@root_option
def split(old: str, into: tuple[str, ...], first: date, root: Path) -> None:
    """Close a village, and say which go on."""
    if len(into) < 2:
        raise click.UsageError(_("拆分要写至少两个 --into"))
    _succeed(root, (old,), into, "", first)


@village.command(
    help=N_("划归另一个乡镇：cunwu village move 青石村 白云镇 --into 网址名=名称=代码 --on 2027-01-01")
)
@click.argument("old", metavar="VILLAGE")
@click.argument("township")
@_into_option
@_day_option
@root_option
def move(old: str, township: str, into: tuple[str, ...], first: date, root: Path) -> None:
    """Close a village in its township, and let it go on in another, under an address of its own there."""
    if len(into) != 1 or "=" not in into[0]:
        raise click.UsageError(_("划归后是一个新的网址：--into 写一次，写成 网址名=名称=代码"))
    _succeed(root, (old,), into, township, first)


@village.command(help=N_("改名或换代码：网址不变，原来的代码仍然通到这里"))
@click.argument("old", metavar="VILLAGE")
@click.option("--name", default="", help=N_("新的名称"))
@click.option("--code", default="", help=N_("新的 12 位区划代码"))
@root_option
def rename(old: str, name: str, code: str, root: Path) -> None:
    """Give a village another name, another code or both."""
    promises = load_promises(root)
    place = village_meant(walk_county(promises), old)
    try:
        files = renamed(promises, place, name.strip(), code.strip())
    except ChangeError as error:
        raise click.UsageError(str(error)) from None
    _write(promises, files)
    if name:
        click.echo(_("{old}改名为{new}，网址 {slug}/ 不变").format(old=place.name, new=name, slug=place.slug))
    if code:
        click.echo(_("代码由 {old} 换成 {new}，原来的代码仍然通到这里").format(old=place.code, new=code))
    _say_server()


def _succeed(root: Path, olds: Sequence[str], into: Sequence[str], township: str, first: date) -> None:
    promises = load_promises(root)
    county = walk_county(promises)
    closing = [village_meant(county, old) for old in olds]
    folder = _township(county, township) if township else closing[0].township
    news = [_beginning(text, folder) for text in into if "=" in text]
    existing = [village_meant(county, text) for text in into if "=" not in text]
    try:
        files = succession(promises, county, closing, news, existing, first)
    except ChangeError as error:
        raise click.UsageError(str(error)) from None
    _write(promises, files)
    names = "、".join([*(new.name for new in news), *(one.name for one in existing)])
    for one in closing:
        told = _("{old}（{slug}/）自 {day} 起由{names}接续：记录、网址和二维码都保留，到期的公开不再催")
        click.echo(told.format(old=one.name, slug=one.slug, day=first, names=names))
    for new in news:
        path = promises.shown(promises.settings.content / new.township / new.slug)
        click.echo(_("已新建{name}：{path}，网址 {slug}/").format(name=new.name, path=path, slug=new.slug))
    click.echo(_("新的村第一期账的上期结余，照抄旧村最后一期的本期结余，备注写明是哪个村哪一期"))
    _say_server()


def _write(promises: Promises, files: Mapping[Path, bytes]) -> None:
    wrong = write_changes(promises, files)
    if wrong:
        raise click.UsageError(
            _("没有改，改了会有错：{problem}").format(problem=f"{wrong[0].message}。{wrong[0].hint}")
        )
    for path in files:
        click.echo(_("已写 {path}").format(path=promises.shown(path)))


def _say_server() -> None:
    click.echo(
        _("请看一遍 git diff 再提交；名单（people.yaml）要改的一起改，再重写服务器配置：cunwu server-config")
    )


def _township(county: County, name: str) -> str:
    known = {t.folder: t.folder for t in county.townships} | {t.name: t.folder for t in county.townships}
    if name not in known:
        raise click.UsageError(
            _("找不到乡镇「{township}」，可以写：{known}").format(township=name, known="、".join(known))
        )
    return known[name]


def _beginning(text: str, township: str) -> Beginning:
    parts = [part.strip() for part in text.split("=")]
    if len(parts) != 3 or not all(parts):
        raise click.UsageError(_("--into 写成 网址名=名称=12 位代码，例如 qingzhu=青竹村=999901203000"))
    return Beginning(parts[0], parts[1], parts[2], township)
