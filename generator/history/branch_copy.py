"""Branch copies: a published folder as a branch that holds nothing else, made by git's plumbing."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import ask_git, must_git
from generator.history.git_trees import hash_files, whole_folders, write_trees
from generator.model.finding import SetupError
from generator.wording import _

_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
# Hosts that make pages of Markdown are told to leave the files as they are.
_PLAIN = ".nojekyll"


@dataclass(frozen=True, slots=True)
class BranchCopy:
    """What was put on the branch: the commit, and how many files differ from the one before.

    ``folders`` is what git calls each folder of it, by its path.
    """

    commit: str
    changed: int
    folders: Mapping[str, str]


def copy_to_branch(
    root: Path,
    folder: Path,
    files: Callable[[Container[str]], Iterable[str]],
    branch: str,
    remote: str,
    message: str,
    *,
    known: Mapping[str, str] | None = None,
    forgets: bool,
) -> BranchCopy:
    """Put the files of ``folder`` on ``branch`` of ``remote`` ("" for this repository) in one commit.

    ``known`` says by path what git called a folder that has not changed since: where the branch shows just
    that, and it is whole, nothing below it is read. ``files`` lists the files that are not below such
    folders. The branch grows by a commit with every publication. With ``forgets`` it holds the new one alone,
    and what stood there before is given up: the far side must then stand where it was last seen. No file of
    the working tree, nor its index, is touched. Raises SetupError where git or the far side refuses.
    """
    ref = f"refs/heads/{branch}"
    if not _BRANCH.fullmatch(branch) or ask_git(root, "check-ref-format", ref) is None:
        raise SetupError(_("分支名「{branch}」不能用").format(branch=branch))
    if ask_git(root, "symbolic-ref", "--quiet", "HEAD") == ref:
        raise SetupError(_("「{branch}」是记录的分支，网站要放在另一个分支上").format(branch=branch))
    before = _standing(root, ref, remote)
    if before and ask_git(root, "cat-file", "-e", f"{before}:site_config/county.yaml") is not None:
        raise SetupError(_("「{branch}」上是记录，不是网站").format(branch=branch))
    same = whole_folders(root, before, known) if before and known else {}
    blobs = hash_files(root, folder, files(same))
    blobs[_PLAIN] = must_git(root, "hash-object", "-w", "--stdin")
    folders = write_trees(root, blobs, same)
    tree = folders[""]
    listed = ask_git(root, "diff-tree", "-r", "--name-only", before, tree) if before else None
    changed = len(listed.split("\n")) if listed else 0
    if not before:
        changed = len((ask_git(root, "ls-tree", "-r", "--name-only", tree) or "").split("\n"))
    parents = ("-p", before) if before and not forgets else ()
    commit = must_git(root, *_maker(root), "commit-tree", tree, *parents, "-F", "-", content=message.encode())
    if remote:
        lease = (f"--force-with-lease={ref}:{before}",) if forgets else ()
        must_git(root, "push", "--quiet", *lease, "--", remote, f"{commit}:{ref}")
    else:
        must_git(root, "update-ref", ref, commit, before or "0" * 40)
    return BranchCopy(commit, changed, folders)


def _standing(root: Path, ref: str, remote: str) -> str:
    """Return the commit at which the branch stands, fetched, "" where there is none."""
    if not remote:
        return ask_git(root, "rev-parse", "--verify", "--quiet", ref) or ""
    listed = ask_git(root, "ls-remote", "--", remote, ref)
    if listed is None:
        raise SetupError(_("连不上远端「{remote}」，或没有权限").format(remote=remote))
    found = listed.split("\t")[0] if listed else ""
    if found:
        must_git(root, "fetch", "--quiet", "--no-write-fetch-head", "--", remote, found)
    return found


def _maker(root: Path) -> tuple[str, ...]:
    if ask_git(root, "config", "user.email"):
        return ()
    return ("-c", f"user.name={_('发布')}", "-c", "user.email=role@desk.invalid")
