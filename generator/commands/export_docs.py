"""cunwu export-docs: one village as a plain docs tree that stock MkDocs can print."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import root_option
from generator.wording import _


@click.command(name="export-docs")
@click.argument("village")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@root_option
def export_docs(village: str, target: Path, root: Path) -> None:
    """Write the village's pages as Markdown files beside a mkdocs.yml."""
    from generator.engine.export import export_docs as export
    from generator.engine.one_village import load_site
    from generator.promises.settings import load_settings

    if target.exists() and any(target.iterdir()):
        raise click.UsageError(_("{folder} 不是空文件夹").format(folder=target))
    site = load_site(root, village)
    export(site, load_settings(root), target, root=root)
    click.echo(
        _("已导出 {pages} 页到 {folder}，在那里运行 mkdocs build 即可").format(
            pages=len(site.pages), folder=target
        )
    )
