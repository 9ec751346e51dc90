"""cunwu diff: what differs between two states of the records, row by row."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click

from generator.commands.diff_driver import print_driven, print_rows
from generator.commands.diff_states import States
from generator.commands.options import output_option, root_option, tell
from generator.history.blobs import BlobReader
from generator.history.commits import is_shallow
from generator.history.diff_driver import install_driver, remove_driver
from generator.history.states import State, renamed_between
from generator.intake.walk import walk_county
from generator.pipeline.comparing import Comparison, compare_states
from generator.pipeline.comparing_periods import compare_periods
from generator.pipeline.diff_facts import comparison_facts
from generator.pipeline.diff_lines import comparison_lines
from generator.pipeline.diff_markdown import markdown_comparison
from generator.pipeline.diff_page import html_comparison
from generator.promises.promises import Promises, load_promises
from generator.promises.settings import load_settings
from generator.rows.highlighter import highlight
from generator.wording import N_, _


def _text(comparison: Comparison) -> str:
    return "".join(f"{line}\n" for line in comparison_lines(comparison))


def _json(comparison: Comparison) -> str:
    return json.dumps(comparison_facts(comparison), ensure_ascii=False, indent=1) + "\n"


def _highlighter(comparison: Comparison) -> str:
    """Return the one table that differs; raises UsageError where there are several."""
    tables = [table for file in comparison.files for table in file.changes.tables]
    if len(tables) > 1:
        raise click.UsageError(
            _("highlighter 格式一次只写一张表，现在有 {count} 张，请写明路径").format(count=len(tables))
        )
    return highlight(tables[0].difference, tables[0].after) if tables else ""


_FORMATS: Mapping[str, Callable[[Comparison], str]] = {
    "text": _text,
    "json": _json,
    "html": html_comparison,
    "markdown": markdown_comparison,
    "highlighter": _highlighter,
}


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("names", nargs=-1, metavar=N_("甲 乙 [路径…]"))
@root_option
@click.option("--periods", nargs=2, default=None, help=N_("比较同一项的两期：--periods 2026-02 2026-03 路径"))
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", help=N_("输出格式"))
@output_option
@click.option(
    "--install", "action", flag_value="install", help=N_("让这份克隆里的 git diff 逐行说明表格的变动")
)
@click.option("--uninstall", "action", flag_value="uninstall", help=N_("撤去 --install 的设置"))
@click.option("--driver", "action", flag_value="driver", hidden=True)
@click.option("--textconv", "action", flag_value="textconv", hidden=True)
def diff(
    names: tuple[str, ...],
    root: Path,
    periods: tuple[str, str] | None,
    form: str,
    output: Path | None,
    action: str | None,
) -> None:
    """Print what differs between two states; exit 1 when a table could not be compared."""
    if action in ("install", "uninstall"):
        _set_driver(root, action)
    elif action == "textconv":
        print_rows(Path(names[0]))
    elif action == "driver":
        print_driven(names, root)
    else:
        comparison = _compared(root, names, periods)
        tell(_FORMATS[form](comparison), output)
        if comparison.refused:
            raise SystemExit(1)


def _compared(root: Path, names: tuple[str, ...], periods: tuple[str, str] | None) -> Comparison:
    if not names and periods is None:
        raise click.UsageError(_("请写要比较的两个版本：提交、标签、日期（2026-06-30）或文件夹"))
    promises = load_promises(root, needs_private=False)
    content = promises.settings.content
    villages = {village.folder: village.name for village in walk_county(promises).villages}
    with BlobReader(content) as reader:
        states = States(promises, reader)
        if periods is not None:
            asked = states.asked(names, 1)
            comparison = compare_periods(asked.states[0], promises, villages, periods, asked.below)
            if not comparison.looked_at:
                raise click.UsageError(
                    _("没有哪一项同时有 {first} 和 {second} 两期").format(first=periods[0], second=periods[1])
                )
            return comparison
        asked = states.asked(names, 2)
        if len(asked.states) < 2:
            raise click.UsageError(
                _("「{name}」不是提交、标签、日期（2026-06-30），也不是文件夹").format(name=names[0])
            )
        before, after = asked.states
        renamed = _renamed(promises, before, after)
        found = compare_states(before, after, promises, villages, below=asked.below, renamed=renamed)
    reads_history = bool(before.commit or after.commit)
    return replace(found, is_shallow=reads_history and is_shallow(content))


def _renamed(promises: Promises, before: State, after: State) -> dict[str, str]:
    """Return the renamed files, which only git can tell."""
    if not (before.commit and after.commit):
        return {}
    content = promises.settings.content
    return renamed_between(content, promises.shown(content), before.commit, after.commit)


def _set_driver(root: Path, action: str) -> None:
    content = load_settings(root, needs_private=False).content
    if action == "uninstall":
        was_there = remove_driver(content)
        click.echo(_("已撤去，git diff 恢复原样") if was_there else _("没有设置过，不用撤"))
        return
    # -P keeps a folder called generator in somebody's repository from being run.
    program = f"{shlex.quote(sys.executable)} -P -m generator.cli diff"
    place = f"--root {shlex.quote(str(root))}"
    is_new = install_driver(content, f"{program} {place} --driver --", f"{program} --textconv --")
    if is_new:
        click.echo(_("已设置：在这份克隆里，git diff 和 git log -p 会逐行说明表格的变动"))
    else:
        click.echo(_("已经设置过，不用再写"))
