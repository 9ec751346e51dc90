"""Purging: a leaked value, or whole files, taken out of all that a repository holds, and a record of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.history.filtering import rewrite
from generator.history.git import ask_git, has_git, lines_of_git, run_git
from generator.history.purge_record import FOLDER, PurgeRecord, write_record
from generator.history.signing import PURGE, Signer
from generator.history.spellings import Spellings
from generator.history.survey import Look, Survey, survey
from generator.model.finding import SetupError
from generator.wording import _

# Git's drafts and bookmarks: they quote messages and hold on to commits that are to go.
_DRAFTS = ("COMMIT_EDITMSG", "MERGE_MSG", "SQUASH_MSG", "TAG_EDITMSG", "NOTES_EDITMSG", "EDIT_DESCRIPTION")
_BOOKMARKS = ("ORIG_HEAD", "FETCH_HEAD", "AUTO_MERGE", "description.old")
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG")


class Refusal(Exception):
    """Something stands in the way of a purge; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be removed, and who answers for it: kind, role and reason are what the record says."""

    spellings: Spellings
    files: tuple[str, ...]
    kind: str
    role: str
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a purge did: the record's path, what a rescan still found, and the rewritten commits."""

    record: str
    left: Survey
    is_clean: bool
    commits: Mapping[str, str]


def require_fit(root: Path, spellings: Spellings) -> None:
    """Raise Refusal where the repository at ``root`` is in no state to be rewritten."""
    if not has_git():
        raise Refusal(_("没有安装 git"))
    if ask_git(root, "rev-parse", "--is-inside-work-tree") != "true":
        raise Refusal(_("这里不是 git 的工作文件夹；服务器上的仓库请先克隆出来，在克隆里清除后再推送"))
    for obstacle in (*_gaps(root), *_unsettled(root), *_stiff_refs(root, spellings)):
        raise Refusal(obstacle)


def _gaps(root: Path) -> Iterator[str]:
    """Yield what of the history is not here to be rewritten."""
    if ask_git(root, "rev-parse", "--is-shallow-repository") != "false":
        yield _("这是浅克隆，历史不完整；请先运行 git fetch --unshallow")
    if lines_of_git(root, "config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"):
        yield _("这是部分克隆，历史不完整；请重新完整克隆")
    if (_git_folder(root) / "objects" / "info" / "alternates").exists():
        yield _("这个仓库借用了别的仓库的内容（alternates），清除不到那里；请重新完整克隆")


