"""Branching: a release is put on a branch too, and of its villages only those are read that changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from generator.history.branch_copy import BranchCopy, copy_to_branch
from generator.publish.releases import files_below
from generator.publish.trees import trees_of


def put_on_branch(
    root: Path, release: Path, branch: str, remote: str, message: str, *, forgets: bool
) -> BranchCopy:
    """Put the files of ``release`` on ``branch``, as ``copy_to_branch`` tells; raises SetupError.

    What git calls a village's folder is kept beside its tree, so that it need not be hashed again.
    """
    trees = trees_of(release).values()
    known = {top: name for tree in trees for top, name in tree.git_names().items()}
    listed = partial(files_below, release)
    copy = copy_to_branch(root, release, listed, branch, remote, message, known=known, forgets=forgets)
    for tree in trees:
        tree.keep_git_names(copy.folders)
    return copy
