"""The desk: everything that its pages ask, in one hand."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from flask import current_app

from generator.checks.laws import require_laws
from generator.desk.county import Counties, Known
from generator.desk.gate import Gate
from generator.desk.office import Office, Refused, Submission
from generator.desk.preview import Previewer
from generator.desk.reading import Read, Reader
from generator.desk.sheet_view import hider
from generator.desk.works import Work, Works
from generator.pipeline.checking_drafts import offices_of
from generator.pipeline.private_root import require_private_root

NAME = "cunwu-desk"
_PENDING = 50


class Pending:
    """Forms that could not be kept because somebody else was faster; they wait here for a decision."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: OrderedDict[str, dict[str, list[str]]] = OrderedDict()

    def put(self, form: dict[str, list[str]]) -> str:
        """Keep a form and return the name under which it waits."""
        with self._lock:
            name = secrets.token_hex(8)
            self._forms[name] = form
            while len(self._forms) > _PENDING:
                self._forms.popitem(last=False)
            return name

    def take(self, name: str) -> dict[str, list[str]] | None:
        """Return a form that waits, and let it go; None when it is not there any more."""
        with self._lock:
            return self._forms.pop(name, None)


@dataclass(slots=True)
class Desk:
    """One county's desk; ``clock`` tells the moment, with its zone."""

    root: Path
    home: Path
    clock: Callable[[], datetime]
    gate: Gate
    counties: Counties
    works: Works
    reader: Reader
    office: Office
    previewer: Previewer = field(default_factory=Previewer)
    pending: Pending = field(default_factory=Pending)

    @classmethod
    def open(cls, root: Path, home: Path, clock: Callable[[], datetime], gate: Gate) -> Desk:
        """Return the desk of the county at ``root``; raises SetupError for a county that cannot be read."""
        works = Works(home / "works")
        desk = cls(root, home, clock, gate, Counties(root), works, Reader(works), Office(root, home))
        known = desk.known()
        require_laws(known.promises.catalogue)
        require_private_root(known.promises)
        return desk

    def known(self) -> Known:
        """Return the county as it stands; raises SetupError."""
        return self.counties.now()

    def day(self, known: Known) -> date:
        """Return the day of judgement: the county's pinned day, else today."""
        return known.promises.settings.as_of or self.clock().date()

    def read(self, work: Work) -> Read:
        """Return what a work's sheets are understood as; raises SetupError and NoWorkError."""
        known = self.known()
        return self.reader.read(work, known, self.day(known))

    def handed_in(self) -> tuple[list[Submission], str]:
        """Return what was handed in, and "" or why nobody can tell: sheets can be checked all the same."""
        try:
            return self.office.submissions(), ""
        except Refused as refused:
            return [], str(refused)

    def hides(self, known: Known) -> Callable[[str], bool]:
        """Return the function that says whether a text is personal."""
        return hider(offices_of(None, known.county.townships, known.promises))


def desk_of_app() -> Desk:
    """Return the desk behind the page that is being answered."""
    desk = current_app.extensions[NAME]
    assert isinstance(desk, Desk)
    return desk
