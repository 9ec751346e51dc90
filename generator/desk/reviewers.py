"""Reviewers: who may sign off, their keys on this machine, and how a new one is enrolled."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from generator.desk.counter import Reviewer
from generator.desk.grounds import Grounds
from generator.desk.watching import refuse_personal, role_of
from generator.history.committing import Maker, Refused, Repository
from generator.history.passphrases import Unlocked, make_locked_key, unlocked
from generator.intake.walk import walk_county
from generator.model.finding import SetupError
from generator.promises.people import EVERYWHERE, FILE, Person, is_place, people_in, uncovered, with_person
from generator.wording import _

SIGNERS = "site_config/allowed_signers"
_SHORTEST, _LONGEST = 8, 200
_TRIES, _PAUSE = 5, timedelta(minutes=1)


class Locks:
    """Counts wrong passphrases: five in a row, and a reviewer's key rests for a minute."""

    def __init__(self) -> None:
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def check(self, name: str, moment: datetime) -> None:
        """Raise Refused while the key of ``name`` rests."""
        count, last = self._wrong.get(name, (0, moment))
        if count >= _TRIES and moment - last < _PAUSE:
            raise Refused(_("口令连错 {count} 次，请过一分钟再试").format(count=_TRIES))
        if count >= _TRIES:
            self._wrong.pop(name, None)

    def wrong(self, name: str, moment: datetime) -> Refused:
        """Count a wrong passphrase and return what to say."""
        count = self._wrong.get(name, (0, moment))[0] + 1
        self._wrong[name] = (count, moment)
        left = _TRIES - count
        if left <= 0:
            return Refused(_("口令连错 {count} 次，请过一分钟再试").format(count=_TRIES))
        return Refused(_("口令不对，没有签署。还可以试 {count} 次").format(count=left))

    def right(self, name: str) -> None:
        """Forget the wrong ones."""
        self._wrong.pop(name, None)


class Reviewers:
    """The reviewers of a county as its main branch lists them, and the keys that ``home`` keeps."""

    def __init__(self, grounds: Grounds, home: Path) -> None:
        self._grounds, self._keys = grounds, home / "keys"
        self.locks = Locks()

    def people(self) -> tuple[Person, ...]:
        """Return who is listed on the main branch; raises SetupError for a broken list."""
        return read_people(self._grounds.carrier, self._name(FILE))

    def reviewers(self) -> list[Reviewer]:
        """Return them with whether their key lies on this machine."""
        return [
            Reviewer(person.name, person.role, person.places, self._key(person.name).is_file())
            for person in self.people()
        ]

    def signers(self, commit: str) -> bytes:
        """Return the list of allowed signers that ``commit`` holds."""
        return self._grounds.carrier.read([f"{commit}:{self._name(SIGNERS)}"])[0] or b""

    def require(self, name: str, folders: Iterable[str]) -> Person:
        """Return the reviewer ``name``, who must be listed for all ``folders`` and have a key here."""
        person = next((person for person in self.people() if person.name == name), None)
        if person is None:
            raise Refused(_("名单里没有审核人「{name}」，请先登记").format(name=name))
        outside = uncovered(person.places, folders)
        if outside:
            raise Refused(
                _("{role}不负责{places}，不能审核这一份").format(
                    role=person.role, places="、".join(self._named(outside))
                )
            )
        if not self._key(name).is_file():
            raise Refused(
                _("这台电脑上没有{role}的签名钥匙，请在登记时用的那台电脑上审核").format(role=person.role)
            )
        return person

    def opened(self, name: str, passphrase: str, moment: datetime) -> AbstractContextManager[Unlocked]:
        """Return the context in which the key of ``name`` can be used."""
        self.locks.check(name, moment)
        if not passphrase or not _is_typable(passphrase):
            raise self.locks.wrong(name, moment)
        return unlocked(self._key(name), passphrase)

    def enrol(self, role: str, places: Sequence[str], passphrase: str, moment: datetime) -> Reviewer:
        """Make a key for a reviewer, locked with their passphrase, and list its public half in a commit."""
        role = role_of(role)
        self._require_places(places)
        if not _SHORTEST <= len(passphrase) <= _LONGEST or not _is_typable(passphrase):
            raise Refused(
                _("口令要 {shortest} 到 {longest} 个字符，不能有换行").format(
                    shortest=_SHORTEST, longest=_LONGEST
                )
            )
        carrier = self._grounds.carrier
        branch = carrier.branch()
        files = [self._name(FILE), self._name(SIGNERS)]
        unclean = carrier.unclean(files)
        if unclean:
            raise unsaved(unclean)
        person = Person(self._new_name(places), role, tuple(dict.fromkeys(places)))
        key = self._key(person.name)
        public = make_locked_key(key, person.name, passphrase)
        try:
            old = _list(carrier, branch, files, person, public, moment, self._grounds)
        except BaseException:
            key.unlink(missing_ok=True)
            key.with_name(f"{key.name}.pub").unlink(missing_ok=True)
            raise
        carrier.follow(files, old)
        return Reviewer(person.name, role, person.places, has_key=True)

    def _require_places(self, places: Sequence[str]) -> None:
        villages = walk_county(self._grounds.open()).villages
        known = {EVERYWHERE, *(v.folder for v in villages), *(v.township for v in villages if v.township)}
        if not places:
            raise Refused(_("请选这位审核人负责的村"))
        for place in places:
            if not is_place(place) or place not in known:
                raise Refused(_("没有「{place}」这个村或乡镇").format(place=place))

    def _named(self, folders: Iterable[str]) -> list[str]:
        names = {v.folder: v.name for v in walk_county(self._grounds.open()).villages}
        return sorted({names.get(folder, folder) for folder in folders})

    def _new_name(self, places: Sequence[str]) -> str:
        place = places[0]
        stem = "county" if place == EVERYWHERE else re.sub("[^a-z0-9]+", "-", place).strip("-")[:50]
        taken = {person.name for person in self.people()}
        taken |= _principals(self.signers("HEAD"))
        # Two machines that enrol somebody at the same time must not give one name to two keys.
        while (name := f"{stem}-{secrets.token_hex(2)}") in taken or self._key(name).exists():
            continue
        return name

    def _key(self, name: str) -> Path:
        return self._keys / name

    def _name(self, file: str) -> str:
        return (self._grounds.root / file).relative_to(self._grounds.carrier.top).as_posix()


