"""Carrying: what one machine has reaches the others, over the network or on a stick."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.desk.grounds import Ground, Grounds
from generator.desk.held import BRANCH, DONE, WAITING
from generator.desk.merging import Merging
from generator.desk.reviewers import Reviewers
from generator.desk.slips import read_slip
from generator.history.committing import Refused, Repository
from generator.history.exchange import (
    create_bundle,
    far_branch,
    fetch,
    holds_bundle,
    push,
    read_bundle,
    refs_below,
    refs_holding,
    remote_of,
)
from generator.history.notes import list_notes
from generator.pipeline.private_root import require_private_root
from generator.wording import _

_HEADS = "refs/heads/"
_CARRIED = "carried"
_SIZE_LIMIT = 512 * 1024 * 1024
_TRIES = 3
_NAME = re.compile(r"desk/[a-z0-9][a-z0-9_-]{0,150}")
_DONE_NAME = re.compile(r"(?:returned|withdrawn)/[a-z0-9][a-z0-9_-]{0,150}")


class Carrying:
    """Sends and takes in what the repositories of a county hold."""

    def __init__(self, grounds: Grounds, reviewers: Reviewers, home: Path) -> None:
        self._grounds, self._home = grounds, home
        self._merging = Merging(grounds, reviewers)

    def push(self) -> str:
        """Send the main branch and the waiting submissions on, and return in words what was sent.

        What others sent meanwhile is taken in first.
        """
        require_private_root(self._grounds.open())
        told: list[str] = []
        remotes = self._remotes()
        for _try in range(_TRIES):
            for ground, remote in remotes:
                told += self._fetch(ground, remote)
            if all(self._send(ground, remote) for ground, remote in reversed(remotes)):
                waiting = len(refs_below(self._grounds.carrier.top, f"{WAITING}{BRANCH}"))
                told.append(_("已送到远端：主线和 {count} 份等待审核的提交").format(count=waiting))
                return "；".join(told)
        raise Refused(_("远端一直有新内容进来，没有送成，请过一会儿再按一次推送"))

    def bundle(self, folder: Path, today: date) -> tuple[Path, ...]:
        """Write what the far side does not have yet as git bundles to carry, and return where."""
        folder.mkdir(parents=True, exist_ok=True)
        county = re.sub(r"[^\w-]", "", self._grounds.open().settings.county_name) or "cunwu"
        written: list[Path] = []
        for ground in self._grounds.all():
            repository = ground.repository
            if repository is None:
                continue
            branch = repository.branch()
            remote = remote_of(repository.top, branch)
            known = refs_below(repository.top, f"refs/remotes/{remote}/") if remote else {}
            refs = [branch, *refs_below(repository.top, f"{WAITING}{BRANCH}", DONE)]
            is_private = ground.folder != self._grounds.carrier.top
            stem = f"{county}-{_('个人名单-不公开-') if is_private else ''}{today.isoformat()}"
            path = _free(folder, stem)
            if create_bundle(repository.top, path.resolve(), refs, set(known.values())):
                written.append(path)
        if not written:
            raise Refused(_("没有要带走的新内容，远端都有了"))
        return tuple(written)

    def receive(self, bundle: Path) -> str:
        """Take in a bundle that was carried here, and return in words what it held."""
        ground, heads = self._opened(bundle)
        repository = ground.repository
        assert repository is not None
        branch = repository.branch()
        mains = [ref for ref in heads if ref.startswith(_HEADS) and not ref.startswith(f"{WAITING}{BRANCH}")]
        main = branch if branch in mains else (mains[0] if len(mains) == 1 else "")
        wanted = {
            f"{WAITING}{BRANCH}": f"refs/remotes/{_CARRIED}/{BRANCH}",
            DONE: f"refs/remotes/cunwu-{_CARRIED}/",
        }
        refspecs = [
            f"+{prefix}*:{place}*"
            for prefix, place in wanted.items()
            if any(ref.startswith(prefix) for ref in heads)
        ]
        tracked = f"refs/remotes/{_CARRIED}/{branch.removeprefix(_HEADS)}"
        if main:
            refspecs.append(f"+{main}:{tracked}")
        if not refspecs:
            raise Refused(_("这个包里没有能收的内容"))
        if not fetch(repository.top, str(bundle.resolve()), refspecs, is_trusted=False):
            raise Refused(_("这个包坏了，或检查没有通过，没有收下。请重新做一个再带来。"))
        told = [self._adopted(repository, _CARRIED, is_trusted=False)]
        theirs = repository.find(tracked) if main else None
        if theirs is not None:
            try:
                count = self._merging.take(ground, theirs, is_trusted=False)
            except Refused as refusal:
                raise Refused("；".join((*told, str(refusal)))) from None
            told.append(_("主线新增 {count} 次提交").format(count=count))
        self._drop(repository, f"refs/remotes/{_CARRIED}/", f"refs/remotes/cunwu-{_CARRIED}/")
        return "；".join(told)

    def _remotes(self) -> list[tuple[Ground, str]]:
        found = []
        for ground in self._grounds.all():
            if ground.repository is None:
                continue
            remote = remote_of(ground.repository.top, ground.repository.branch())
            if remote is not None:
                found.append((ground, remote))
            elif ground.folder == self._grounds.carrier.top:
                raise Refused(_("这个仓库没有设置远端，推送不了。可以做成一个包，用优盘带到乡镇。"))
        return found

    def _fetch(self, ground: Ground, remote: str) -> list[str]:
        """Take in what the remote has and return in words what was new."""
        repository = ground.repository
        assert repository is not None
        refspecs = (f"+{_HEADS}*:refs/remotes/{remote}/*", f"+{DONE}*:refs/remotes/cunwu-{remote}/*")
        if not fetch(repository.top, remote, refspecs, is_trusted=True):
            raise Refused(
                _("连不上远端，或没有权限，什么也没有送出。请检查网络；也可以做成一个包，用优盘带到乡镇。")
            )
        far = far_branch(repository.top, repository.branch()).removeprefix(_HEADS)
        theirs = repository.find(f"refs/remotes/{remote}/{far}")
        count = 0 if theirs is None else self._merging.take(ground, theirs, is_trusted=True)
        adopted = self._adopted(repository, remote, is_trusted=True)
        told = [adopted] if adopted and ground.folder == self._grounds.carrier.top else []
        return [*told, _("主线新增 {count} 次提交").format(count=count)] if count else told

    def _send(self, ground: Ground, remote: str) -> bool:
        """Push, and return False where others were quicker."""
        repository = ground.repository
        assert repository is not None
        branch = repository.branch()
        far = far_branch(repository.top, branch)
        waiting = refs_below(repository.top, f"{WAITING}{BRANCH}")
        done = refs_below(repository.top, DONE)
        there = refs_below(repository.top, f"refs/remotes/{remote}/{BRANCH}")
        names = {_HEADS + ref.removeprefix(f"refs/remotes/{remote}/") for ref in there}
        # Settled branches go from the far side too; what they held is in main or below refs/cunwu.
        gone = [f":{ref}" for ref in sorted(names - set(waiting))]
        result = push(repository.top, remote, [f"{branch}:{far}", *(f"{ref}:{ref}" for ref in waiting)])
        if result.is_behind:
            return False
        if not result.has_arrived or result.refused:
            said = " ".join(result.said[:5])
            raise Refused(
                _("远端没有收下。{said}请检查网络和权限；也可以做成一个包，用优盘带到乡镇。").format(
                    said=said
                )
            )
        if done or gone:
            # A host that takes branches alone has what matters already.
            push(repository.top, remote, [*(f"{ref}:{ref}" for ref in done), *gone])
        return True

    def _adopted(self, repository: Repository, source: str, *, is_trusted: bool) -> str:
        """Keep the submissions of ``source`` that are new here, and return in words how many."""
        waiting = refs_below(repository.top, f"{WAITING}{BRANCH}")
        done = refs_below(repository.top, DONE)
        for ref, commit in refs_below(repository.top, f"refs/remotes/cunwu-{source}/").items():
            name = ref.removeprefix(f"refs/remotes/cunwu-{source}/")
            own = f"{WAITING}{BRANCH}{name.partition('/')[2]}"
            if _DONE_NAME.fullmatch(name) and f"{DONE}{name}" not in done:
                moves = [(f"{DONE}{name}", commit, "")]
                if own in waiting:
                    moves.append((own, "", waiting.pop(own)))
                repository.move(moves, source)
                done[f"{DONE}{name}"] = commit
        settled = {f"{WAITING}{BRANCH}{ref.removeprefix(DONE).partition('/')[2]}" for ref in done}
        landed = refs_holding(repository.top, repository.tip("HEAD"), f"refs/remotes/{source}/{BRANCH}")
        told: list[str] = []
        count = 0
        for ref, commit in refs_below(repository.top, f"refs/remotes/{source}/{BRANCH}").items():
            name = ref.removeprefix(f"refs/remotes/{source}/")
            own = _HEADS + name
            if own in waiting or own in settled or ref in landed or not _NAME.fullmatch(name):
                continue
            if _is_submission(repository, commit):
                try:
                    if not is_trusted:
                        # What is adopted is pushed on: no hook of a server looked at what was carried.
                        self._merging.require_clean(repository, repository.tip("HEAD"), commit)
                except Refused as refusal:
                    told.append(str(refusal))
                    continue
                count += repository.move([(own, commit, "")], source)
        self._clear(repository, waiting)
        if count or not is_trusted:
            told.insert(0, _("收到 {count} 份等待审核的提交").format(count=count))
        return "；".join(told)

    def _clear(self, repository: Repository, waiting: Mapping[str, str]) -> None:
        """Drop the branches of submissions that have landed: the main branch holds them."""
        for ref in refs_holding(repository.top, repository.tip("HEAD"), f"{WAITING}{BRANCH}"):
            repository.move([(ref, "", waiting.get(ref) or repository.tip(ref))], "landed")

    def _opened(self, path: Path) -> tuple[Ground, Mapping[str, str]]:
        """Return the ground to which a bundle belongs, and its refs; Refused for what is no such bundle."""
        if not path.is_file():
            raise Refused(_("找不到这个包：{name}").format(name=path.name))
        if path.stat().st_size > _SIZE_LIMIT:
            raise Refused(_("这个包太大（超过 512 MB），没有收下"))
        bundle = read_bundle(path)
        if bundle is None:
            raise Refused(_("「{name}」不是 git 包（.bundle），或已经损坏").format(name=path.name))
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for ground in self._grounds.all():
            repository = ground.repository
            if repository is not None and holds_bundle(
                repository.top, path.resolve(), bundle, quarantine=self._home
            ):
                return ground, bundle.heads
        raise Refused(
            _("这个包接不上这里的内容：不是本县的，缺了前面的包，或已经损坏。请对方重新做一个完整的包。")
        )

    def _drop(self, repository: Repository, *prefixes: str) -> None:
        moves = [(ref, "", commit) for ref, commit in refs_below(repository.top, *prefixes).items()]
        if moves:
            repository.move(moves, _CARRIED)


def _is_submission(repository: Repository, commit: str) -> bool:
    """Return whether a commit is what a desk hands in: one commit with a slip on top of a known history."""
    for note in list_notes(repository.top, "-n", "1", commit):
        return len(note.parents) == 1 and bool(read_slip(note.text).sheets)
    return False


def _free(folder: Path, stem: str) -> Path:
    path, number = folder / f"{stem}.bundle", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.bundle"
    return path
