"""Scanning git: all that was ever committed, what a push adds, and what the next commit would add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from generator.history.blobs import BlobReader
from generator.history.repository import (
    Change,
    Message,
    blob_at,
    list_all_blobs,
    list_changes,
    list_files,
    list_messages,
    list_refs,
    list_staged,
    refs_without,
    resolve_commit,
)
from generator.model.disclosure_log import NAME as LOG
from generator.model.finding import SetupError
from generator.privacy.allow import FILE, Allowances, load_allowances
from generator.privacy.carriers.piece import Limits, joined, lines_of, within
from generator.privacy.carriers.reading import read_file
from generator.privacy.judging import Judge
from generator.privacy.leaks import Leak
from generator.privacy.scan import Tally
from generator.privacy.surroundings import NAMES, Surroundings, read_surroundings
from generator.promises.promises import printable
from generator.wording import _

_SHORT = 7
_NONE_SEEN: Mapping[str, bytes] = MappingProxyType({})
_MESSAGE, _REF = "commit-message", "ref-name"
_EVERYTHING = ("--all",)


def scan_history(root: Path, *, tally: Tally | None = None) -> Iterator[Leak]:
    """Yield what must not be in the repository at ``root`` and is: every version of every file, read once,
    under each name it ever had, at the first commit that held it; messages and names of branches and tags.
    """
    changes = list_changes(root, _EVERYTHING)
    known = {change.blob for change in changes}
    # A ref may point at a file or a folder without any commit.
    changes += [Change("", blob, path, False) for blob, path in list_all_blobs(root) if blob not in known]
    named = [change for change in changes if change.path.rpartition("/")[2] in NAMES]
    past = ((change.path, content) for change, content in _contents(root, named))
    judge = Judge(read_surroundings(past).offices)
    head = resolve_commit(root, "HEAD")
    roots = _surroundings(root, head).roots if head else ()
    yield from _scan(root, changes, judge, Surroundings(frozenset(), roots), tally or Tally())
    yield from _messages(list_messages(root, _EVERYTHING), judge, "commit", _MESSAGE)
    yield from _messages(list_refs(root), judge, "ref", _REF)


def scan_range(root: Path, pushed: str, *, tally: Tally | None = None) -> Iterator[Leak]:
    """Yield what a push adds, ``pushed`` being "old..new": all its commits, not only the last, with messages.

    Where the old commit is unknown (a new branch, a rewritten one), that is all that no other ref holds. Of a
    disclosure log that goes on as the old commit had it, the new lines are read.
    """
    old, separator, new = pushed.rpartition("..")
    if new and not new.strip("0"):
        return
    tip = resolve_commit(root, new or "HEAD")
    if tip is None:
        raise SetupError(_("这个仓库里没有提交「{name}」").format(name=new))
    base = resolve_commit(root, old) if separator and old.strip("0.") else None
    known = [base] if base else refs_without(root, tip)
    revisions = [tip, *(f"^{commit}" for commit in known)]
    surroundings = _surroundings(root, tip)
    judge = Judge(surroundings.offices)
    changes = list_changes(root, revisions)
    seen = _logs_at(root, base, changes) if base else {}
    yield from _scan(root, changes, judge, surroundings, tally or Tally(), seen)
    yield from _messages(list_messages(root, revisions), judge, "commit", _MESSAGE)


def scan_staged(root: Path, *, tally: Tally | None = None) -> Iterator[Leak]:
    """Yield what must not be in the next commit, read from the staging area as it will be committed."""
    surroundings = _surroundings(root, "")
    judge = Judge(surroundings.offices)
    yield from _scan(root, list_staged(root), judge, surroundings, tally or Tally())


def scan_message(text: str, *, tally: Tally | None = None) -> list[Leak]:
    """Return what must not be in the message of a commit that is about to be made."""
    leaks = Judge().judge("", lines_of(text, _MESSAGE), is_content=False)
    if tally is not None:
        tally.count(leaks)
    return leaks


def allowances_at(root: Path, commit: str) -> Allowances:
    """Return the allowances that ``commit`` holds: a server has no files beside its repository."""
    tip = resolve_commit(root, commit)
    name = FILE.rpartition("/")[2]
    found = [blob for path, blob in list_files(root, tip, (name,)) if path.endswith(FILE)] if tip else []
    with TemporaryDirectory() as folder:
        for content in _bytes_of(root, found[:1]):
            if content is None:
                continue
            path = Path(folder, FILE)
            path.parent.mkdir()
            path.write_bytes(content)
        return load_allowances(Path(folder))


def _surroundings(root: Path, commit: str) -> Surroundings:
    named = [Change(commit, blob, path, False) for path, blob in list_files(root, commit, NAMES)]
    return read_surroundings((change.path, content) for change, content in _contents(root, named))


def _contents(root: Path, changes: Iterable[Change]) -> Iterator[tuple[Change, bytes]]:
    first: dict[str, Change] = {}
    for change in changes:
        first.setdefault(change.blob, change)
    for change, content in zip(first.values(), _bytes_of(root, first), strict=True):
        if content is not None:
            yield change, content


def _bytes_of(root: Path, blobs: Iterable[str]) -> Iterator[bytes | None]:
    """Yield the bytes of each blob, of any size: what is too large to be looked at is told of, not hidden."""
    with BlobReader(root, most=None, in_hook=True) as reader:
        yield from reader.read_all(blobs)


def _logs_at(root: Path, commit: str, changes: Iterable[Change]) -> dict[str, bytes]:
    """Return those of the disclosure logs among ``changes`` that ``commit`` holds, by their paths."""
    paths = sorted({change.path for change in changes if change.path.rpartition("/")[2] == LOG})
    held = [(path, blob) for path in paths if (blob := blob_at(root, commit, path))]
    contents = _bytes_of(root, [blob for _path, blob in held])
    return {path: content for (path, _blob), content in zip(held, contents, strict=True) if content}


def _less_seen(content: bytes, seen: bytes) -> bytes:
    """Return ``content`` with empty lines for those that it begins with and that were ``seen``."""
    if not (seen.endswith(b"\n") and content.startswith(seen)):
        return content
    return b"\n" * seen.count(b"\n") + content[len(seen) :]


def _scan(
    root: Path,
    changes: Sequence[Change],
    judge: Judge,
    surroundings: Surroundings,
    tally: Tally,
    seen: Mapping[str, bytes] = _NONE_SEEN,
) -> Iterator[Leak]:
    names: dict[str, Change] = {}
    for change in changes:
        names.setdefault(printable(change.path), change)
    for name, change in names.items():
        yield from judge.judge_name(name, _place("commit", change.commit))
    limits = Limits()
    for change, content in _contents(root, changes):
        name, place = printable(change.path), _place("commit", change.commit)
        lifted = read_file(name, _less_seen(content, seen.get(change.path, b"")), limits)
        leaks = judge.judge(
            name, within(place, lifted) if place else lifted, is_content=surroundings.holds(name)
        )
        tally.count(leaks)
        yield from leaks
    yield from judge.judge_styles()


def _messages(messages: Iterable[Message], judge: Judge, of: str, kind: str) -> Iterator[Leak]:
    for message in messages:
        place = joined(_place(of, message.commit) or of, kind)
        yield from judge.judge("", lines_of(message.text, place), is_content=False)


def _place(of: str, commit: str) -> str | None:
    return f"{of}:{commit[:_SHORT]}" if commit else None
