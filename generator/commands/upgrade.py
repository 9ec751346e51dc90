"""cunwu upgrade: bring a county's repository to the installed engine, and say first what that changes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from generator.promises.promises import load_promises
from generator.starting.engine_source import is_pinned
from generator.starting.renewing import Fate, Step, Upgrade, apply_upgrade, plan_upgrade
from generator.wording import N_, _

_TITLES = {
    Fate.ADDED: N_("新增"),
    Fate.CHANGED: N_("改动"),
    Fate.REMOVED: N_("删去"),
    Fate.KEPT: N_("本县改过，程序也有新的，保留本县的，请人看一看"),
    Fate.OWN: N_("本县改过，程序没有变，保留"),
    Fate.GONE: N_("本县删去了，不再放回"),
}


@click.command()
@click.argument(
    "folder",
    metavar="[DIR]",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=".",
)
@click.option("--apply", "applies", is_flag=True, help=N_("真的改；不加只说会改什么"))
@click.option("--diff", "shows_diff", is_flag=True, help=N_("逐行列出每个文件的改动"))
@click.option(
    "--engine", "requirement", help=N_("本程序的安装包（.whl），或 pip 读的一行；默认照旧"), default=""
)
def upgrade(folder: Path, applies: bool, shows_diff: bool, requirement: str) -> None:
    """Say what the installed engine would change in DIR, and with --apply change it."""
    plan = plan_upgrade(folder, version("cunwu"), requirement)
    for line in _lines(plan, shows_diff=shows_diff):
        click.echo(line)
    if not is_pinned(plan.new.requirement):
        click.echo(unpinned())
    if not plan.is_needed:
        click.echo(_("已经是 {engine} 版，没有要改的").format(engine=plan.new.engine))
        return
    if not applies:
        click.echo(_("现在什么也没有改；加上 --apply 才改"))
        return
    apply_upgrade(folder, plan)
    taken = sum(1 for step in plan.steps if step.is_taken)
    click.echo(
        _(
            "已从 {old} 版升级到 {new} 版，改了 {count} 个文件。请看一遍 git diff，再 git add 和 git commit"
        ).format(old=plan.old.engine, new=plan.new.engine, count=taken)
    )
    # A schema that the county kept may not fit the new engine: better said now than at the next push.
    load_promises(folder)


def unpinned() -> str:
    """Return what to do where nobody knows the hash of the engine's own wheel."""
    return _(
        "程序自己的指纹还不知道（不是从安装包装的），推送后的流程装到它会停下："
        "拿到 cunwu-….whl，运行 cunwu upgrade --engine cunwu-….whl --apply，再提交"
    )


def _lines(plan: Upgrade, *, shows_diff: bool) -> Iterator[str]:
    if plan.old.engine != plan.new.engine:
        yield _("程序：{old} → {new}").format(old=plan.old.engine, new=plan.new.engine)
    for fate, title in _TITLES.items():
        steps = [step for step in plan.steps if step.fate is fate]
        if steps:
            yield _("{title}（{count} 个文件）：").format(title=_(title), count=len(steps))
        for step in steps:
            came, went = step.counts()
            yield f"  {step.path}  +{came} −{went}"
            if shows_diff and fate is not Fate.GONE:
                yield from _diff(step)


def _diff(step: Step) -> Iterator[str]:
    old, new = ((c or b"").decode("utf-8", "replace").splitlines() for c in (step.before, step.after))
    for line in difflib.unified_diff(old, new, step.path, step.path, lineterm=""):
        yield f"    {line}"
