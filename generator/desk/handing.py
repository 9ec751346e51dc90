"""Handing in: what a clerk brings becomes a commit on a branch of its own, and waits."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.desk.counter import Clash, Handover, Submission, Table
from generator.desk.grounds import Ground, Grounds, Spot
from generator.desk.held import BRANCH, WAITING, Held, Shelf, differing
from generator.desk.slips import PREPARED, REASON, Sheet, csv_line, slip_text, subject_of
from generator.desk.standing import find_standing, list_waiting
from generator.desk.watching import clean, reason_of, refuse_personal, role_of
from generator.history.committing import Maker, Refused, Repository
from generator.history.notes import list_notes
from generator.wording import _

_LATER = ("次", "审核", "审核日")


@dataclass(frozen=True, slots=True)
class _Brought:
    """A table with its place, and what stands there: committed, and in the folder."""

    table: Table
    spot: Spot
    ground: Ground
    sheet: Sheet
    committed: bytes | None
    lying: bytes | None
    is_unclean: bool

    @property
    def name(self) -> str:
        return self.ground.name(self.spot.path)


def hand_in(
    grounds: Grounds, shelf: Shelf, handover: Handover, moment: datetime, over: Collection[str]
) -> Submission | tuple[Clash, ...]:
    """Keep what is handed in as a commit of its own branch, or return what it clashes with."""
    role, reason = role_of(handover.role), reason_of(handover.reason)
    if not handover.tables:
        raise Refused(_("没有要提交的表"))
    carrier = grounds.carrier
    carrier.branch()
    brought = _brought(grounds, handover.tables, role)
    waiting = [
        (standing, shelf.read([(standing.number, standing.commit, standing.slip)]).get(standing.number, []))
        for standing in list_waiting(carrier, shelf)
        if set(standing.slip.paths) & {one.sheet.path for one in brought}
    ]
    _refuse_same(brought, [tables for _standing, tables in waiting])
    clashes = list(_clashes(brought, carrier))
    instead = []
    for standing, tables in waiting:
        own = {held.sheet.path: held for held in tables}
        met = [(one, own[one.sheet.path]) for one in brought if one.sheet.path in own]
        differ = [(one, held) for one, held in met if held.ours != one.table.content]
        clashes += [_over(one, held, standing.submission.role) for one, held in differ]
        if met:
            instead.append(standing.number)
    open_clashes = tuple(clash for clash in clashes if clash.path not in over)
    if open_clashes:
        return open_clashes
    sheets = [one.sheet for one in brought]
    text = slip_text(subject_of(_("待审核"), sheets), sheets, {PREPARED: role, REASON: reason}, instead)
    beside = _beside(grounds, handover.beside)
    files = {one.sheet.path: one.table.content for one in brought}
    refuse_personal(grounds, files | beside, text, moment.date())
    number = _keep(grounds, shelf, brought, beside, text, Maker(role, moment))
    return find_standing(carrier, shelf, number).submission


def _brought(grounds: Grounds, tables: Sequence[Table], role: str) -> list[_Brought]:
    found: list[_Brought] = []
    carrier = grounds.carrier
    for table in tables:
        path = grounds.real(table.path)
        spot = grounds.spot(grounds.shown(path))
        if (spot.folder, spot.item.name, spot.stem) != (table.village.folder, table.item, table.stem):
            raise Refused(_("「{path}」不是这个村这一项这一期的位置").format(path=grounds.shown(path)))
        if any(one.spot.path == spot.path for one in found):
            raise Refused(_("同一期的表有两份：{path}").format(path=grounds.shown(path)))
        ground = grounds.of(path)
        is_apart = ground.repository is None or ground.repository.top != carrier.top
        title = f"{table.village.name} {spot.item.title} {spot.stem}"
        line = _line(grounds, table, spot, role) if table.register else ""
        sheet = Sheet(grounds.shown(path), title, line, is_apart)
        lying = path.read_bytes() if path.is_file() else None
        found.append(_Brought(table, spot, ground, sheet, lying, lying, False))
    return _with_committed(found)


def _with_committed(brought: list[_Brought]) -> list[_Brought]:
    found = {one.sheet.path: one for one in brought}
    for ground in {one.ground.folder: one.ground for one in brought}.values():
        if ground.repository is None:
            continue
        ground.repository.branch()
        own = [one for one in brought if one.ground.folder == ground.folder]
        contents = ground.repository.read([f"HEAD:{one.name}" for one in own])
        unclean = set(ground.repository.unclean([one.name for one in own]))
        for one, content in zip(own, contents, strict=True):
            found[one.sheet.path] = _Brought(
                one.table, one.spot, one.ground, one.sheet, content, one.lying, one.name in unclean
            )
    return sorted(found.values(), key=lambda one: one.sheet.path)


def _line(grounds: Grounds, table: Table, spot: Spot, role: str) -> str:
    """Return the register's line, what only the landing knows left open."""
    columns = [column.name for column in grounds.open().catalogue.register.schema.columns_of(())]
    unknown = [name for name in table.register if name not in columns]
    if unknown:
        raise Refused(_("公开登记簿没有「{name}」这一列").format(name=unknown[0]))
    cells: dict[str, str] = {"项目": spot.item.title, "期间": spot.stem, "编制": role}
    cells |= {name: clean(text, f"「{name}」") for name, text in table.register.items() if text.strip()}
    cells |= dict.fromkeys(_LATER, "")
    return csv_line([cells.get(name, "") for name in columns])


