"""Landing: a second person's own key signs the commit by which a submission stands on the main branch."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from generator.desk.counter import Clash, State, Submission
from generator.desk.grounds import Ground, Grounds
from generator.desk.handing import last_role
from generator.desk.held import WAITING, Held, Shelf
from generator.desk.registers import registered
from generator.desk.reviewers import Reviewers, unsaved
from generator.desk.sealing import seals_of
from generator.desk.slips import NUMBER, PREPARED, REASON, REVIEWED, Slip, slip_text, subject_of
from generator.desk.standing import Standing, find_standing
from generator.desk.watching import refuse_personal
from generator.history.committing import Blob, Maker, Refused, Repository
from generator.history.passphrases import Unlocked, WrongPassphrase
from generator.intake.whole_file import write_whole
from generator.pipeline.registering import CORRECTION, FIRST
from generator.promises.people import Person
from generator.wording import _

_TRIES, _PAUSE = 5, 0.1


@dataclass(slots=True)
class Plan:
    """What one ground gains: files by name, on top of which commit, and what was made of it."""

    ground: Ground
    base: str
    theirs: str
    files: dict[str, bytes | Blob | None] = field(default_factory=dict)
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, with which opened key, and when."""

    person: Person
    key: Unlocked
    moment: datetime


class Landing:
    """Lands submissions on the main branches of all grounds that they touch."""

    def __init__(self, grounds: Grounds, shelf: Shelf, reviewers: Reviewers) -> None:
        self._grounds, self._shelf, self._reviewers = grounds, shelf, reviewers

    def sign_off(
        self, number: str, reviewer: str, passphrase: str, moment: datetime
    ) -> Submission | tuple[Clash, ...]:
        """Land a submission by commits that the reviewer's key signs, or return what it clashes with."""
        for _try in range(_TRIES):
            tips = self._tips()
            standing = find_standing(self._grounds.carrier, self._shelf, number)
            tables = self.waiting_tables(standing)
            person = self._reviewers.require(reviewer, [held.spot.folder for held in tables])
            if _plain(person.role) == _plain(standing.submission.role):
                raise Refused(_("编制和审核不能都是{role}，请另一个人来审核").format(role=person.role))
            moved = [held for held in tables if held.has_moved]
            if moved:
                return tuple(held.clash(last_role(held.ground, held.name)) for held in moved)
            if standing.submission.state is State.STALE:
                raise Refused(_("已有更新的一份代替了它。请审核新的那一份，或先把新的撤回。"))
            with self._reviewers.opened(reviewer, passphrase, moment) as key:
                try:
                    has_landed = self._land(standing, tables, tips, Signing(person, key, moment))
                except WrongPassphrase:
                    raise self._reviewers.locks.wrong(reviewer, moment) from None
            self._reviewers.locks.right(reviewer)
            if has_landed:
                return find_standing(self._grounds.carrier, self._shelf, number).submission
        raise Refused(_("没有签署成功，另一个程序正在写这个仓库，请稍后再试"))

    def _tips(self) -> dict[Path, str]:
        """Return where the main branches stand before anything is read: what moves after that is seen."""
        repositories = [ground.repository for ground in self._grounds.all() if ground.repository is not None]
        return {repository.top: repository.tip(repository.branch()) for repository in repositories}

    def waiting_tables(self, standing: Standing) -> list[Held]:
        """Return the tables of a submission that waits; Refused where it waits no more or is not all here."""
        if standing.submission.state not in (State.WAITING, State.STALE):
            raise Refused(_("这份提交已经办完了，请刷新页面看现在的情况"))
        read = self._shelf.read([(standing.number, standing.commit, standing.slip)])
        tables = read.get(standing.number)
        if not tables:
            raise Refused(
                _("这份提交不完整：里面的个人名单不在这台电脑上，或位置不对。请在做提交的那台电脑上办理。")
            )
        return tables

    def _land(
        self, standing: Standing, tables: Sequence[Held], tips: Mapping[Path, str], signing: Signing
    ) -> bool:
        """Commit, move the branches and let the files follow; False where a branch was moved meanwhile."""
        plans = self._plans(standing, tables, tips, signing)
        self._require_saved(plans)
        self._commit(plans, standing, tables, signing)
        if not self._move(plans, standing.number):
            return False
        self._follow(plans)
        return True

    def _plans(
        self, standing: Standing, tables: Sequence[Held], tips: Mapping[Path, str], signing: Signing
    ) -> list[Plan]:
        """Return what each ground gains, the slip's own last: there alone it counts as landed."""
        plans: dict[Path, Plan] = {}
        carrier = self._grounds.all()[0]
        for ground in (*(held.ground for held in tables), carrier):
            if ground.folder not in plans:
                plans[ground.folder] = self._plan(ground, standing, tips)
        for held in tables:
            plan = plans[held.ground.folder]
            if held.ground.repository is None:
                plan.files[held.name] = held.ours
        day = signing.moment.date()
        more: dict[Path, bytes] = {}
        more |= registered(self._grounds, standing, tables, signing.person.role, day, self._committed)
        more |= seals_of(self._grounds, tables, self._committed)
        for path, content in more.items():
            ground = self._grounds.of(path)
            if ground.folder not in plans:
                plans[ground.folder] = self._plan(ground, standing, tips)
            plans[ground.folder].files[ground.name(path)] = content
        shown = {held.sheet.path: held.ours for held in tables}
        shown |= {self._grounds.shown(path): content for path, content in more.items()}
        refuse_personal(self._grounds, shown, self._text(standing, tables, signing.person), day)
        return [plan for folder, plan in plans.items() if folder != carrier.folder] + [plans[carrier.folder]]

    def _plan(self, ground: Ground, standing: Standing, tips: Mapping[Path, str]) -> Plan:
        repository = ground.repository
        if repository is None:
            return Plan(ground, "", "")
        try:
            theirs = self._shelf.commit_in(ground, standing.number, standing.commit)
        except Refused:
            # A ground that gains a register or a seal alone has no branch of the submission.
            theirs = ""
        plan = Plan(ground, tips[repository.top], theirs)
        if theirs:
            plan.files |= dict(self._brought(repository, theirs, plan.base, standing.slip))
        return plan

    def _brought(
        self, repository: Repository, theirs: str, tip: str, slip: Slip
    ) -> Iterator[tuple[str, Blob]]:
        """Yield the files that a submission's commit brings; Refused for what no desk puts there."""
        base = f"{theirs}^1"
        for name, blob in repository.changes(base, theirs).items():
            path = repository.top / name
            shown = self._grounds.shown(path)
            is_mapping = self._grounds.is_mapping(path)
            if blob is None or not blob.is_plain or not (is_mapping or shown in slip.paths):
                raise Refused(_("这份提交改了不该改的文件（{path}），没有收下").format(path=shown))
            if is_mapping:
                before, now = repository.blobs([f"{base}:{name}", f"{tip}:{name}"])
                if now != before or repository.unclean([name]):
                    continue
            yield name, blob

    def _committed(self, path: Path) -> bytes | None:
        """Return what stands at ``path`` today, as committed where there is git."""
        ground = self._grounds.of(path)
        if ground.repository is None:
            return path.read_bytes() if path.is_file() else None
        return ground.repository.read([f"HEAD:{ground.name(path)}"])[0]

    def _require_saved(self, plans: Sequence[Plan]) -> None:
        """Raise Refused, before anything is done, where a file holds work that is not committed."""
        for plan in plans:
            repository = plan.ground.repository
            if repository is None:
                continue
            if repository.is_locked():
                raise Refused(_("另一个 git 程序正在写这个仓库，请等它做完再试"))
            for _try in range(_TRIES):
                unclean = _unclean(plan, repository)
                if not unclean:
                    break
                # Another desk may have moved the branch, its files about to follow.
                time.sleep(_PAUSE)
            if unclean:
                raise unsaved(self._grounds.shown(repository.top / name) for name in unclean)

    def _commit(
        self, plans: Sequence[Plan], standing: Standing, tables: Sequence[Held], signing: Signing
    ) -> None:
        text = self._text(standing, tables, signing.person)
        maker = Maker(signing.person.role, signing.moment)
        allowed = self._reviewers.signers(self._grounds.carrier.tip("HEAD"))
        for plan in plans:
            repository = plan.ground.repository
            if repository is None:
                continue
            parents = (plan.base, plan.theirs) if plan.theirs else (plan.base,)
            plan.commit = repository.commit(
                plan.base, plan.files, text, maker, parents=parents, key=signing.key
            )
            if repository.signer_of(plan.commit, allowed) != signing.person.name:
                raise Refused(
                    _("签名对不上：这台电脑上的钥匙不是主分支名单（allowed_signers）里{role}的那一把").format(
                        role=signing.person.role
                    )
                )

    def _text(self, standing: Standing, tables: Sequence[Held], person: Person) -> str:
        is_correction = any(held.before is not None for held in tables)
        said: Mapping[str, str] = {
            NUMBER: standing.number,
            PREPARED: standing.slip.get(PREPARED),
            REVIEWED: f"{person.role}（{person.name}）",
            REASON: standing.slip.get(REASON),
        }
        sheets = standing.slip.sheets
        return slip_text(subject_of(CORRECTION if is_correction else FIRST, sheets), sheets, said)

    def _move(self, plans: Sequence[Plan], number: str) -> bool:
        """Move all branches, the carrier's last; where one stood elsewhere, those before it go back."""
        moved: list[tuple[Plan, list[tuple[str, str, str]]]] = []
        for plan in plans:
            repository = plan.ground.repository
            if repository is None:
                continue
            refs = [(repository.branch(), plan.commit, plan.base)]
            if plan.theirs:
                refs.append((f"{WAITING}{number}", "", plan.theirs))
            if not repository.move(refs, number):
                for earlier, done in reversed(moved):
                    assert earlier.ground.repository is not None
                    earlier.ground.repository.move([(ref, old, new) for ref, new, old in done], number)
                return False
            moved.append((plan, refs))
        return True

    def _follow(self, plans: Sequence[Plan]) -> None:
        for plan in plans:
            if plan.ground.repository is None:
                for name, content in plan.files.items():
                    assert isinstance(content, bytes)
                    write_whole(plan.ground.folder / name, content)
            else:
                plan.ground.repository.follow(list(plan.files), plan.base)


def _unclean(plan: Plan, repository: Repository) -> list[str]:
    """Return the files of a plan that hold work which is neither committed nor what is to be written."""
    names = repository.unclean(list(plan.files))
    return [name for name in names if not _is_same(repository, name, plan.files.get(name))]


def _is_same(repository: Repository, name: str, content: bytes | Blob | None) -> bool:
    """Return whether the folder already holds what is to be written there."""
    path = repository.top / name
    if isinstance(content, Blob):
        content = repository.read([content.oid])[0]
    return content is not None and path.is_file() and path.read_bytes() == content


def _plain(role: str) -> str:
    """Return a role as it is compared: another width or a space makes nobody a second person."""
    return "".join(unicodedata.normalize("NFKC", role).split())
