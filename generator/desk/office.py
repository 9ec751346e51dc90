"""The office: what is handed in waits for a second person; what is signed off stands on the main branch."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from generator.desk.carrying import Carrying
from generator.desk.counter import Clash, Handover, Reviewer, State, Submission, Table
from generator.desk.forgetting import drop_forgotten
from generator.desk.grounds import Grounds
from generator.desk.handing import hand_in
from generator.desk.held import Shelf
from generator.desk.landing import Landing
from generator.desk.reviewers import Reviewers
from generator.desk.standing import find_standing, list_done, list_waiting
from generator.desk.undoing import Undoing
from generator.history.committing import Refused

__all__ = [
    "Clash",
    "Handover",
    "Office",
    "Refused",
    "Reviewer",
    "State",
    "Submission",
    "Table",
]


class Office:
    """The office of one county folder; ``home`` keeps this machine's keys, never the repository.

    Everything may raise Refused, in words for the person before it, and SetupError for a broken set-up.
    """

    def __init__(self, root: Path, home: Path) -> None:
        self.root, self.home = root, home
        self._grounds = Grounds(root)
        self._shelf = Shelf(self._grounds, home)
        self._reviewers = Reviewers(self._grounds, home)
        self._landing = Landing(self._grounds, self._shelf, self._reviewers)
        self._undoing = Undoing(self._grounds, self._shelf, self._reviewers, self._landing)
        self._carrying = Carrying(self._grounds, self._reviewers, home)
        # The desk serves several browsers at once; two acts in one repository wait for each other.
        self._act = threading.RLock()

    @contextmanager
    def _acting(self) -> Iterator[None]:
        with self._act:
            self._grounds.refresh()
            yield

    def hand_in(
        self, handover: Handover, moment: datetime, *, over: Sequence[str] = ()
    ) -> Submission | tuple[Clash, ...]:
        """Keep what is handed in as a commit of its own branch, or return what it clashes with.

        ``over`` are the shown paths whose clash the clerk has looked at and decided to go over.
        """
        with self._acting():
            drop_forgotten(self._grounds, self._shelf, self.home)
            return hand_in(self._grounds, self._shelf, handover, moment, over)

    def submissions(self) -> list[Submission]:
        """Return what was handed in, newest first: waiting ones, then the last fifty that are done."""
        self._grounds.refresh()
        carrier = self._grounds.carrier
        waiting = list_waiting(carrier, self._shelf)
        return [standing.submission for standing in (*waiting, *list_done(carrier))]

    def tables_of(self, name: str) -> tuple[tuple[str, bytes | None, bytes], ...]:
        """Return each table of a submission: its shown path, what stands there today, and what it brings."""
        self._grounds.refresh()
        standing = find_standing(self._grounds.carrier, self._shelf, name)
        read = self._shelf.read([(standing.number, standing.commit, standing.slip)])
        return tuple((held.sheet.path, held.now, held.ours) for held in read.get(name, ()))

    def registers_of(self, name: str) -> dict[str, str]:
        """Return by shown path the lines that a submission adds to registers, what the landing knows open."""
        standing = find_standing(self._grounds.carrier, self._shelf, name)
        return {sheet.path: sheet.register for sheet in standing.slip.sheets if sheet.register}

    def reviewers(self) -> list[Reviewer]:
        """Return who may sign off."""
        self._grounds.refresh()
        return self._reviewers.reviewers()

    def enrol(self, role: str, places: Sequence[str], passphrase: str, moment: datetime) -> Reviewer:
        """Make a key for a reviewer, locked with their passphrase, and list its public half in a commit."""
        with self._acting():
            return self._reviewers.enrol(role, places, passphrase, moment)

    def sign_off(
        self, name: str, reviewer: str, passphrase: str, moment: datetime
    ) -> Submission | tuple[Clash, ...]:
        """Land a submission on the main branch by a commit that the reviewer's own key signs."""
        with self._acting():
            drop_forgotten(self._grounds, self._shelf, self.home)
            return self._landing.sign_off(name, reviewer, passphrase, moment)

    def send_back(
        self, name: str, reviewer: str, passphrase: str, reason: str, moment: datetime
    ) -> Submission:
        """Return a submission to the clerk with a reason; what it holds is kept."""
        with self._acting():
            return self._undoing.send_back(name, reviewer, passphrase, reason, moment)

    def undo(self, name: str, role: str, reason: str, moment: datetime) -> Submission:
        """Take back a landed submission by a commit of its own, or withdraw one that waits."""
        with self._acting():
            return self._undoing.undo(name, role, reason, moment)

    def push(self) -> str:
        """Send the main branch and the waiting submissions on, and return in words what was sent."""
        with self._acting():
            return self._carrying.push()

    def bundle(self, folder: Path, today: date) -> tuple[Path, ...]:
        """Write what the far side does not have yet as git bundles to carry, and return where."""
        with self._acting():
            return self._carrying.bundle(folder, today)

    def receive(self, bundle: Path) -> str:
        """Take in a bundle that was carried here, and return in words what it held."""
        with self._acting():
            return self._carrying.receive(bundle)
