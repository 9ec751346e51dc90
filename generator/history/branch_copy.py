"""Branch copies: a published folder as a branch that holds nothing else, made by git's plumbing."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import ask_git, feed_git
from generator.model.finding import SetupError
from generator.wording import _

_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
# Hosts that make pages of Markdown are told to leave the files as they are.
_PLAIN = ".nojekyll"


@dataclass(frozen=True, slots=True)
class BranchCopy:
    """What was put on the branch: the commit, and how many files differ from the one before."""

    commit: str
    changed: int


def copy_to_branch(
    root: Path,
    folder: Path,
    files: Sequence[str],
    branch: str,
    remote: str,
    message: str,
    *,
    forgets: bool,
) -> BranchCopy:
    """Put ``files`` of ``folder`` on ``branch`` of ``remote`` ("" for this repository) in one commit.

    The branch grows by a commit with every publication. With ``forgets`` it holds the new one alone, and
    what stood there before is given up: the far side must then stand where it was last seen. No file of the
    working tree, nor its index, is touched. Raises SetupError where git or the far side refuses.
    """
    ref = f"refs/heads/{branch}"
    if not _BRANCH.fullmatch(branch) or ask_git(root, "check-ref-format", ref) is None:
        raise SetupError(_("分支名「{branch}」不能用").format(branch=branch))
    if ask_git(root, "symbolic-ref", "--quiet", "HEAD") == ref:
        raise SetupError(_("「{branch}」是记录的分支，网站要放在另一个分支上").format(branch=branch))
    before = _standing(root, ref, remote)
    if before and ask_git(root, "cat-file", "-e", f"{before}:site_config/county.yaml") is not None:
        raise SetupError(_("「{branch}」上是记录，不是网站").format(branch=branch))
    tree = _tree(root, folder, files)
    listed = ask_git(root, "diff-tree", "-r", "--name-only", before, tree) if before else None
    changed = len(listed.split("\n")) if listed else 0
    if not before:
        changed = len((ask_git(root, "ls-tree", "-r", "--name-only", tree) or "").split("\n"))
    parents = ("-p", before) if before and not forgets else ()
    commit = _must(root, *_maker(root), "commit-tree", tree, *parents, "-F", "-", content=message.encode())
    if remote:
        lease = (f"--force-with-lease={ref}:{before}",) if forgets else ()
        _must(root, "push", "--quiet", *lease, "--", remote, f"{commit}:{ref}")
    else:
        _must(root, "update-ref", ref, commit, before or "0" * 40)
    return BranchCopy(commit, changed)


def _standing(root: Path, ref: str, remote: str) -> str:
    """Return the commit at which the branch stands, fetched, "" where there is none."""
    if not remote:
        return ask_git(root, "rev-parse", "--verify", "--quiet", ref) or ""
    listed = ask_git(root, "ls-remote", "--", remote, ref)
    if listed is None:
        raise SetupError(_("连不上远端「{remote}」，或没有权限").format(remote=remote))
    found = listed.split("\t")[0] if listed else ""
    if found:
        _must(root, "fetch", "--quiet", "--no-write-fetch-head", "--", remote, found)
    return found


def _tree(root: Path, folder: Path, files: Sequence[str]) -> str:
    paths = "".join(f"{folder.resolve() / path}\n" for path in files).encode()
    blobs = _must(root, "hash-object", "-w", "--no-filters", "--stdin-paths", content=paths).split()
    empty = _must(root, "hash-object", "-w", "--stdin", content=b"")
    listed = [*zip(files, blobs, strict=True), (_PLAIN, empty)]
    lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in listed).encode()
    with tempfile.TemporaryDirectory(prefix="cunwu-") as place:
        extra = {"GIT_INDEX_FILE": str(Path(place) / "index")}
        _must(root, "update-index", "-z", "--index-info", content=lines, extra=extra)
        return _must(root, "write-tree", extra=extra)


def _maker(root: Path) -> tuple[str, ...]:
    if ask_git(root, "config", "user.email"):
        return ()
    return ("-c", f"user.name={_('发布')}", "-c", "user.email=role@desk.invalid")


def _must(root: Path, *arguments: str, content: bytes = b"", extra: dict[str, str] | None = None) -> str:
    done = feed_git(root, *arguments, content=content, extra=extra)
    if done.returncode:
        problem = done.stderr.decode("utf-8", "replace").strip()
        raise SetupError(_("git 出错：{problem}").format(problem=problem))
    return done.stdout.decode().strip()
