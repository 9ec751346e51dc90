"""Signing off: whether what reaches the main branch was passed by a second person's key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from generator.history.commits import Commit
from generator.history.committing import Blob, Repository
from generator.history.git import ask_git
from generator.model.finding import Finding, Place
from generator.promises.ownership import Rules
from generator.promises.people import FILE as PEOPLE
from generator.promises.people import Person, people_in, uncovered

SIGNERS = "site_config/allowed_signers"
_REGISTER = "/publications.csv"


def unsigned_changes(repository: Repository, commits: Sequence[Commit], rules: Rules) -> Iterator[Finding]:
    """Yield what is wrong with the second signature under the records that ``commits`` change.

    A commit counts when a listed reviewer signed it who answers for all it brings and did not draw it up;
    what such a commit merges needs no signature of its own. A merge that nobody signed may add nothing, and
    a withdrawal may only bring back what stood there. Lists are taken as they stood before each commit.
    """
    brought: set[str] = set()
    known = {commit.id: commit for commit in commits}
    for commit in commits:
        reviewer = _reviewer(repository, commit, rules)
        if reviewer is not None and len(commit.parents) > 1:
            brought |= _side(repository, commit) & set(known)
    for commit in commits:
        if commit.id in brought:
            continue
        changed = _records(repository, commit, rules)
        if not changed:
            continue
        reviewer = _reviewer(repository, commit, rules)
        if reviewer is not None:
            yield from _landing(repository, commit, reviewer, changed, rules, known)
        elif len(commit.parents) > 1:
            yield from (
                Finding.of("merge-changed", Place(path), commit=commit.short)
                for path in _added_by_merge(repository, commit)
                if rules.place_of(path)
            )
        elif not (commit.trailers.withdrawn and _only_restores(repository, commit, changed)):
            path = sorted(changed)[0]
            yield Finding.of("sign-off-missing", Place(path), commit=commit.short)


def _records(repository: Repository, commit: Commit, rules: Rules) -> dict[str, Blob | None]:
    """Return the records that a commit changes against its first parent."""
    if not commit.parents:
        return {
            change.path: Blob(change.blob) if change.blob else None
            for change in commit.changes
            if _is_record(change.path, rules)
        }
    changed = repository.changes(commit.parents[0], commit.id)
    return {path: blob for path, blob in changed.items() if _is_record(path, rules)}


def _is_record(path: str, rules: Rules) -> bool:
    return any(path.startswith(f"{root}/") for root in rules.roots)


def _landing(
    repository: Repository,
    commit: Commit,
    reviewer: Person,
    changed: Mapping[str, Blob | None],
    rules: Rules,
    known: Mapping[str, Commit],
) -> Iterator[Finding]:
    for path in sorted(changed):
        if uncovered(reviewer.places, [rules.place_of(path) or "."]):
            facts = {"commit": commit.short, "reviewer": reviewer.role}
            yield Finding.of("sign-off-outside", Place(path), **facts)
            return
    inner = [known[name] for name in _side(repository, commit) if name in known]
    signers = repository.read([f"{commit.parents[0]}:{rules.top}{SIGNERS}"])[0] if commit.parents else None
    names = {repository.signer_of(one.id, signers or b"") for one in inner}
    roles = {_plain(one.trailers.prepared) for one in (commit, *inner)} - {""}
    if reviewer.name in names or _plain(reviewer.role) in roles or (not inner and not roles):
        code = "sign-off-own" if inner or roles else "sign-off-missing"
        yield Finding.of(code, Place(sorted(changed)[0]), commit=commit.short)


def _reviewer(repository: Repository, commit: Commit, rules: Rules) -> Person | None:
    """Return the reviewer whose key signed a commit, by the lists that stood before it."""
    if not commit.parents:
        return None
    names = (f"{rules.top}{SIGNERS}", f"{rules.top}{PEOPLE}")
    signers, people = repository.read([f"{commit.parents[0]}:{name}" for name in names])
    if not signers or not people:
        return None
    name = repository.signer_of(commit.id, signers)
    return next((person for person in people_in(people) if person.name == name), None) if name else None


def _side(repository: Repository, commit: Commit) -> set[str]:
    """Return what a merge brings: the commits that its first parent does not reach."""
    if len(commit.parents) < 2:
        return set()
    listed = ask_git(repository.top, "rev-list", *commit.parents[1:], f"^{commit.parents[0]}")
    return set((listed or "").split())


def _added_by_merge(repository: Repository, commit: Commit) -> list[str]:
    """Return the files in which a merge holds something else than its sides' changes put together."""
    if len(commit.parents) != 2:
        return sorted(repository.changes(commit.parents[0], commit.id))
    ours, theirs = commit.parents
    base = (ask_git(repository.top, "merge-base", ours, theirs) or "").split("\n")[0]
    if not base:
        return sorted(repository.changes(ours, commit.id))
    here, there = repository.changes(base, ours), repository.changes(base, theirs)
    result = repository.changes(base, commit.id)
    wrong = []
    for path in sorted({*here, *there, *result}):
        if path in here and path in there and here[path] != there[path]:
            is_joined = path.endswith(_REGISTER) and _is_joined(repository, commit, path)
            if not is_joined:
                wrong.append(path)
            continue
        expected = here[path] if path in here else there.get(path)
        is_touched = path in here or path in there
        if (path in result) != is_touched or (is_touched and result[path] != expected):
            wrong.append(path)
    return wrong


def _is_joined(repository: Repository, commit: Commit, path: str) -> bool:
    """Return whether a register holds the lines of both sides and no other."""
    now, *sides = repository.read([f"{name}:{path}" for name in (commit.id, *commit.parents)])
    lines = [set((content or b"").splitlines()) for content in sides]
    return now is not None and set(now.splitlines()) == lines[0] | lines[1]


def _only_restores(repository: Repository, commit: Commit, changed: Mapping[str, Blob | None]) -> bool:
    """Return whether a withdrawal brings back what once stood there, or takes lines out of a register."""
    for path, blob in changed.items():
        if path.endswith(_REGISTER):
            before, now = repository.read([f"{name}:{path}" for name in (f"{commit.id}^", commit.id)])
            if not set((now or b"").splitlines()) <= set((before or b"").splitlines()):
                return False
        elif blob is not None and not _stood_there(repository, commit, path, blob):
            return False
    return True


def _stood_there(repository: Repository, commit: Commit, path: str, blob: Blob) -> bool:
    listed = ask_git(
        repository.top,
        *("log", "--format=", "--raw", "--no-abbrev", "--no-renames", "-m", commit.parents[0]),
        *("--", f":(top,literal){path}"),
    )
    return any(blob.oid in line.split()[2:4] for line in (listed or "").split("\n") if line.startswith(":"))


def _plain(role: str) -> str:
    """Return a role as it is compared: another width or a space makes nobody a second person."""
    return "".join(unicodedata.normalize("NFKC", role).split())
