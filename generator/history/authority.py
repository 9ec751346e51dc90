"""Authority: whether the commits that somebody wants to add are theirs to make, by the county's own lists."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.history.commits import Commit, list_commits
from generator.history.committing import Repository
from generator.history.git import ask_git, lines_of_git
from generator.history.purge_record import FOLDER, read_record, verify_record
from generator.history.sign_off import SIGNERS, unsigned_changes
from generator.model.finding import Finding, Place, SetupError
from generator.promises.ownership import Rules, load_rules
from generator.promises.people import FILE as PEOPLE
from generator.promises.people import uncovered
from generator.wording import _

_COUNTY = "site_config/county.yaml"
_SHORT = 7


def judge_range(
    top: Path, old: str, new: str, user: str, *, prefix: str = "", is_proposed: bool = False
) -> list[Finding]:
    """Return why the commits ``old``..``new`` of the repository ``top`` may not be added by ``user``.

    ``user`` "" asks for the signatures alone. ``prefix`` is the county's folder below the top, with a slash
    behind it. What ``is_proposed`` waits for its review and needs no second signature yet. Lists and
    settings are those of ``old``, which was trusted, and of what follows only where a keeper changes them.
    Raises SetupError where git fails or a list cannot be read.
    """
    repository = Repository(top)
    tip = repository.find(new) if new.strip("0") else None
    before = repository.find(old) if old.strip("0") else _main(repository, tip)
    if before is None and old.strip("0"):
        raise SetupError(_("这个仓库里没有提交「{name}」").format(name=old))
    if tip is None:
        if new.strip("0"):
            raise SetupError(_("这个仓库里没有提交「{name}」").format(name=new))
        return [Finding.of("push-rewrites", Place(PEOPLE), old=old[:_SHORT])]
    if before is None:
        # The first push founds the county: there is nothing yet to judge it by.
        return []
    rules = _rules_at(repository, before, prefix)
    if rules is None or not _says_anything(rules):
        return []
    findings: list[Finding] = []
    is_listed = rules.staff.is_listed
    if user and is_listed and not rules.staff.named(user):
        return [Finding.of("user-unknown", Place(PEOPLE), user=user)]
    purges = _new_purges(repository, before, tip, prefix)
    base = before
    if not _reaches(repository, tip, before) and old.strip("0"):
        founded, problem = _after_purge(repository, before, tip, prefix, purges)
        if not founded:
            code = "push-unproved" if purges else "push-rewrites"
            return [Finding.of(code, Place(FOLDER), old=before[:_SHORT], problem=problem)]
        base = founded
    commits = list_commits(top, tip, since=base)
    allowed = {name for path in purges for name in (path, f"{path}.sig")} if base != before else set()
    if user and is_listed:
        findings += _trespasses(repository, commits, (base, tip), rules, user, allowed)
    if rules.needs_signed_commits:
        findings += _unsigned(repository, commits, prefix)
    if rules.needs_sign_off and not is_proposed:
        findings += unsigned_changes(repository, commits, rules)
    return findings


def has_rules(top: Path, commit: str, prefix: str = "") -> bool:
    """Return whether the county at ``commit`` says who may change what, or asks for signatures."""
    repository = Repository(top)
    found = repository.find(commit)
    rules = _rules_at(repository, found, prefix) if found else None
    return rules is not None and _says_anything(rules)


def _says_anything(rules: Rules) -> bool:
    return rules.staff.is_listed or rules.needs_signed_commits or rules.needs_sign_off


def _main(repository: Repository, tip: str | None) -> str | None:
    """Return the commit by which a new branch is judged: where it leaves the main one."""
    head = repository.find("HEAD")
    if head is None or tip is None:
        return head
    meeting = ask_git(repository.top, "merge-base", head, tip)
    return meeting.split("\n")[0] if meeting else head


def _rules_at(repository: Repository, commit: str, prefix: str) -> Rules | None:
    names = (_COUNTY, PEOPLE)
    contents = repository.read([f"{commit}:{prefix}{name}" for name in names])
    if contents[0] is None:
        return None
    with tempfile.TemporaryDirectory(prefix="cunwu-") as folder:
        (Path(folder) / "site_config").mkdir()
        for name, content in zip(names, contents, strict=True):
            if content is not None:
                (Path(folder) / name).write_bytes(content)
        return load_rules(Path(folder), prefix)


def _reaches(repository: Repository, tip: str, commit: str) -> bool:
    return ask_git(repository.top, "merge-base", "--is-ancestor", commit, tip) is not None


def _trespasses(
    repository: Repository,
    commits: Sequence[Commit],
    span: tuple[str, str],
    rules: Rules,
    user: str,
    allowed: set[str],
) -> Iterator[Finding]:
    """Yield a finding for each file that ``user`` may not change, with the first commit that does."""
    places = [place for person in rules.staff.named(user) for place in person.places]
    keeps = rules.staff.keeps(user)
    told: set[str] = set()
    for commit_id, paths in _touched(repository, commits, span):
        for path in paths:
            place = rules.place_of(path)
            is_own = keeps if not place else not uncovered(places, (place,))
            if is_own or path in allowed or path in told:
                continue
            told.add(path)
            code = "change-outside" if place else "change-setup"
            yield Finding.of(code, Place(path), user=user, commit=commit_id[:_SHORT])


def _touched(
    repository: Repository, commits: Sequence[Commit], span: tuple[str, str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the files that each commit changes, oldest first, and last those of all of them together.

    A merge changes what it holds and none of its parents; what it drops shows in the whole.
    """
    for commit in reversed(commits):
        if len(commit.parents) > 1:
            options = ("diff-tree", "-r", "-c", "--no-commit-id", "--name-only", "-z", commit.id)
            listed = ask_git(repository.top, *options) or ""
            yield commit.id, sorted(path for path in listed.split("\0") if path)
        else:
            paths = {path for change in commit.changes for path in (change.path, change.former) if path}
            yield commit.id, sorted(paths)
    base, tip = span
    yield tip, sorted(repository.changes(base, tip))


