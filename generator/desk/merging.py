"""Merging: the main branch takes in what another machine signed off, where no table was changed on both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.desk.grounds import Ground, Grounds
from generator.desk.reviewers import SIGNERS, Reviewers, unsaved
from generator.desk.slips import NUMBER, WITHDRAWN, read_slip
from generator.history.commits import list_commits
from generator.history.committing import Blob, Maker, Refused, Repository
from generator.history.exchange import meeting_point
from generator.history.notes import list_notes
from generator.history.sign_off import unsigned_changes
from generator.pipeline.gitscan import scan_range
from generator.pipeline.guard import finding_of
from generator.privacy.allow import load_allowances
from generator.promises.ownership import load_rules
from generator.promises.people import FILE as PEOPLE
from generator.promises.people import people_in
from generator.wording import _

_TRIES = 3


class Merging:
    """Takes commits of other machines into the main branches of a county."""

    def __init__(self, grounds: Grounds, reviewers: Reviewers) -> None:
        self._grounds, self._reviewers = grounds, reviewers

    def take(self, ground: Ground, theirs: str, *, is_trusted: bool) -> int:
        """Bring the main branch of ``ground`` up to the commit ``theirs`` and return how many are new.

        Refused, with nothing changed, where a table was changed on both sides, where a signature does not
        hold, and where a bundle changes more than records or brings personal data.
        """
        repository = ground.repository
        assert repository is not None
        for _try in range(_TRIES):
            branch = repository.branch()
            ours = repository.tip(branch)
            base = meeting_point(repository.top, ours, theirs)
            if base is None:
                raise Refused(_("带来的内容和本县的不是同一个仓库，没有收下"))
            if base == theirs:
                return 0
            notes = list(list_notes(repository.top, theirs, f"^{ours}"))
            changed = repository.changes(base, theirs)
            self._require_signed(repository, theirs, ours)
            self._require_signed_off(ground, theirs, ours)
            if not is_trusted:
                self._require_harmless(ground, changed, ours, theirs)
            files = dict(changed) if base == ours else self._merged(ground, base, ours, theirs)
            self._require_saved(ground, files)
            commit = theirs
            if base != ours:
                moment = max(note.moment for note in list_notes(repository.top, "--no-walk", ours, theirs))
                text = f"{_('合并')}：{_('两台电脑上的公开内容')}\n"
                maker = Maker(_("合并"), moment)
                commit = repository.commit(ours, files, text, maker, parents=(ours, theirs))
            if repository.move([(branch, commit, ours)], "merge"):
                repository.follow(list(files), ours)
                return len(notes)
        raise Refused(_("没有合并成，另一个程序正在写这个仓库，请稍后再试"))

    def _require_signed(self, repository: Repository, theirs: str, ours: str) -> None:
        """Raise Refused where a landing among the new commits is not signed by the reviewer it names."""
        is_carrier = repository.top == self._grounds.carrier.top
        for note in list_notes(repository.top, "--merges", theirs, f"^{ours}"):
            slip = read_slip(note.text)
            if not slip.get(NUMBER) or slip.get(WITHDRAWN):
                continue
            signers = self._reviewers.signers(note.parents[0] if is_carrier else "HEAD")
            name = slip.reviewer[1]
            if not name or repository.signer_of(note.commit, signers) != name:
                raise Refused(
                    _("「{title}」的审核签名对不上，可能被改动过，没有收下。请和审核人核对。").format(
                        title=slip.subject
                    )
                )

    def _require_signed_off(self, ground: Ground, theirs: str, ours: str) -> None:
        """Raise Refused where a county asks for a second signature and what is new lacks it."""
        repository = ground.repository
        if repository is None or repository.top != self._grounds.carrier.top:
            return
        top = self._grounds.root.relative_to(repository.top).as_posix()
        rules = load_rules(self._grounds.root, "" if top == "." else f"{top}/")
        if not rules.needs_sign_off:
            return
        commits = list_commits(repository.top, theirs, since=ours)
        for finding in unsigned_changes(repository, commits, rules):
            raise Refused(
                _("{file}：{message}，没有收下。{hint}").format(
                    file=finding.place.file, message=finding.message, hint=finding.hint
                )
            )

    def _require_harmless(
        self, ground: Ground, changed: Mapping[str, Blob | None], ours: str, theirs: str
    ) -> None:
        """Raise Refused for what is carried and is more than records, or holds personal data."""
        repository = ground.repository
        assert repository is not None
        bases = self._grounds.bases()
        known = {self._grounds.root / name for name in (PEOPLE, SIGNERS)}
        for name, blob in changed.items():
            path = repository.top / name
            is_record = any(path.is_relative_to(base) for base in bases) or self._grounds.is_mapping(path)
            if (blob is not None and not blob.is_plain) or not (is_record or path in known):
                raise Refused(
                    _(
                        "带来的主线改动了公开内容以外的文件（{path}），没有并入，等待审核的照收。"
                        "请管理员用 git 核对后处理。"
                    ).format(path=self._grounds.shown(path))
                )
        self.require_clean(repository, ours, theirs)

    def require_clean(self, repository: Repository, known: str, new: str) -> None:
        """Raise Refused, naming the place alone, where what ``new`` adds to ``known`` is personal data."""
        day = max(note.moment for note in list_notes(repository.top, "-n", "1", new)).date()
        leaks = load_allowances(self._grounds.root).keep(
            scan_range(repository.top, f"{known}..{new}"),
            day,
            named=lambda name: self._grounds.shown(repository.top / name),
        )
        for leak in leaks:
            if leak.is_error:
                finding = finding_of(leak)
                raise Refused(
                    _("带来的内容里有不该公开的个人信息，没有收下：{file} {message}").format(
                        file=finding.place.file, message=finding.message
                    )
                )

    def _merged(self, ground: Ground, base: str, ours: str, theirs: str) -> dict[str, bytes | Blob | None]:
        """Return what ``theirs`` changes on top of ``ours``; Refused where both changed the same table."""
        repository = ground.repository
        assert repository is not None
        here, there = repository.changes(base, ours), repository.changes(base, theirs)
        touched = sorted(name for name in there if name in here and here[name] != there[name])
        files: dict[str, bytes | Blob | None] = {n: blob for n, blob in there.items() if n not in here}
        clashing: list[str] = []
        contents = repository.read(
            [f"{commit}:{name}" for name in touched for commit in (base, ours, theirs)]
        )
        for name, old, own, other in zip(touched, contents[::3], contents[1::3], contents[2::3], strict=True):
            path = repository.top / name
            is_list = name.endswith(("/publications.csv", PEOPLE, SIGNERS))
            if self._grounds.is_mapping(path):
                continue
            if is_list and own is not None and other is not None:
                files[name] = both = both_appended(old or b"", own, other)
                if name.endswith(PEOPLE):
                    # Read once more: two lists that are sound need not be so one after the other.
                    people_in(both)
            else:
                clashing.append(self._grounds.shown(path))
        if clashing:
            raise Refused(
                _(
                    "两台电脑都改了同一份表：{paths}。两边的都留着，没有合并，也没有送出。"
                    "请先在这里撤回这次公开，再按一次推送，然后对照对方的表重新提交。"
                ).format(paths="、".join(clashing))
            )
        return files

    def _require_saved(self, ground: Ground, files: Mapping[str, bytes | Blob | None]) -> None:
        repository = ground.repository
        assert repository is not None
        unclean = repository.unclean(list(files))
        if unclean:
            raise unsaved(self._grounds.shown(repository.top / name) for name in unclean)


def both_appended(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return a list with the lines that each side added to ``base``, less those that either took out."""
    if ours.startswith(base) and (not base or base.endswith(b"\n")):
        return _ended(theirs) + ours[len(base) :] if base else _joined(ours, theirs)
    old = base.splitlines()
    own = ours.splitlines()
    gone = [line for line in old if line not in own]
    kept = [line for line in theirs.splitlines(keepends=True) if line.rstrip(b"\r\n") not in gone]
    known = {line.rstrip(b"\r\n") for line in kept}
    end = b"\r\n" if b"\r\n" in theirs else b"\n"
    added = [line + end for line in own if line not in old and line not in known]
    return _ended(b"".join(kept)) + b"".join(added)


def _joined(ours: bytes, theirs: bytes) -> bytes:
    """Return two lists that were begun apart, one after the other, a line that both have once."""
    known: Sequence[bytes] = theirs.splitlines()
    added = [line for line in ours.splitlines(keepends=True) if line.rstrip(b"\r\n") not in known]
    return _ended(theirs) + b"".join(added)


def _ended(content: bytes) -> bytes:
    return content if not content or content.endswith(b"\n") else content + b"\n"
