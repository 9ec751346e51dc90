"""Standing: how every submission stands, read from git alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.desk.counter import State, Submission
from generator.desk.held import BRANCH, DONE, WAITING, Shelf
from generator.desk.slips import (
    NUMBER,
    PREPARED,
    REASON,
    RETURNED,
    REVIEWED,
    WITHDRAWN,
    Slip,
    read_slip,
)
from generator.history.committing import Refused, Repository
from generator.history.notes import Note, list_notes, list_notes_at
from generator.wording import _

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """A submission with its commit in the carrier: the one handed in, or the one by which it landed."""

    submission: Submission
    commit: str
    slip: Slip

    @property
    def number(self) -> str:
        """Return its name, that of its branch."""
        return self.submission.name


def list_waiting(repository: Repository, shelf: Shelf) -> list[Standing]:
    """Return what waits for a second person, newest first; STALE where it can no longer simply land."""
    refs = (f"--no-merged={repository.branch()}", "--sort=-committerdate", f"{WAITING}{BRANCH}")
    notes = [(note.ref.removeprefix(WAITING), note) for note in list_notes_at(repository.top, *refs)]
    slips = {number: read_slip(note.text) for number, note in notes}
    gone_over = {name for slip in slips.values() for name in slip.instead}
    held = shelf.read((number, note.commit, slips[number]) for number, note in notes)
    found = []
    for number, note in notes:
        slip = slips[number]
        if not slip.sheets:
            continue
        is_stale = number in gone_over or any(table.has_moved for table in held.get(number, ()))
        state = State.STALE if is_stale else State.WAITING
        found.append(_standing(number, note, slip, state, note.commit))
    return found


def list_done(repository: Repository) -> Iterator[Standing]:
    """Yield the last submissions that landed, were undone, returned or withdrawn, newest first."""
    grep = f"--grep={NUMBER}: {BRANCH}"
    notes = list_notes(repository.top, "-F", grep, "-n", str(3 * _SHOWN), "HEAD")
    found = list(_landed(notes))
    for kind, said in (("returned", RETURNED), ("withdrawn", WITHDRAWN)):
        refs = (f"--count={_SHOWN}", "--sort=-committerdate", f"{DONE}{kind}/")
        for note in list_notes_at(repository.top, *refs):
            slip = read_slip(note.text)
            number = BRANCH + note.ref.removeprefix(f"{DONE}{kind}/")
            if slip.sheets and note.parents:
                state = State.RETURNED if kind == "returned" else State.UNDONE
                found.append(_standing(number, note, slip, state, note.parents[0], slip.get(said)))
    found.sort(key=lambda standing: standing.submission.moment, reverse=True)
    yield from found[:_SHOWN]


def find_standing(repository: Repository, shelf: Shelf, number: str) -> Standing:
    """Return the submission called ``number``; Refused where there is none."""
    for standing in list_waiting(repository, shelf):
        if standing.number == number:
            return standing
    for standing in list_done(repository):
        if standing.number == number:
            return standing
    grep = f"--grep={NUMBER}: {number}"
    notes = list_notes(repository.top, "-F", grep, "-n", "9", "HEAD")
    for standing in _landed(note for note in notes if number in read_slip(note.text).get(NUMBER)):
        if standing.number == number:
            return standing
    raise Refused(_("没有编号为「{number}」的提交").format(number=number))


def _landed(notes: Iterator[Note]) -> Iterator[Standing]:
    undone: dict[str, tuple[Note, Slip]] = {}
    landed: dict[str, tuple[Note, Slip]] = {}
    for note in notes:
        slip = read_slip(note.text)
        number = slip.get(NUMBER)
        if not slip.sheets or not number.startswith(BRANCH):
            continue
        if slip.get(WITHDRAWN):
            undone.setdefault(number, (note, slip))
        elif len(note.parents) == 2 and slip.get(REVIEWED):
            landed.setdefault(number, (note, slip))
    for number, (note, slip) in landed.items():
        if number not in undone:
            yield _standing(number, note, slip, State.LANDED, note.commit)
            continue
        back, said = undone[number]
        standing = _standing(number, note, slip, State.UNDONE, note.commit, said.get(WITHDRAWN))
        yield replace(standing, submission=replace(standing.submission, moment=back.moment))


def _standing(number: str, note: Note, slip: Slip, state: State, commit: str, answer: str = "") -> Standing:
    is_landed = len(note.parents) == 2
    submission = Submission(
        name=number,
        titles=slip.titles,
        paths=slip.paths,
        role=slip.get(PREPARED),
        reason=slip.get(REASON),
        moment=note.moment,
        state=state,
        reviewer=slip.reviewer[0],
        commit=note.commit if is_landed else "",
        answer=answer,
    )
    return Standing(submission, commit, slip)
