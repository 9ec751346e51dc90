"""cunwu check --as: whether the commits that somebody wants to add are theirs to make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from generator.history.authority import has_rules, judge_range
from generator.history.repository import find_top
from generator.pipeline.finding_facts import finding_facts
from generator.wording import _


def authority_facts(root: Path, user: str, span: str, *, is_proposed: bool) -> list[dict[str, Any]]:
    """Return the findings on the commits in ``span``, written A..B, as ``user`` wants to add them."""
    old, separator, new = span.rpartition("..")
    if not separator or not old:
        raise click.UsageError(_("--range 写成 A..B；A 全为 0 表示新分支"))
    top, prefix = _placed(root)
    found = judge_range(top, old, new or "HEAD", user, prefix=prefix, is_proposed=is_proposed)
    return [finding_facts(finding) for finding in found]


def authority_line(root: Path, span: str, findings: list[dict[str, Any]]) -> str:
    """Return the last line of the report."""
    top, prefix = _placed(root)
    old = span.rpartition("..")[0]
    if findings:
        return _("不能收下：{count} 处").format(count=len(findings))
    if not has_rules(top, old if old.strip("0") else "HEAD", prefix):
        return _("没有规定谁可以改什么：site_config/people.yaml 里还没有 editors 和 keepers")
    return _("这些提交都在职责范围内")


def _placed(root: Path) -> tuple[Path, str]:
    """Return the top of the repository around ``root``, and the path from there, with a slash behind it."""
    top = find_top(root)
    if top is None:
        raise click.UsageError(_("{path} 不在 git 仓库里").format(path=root))
    is_below = root.is_relative_to(top) and root != top
    return top, f"{root.relative_to(top).as_posix()}/" if is_below else ""
