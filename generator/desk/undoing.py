"""Undoing: what waits is returned or withdrawn, what landed is taken back by a commit of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from generator.desk.counter import State, Submission
from generator.desk.grounds import Ground, Grounds
from generator.desk.held import WAITING, Held, Shelf, done_ref, landing_of
from generator.desk.landing import Landing
from generator.desk.registers import without_lines
from generator.desk.reviewers import Reviewers, unsaved
from generator.desk.slips import (
    HANDLED,
    NUMBER,
    PREPARED,
    REASON,
    RETURNED,
    REVIEWED,
    WITHDRAWN,
    slip_text,
    subject_of,
)
from generator.desk.standing import Standing, find_standing
from generator.desk.watching import reason_of, refuse_personal, role_of
from generator.history.committing import Maker, Refused
from generator.history.passphrases import Unlocked, WrongPassphrase
from generator.intake.seal_file import SALT_SUFFIX
from generator.intake.whole_file import write_whole
from generator.wording import _

_TRIES = 5


class Undoing:
    """Takes submissions back; nothing that was handed in is lost by it."""

    def __init__(self, grounds: Grounds, shelf: Shelf, reviewers: Reviewers, landing: Landing) -> None:
        self._grounds, self._shelf = grounds, shelf
        self._reviewers, self._landing = reviewers, landing

    def send_back(
        self, number: str, reviewer: str, passphrase: str, reason: str, moment: datetime
    ) -> Submission:
        """Return a submission to the clerk with a reason, by a commit that the reviewer's key signs."""
        why = reason_of(reason, is_required=True)
        standing = self._waiting(number)
        tables = self._landing.waiting_tables(standing)
        person = self._reviewers.require(reviewer, [held.spot.folder for held in tables])
        said = {REVIEWED: f"{person.role}（{person.name}）", RETURNED: why}
        with self._reviewers.opened(reviewer, passphrase, moment) as key:
            try:
                self._put_away(standing, "returned", _("退回"), said, Maker(person.role, moment), key)
            except WrongPassphrase:
                raise self._reviewers.locks.wrong(reviewer, moment) from None
        self._reviewers.locks.right(reviewer)
        return find_standing(self._grounds.carrier, self._shelf, number).submission

    def undo(self, number: str, role: str, reason: str, moment: datetime) -> Submission:
        """Take back a landed submission by a commit of its own, or withdraw one that waits."""
        maker, why = Maker(role_of(role), moment), reason_of(reason, is_required=True)
        carrier = self._grounds.carrier
        carrier.branch()
        standing = find_standing(carrier, self._shelf, number)
        if standing.submission.state in (State.WAITING, State.STALE):
            said = {WITHDRAWN: why}
            self._put_away(standing, "withdrawn", _("撤回"), said, maker, None)
        elif standing.submission.state is State.LANDED:
            self._take_back(standing, maker, why)
        else:
            raise Refused(_("这份提交已经退回或撤回过了"))
        return find_standing(carrier, self._shelf, number).submission

    def _waiting(self, number: str) -> Standing:
        self._grounds.carrier.branch()
        return find_standing(self._grounds.carrier, self._shelf, number)

    def _put_away(
        self,
        standing: Standing,
        kind: str,
        verb: str,
        said: Mapping[str, str],
        maker: Maker,
        key: Unlocked | None,
    ) -> None:
        """Move the submission's branches to where it is kept, in the carrier under a commit that says why."""
        number, slip = standing.number, standing.slip
        lines = {NUMBER: number, PREPARED: slip.get(PREPARED), REASON: slip.get(REASON), **said}
        text = slip_text(subject_of(verb, slip.sheets), slip.sheets, lines)
        refuse_personal(self._grounds, {}, text, maker.moment.date())
        for ground in reversed(self._grounds.all()):
            repository = ground.repository
            own = repository.find(f"{WAITING}{number}") if repository is not None else None
            if repository is None or own is None:
                continue
            kept = own
            if ground.folder == self._grounds.carrier.top:
                kept = repository.commit(own, {}, text, maker, parents=(own,), key=key)
            refs = [(done_ref(kind, number), kept, ""), (f"{WAITING}{number}", "", own)]
            if not repository.move(refs, number):
                raise Refused(_("没有办成，另一个程序正在写这个仓库，请稍后再试"))

    def _take_back(self, standing: Standing, maker: Maker, why: str) -> None:
        number, slip = standing.number, standing.slip
        # Who drew it up and who reviewed it answer for the landing, not for taking it back.
        lines = {NUMBER: number, HANDLED: maker.role, WITHDRAWN: why}
        text = slip_text(subject_of(_("撤回公开"), slip.sheets), slip.sheets, lines)
        refuse_personal(self._grounds, {}, text, maker.moment.date())
        plain = self._plain_tables(standing)
        # Everything is looked at before anything is changed.
        plans = [
            (ground, *self._restored(ground, number, standing))
            for ground in reversed(self._grounds.all())
            if ground.repository is not None
        ]
        for ground, _tip, files in plans:
            assert ground.repository is not None
            unclean = ground.repository.unclean(list(files))
            if unclean:
                raise unsaved(unclean)
        for ground, tip, files in plans:
            is_carrier = ground.folder == self._grounds.carrier.top
            if not files and not is_carrier:
                continue
            repository = ground.repository
            assert repository is not None
            commit = repository.commit(tip, files, text, maker, parents=(tip,))
            if not repository.move([(repository.branch(), commit, tip)], number):
                raise Refused(_("没有撤回，另一个程序正在写这个仓库，请稍后再试"))
            repository.follow(list(files), tip)
        for held in plain:
            _restore_plain(held)

    def _restored(
        self, ground: Ground, number: str, standing: Standing
    ) -> tuple[str, dict[str, bytes | None]]:
        """Return the tip of a ground's main branch and the files that go back to what stood before."""
        repository = ground.repository
        assert repository is not None
        tip = repository.tip(repository.branch())
        is_carrier = ground.folder == self._grounds.carrier.top
        landed = standing.commit if is_carrier else landing_of(ground, number)
        if landed is None:
            return tip, {}
        names = [
            name
            for name in repository.changes(f"{landed}^1", landed)
            if not self._grounds.is_mapping(repository.top / name)
        ]
        asked = [f"{commit}:{name}" for name in names for commit in (f"{landed}^1", landed, tip)]
        read = repository.read(asked)
        files: dict[str, bytes | None] = {}
        for name, before, after, now in zip(names, read[::3], read[1::3], read[2::3], strict=True):
            shown = self._grounds.shown(repository.top / name)
            if name.endswith("/publications.csv") and now is not None and after is not None:
                header = after.splitlines(keepends=True)[0]
                files[name] = without_lines(now, before if before is not None else header, after)
                if files[name] is None:
                    raise Refused(_("{path} 里这一行后来又改过，不能自动撤回，请改用更正").format(path=shown))
            elif now != after:
                raise Refused(
                    _("{path} 后来又改过，不能撤回这一次；请先撤回后来的那次，或者提交更正").format(
                        path=shown
                    )
                )
            else:
                files[name] = before
        return tip, files

    def _plain_tables(self, standing: Standing) -> list[Held]:
        """Return the lists that landed in folders without git; Refused where one was changed since."""
        if not any(sheet.is_apart for sheet in standing.slip.sheets):
            return []
        read = self._shelf.read([(standing.number, standing.commit, standing.slip)])
        if standing.number not in read:
            raise Refused(_("这次公开的个人名单不在这台电脑上，请在审核的那台电脑上撤回"))
        plain = [held for held in read[standing.number] if held.ground.repository is None]
        for held in plain:
            if held.now != held.ours:
                raise Refused(_("{path} 后来又改过，不能撤回这一次").format(path=held.sheet.path))
        return plain


def _restore_plain(held: Held) -> None:
    """Put a list back where git keeps none; of a list that was new, the salt goes with it."""
    if held.before is not None:
        write_whole(held.spot.path, held.before)
        return
    for suffix in (held.spot.path.suffix, SALT_SUFFIX):
        Path(held.spot.path.with_name(f"{held.spot.stem}{suffix}")).unlink(missing_ok=True)
