"""cunwu init: a county's own repository, with everything it needs and nothing of the engine's source."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click

from generator.commands.options import Day
from generator.commands.upgrade import unpinned
from generator.intake.walk import walk_county
from generator.promises.promises import load_promises
from generator.starting.answers import (
    AnswerError,
    CountyAnswers,
    TownshipAnswer,
    county_code,
    township_answer,
)
from generator.starting.engine_source import is_pinned, requirement_for
from generator.starting.founding import (
    Engine,
    county_files,
    found_private,
    found_repository,
    require_empty,
)
from generator.starting.shipped import HOSTS
from generator.wording import N_, _


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, resolve_path=True, path_type=Path))
@click.option("--code", help=N_("县的区划代码，6 位或 12 位"))
@click.option("--name", help=N_("县的名称，如 示范县"))
@click.option("--township", "townships", multiple=True, help=N_("乡镇：名称=代码[=文件夹]，可写多次"))
@click.option("--start", type=Day(), help=N_("从哪一天起的期间要公开，默认本月 1 日"))
@click.option(
    "--private",
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("不公开名单的仓库，默认放在旁边：DIR-private"),
)
@click.option("--host", "hosts", type=click.Choice(HOSTS), multiple=True, help=N_("代码托管平台；默认都写"))
@click.option(
    "--engine",
    "requirement",
    help=N_("本程序的安装包（.whl），或 pip 读的一行；默认是现在装的这一个"),
    default="",
)
@click.option("--sample", is_flag=True, help=N_("建一个演示用的县：数据全部是虚构的"))
def init(
    folder: Path,
    code: str | None,
    name: str | None,
    townships: tuple[str, ...],
    start: date | None,
    private: Path | None,
    hosts: tuple[str, ...],
    requirement: str,
    sample: bool,
) -> None:
    """Found a repository in DIR and say what comes next."""
    require_empty(folder)
    is_asked = any((code, name, townships, start, private))
    if sample and is_asked:
        raise click.UsageError(_("--sample 是虚构的县，不能和 --code、--name、--township 等一起写"))
    answers = _answers(code, name, townships, start, is_demo=sample)
    installed = version("cunwu")
    engine = Engine(installed, requirement_for(requirement, installed), hosts or HOSTS)
    apart = (private or folder.with_name(f"{folder.name}-private")).absolute()
    if answers is not None and apart.resolve().is_relative_to(folder):
        raise click.UsageError(_("不公开的名单不能放在公开的仓库里面，请用 --private 另给一个文件夹"))
    shown = _shown(apart / "content", folder)
    if answers is not None:
        found_private(apart)
    message = _("建立{county}的公开仓库").format(county=answers.name if answers else _("演示县"))
    commit = found_repository(folder, county_files(answers, engine, shown), message, _driver(folder))
    promises = load_promises(folder)
    county = walk_county(promises)
    click.echo(
        _(
            "已建立 {folder}（提交 {commit}）：{count} 个公开项目，{townships} 个乡镇，程序 {engine} 版"
        ).format(
            folder=folder,
            commit=commit[:7],
            count=len(promises.catalogue.versions),
            townships=len(county.townships),
            engine=installed,
        )
    )
    if not is_pinned(engine.requirement):
        click.echo(unpinned())
    _say_next(folder, apart, is_demo=answers is None)


def _answers(
    code: str | None, name: str | None, townships: tuple[str, ...], start: date | None, *, is_demo: bool
) -> CountyAnswers | None:
    """Return what was answered by options or at the terminal; None asks for the made-up county."""
    is_asked = any((code, name, townships))
    if is_demo or (not is_asked and not sys.stdin.isatty()):
        return None
    first = start or date.today().replace(day=1)
    try:
        if is_asked:
            if not code or not name:
                raise click.UsageError(_("--code 和 --name 要一起写"))
            county, listed = county_code(code), list[TownshipAnswer]()
            for text in townships:
                listed.append(township_answer(text, county, listed))
            return CountyAnswers(county, _name(name), tuple(listed), first)
    except AnswerError as error:
        raise click.UsageError(str(error)) from None
    return _wizard(first)


def _wizard(start: date) -> CountyAnswers:
    """Ask at the terminal, again where an answer does not do."""
    click.echo(_("建立县的公开仓库，只问三件事。写错了可以再写，按 Ctrl+C 退出，什么也不会留下。"))
    code = click.prompt(_("1. 县的区划代码（6 位或 12 位）"), value_proc=_asked(county_code))
    name = click.prompt(_("2. 县的名称"), value_proc=_asked(_name))
    click.echo(_("3. 各乡镇、街道，一行一个，写成「清溪镇=999901000000」；写完直接按回车"))
    townships: list[TownshipAnswer] = []
    while text := click.prompt(f"   {len(townships) + 1}", default="", show_default=False).strip():
        try:
            found = township_answer(text, code, townships)
        except AnswerError as error:
            click.echo(f"   {error}")
            continue
        townships.append(found)
        click.echo(_("   {name}，代码 {code}，文件夹 {folder}").format(**_facts(found)))
    return CountyAnswers(code, name, tuple(townships), start)


def _asked(read: Callable[[str], str]) -> Callable[[str], str]:
    def answer(text: str) -> str:
        try:
            return read(text)
        except AnswerError as error:
            raise click.UsageError(str(error)) from None

    return answer


def _facts(township: TownshipAnswer) -> dict[str, str]:
    return {"name": township.name, "code": township.code, "folder": township.folder}


def _name(text: str) -> str:
    name = text.strip()
    if not name or len(name) > 40 or not name.isprintable():
        raise AnswerError(_("请写县的名称，最多 40 个字"))
    return name


def _shown(path: Path, folder: Path) -> str:
    """Return how county.yaml names a folder beside the county's own."""
    beside = path.is_relative_to(folder.parent)
    return f"../{path.relative_to(folder.parent).as_posix()}" if beside else path.as_posix()


def _driver(root: Path) -> tuple[str, str]:
    program = f"{shlex.quote(sys.executable)} -P -m generator.cli diff"
    return f"{program} --root {shlex.quote(str(root))} --driver --", f"{program} --textconv --"


def _say_next(folder: Path, private: Path, *, is_demo: bool) -> None:
    click.echo(_("已装好钩子：有个人信息的提交和推送会被拦下"))
    if is_demo:
        click.echo(
            _("这是演示县，数据全部是虚构的。看网站：cunwu serve --root {folder}").format(folder=folder)
        )
        return
    click.echo(_("不公开的名单在另一个仓库：{private}").format(private=private))
    click.echo(_("接下来："))
    click.echo(_("  1. 建村：cunwu new-village 乡镇 网址名 村名 代码 --root {folder}").format(folder=folder))
    click.echo(_("  2. 写谁负责哪些村：{file}").format(file=folder / "site_config" / "people.yaml"))
    click.echo(_("  3. 推送到代码托管平台或自己的服务器，推送后自动检查、生成、发布；见 README.md"))
