"""cunwu docs: the manual of the installed version, as pages of the same look as every site."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.reference import commands_reference
from generator.wording import _


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def docs(context: click.Context, target: Path) -> None:
    """Write the manual into DIR, which must be empty."""
    from generator.engine.manual import manual_files
    from generator.pages.findings_reference import findings_references
    from generator.pipeline.output import write_files
    from generator.promises.settings import load_settings
    from generator.starting.shipped import shipped_folder

    if target.exists() and any(target.iterdir()):
        raise click.UsageError(_("{folder} 不是空文件夹").format(folder=target))
    root = shipped_folder()
    verbs = context.find_root().command
    assert isinstance(verbs, click.Group)  # a verb is never the whole program
    references = {"commands": commands_reference(verbs), **findings_references()}
    files = manual_files(root, load_settings(root, needs_private=False), references)
    write_files(target, files, ())
    pages = sum(file.path.endswith(".html") for file in files)
    click.echo(
        _("手册 {pages} 页写在 {folder}，用浏览器打开 {folder}/index.html").format(pages=pages, folder=target)
    )
