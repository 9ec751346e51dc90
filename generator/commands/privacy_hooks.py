"""cunwu privacy install-hook: git asks the guard before each commit, a server before each push."""

from __future__ import annotations

from pathlib import Path

import click

from generator.history.hooks import Installed, install_hooks
from generator.wording import N_, _


@click.command(
    name="install-hook", help=N_("装上 git 钩子：有个人信息的提交和推送会被拦下；--server 用在服务器的仓库")
)
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--server", is_flag=True, help=N_("装在接受推送的仓库里，检查每次推送的全部提交"))
@click.option(
    "--force", is_flag=True, help=N_("换掉已有的钩子（原来的改名留着，不再运行）；不加则两个都运行")
)
def install_hook(path: Path, server: bool, force: bool) -> None:
    """Write the hooks of the repository around ``path`` and say what became of those before."""
    for hook in install_hooks(path, is_server=server, force=force):
        click.echo(hook_line(hook))


def hook_line(hook: Installed) -> str:
    """Return in words what became of a hook."""
    name = hook.path
    if not hook.is_new:
        return _("{name} 已经装好，没有变化").format(name=name)
    if hook.set_aside:
        return _("已装好 {name}；原来的钩子改名为 {old}，不再运行").format(name=name, old=hook.set_aside)
    if hook.chained:
        return _("已装好 {name}；原来的钩子改名为 {old}，仍会先运行").format(name=name, old=hook.chained)
    return _("已装好 {name}").format(name=name)
