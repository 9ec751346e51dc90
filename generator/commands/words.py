"""cunwu words: a file for translating the pages into one more language, and what is still missing in it."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import output_option, root_option, tell
from generator.wording import N_, _


@click.command()
@click.argument("language")
@click.option("--missing", is_flag=True, help=N_("只列出还没有译的，不写文件；有没译的退出码是 1"))
@root_option
@output_option
def words(language: str, missing: bool, root: Path, output: Path | None) -> None:
    """Write the county's catalogue of LANGUAGE, with all that is translated already, or look through it."""
    from generator.promises.promises import load_promises
    from generator.promises.templates_of_words import sheet_of, state_of

    state = state_of(load_promises(root), language)
    if missing:
        for message in state.missing:
            tell(f"{message}\n", None)
        for message in state.unknown:
            click.echo(_("原文里没有这一条，可以删去：{message}").format(message=message), err=True)
        click.echo(_summary(language, state.known, len(state.missing)), err=True)
        raise SystemExit(1 if state.missing else 0)
    target = output or root / state.path
    if output is None:
        target.parent.mkdir(parents=True, exist_ok=True)
    tell(sheet_of(state), target)
    click.echo(_("已写到 {file}").format(file=target))
    click.echo(_summary(language, state.known, len(state.missing)))


def _summary(language: str, known: int, missing: int) -> str:
    return _("{language}：共 {count} 条，已译 {known} 条，还缺 {missing} 条").format(
        language=language, count=known + missing, known=known, missing=missing
    )