def _unsettled(root: Path) -> Iterator[str]:
    """Yield what a person must finish first, since a rewrite would lose it or leave it out."""
    if ask_git(root, "symbolic-ref", "--quiet", "HEAD") is None:
        yield _("当前不在任何分支上；请先 git switch 到一个分支")
    if ask_git(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        yield _("这个仓库里还没有提交")
    if any((_git_folder(root) / name).exists() for name in _UNFINISHED):
        yield _("有没做完的合并、变基或拣选；请先做完或放弃")
    if ask_git(root, "status", "--porcelain", "--untracked-files=all"):
        yield _("有没提交的改动或没纳入版本的文件；请先提交、移走或删去")
    if ask_git(root, "rev-parse", "--verify", "--quiet", "refs/stash") is not None:
        yield _("有用 git stash 收起的改动；请先取出提交，或丢弃（git stash drop）")
    if len(lines_of_git(root, "worktree", "list")) > 1:
        yield _("这个仓库还有别的工作文件夹（git worktree list）；请先移除")
    if None in (ask_git(root, "var", "GIT_COMMITTER_IDENT"), ask_git(root, "var", "GIT_AUTHOR_IDENT")):
        yield _("git 还不知道提交人是谁；请设置 user.name 和 user.email")


def _stiff_refs(root: Path, spellings: Spellings) -> Iterator[str]:
    """Yield the branches and tags that a rewrite cannot mend."""
    for line in lines_of_git(root, "for-each-ref", "--format=%(objecttype) %(*objecttype) %(refname:short)"):
        kinds, _space, name = line.rpartition(" ")
        shown = spellings.removed_from_text(name)
        if shown != name:
            yield _("分支或标签的名称里就有要清除的内容，请先改名：{name}").format(name=shown)
        if {"blob", "tree"} & set(kinds.split()):
            yield _("标签 {name} 指着的不是提交，改写不到；请先删去").format(name=shown)


def require_reachable(found: Survey) -> None:
    """Raise Refusal where words cannot be replaced, or a file that was named never was in the history."""
    if found.missing:
        raise Refusal(_("历史中没有这个文件：{paths}").format(paths="、".join(found.missing)))
    if found.packed:
        raise Refusal(
            _("下列文件是压缩或二进制的，改不了其中的字，只能整个移除，请各加一项 --file：{paths}").format(
                paths="、".join(found.packed)
            )
        )


def purge_history(root: Path, order: Order, before: Survey, look: Look, signer: Signer | None) -> Outcome:
    """Rewrite the history at ``root``, look again, and commit a record of it; raises SetupError."""
    head_before = run_git(root, "rev-parse", "HEAD").decode().strip()
    commits = {old: new for old, new in rewrite(root, order.spellings, order.files).items() if old != new}
    _forget(root)
    left = survey(root, order.spellings, order.files, look)
    stored = set(lines_of_git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)"))
    is_clean = left.is_empty and not (before.gone & stored)
    shown = order.spellings.removed_from_text
    record = PurgeRecord(
        day=order.day,
        kind=order.kind,
        role=shown(order.role),
        reason=shown(order.reason),
        paths=tuple(sorted({*before.texts, *before.names})),
        removed=tuple(before.files),
        unread=before.unread,
        messages=len(before.messages),
        is_clean=is_clean,
        head_before=head_before,
        head_after=run_git(root, "rev-parse", "HEAD").decode().strip(),
        commits=commits,
        signer=signer.name if signer else "",
    )
    try:
        written = write_record(root, record, signer)
    except SetupError as problem:
        raise SetupError(
            _(
                "历史已经改写，记录也写在 {folder} 里，但没有签成：{problem}。"
                "请用 ssh-keygen -Y sign -n {namespace} -f 钥匙 补签后提交"
            ).format(folder=FOLDER, problem=problem, namespace=PURGE)
        ) from None
    names = [path.relative_to(root).as_posix() for path in written]
    _commit(root, names)
    return Outcome(names[0], left, is_clean, commits)


def push_commands(root: Path) -> list[str]:
    """Return the commands by which an administrator brings the new history to every remote."""
    branches = lines_of_git(root, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")
    commands = []
    for remote in lines_of_git(root, "remote"):
        commands += [f"git push --force --all {remote}", f"git push --force --tags {remote}"]
        below = f"refs/remotes/{remote}/"
        for ref in lines_of_git(root, "for-each-ref", "--format=%(refname)", below):
            branch = ref.removeprefix(below)
            if branch not in (*branches, "HEAD"):
                commands.append(f"git push --force {remote} {ref}:refs/heads/{branch}")
    return commands


def _forget(root: Path) -> None:
    """Drop what the old history left behind: logs, drafts, and every object that nothing reaches."""
    folder = _git_folder(root)
    for name in (*_DRAFTS, *_BOOKMARKS):
        (folder / name).unlink(missing_ok=True)
    # Where git fails here, the rescan finds what is left.
    ask_git(root, "reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    ask_git(root, "-c", "gc.bigPackThreshold=0", "gc", "--quiet", "--prune=now")


def _commit(root: Path, names: list[str]) -> None:
    # The county's own hooks and settings must not keep the record out: the history is rewritten already.
    run_git(root, "add", "--force", "--", *names)
    message = _("清除历史中的个人信息，记录见 {name}").format(name=names[0])
    plain = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false")
    run_git(root, *plain, "commit", "--quiet", "--no-verify", "--message", message, "--", *names)


def _git_folder(root: Path) -> Path:
    return Path(ask_git(root, "rev-parse", "--absolute-git-dir") or root)
