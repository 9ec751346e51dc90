"""cunwu check: say everything that is wrong with the records, and write nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from generator.commands.check_authority import authority_facts, authority_line
from generator.commands.options import as_of_option, judged_day, output_option, root_option, tell_parts
from generator.history.soundness import require_sound
from generator.pipeline.found import Facts, Found, by_file
from generator.pipeline.inspection import inspect_county
from generator.pipeline.reports import REPORTS
from generator.promises.settings import load_settings
from generator.wording import N_, _

_SHOWN_ALIKE = 20
_SEVERITIES = {"error": N_("错误"), "warning": N_("提醒")}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@root_option
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", *REPORTS]),
    default="text",
    help=N_("输出格式"),
)
@output_option
@click.option("--all", "shows_all", is_flag=True, help=N_("同类的提示也逐条列出"))
@click.option(
    "--workers", type=click.IntRange(1), default=None, help=N_("同时工作的进程数，默认等于处理器核数")
)
@click.option("--range", "span", metavar="A..B", help=N_("只查这些提交是不是有权做的：范围、签名、历史"))
@click.option("--as", "user", default="", metavar="USER", help=N_("谁要提交：people.yaml 里的名称或账号"))
@click.option("--proposed", "is_proposed", is_flag=True, help=N_("还在等审核，不要求第二个人的签名"))
def check(
    paths: tuple[Path, ...],
    root: Path,
    as_of: date | None,
    form: str,
    output: Path | None,
    shows_all: bool,
    workers: int | None,
    span: str | None,
    user: str,
    is_proposed: bool,
) -> None:
    """Print the findings below ``paths`` (default: all) and exit 1 when one of them is an error."""
    if span is not None:
        found = authority_facts(root, user, span, is_proposed=is_proposed)
        tell_parts(_told(form, found, authority_line(root, span, found), shows_all=True), output)
        raise SystemExit(1 if found else 0)
    if user or is_proposed:
        raise click.UsageError(_("--as 和 --proposed 要和 --range 一起写"))
    settings = load_settings(root)
    # The records are judged as they lie here; but who corrects them now would commit onto nothing.
    require_sound(settings.content)
    day = judged_day(as_of, settings.as_of)
    inspection = inspect_county(
        root, as_of=day, workers=workers or os.cpu_count() or 1, below=_below(paths, root)
    )
    findings = inspection.findings
    summary = summary_line(findings, inspection.villages, inspection.rows)
    tell_parts(_told(form, findings, summary, shows_all=shows_all), output)
    if findings.errors:
        raise SystemExit(1)


def _told(form: str, findings: Collection[Facts], summary: str, *, shows_all: bool) -> Iterator[str]:
    """Yield the report in the format that is asked for."""
    if form in REPORTS:
        yield REPORTS[form](findings, _("村务公开检查"), summary)
    elif form == "json":
        yield from _json_parts(findings)
    elif form == "github":
        yield from (f"{annotation(finding)}\n" for finding in findings)
    else:
        limit = None if shows_all else _SHOWN_ALIKE
        for file, found in findings.by_file() if isinstance(findings, Found) else by_file(findings):
            yield "".join(f"{line}\n" for line in (file, *_file_lines(found, limit)))
        yield f"{summary}\n"


def _json_parts(findings: Iterable[Facts]) -> Iterator[str]:
    """Yield the findings as JSON, one after the other."""
    before = "["
    for finding in findings:
        told = json.dumps(finding, ensure_ascii=False, indent=1).replace("\n", "\n ")
        yield f"{before}\n {told}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _below(paths: Iterable[Path], root: Path) -> tuple[str, ...]:
    """Return the paths as findings name them; raises UsageError for one that does not exist."""
    names = []
    for path in paths:
        absolute = root / path if (root / path).exists() else Path.cwd() / path
        if not absolute.exists():
            raise click.UsageError(_("找不到 {path}").format(path=path))
        absolute = absolute.resolve()
        names.append(
            absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()
        )
    return tuple(name for name in names if name != ".")


def _file_lines(findings: Iterable[Facts], limit: int | None) -> Iterator[str]:
    """Yield the findings of one file; of many alike the rest is counted, never dropped."""
    shown: dict[str, int] = {}
    for finding in findings:
        shown[finding["code"]] = shown.get(finding["code"], 0) + 1
        if limit is None or shown[finding["code"]] <= limit:
            yield f"  {_where(finding)}{_finding_line(finding)}"
    for code, count in shown.items():
        if limit is not None and count > limit:
            yield "  " + _("同类的还有 {count} 处没有列出 [{code}]，用 --all 全部列出").format(
                count=count - limit, code=code
            )


def _finding_line(finding: Facts) -> str:
    kind: str = finding["severity"]
    severity = _(_SEVERITIES[kind])
    return f"{severity}：{finding['message']}。{finding['hint']} [{finding['code']}]"


def _where(finding: Facts) -> str:
    line = _("第 {line} 行").format(line=finding["line"]) if finding["line"] else ""
    column = _("「{column}」").format(column=finding["column"]) if finding["column"] else ""
    return f"{line}{column} " if line or column else ""


def summary_line(findings: Found, villages: int, rows: int) -> str:
    """Return the last line of a report: how much was looked at and what was found."""
    looked = _("查了 {villages} 个村和单位、{rows} 行").format(villages=villages, rows=rows)
    if not findings:
        return looked + _("，没有发现问题")
    return looked + _("：错误 {errors} 处，提醒 {warnings} 处").format(
        errors=findings.errors, warnings=len(findings) - findings.errors
    )


def annotation(finding: Facts) -> str:
    """Return a finding as a workflow command that code hosts show beside the line."""
    place = f"file={_escaped(finding['file'], ':,')}"
    if finding["line"]:
        place += f",line={finding['line']}"
    title = _escaped(f"{finding['column'] or ''} {finding['code']}".strip(), ":,")
    text = _escaped(f"{finding['message']}。{finding['hint']}")
    return f"::{finding['severity']} {place},title={title}::{text}"


def _escaped(text: str, extra: str = "") -> str:
    for mark in "%\r\n" + extra:
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text