def _refuse_same(brought: Sequence[_Brought], waiting: Sequence[Sequence[Held]]) -> None:
    ours = {one.sheet.path: (one.table.content, one.sheet.register) for one in brought}
    for tables in waiting:
        theirs = {held.sheet.path: (held.ours, held.sheet.register) for held in tables}
        if all(theirs.get(path) == given for path, given in ours.items()):
            raise Refused(_("同样的内容已经提交过，正在等待审核，不用再交"))
    if all(one.committed == one.table.content and not one.sheet.register for one in brought):
        raise Refused(_("和已经公开的内容完全一样，没有要提交的"))


def _clashes(brought: Sequence[_Brought], carrier: Repository) -> Iterator[Clash]:
    for one in brought:
        ours, seen = one.table.content, one.table.seen
        standing = one.lying if one.is_unclean else one.committed
        # Of a clean file git may write other line ends into the folder than it keeps.
        known = {_sha(one.committed)} | (set() if one.is_unclean else {_sha(one.lying)})
        if one.is_unclean and standing != ours:
            yield _clash(one, standing, _("这台电脑上还没有提交的改动"))
        elif seen not in known and one.committed != ours:
            yield _clash(one, one.committed, _last_role(one))


def _clash(one: _Brought, theirs: bytes | None, who: str) -> Clash:
    ours = one.table.content
    return Clash(one.sheet.path, one.sheet.title, who, theirs, ours, differing(one.spot, theirs, ours))


def _over(one: _Brought, held: Held, who: str) -> Clash:
    return _clash(one, held.ours, who)


def last_role(ground: Ground, name: str) -> str:
    """Return the role of who last changed a file, "" where that was no desk: a person is not named."""
    if ground.repository is None:
        return ""
    for note in list_notes(ground.repository.top, "-n", "1", "HEAD", "--", f":(top,literal){name}"):
        return note.author if note.email.endswith("@desk.invalid") else ""
    return ""


def _last_role(one: _Brought) -> str:
    return last_role(one.ground, one.name)


def _sha(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _beside(grounds: Grounds, files: Mapping[Path, bytes]) -> dict[str, bytes]:
    found = {}
    for given, content in files.items():
        path = grounds.real(given)
        if not grounds.is_mapping(path):
            raise Refused(_("「{path}」不能随表提交").format(path=path.name))
        found[grounds.shown(path)] = content
    return found


def _keep(
    grounds: Grounds,
    shelf: Shelf,
    brought: Sequence[_Brought],
    beside: Mapping[str, bytes],
    text: str,
    maker: Maker,
) -> str:
    """Commit in every ground that is touched, the slip's own last, and return the name of the branches."""
    carrier = grounds.carrier
    files: dict[Path, dict[str, bytes]] = {}
    for one in brought:
        files.setdefault(one.ground.folder, {})[one.name] = one.table.content
    for shown, content in beside.items():
        ground = grounds.of(grounds.root / shown)
        files.setdefault(ground.folder, {})[ground.name(grounds.root / shown)] = content
    commit = _commit(carrier, files.get(carrier.top, {}), text, maker)
    first = brought[0].table
    number = f"{BRANCH}{first.village.slug}-{first.item}-{maker.moment:%Y-%m-%d}-{commit[:7]}"
    for ground in grounds.all():
        if ground.folder == carrier.top or ground.folder not in files:
            continue
        if ground.repository is None:
            for one in brought:
                if one.ground.folder == ground.folder:
                    shelf.keep(number, one.name, one.lying, one.table.content)
            continue
        own = _commit(ground.repository, files[ground.folder], text, maker)
        _create(ground.repository, number, own)
    _create(carrier, number, commit)
    return number


def _commit(repository: Repository, files: Mapping[str, bytes], text: str, maker: Maker) -> str:
    tip = repository.tip("HEAD")
    return repository.commit(tip, files, text, maker, parents=(tip,))


def _create(repository: Repository, number: str, commit: str) -> None:
    ref = f"{WAITING}{number}"
    if not repository.move([(ref, commit, "")], number) and repository.find(ref) != commit:
        raise Refused(_("没有交上去，另一个程序正在写这个仓库，请稍后再按一次"))
