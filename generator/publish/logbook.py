"""The logbook: the county's log as it stands, a line after it, and what is laid beside a site of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from generator.history.purge_record import list_records
from generator.history.signing import Signer
from generator.intake.whole_file import remove_leftovers, write_whole
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import (
    PURGE,
    STAMPS,
    START,
    Entry,
    next_entry,
    only_grew,
    read_log,
    stamp_path,
    state_after,
)
from generator.model.finding import SetupError
from generator.model.log_signatures import NAME as SIGNATURES
from generator.model.log_signatures import NAMESPACE, LogSignature
from generator.model.manifest import Manifest
from generator.publish.stamping import StampError, stamp_line
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Logbook:
    """A county's log as it is written and as it is read, the signatures of its lines, and their stamps."""

    log: bytes = b""
    signatures: bytes = b""
    stamps: tuple[tuple[str, bytes], ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def last_purge(self) -> int:
        """Return the line of the last authorised purge, 0 where there was none."""
        return max((entry.number for entry in self.entries if entry.kind == PURGE), default=0)

    @property
    def records(self) -> frozenset[str]:
        """Return the SHA-256 of every version of a record that the log knows."""
        return frozenset(digest for entry in self.entries for digest in entry.changes.values() if digest)

    def with_line(self, entry: Entry) -> Logbook:
        """Return the logbook with a line more."""
        return replace(self, log=self.log + entry.line() + b"\n", entries=(*self.entries, entry))

    def signed(self, entry: Entry, signer: Signer | None) -> Logbook:
        """Return the logbook with the signature of ``signer`` under ``entry``; raises SetupError."""
        if signer is None:
            return self
        said = signer.sign(entry.line(), NAMESPACE).decode("ascii")
        line = LogSignature(entry.number, entry.digest, signer.name, said).line()
        return replace(self, signatures=self.signatures + line + b"\n")

    def stamped(self, entry: Entry, authority: str) -> tuple[Logbook, str]:
        """Return the logbook with the stamp of ``authority``, or as it was and why there is none.

        No authority stops a publication.
        """
        if not authority:
            return self, ""
        try:
            token = stamp_line(entry.line(), authority)
        except StampError as error:
            return self, str(error)
        return replace(self, stamps=(*self.stamps, (stamp_path(entry.number), token))), ""

    def write(self, root: Path) -> None:
        """Write what is not there yet below ``root``, the log last: each file whole or not at all.

        What a process that was killed had begun to write of it goes.
        """
        for folder, names in ((root, LOG), (root, SIGNATURES), (root / STAMPS, "*.tsr")):
            remove_leftovers(folder, names)
        files = [*self.stamps, (SIGNATURES, self.signatures), (LOG, self.log)]
        for path, content in files:
            if content and _bytes_at(root / path) != content:
                write_whole(root / path, content)


def open_logbook(root: Path, served: Path | None) -> Logbook:
    """Return the log of the county at ``root``, continued by what is served of it in the folder ``served``.

    A publisher that was killed after its switch served a line that nobody registered in the repository:
    it was public, so it stays. Raises SetupError where neither log continues the other, or it is not sound.
    """
    own = _logbook_in(root)
    other = _logbook_in(served) if served is not None else Logbook()
    if only_grew(other.log, own.log):
        return _read(own)
    if only_grew(own.log, other.log):
        return _read(other)
    raise SetupError(
        _(
            "正在公开的日志和仓库里的日志各有各的行，不能继续记。"
            "请用 git pull 取回最新的日志；仍不行，用 cunwu verify {folder} 看从哪一行起不同"
        ).format(folder=served),
        file=LOG,
    )


def purge_lines(root: Path, book: Logbook, moment: datetime, manifest: Manifest) -> Iterator[Entry]:
    """Yield a line for each purge record that the log does not name yet: it explains what is gone."""
    known = {entry.record for entry in book.entries}
    for path in list_records(root):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in known:
            entry = next_entry(
                book.log,
                state_after(book.entries),
                moment=moment,
                as_of=date.fromisoformat(manifest.facts["as_of"]),
                engine=manifest.facts["engine"],
                site=book.entries[-1].site if book.entries else START,
                kind=PURGE,
                record=digest,
            )
            book = book.with_line(entry)
            yield entry


def _read(book: Logbook) -> Logbook:
    entries, faults = read_log(book.log)
    if faults:
        raise SetupError(_("公开日志接不上，不能继续记。先运行 cunwu verify 看是哪一行"), file=LOG)
    return replace(book, entries=tuple(entries))


def _logbook_in(folder: Path) -> Logbook:
    stamps = tuple(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted((folder / STAMPS).glob("*.tsr"))
    )
    return Logbook(_bytes_at(folder / LOG), _bytes_at(folder / SIGNATURES), stamps)


def _bytes_at(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