def unsaved(files: Iterable[str]) -> Refused:
    """Return the refusal to touch files in which somebody's work is not committed yet."""
    return Refused(
        _(
            "这些文件在这台电脑上有没提交的改动，不能覆盖，什么也没有动。请管理员先提交或还原，再来办：{files}"
        ).format(files="、".join(files))
    )


def read_people(repository: Repository, name: str, commit: str = "HEAD") -> tuple[Person, ...]:
    """Return the reviewers that a commit lists; raises SetupError for a broken list."""
    content = repository.read([f"{commit}:{name}"])[0]
    return people_in(content) if content is not None else ()


def with_signer(before: bytes | None, name: str, public: str) -> bytes:
    """Return the list of allowed signers with one line more; what stood in it stays."""
    text = before or b""
    end = b"\r\n" if b"\r\n" in text else b"\n"
    return (
        text
        + (b"" if not text or text.endswith(b"\n") else end)
        + (f'{name} namespaces="git" {public}'.encode() + end)
    )


def _list(
    carrier: Repository,
    branch: str,
    files: Sequence[str],
    person: Person,
    public: str,
    moment: datetime,
    grounds: Grounds,
) -> str:
    """Write the commit on the main branch that lists a reviewer, and return the one before it."""
    text = f"{_('登记审核人')}：{person.role}\n\n{_('名称')}: {person.name}\n"
    for _try in range(_TRIES):
        tip = carrier.tip(branch)
        people, signers = carrier.read([f"{tip}:{name}" for name in files])
        after = with_person(people, person)
        try:
            is_listed = person in people_in(after)
        except SetupError:
            is_listed = False
        if not is_listed:
            raise Refused(_("{file} 的写法特别，不能自动加上，请管理员手工添加").format(file=FILE))
        contents = {files[0]: after, files[1]: with_signer(signers, person.name, public)}
        refuse_personal(grounds, {FILE: after}, text, moment.date())
        commit = carrier.commit(tip, contents, text, Maker(person.role, moment), parents=(tip,))
        if carrier.move([(branch, commit, tip)], "enrol"):
            return tip
    raise Refused(_("没有登记上，另一个程序正在写这个仓库，请稍后再按一次"))


def _principals(signers: bytes) -> set[str]:
    lines = signers.decode("utf-8", "replace").split("\n")
    words = [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
    return {name for word in words for name in word.strip('"').split(",")}


def _is_typable(passphrase: str) -> bool:
    return all(ord(character) >= 32 and character != "\x7f" for character in passphrase)
