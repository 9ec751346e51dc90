"""cunwu privacy: nobody's private data gets out; what would is named by place and kind, never by value."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.options import day_in_china
from generator.commands.privacy_hooks import install_hook
from generator.commands.privacy_lists import expire, seal
from generator.commands.privacy_purge import purge
from generator.model.finding import Severity
from generator.privacy.allow import Allowances, load_allowances
from generator.privacy.leaks import UNREADABLE, Leak, has_errors
from generator.privacy.scan import Tally, scan_path
from generator.wording import N_, _
from generator.wording.privacy import KINDS, PLACES, place_words

_SHOWN_ALIKE = 20
_SEVERITIES = {Severity.ERROR: N_("错误"), Severity.WARNING: N_("提醒")}


@click.group()
def privacy() -> None:
    """Hold the verbs of the privacy guard together."""


@privacy.command(help=N_("查一个文件夹、一个文件或整个仓库，只说在哪里、是什么，不重复内容"))
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=".")
@click.option("--history", is_flag=True, help=N_("查仓库的全部历史：每个文件的每个版本、每条提交说明"))
@click.option("--range", "pushed", metavar="A..B", help=N_("查一次推送新增的全部提交；A 全为 0 表示新分支"))
@click.option("--staged", is_flag=True, help=N_("查暂存区里将要提交的内容"))
@click.option(
    "--message",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_("查写在这个文件里的提交说明（供 commit-msg 钩子使用）"),
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=N_("输出格式"))
@click.option("--exclude", multiple=True, metavar="NAME", help=N_("不查叫这个名字的文件夹，可写多次"))
def scan(
    path: Path,
    history: bool,
    pushed: str | None,
    staged: bool,
    message: Path | None,
    form: str,
    exclude: tuple[str, ...],
) -> None:
    """Print what must not get out and exit 1 when any of it is an error."""
    if sum((history, pushed is not None, staged, message is not None)) > 1:
        raise click.UsageError(_("--history、--range、--staged、--message 只能选一个"))
    folder = path if path.is_dir() else path.parent
    county = _county_around(folder.resolve())
    allowances = load_allowances(county or folder.resolve())
    tally = Tally()
    if history or staged or pushed is not None or message is not None:
        base, leaks = _git_leaks(folder, history, pushed, message, tally)
    else:
        base, leaks = folder.resolve(), scan_path(path, exclude=exclude, tally=tally)
    if county is None and (history or pushed is not None):
        # A server keeps the repository without its files.
        allowances = _allowances_pushed(base, pushed)
    top = county or base

    def named(file: str) -> str:
        return Path(os.path.relpath(base / file, top)).as_posix()

    kept = list(allowances.keep(leaks, day_in_china(datetime.now(UTC)), named=named))
    if base == top and not (staged or pushed or message):
        kept.extend(allowances.unused())
    if form == "json":
        click.echo(json.dumps([leak.facts() for leak in kept], ensure_ascii=False, indent=1))
    else:
        for line in report_lines(kept):
            click.echo(line)
        click.echo(summary_line(kept, tally))
    if has_errors(kept):
        raise SystemExit(1)


def _git_leaks(
    folder: Path, history: bool, pushed: str | None, message: Path | None, tally: Tally
) -> tuple[Path, Iterable[Leak]]:
    from generator.history.repository import find_top
    from generator.pipeline.gitscan import scan_history, scan_message, scan_range, scan_staged

    top = find_top(folder)
    if top is None:
        raise click.UsageError(_("{path} 不在 git 仓库里").format(path=folder))
    if message is not None:
        return top, scan_message(message.read_text(encoding="utf-8", errors="replace"), tally=tally)
    if history:
        return top, scan_history(top, tally=tally)
    if pushed is not None:
        return top, scan_range(top, pushed, tally=tally)
    return top, scan_staged(top, tally=tally)


def _allowances_pushed(top: Path, pushed: str | None) -> Allowances:
    from generator.pipeline.gitscan import allowances_at

    return allowances_at(top, (pushed or "").rpartition("..")[2] or "HEAD")


def _county_around(folder: Path) -> Path | None:
    """Return the nearest county at or above ``folder``."""
    for place in (folder, *folder.parents):
        if (place / "site_config" / "county.yaml").is_file():
            return place
    return None


def report_lines(leaks: Sequence[Leak]) -> Iterator[str]:
    """Yield the leaks by file, then what could not be checked; of many alike the rest is counted."""
    by_file: dict[str, list[Leak]] = {}
    for leak in leaks:
        if leak.kind != UNREADABLE:
            by_file.setdefault(leak.file, []).append(leak)
    for file, found in by_file.items():
        yield file or PLACES["commit-message"]
        shown: dict[str, int] = {}
        for leak in found:
            shown[leak.kind] = shown.get(leak.kind, 0) + 1
            if shown[leak.kind] <= _SHOWN_ALIKE:
                wording = KINDS[leak.kind]
                severity = _(_SEVERITIES[leak.severity])
                yield f"  {place_of(leak)}{severity}：{wording.message}。{wording.hint} [{leak.kind}]"
        for kind, count in shown.items():
            if count > _SHOWN_ALIKE:
                yield "  " + _("同类的还有 {count} 处没有列出 [{kind}]，用 --format json 全部列出").format(
                    count=count - _SHOWN_ALIKE, kind=kind
                )
    yield from _unread_lines([leak for leak in leaks if leak.kind == UNREADABLE])


def _unread_lines(leaks: Sequence[Leak]) -> Iterator[str]:
    if not leaks:
        return
    yield f"{KINDS[UNREADABLE].message}：{KINDS[UNREADABLE].hint}"
    # Errors first: they are what stops.
    ordered = sorted(leaks, key=lambda leak: not leak.is_error)
    for leak in ordered[:_SHOWN_ALIKE]:
        yield f"  {_(_SEVERITIES[leak.severity])}：{leak.file} {place_of(leak).rstrip('， ')}"
    if len(leaks) > _SHOWN_ALIKE:
        yield "  " + _("还有 {count} 处没有列出，用 --format json 全部列出").format(
            count=len(leaks) - _SHOWN_ALIKE
        )


def place_of(leak: Leak) -> str:
    """Return where in its file a leak stands, in words, with a space behind it; "" for the whole file."""
    words = []
    if leak.cell:
        words.append(_("{cell} 格").format(cell=leak.cell))
    elif leak.line:
        words.append(_("第 {line} 行").format(line=leak.line))
    if leak.column:
        words.append(_("「{column}」").format(column=leak.column))
    words.append(place_words(leak.sheet, leak.where))
    return " ".join(word for word in words if word) + " " if any(words) else ""


def summary_line(leaks: Sequence[Leak], tally: Tally) -> str:
    """Return the last line of a report: how much was read, what was not, what was found."""
    looked = _("查了 {files} 个文件").format(files=tally.files)
    if tally.unchecked:
        looked += _("，其中 {unchecked} 个有内容无法检查").format(unchecked=tally.unchecked)
    if not leaks:
        return looked + _("，没有发现不该公开的个人信息")
    errors = sum(1 for leak in leaks if leak.is_error)
    return looked + _("：错误 {errors} 处，提醒 {warnings} 处").format(
        errors=errors, warnings=len(leaks) - errors
    )


for _command in (seal, expire, purge, install_hook):
    privacy.add_command(_command)
