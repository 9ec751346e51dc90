"""cunwu privacy purge: takes a leaked value, or whole files, out of a repository's history."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import click

from generator.history.git import ask_git
from generator.history.purge_record import ALLOWED
from generator.history.purging import (
    Order,
    Outcome,
    Refusal,
    purge_history,
    push_commands,
    require_fit,
    require_reachable,
)
from generator.history.signing import Signer, find_signer
from generator.history.spellings import REMOVED, Spellings, TooShort
from generator.history.survey import Survey, survey
from generator.pipeline.gitscan import scan_message
from generator.pipeline.packed import look_inside
from generator.privacy.judging import Judge
from generator.wording import N_, _
from generator.wording.privacy import KINDS

_SHOWN_COMMITS = 8
_NO_KIND = ("unreadable", "allowance-unused")
_KINDS = (*(kind for kind in KINDS if kind not in _NO_KIND), "name", "other")


@click.command(
    help=N_(
        "从仓库的全部历史里清除泄露的内容，或整个移除文件（--file）。"
        "不加 --yes 只说明会做什么。要清除的内容从键盘（不显示）、标准输入或文件读入，不写在命令行里"
    )
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help=N_("仓库所在的文件夹，默认是当前文件夹"),
)
@click.option("--file", "files", multiple=True, metavar="PATH", help=N_("整个移除这个文件或文件夹，可写多次"))
@click.option("--ask", is_flag=True, help=N_("另外从键盘输入要清除的内容（没有 --file 时不必写）"))
@click.option("--value-from", metavar="FILE", help=N_("从文件读要清除的内容，每行一个；写 - 从标准输入读"))
@click.option("--kind", type=click.Choice(_KINDS), help=N_("泄露的是什么，写进记录"))
@click.option("--role", help=N_("由哪个角色清除，写进记录，如 县农经科管理员；不写姓名"))
@click.option("--reason", help=N_("为什么清除，写进记录；不要写出清除的内容"))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=N_("签名用的 SSH 钥匙")
)
@click.option("--unsigned", is_flag=True, help=N_("记录不签名；别人无法确认是谁清除的"))
@click.option("--yes", is_flag=True, help=N_("真的改写历史；不能撤销"))
def purge(
    root: Path,
    files: tuple[str, ...],
    ask: bool,
    value_from: str | None,
    kind: str | None,
    role: str | None,
    reason: str | None,
    key: Path | None,
    unsigned: bool,
    yes: bool,
) -> None:
    """Explain what a purge would do, or with --yes do it and leave a record."""
    try:
        spellings = _read_spellings(root, bool(files), ask, value_from)
        paths = tuple(_path_in_repository(file) for file in files)
        _require_plain_names(paths, spellings)
        obstacle = _obstacle(root, spellings)
        if obstacle and (yes or ask_git(root, "rev-parse", "--is-inside-work-tree") != "true"):
            raise Refusal(obstacle)
        found = survey(root, spellings, paths, look_inside)
        if found.is_empty and not paths:
            _say(_unread_lines(found))
            click.echo(_("仓库的历史、提交说明和 git 自己的文件里都没有找到，什么也没有改"))
            return
        _say(_found_lines(found))
        if not yes:
            _say(_plan_lines(found, obstacle))
            return
        require_reachable(found)
        order = _order(spellings, paths, kind, role, reason)
        signer = None if unsigned else find_signer(root, key, root / ALLOWED)
        outcome = purge_history(root, order, found, look_inside, signer)
    except Refusal as refusal:
        click.echo(_("没有执行，什么也没有改：{problem}").format(problem=refusal), err=True)
        raise SystemExit(1) from None
    _say(_outcome_lines(root, outcome, signer))
    if not outcome.is_clean:
        raise SystemExit(1)


def _read_spellings(root: Path, has_files: bool, ask: bool, value_from: str | None) -> Spellings:
    if value_from == "-" or (value_from is None and not has_files and not ask and not sys.stdin.isatty()):
        text = sys.stdin.buffer.read()
    elif value_from is not None:
        path = Path(value_from)
        if not path.is_file():
            raise click.UsageError(_("找不到 {path}").format(path=path))
        if path.resolve().is_relative_to(root):
            raise Refusal(_("写有要清除内容的文件不能放在仓库里；请移到别处，用完删掉"))
        text = path.read_bytes()
    elif ask or not has_files:
        text = click.prompt(_("要清除的内容（不显示）"), hide_input=True, err=True).encode()
    else:
        return Spellings(())
    try:
        spellings = Spellings.of(text.decode("utf-8-sig").splitlines())
    except UnicodeDecodeError:
        raise Refusal(_("要清除的内容应当是 UTF-8 文字")) from None
    except TooShort:
        raise Refusal(_("要清除的内容太短，会误伤别处：数字和字母至少 5 个，汉字至少 2 个")) from None
    if not spellings.values:
        raise Refusal(_("没有给出要清除的内容"))
    return spellings


def _obstacle(root: Path, spellings: Spellings) -> str:
    try:
        require_fit(root, spellings)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _path_in_repository(file: str) -> str:
    """Return a path as git writes it: below the top, no dots."""
    parts = [part for part in file.replace("\\", "/").split("/") if part not in ("", ".")]
    if file.startswith("/") or ".." in parts or not parts:
        raise click.UsageError(_("--file 写相对仓库顶层的路径，例如 content/a.xlsx"))
    return "/".join(parts)


def _require_plain_names(paths: tuple[str, ...], spellings: Spellings) -> None:
    judge = Judge()
    for path in paths:
        if any(leak.is_error for leak in judge.judge_name(spellings.removed_from_text(path))):
            raise Refusal(
                _("要移除的文件名里就有个人信息，会写进记录；请把那段内容也作为要清除的内容给出（--ask）")
            )


def _order(
    spellings: Spellings, paths: tuple[str, ...], kind: str | None, role: str | None, reason: str | None
) -> Order:
    missing = [name for name, text in (("--kind", kind), ("--role", role), ("--reason", reason)) if not text]
    if missing:
        raise Refusal(_("请写明 {options}，要写进记录").format(options="、".join(missing)))
    assert kind and role and reason
    said = f"{role}\n{reason}"
    if spellings.stand_in_text(said) or any(leak.is_error for leak in scan_message(said)):
        raise Refusal(_("--role 或 --reason 里有个人信息；记录是公开的，请换个说法"))
    return Order(spellings, paths, kind, role, reason, date.today())


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def _found_lines(found: Survey) -> Iterator[str]:
    """Yield where the value stands, by path and abbreviated commit."""
    yield _("找到的地方：{files} 个文件、{messages} 条提交说明，由 {commits} 个提交写入").format(
        files=len({*found.texts, *found.packed, *found.files, *found.names}),
        messages=len(found.messages),
        commits=len(found.commits),
    )
    yield from _path_lines(found.texts, _("替换其中的字"))
    yield from _path_lines(found.files, _("整个移除"))
    yield from _path_lines(found.packed, _("压缩或二进制文件，改不了其中的字，要用 --file 整个移除"))
    for name in found.names:
        yield "  " + _("文件名：{name}").format(name=name)
    if found.messages:
        yield "  " + _("提交或标签的说明、署名：{commits}").format(commits=_some(found.messages))
    if found.loose:
        yield "  " + _("不在任何分支上、但仍留在仓库里的旧内容：{count} 处").format(count=found.loose)
    if found.notes:
        yield "  " + _("git 自己的文件：{files}").format(files="、".join(found.notes))
    if found.shared:
        yield "  " + _("与要移除的文件内容相同、会留下来的：{files}").format(files="、".join(found.shared))
    yield from _unread_lines(found)


def _path_lines(places: Mapping[str, tuple[str, ...]], what: str) -> Iterator[str]:
    for path, commits in places.items():
        yield "  " + _("{path}（提交 {commits}）：{what}").format(
            path=path, commits=_some(commits), what=what
        )


def _unread_lines(found: Survey) -> Iterator[str]:
    if found.unread:
        yield _("无法检查，请人工核对，有问题的用 --file 移除：{files}").format(files="、".join(found.unread))


def _some(commits: tuple[str, ...]) -> str:
    shown = "、".join(commits[:_SHOWN_COMMITS]) or _("没有")
    if len(commits) > _SHOWN_COMMITS:
        shown += _(" 等 {count} 个").format(count=len(commits))
    return shown


def _plan_lines(found: Survey, obstacle: str) -> Iterator[str]:
    """Yield what will be done and what people must do afterwards."""
    yield ""
    yield _("加上 --yes 会做这些（现在什么也没有改）：")
    if found.texts or found.names or found.messages:
        yield _(
            "  1. 改写全部分支和标签的历史，把它换成{removed}，包括中间有空格、短横、全角数字的写法"
        ).format(removed=REMOVED)
    else:
        yield _("  1. 改写全部分支和标签的历史，移除上面的文件")
    yield _("  2. 删去旧的提交、日志和不再用到的内容，再把整个仓库查一遍")
    yield _(
        "  3. 提交一份签名的记录 purges/日期-序号.json：何时、由哪个角色、为什么、哪些文件、新旧提交号对照"
    )
    yield _("     记录里没有被清除的内容；受影响的提交编号都会改变，提交和标签上原有的签名会失效")
    if found.packed:
        yield _("  还差一步：上面要整个移除的文件，先各加一项 --file")
    if obstacle:
        yield _("  现在还不能执行：{problem}").format(problem=obstacle)
    for file in found.missing:
        yield _("  注意：历史中没有 {path}").format(path=file)
    yield ""
    yield _("执行以前：请所有人先把改动推送上来、停止提交，并运行 git fetch --all 取齐全部分支")
    yield from _afterwards()


def _afterwards(commands: tuple[str, ...] = ()) -> Iterator[str]:
    yield _("执行以后，还要由人做：")
    yield _("  1. 管理员强制推送（暂时放开分支保护），所有远端都要推：")
    for command in commands or ("git push --force --all", "git push --force --tags"):
        yield f"       {command}"
    yield _("  2. 所有人删掉旧的克隆重新克隆；不要在旧克隆里合并或推送，否则会把它带回来")
    yield _("  3. 请托管平台清理缓存、合并请求和已关闭的分支；复刻（fork）、镜像和备份要逐个清除")
    yield _("  4. 重新生成并发布网站，删去 site、build 等文件夹里的旧网页，刷新 CDN 和搜索引擎的缓存")
    yield _("  5. 告知当事人并按规定报告：内容公开过就可能有人存下，仍要当作已经泄露来处理")
    yield _("  6. 运行 cunwu privacy scan --history，看还有没有别的")


def _outcome_lines(root: Path, outcome: Outcome, signer: Signer | None) -> Iterator[str]:
    yield ""
    if outcome.is_clean:
        yield _("已清除：改写了 {count} 个提交；重新查过全部内容，没有再找到").format(
            count=len(outcome.commits)
        )
    else:
        yield _("没有清除干净：改写了 {count} 个提交，但重新检查时仍有下列地方，请交技术人员处理：").format(
            count=len(outcome.commits)
        )
        yield from _found_lines(outcome.left)
    if signer is None:
        yield _("记录没有签名：{path}，别人无法确认是谁清除的").format(path=outcome.record)
    else:
        yield _("记录已签名并提交：{path}（签名人 {name}）").format(path=outcome.record, name=signer.name)
    yield ""
    yield from _afterwards(tuple(push_commands(root)))
