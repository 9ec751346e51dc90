"""cunwu install-server: a repository on a server that checks what is pushed to it, and publishes it."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.privacy_hooks import hook_line
from generator.history.git import ask_git, run_git
from generator.history.hooks import install_publisher
from generator.model.finding import SetupError
from generator.starting.shipped import script_folder
from generator.wording import N_, _

_FOLDER = click.Path(file_okay=False, resolve_path=True, path_type=Path)


@click.command(name="install-server")
@click.argument("repository", type=_FOLDER)
@click.argument("target", type=_FOLDER)
@click.option("--work", type=_FOLDER, help=N_("生成网站用的工作文件夹，默认 仓库-work"))
@click.option("--no-rules", is_flag=True, help=N_("不按 people.yaml 检查谁可以改什么"))
@click.option("--force", is_flag=True, help=N_("换掉已有的钩子（原来的改名留着，不再运行）；不加则都运行"))
def install_server(repository: Path, target: Path, work: Path | None, no_rules: bool, force: bool) -> None:
    """Make REPOSITORY (bare, new or there already) take pushes, and publish its main branch into TARGET."""
    if not repository.exists():
        repository.mkdir(parents=True)
        run_git(repository, "init", "--quiet", "--bare", "--initial-branch=main")
    if ask_git(repository, "rev-parse", "--is-bare-repository") != "true":
        raise SetupError(_("{folder} 不是接收推送的仓库（bare）").format(folder=repository))
    stem = repository.name.removesuffix(".git")
    workplace = work or repository.with_name(f"{stem}-work") / stem
    workplace.parent.mkdir(parents=True, exist_ok=True)
    settings = {
        "cunwu.target": str(target),
        "cunwu.work": str(workplace),
        "cunwu.rules": "false" if no_rules else "true",
        "receive.fsckObjects": "true",
        "receive.denyDeleteCurrent": "refuse",
    }
    script = script_folder() / "publish.sh"
    for hook in install_publisher(repository, script, settings, force=force):
        click.echo(hook_line(hook))
    click.echo(
        _("推送到 {repository} 以后，网站发布在 {target}").format(repository=repository, target=target)
    )
    click.echo(
        _(
            "接下来：cunwu server-config nginx --root {work} --site {target} --name 域名（第一次推送以后）"
        ).format(work=workplace, target=target)
    )
