"""A county at whose desk clerks and reviewers may be played: the sample, committed, with real keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from generator.desk.office import Clash, Handover, Office, Reviewer, Submission, Table
from generator.intake.walk import walk_county
from generator.model.village import Village
from generator.promises.promises import load_promises
from tests.history.repositories import Repo, copy_of
from tests.sample import copy_sample

MORNING = datetime(2026, 10, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))
CLERK, COMMITTEE = "报账员", "村务监督委员会"
PASSPHRASE = '青石 "x$1 很长'
FINANCE = "content/qingxi/qingshi/finance/2026-09.csv"
MICRO = "content/qingxi/qingshi/finance/2026-08.csv"
LIST = "content_private/qingxi/qingshi/subsidy/2026Q1--farmland.csv"
REGISTER = "content/qingxi/qingshi/publications.csv"
ENTRY = {"类型": "公开", "张贴起": "2026-10-21", "地点": "村委会公开栏"}


def after(minutes: int) -> datetime:
    """Return a moment of that morning."""
    return MORNING + timedelta(minutes=minutes)


@dataclass
class DeskCounty:
    """A county folder with its repository, and this machine's home for keys."""

    root: Path
    home: Path
    repo: Repo
    office: Office
    _villages: dict[str, Village] = field(default_factory=dict)

    def villages(self) -> dict[str, Village]:
        """Return the villages by folder."""
        if not self._villages:
            known = walk_county(load_promises(self.root)).villages
            self._villages.update({village.folder: village for village in known})
        return self._villages

    def read(self, shown: str) -> bytes:
        """Return a file's bytes as they lie in the folder."""
        return (self.root / shown).read_bytes()

    def committed(self, shown: str, commit: str = "HEAD") -> bytes:
        """Return a file's bytes as a commit holds them."""
        return self.repo.git("show", f"{commit}:{shown}").encode()

    def table(
        self,
        shown: str = FINANCE,
        content: bytes | None = None,
        *,
        seen: str | None = None,
        register: dict[str, str] | None = None,
    ) -> Table:
        """Return a table for the place ``shown``; without ``content`` it loses its last row."""
        path = self.root / shown
        before = path.read_bytes() if path.is_file() else None
        if content is None:
            assert before is not None
            content = before.rstrip(b"\n").rpartition(b"\n")[0] + b"\n"
        if seen is None:
            seen = "" if before is None else hashlib.sha256(before).hexdigest()
        *_rest, township, village, item, name = Path(shown).parts
        place = self.villages()[f"{township}/{village}"]
        entry = ENTRY if register is None else register
        return Table(place, item, Path(name).stem, path, content, seen, entry)

    def hand_in(self, *tables: Table, minutes: int = 0, over: tuple[str, ...] = ()) -> Submission:
        """Return what was handed in, which must not clash."""
        handover = Handover(tables or (self.table(),), CLERK, "漏记一笔")
        found = self.office.hand_in(handover, after(minutes), over=over)
        assert isinstance(found, Submission), found
        return found

    def clashes(self, *tables: Table, minutes: int = 0, over: tuple[str, ...] = ()) -> tuple[Clash, ...]:
        """Return what a hand-in clashes with; it must."""
        found = self.office.hand_in(Handover(tables, "出纳"), after(minutes), over=over)
        assert not isinstance(found, Submission)
        return found

    def enrol(self, *places: str, role: str = COMMITTEE) -> Reviewer:
        """Return a new reviewer, of 青石村 where nothing else is said."""
        return self.office.enrol(role, places or ("qingxi/qingshi",), PASSPHRASE, MORNING)

    def sign_off(self, name: str, reviewer: Reviewer, minutes: int = 5) -> Submission:
        """Return what landed, which must not clash."""
        found = self.office.sign_off(name, reviewer.name, PASSPHRASE, after(minutes))
        assert isinstance(found, Submission), found
        return found

    def is_clean(self) -> bool:
        """Return whether git sees no change in the folder."""
        return self.repo.git("status", "--porcelain") == ""


def _committed(root: Path) -> None:
    Repo(copy_sample(root)).commit("现有内容")


def new_county(folder: Path, name: str = "示范 县") -> DeskCounty:
    """Return the sample county, committed, in a folder whose name has a space."""
    root = copy_of(_committed, folder / name)
    return DeskCounty(root, folder / "home", Repo(root), Office(root, folder / "home"))


def machine(folder: Path, source: Path | str, name: str) -> DeskCounty:
    """Return another machine's clone of a county, with a home of its own."""
    base = folder / name
    base.mkdir()
    helper = Repo(folder / f"{name}-git")
    helper.git("clone", "--quiet", str(source), str(base / "县"))
    root = base / "县"
    return DeskCounty(root, base / "home", Repo(root), Office(root, base / "home"))
