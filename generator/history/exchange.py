"""Exchange: what repositories tell each other, over the network or in a bundle that is carried."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import ask_git, feed_git, lines_of_git
from generator.history.remotes import list_remotes

_PATIENCE = 120.0
_HEADER_LIMIT = 4_000_000
_SIGNATURES = (b"# v2 git bundle\n", b"# v3 git bundle\n")


@dataclass(frozen=True, slots=True)
class Pushed:
    """How a push ended: the refs that the far side would not take, and what it said, line by line.

    ``is_behind`` tells that others were quicker.
    """

    has_arrived: bool
    is_behind: bool = False
    refused: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the head of a bundle says: its refs, and the commits that one must have to read it."""

    heads: dict[str, str]
    needs: tuple[str, ...]


def remote_of(top: Path, branch: str) -> str | None:
    """Return the remote to which ``branch`` (its full name) belongs, or the only one there is, or None."""
    name = branch.removeprefix("refs/heads/")
    chosen = ask_git(top, "config", "--get", f"branch.{name}.remote")
    known = tuple(dict.fromkeys(remote.name for remote in list_remotes(top)))
    remotes = [remote for remote in lines_of_git(top, "remote") if remote in known]
    if chosen in remotes:
        return chosen
    return remotes[0] if len(remotes) == 1 else None


def far_branch(top: Path, branch: str) -> str:
    """Return the full name that ``branch`` has on its remote."""
    name = branch.removeprefix("refs/heads/")
    return ask_git(top, "config", "--get", f"branch.{name}.merge") or branch


def fetch(top: Path, source: str, refspecs: Sequence[str], *, is_trusted: bool) -> bool:
    """Return whether the refs could be fetched; from a source that is not trusted every object is checked."""
    strict = () if is_trusted else ("-c", "fetch.fsckObjects=true", "-c", "transfer.fsckObjects=true")
    prune = ("--prune",) if is_trusted else ()
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", *prune)
    try:
        done = feed_git(
            top,
            *(*strict, "-c", "gc.auto=0", "fetch", *options, "--", source, *refspecs),
            extra=_quiet(),
            seconds=_PATIENCE,
        )
    except TimeoutError:
        return False
    return done.returncode == 0


def push(top: Path, remote: str, refspecs: Sequence[str]) -> Pushed:
    """Return how the far side took the refs."""
    try:
        done = feed_git(
            top,
            *("push", "--porcelain", "--no-follow-tags", "--", remote, *refspecs),
            extra=_quiet(),
            seconds=_PATIENCE,
        )
    except TimeoutError:
        return Pushed(False)
    lines = done.stdout.decode("utf-8", "replace").split("\n")
    told = [line.split("\t") for line in lines if "\t" in line]
    no = [fields for fields in told if fields[0].startswith("!")]
    refused = tuple(fields[1].rpartition(":")[2] for fields in no)
    is_behind = any("[rejected]" in field for fields in no for field in fields[2:])
    said = done.stderr.decode("utf-8", "replace").split("\n")
    heard = [line.removeprefix("remote:").strip() for line in said if line.startswith("remote:")]
    words = tuple(line for line in heard if line)
    return Pushed(done.returncode == 0 or bool(told), is_behind, refused, words)


def refs_below(top: Path, *prefixes: str) -> dict[str, str]:
    """Return the commits at which the refs below ``prefixes`` stand, by their full names."""
    listed = lines_of_git(top, "for-each-ref", "--format=%(objectname) %(refname)", "--", *prefixes)
    return {ref: commit for commit, _space, ref in (line.partition(" ") for line in listed)}


def refs_holding(top: Path, commit: str, prefix: str) -> set[str]:
    """Return the refs below ``prefix`` whose whole history ``commit`` holds."""
    listed = lines_of_git(top, "for-each-ref", f"--merged={commit}", "--format=%(refname)", prefix)
    return set(listed)


def meeting_point(top: Path, ours: str, theirs: str) -> str | None:
    """Return the last commit that both histories hold, or None where they have nothing in common."""
    return ask_git(top, "merge-base", ours, theirs)


def create_bundle(top: Path, path: Path, refs: Iterable[str], known: Iterable[str]) -> bool:
    """Write a bundle of ``refs`` less what the commits ``known`` hold; False where nothing is left."""
    lines = [*refs, *(f"^{commit}" for commit in known)]
    content = "".join(f"{line}\n" for line in lines).encode()
    done = feed_git(top, "bundle", "create", "--quiet", str(path), "--stdin", content=content)
    return done.returncode == 0


def read_bundle(path: Path) -> Bundle | None:
    """Return what the head of a bundle says, None for a file that is none."""
    with path.open("rb") as file:
        if file.readline(64) not in _SIGNATURES:
            return None
        heads: dict[str, str] = {}
        needs: list[str] = []
        size = 0
        while (line := file.readline(4096)) not in (b"\n", b""):
            size += len(line)
            text = line.decode("utf-8", "replace").rstrip("\n")
            oid, _space, name = text.lstrip("-@").partition(" ")
            if size > _HEADER_LIMIT:
                return None
            if text.startswith("-"):
                needs.append(oid)
            elif not text.startswith("@"):
                heads[name] = oid
    return Bundle(heads, tuple(needs))


def holds_bundle(top: Path, path: Path, bundle: Bundle, *, quarantine: Path) -> bool:
    """Return whether a bundle belongs to the repository at ``top``: it has what the bundle builds on.

    A bundle that builds on nothing is opened in ``quarantine`` first, so that nothing foreign gets in.
    """
    if bundle.needs:
        return feed_git(top, "bundle", "verify", "--quiet", str(path)).returncode == 0
    with tempfile.TemporaryDirectory(dir=quarantine) as folder:
        if feed_git(Path(folder), "init", "--quiet", "--bare").returncode:
            return False
        if not fetch(Path(folder), str(path), ("+refs/*:refs/carried/*",), is_trusted=False):
            return False
        first = lines_of_git(Path(folder), "rev-list", "--max-parents=0", "--all")
    return any(ask_git(top, "cat-file", "-e", f"{commit}^{{commit}}") is not None for commit in first)


def _quiet() -> dict[str, str]:
    """Return the variables that keep git from asking anybody anything."""
    found = {"SSH_ASKPASS_REQUIRE": "never"}
    if "GIT_SSH_COMMAND" not in os.environ:
        found["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=15"
    return found