def _unsigned(repository: Repository, commits: Sequence[Commit], prefix: str) -> Iterator[Finding]:
    for commit in reversed(commits):
        parent = commit.parents[0] if commit.parents else commit.id
        allowed = repository.read([f"{parent}:{prefix}{SIGNERS}"])[0]
        if len(commit.parents) < 2 and not repository.signer_of(commit.id, allowed or b""):
            path = commit.changes[0].path if commit.changes else SIGNERS
            yield Finding.of("commit-unsigned", Place(path), commit=commit.short)


def _new_purges(repository: Repository, before: str, tip: str, prefix: str) -> list[str]:
    """Return the paths of the purge records that ``tip`` holds and ``before`` does not."""
    known, found = (
        set(lines_of_git(repository.top, "ls-tree", "-r", "--name-only", commit, "--", f"{prefix}{FOLDER}/"))
        for commit in (before, tip)
    )
    return sorted(path for path in found - known if path.endswith(".json"))


def _after_purge(
    repository: Repository, before: str, tip: str, prefix: str, purges: Sequence[str]
) -> tuple[str, str]:
    """Return the commit that a signed purge made of ``before``, "" with the reason where none did.

    Keys are those that were allowed before the purge; of the files, only those may differ that it names.
    """
    allowed = repository.read([f"{before}:{prefix}{SIGNERS}"])[0]
    problem = ""
    for path in reversed(purges):
        with tempfile.TemporaryDirectory(prefix="cunwu-") as folder:
            place = Path(folder) / FOLDER / Path(path).name
            place.parent.mkdir()
            signers = Path(folder) / "allowed_signers"
            signers.write_bytes(allowed or b"")
            for name, content in zip(
                (place, place.with_name(f"{place.name}.sig")),
                repository.read([f"{tip}:{path}", f"{tip}:{path}.sig"]),
                strict=True,
            ):
                if content is not None:
                    name.write_bytes(content)
            record, verdict = read_record(place), verify_record(place, signers)
        after = record.commits.get(before, "")
        if not verdict.holds:
            problem = verdict.problem
        elif not after or not _reaches(repository, tip, after):
            problem = _("记录里没有写这次改写前的提交")
        else:
            named = {*record.paths, *record.removed}
            loose = [name for name in repository.changes(before, after) if not _is_named(name, named)]
            if not loose:
                return after, ""
            problem = _("{path} 不在记录列出的文件里，却变了").format(path=loose[0])
    return "", problem


def _is_named(path: str, named: set[str]) -> bool:
    return any(path == name or path.startswith(f"{name.rstrip('/')}/") for name in named)
