"""What submissions hold: each table with what it was drawn up against and what stands there today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.desk.counter import Clash
from generator.desk.grounds import Ground, Grounds, Spot
from generator.desk.slips import Sheet, Slip
from generator.history.committing import Refused
from generator.history.notes import list_notes
from generator.intake.whole_file import write_whole
from generator.sheets.canonical import NO_DIFFERENCE, Difference, difference, rows_of
from generator.wording import _

WAITING, DONE = "refs/heads/", "refs/cunwu/"
BRANCH = "desk/"


@dataclass(frozen=True, slots=True)
class Held:
    """One table of a submission: ``before`` it was drawn up, what it brings, and what stands there ``now``.

    ``name`` is the path below its ground.
    """

    sheet: Sheet
    spot: Spot
    ground: Ground
    name: str
    before: bytes | None
    ours: bytes
    now: bytes | None

    @property
    def has_moved(self) -> bool:
        """Return whether somebody else has changed the table since."""
        return self.now not in (self.before, self.ours)

    def clash(self, who: str) -> Clash:
        """Return how it differs from what stands there now, which is the work of ``who`` (a role)."""
        return Clash(
            self.sheet.path,
            self.sheet.title,
            who,
            self.now,
            self.ours,
            differing(self.spot, self.now, self.ours),
        )


def differing(spot: Spot, theirs: bytes | None, ours: bytes) -> Difference:
    """Return what leads from their rows to ours; nothing where either is no table."""
    schema = spot.item.schema
    after = rows_of(ours, schema)
    before = rows_of(theirs, schema) if theirs is not None else []
    return NO_DIFFERENCE if before is None or after is None else difference(schema, before, after)


class Shelf:
    """Reads and keeps what submissions hold; ``home`` keeps the lists of folders without git."""

    def __init__(self, grounds: Grounds, home: Path) -> None:
        self._grounds, self._home = grounds, home

    def read(self, wanted: Iterable[tuple[str, str, Slip]]) -> dict[str, list[Held]]:
        """Return the tables of submissions by name, each asked for with its commit (in the carrier) and slip.

        A submission of which a list is missing on this machine, or leads astray, is left out.
        """
        found: dict[str, list[Held]] = {}
        asked: dict[Path, list[tuple[str, Sheet, Spot, Ground, str, str]]] = {}
        missing: set[str] = set()
        for number, commit, slip in wanted:
            found[number] = []
            try:
                for sheet in slip.sheets:
                    spot = self._grounds.spot(sheet.path)
                    ground = self._grounds.of(spot.path)
                    own = self.commit_in(ground, number, commit)
                    entry = (number, sheet, spot, ground, ground.name(spot.path), own)
                    asked.setdefault(ground.folder, []).append(entry)
            except Refused:
                missing.add(number)
        for entries in asked.values():
            for (number, sheet, spot, ground, name, _own), contents in zip(
                entries, self._contents(entries), strict=True
            ):
                before, ours, now = contents
                if ours is None:
                    missing.add(number)
                else:
                    found[number].append(Held(sheet, spot, ground, name, before, ours, now))
        for number, tables in found.items():
            tables.sort(key=lambda held: held.sheet.path)
            if not tables:
                missing.add(number)
        return {number: tables for number, tables in found.items() if number not in missing}

    def commit_in(self, ground: Ground, number: str, commit: str) -> str:
        """Return the commit of a submission in ``ground``, given that of the carrier; Refused without one."""
        if ground.repository is None or ground.repository.top == self._grounds.carrier.top:
            return commit
        for ref in (f"{WAITING}{number}", *(done_ref(kind, number) for kind in ("returned", "withdrawn"))):
            found = ground.repository.find(ref)
            if found is not None:
                return found
        landed = landing_of(ground, number)
        if landed is None:
            raise Refused(
                _("这次提交里的个人名单不在这台电脑上，请在做提交的那台电脑上办理，或把名单的包也带来。")
            )
        return landed

    def _contents(
        self, entries: Sequence[tuple[str, Sheet, Spot, Ground, str, str]]
    ) -> Iterator[tuple[bytes | None, bytes | None, bytes | None]]:
        repository = entries[0][3].repository
        if repository is None:
            for number, _sheet, spot, _ground, name, _own in entries:
                folder = self.folder_of(number)
                yield _bytes(folder / "old" / name), _bytes(folder / "new" / name), _bytes(spot.path)
            return
        names = []
        for _number, _sheet, _spot, _ground, name, own in entries:
            names += [f"{own}^1:{name}", f"{own}:{name}", f"HEAD:{name}"]
        read = repository.read(names)
        yield from zip(read[::3], read[1::3], read[2::3], strict=True)

    def folder_of(self, number: str) -> Path:
        """Return where the lists of a submission are kept that belong in a folder without git."""
        return self._home / "held" / number.removeprefix(BRANCH)

    def keep(self, number: str, name: str, old: bytes | None, new: bytes) -> None:
        """Keep a list that waits for its folder, and what stood there before."""
        folder = self.folder_of(number)
        for private in (self._home, self._home / "held"):
            private.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part, content in (("old", old), ("new", new)):
            if content is not None:
                path = folder / part / name
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(path, content)
                path.chmod(0o600)


def done_ref(kind: str, number: str) -> str:
    """Return the ref under which a returned or withdrawn submission is kept."""
    return f"{DONE}{kind}/{number.removeprefix(BRANCH)}"


def landing_of(ground: Ground, number: str) -> str | None:
    """Return the commit by which a submission landed in ``ground``, or None."""
    assert ground.repository is not None
    grep = f"--grep=提交编号: {number}"
    for note in list_notes(ground.repository.top, "-F", "--merges", grep, "-n", "5", "HEAD"):
        if f"提交编号: {number}" in note.text.split("\n"):
            return note.commit
    return None


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
