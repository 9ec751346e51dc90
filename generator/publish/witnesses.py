"""Witnesses: whether the signatures and time stamps beside a log hold for its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from generator.history.signing import verify
from generator.history.timestamps import read_stamp, verify_stamp
from generator.model.disclosure_log import Entry, stamp_path
from generator.model.finding import Finding, Place
from generator.model.log_signatures import NAME as SIGNATURES
from generator.model.log_signatures import NAMESPACE, LogSignature, read_signatures
from generator.wording import _

# Clocks differ, and an authority is asked at once; a line that is a day older was not written then.
_FAR = timedelta(days=1)

Tell = Callable[[str], None]


def verify_signatures(
    entries: Sequence[Entry], content: bytes, allowed: Path, tell: Tell = lambda text: None
) -> Iterator[Finding]:
    """Yield what does not hold of the signatures in ``content``; ``tell`` is told of those that do.

    ``allowed`` is the list of allowed signers; take it from a revision that is trusted.
    """
    by_number = {entry.number: entry for entry in entries}
    signatures, broken = read_signatures(content)
    for line in broken:
        yield Finding.of("log-signature-line", Place(SIGNATURES, line))
    for signature in signatures:
        entry = by_number.get(signature.number)
        if entry is None:
            yield Finding.of("log-signature-line", Place(SIGNATURES))
            continue
        finding = _judge(entry, signature, allowed)
        if finding is None:
            tell(
                _("第 {number} 条：签名成立（{signer}）").format(number=entry.number, signer=signature.signer)
            )
        else:
            yield finding


def _judge(entry: Entry, signature: LogSignature, allowed: Path) -> Finding | None:
    place, facts = Place(SIGNATURES), {"number": entry.number, "signer": signature.signer}
    if signature.digest != entry.digest:
        problem = _("内容与签名不符，签名后被改动过")
        return Finding.of("log-signature-broken", place, problem=problem, **facts)
    line, signed = entry.line(), signature.signature.encode()
    verdict = verify(line, signed, signature.signer, allowed, NAMESPACE)
    if verdict.holds:
        return None
    if verdict.is_stranger:
        return Finding.of("log-signature-unknown", place, **facts)
    if verdict.is_expired:
        verdict = verify(line, signed, signature.signer, allowed, NAMESPACE, entry.moment)
        if verdict.holds:
            return Finding.of("log-signature-expired", place, **facts)
    return Finding.of("log-signature-broken", place, problem=verdict.problem, **facts)


def unsigned_newest(entries: Sequence[Entry], content: bytes, shown: str) -> Iterator[Finding]:
    """Yield a finding where nobody signed the newest line of a log."""
    signed = {(signature.number, signature.digest) for signature in read_signatures(content)[0]}
    if entries and (entries[-1].number, entries[-1].digest) not in signed:
        yield Finding.of("log-unsigned", Place(shown, entries[-1].number))


def verify_stamps(
    entries: Sequence[Entry],
    read: Callable[[str], bytes | None],
    authority: Path,
    tell: Tell = lambda text: None,
) -> Iterator[Finding]:
    """Yield what does not hold of the time stamps that ``read`` returns; ``tell`` is told of those that do.

    ``authority`` is a file with the certificates (PEM) of who is trusted to tell the time.
    """
    for entry in entries:
        path = stamp_path(entry.number)
        token = read(path)
        if token is None:
            continue
        verdict = verify_stamp(token, entry.line(), authority)
        stamp = read_stamp(token)
        if verdict.is_foreign:
            yield Finding.of("log-stamp-unknown", Place(path), number=entry.number)
        elif stamp is None or not verdict.holds:
            yield Finding.of("log-stamp-broken", Place(path), number=entry.number, problem=verdict.problem)
        else:
            stamped = stamp.moment.strftime("%Y-%m-%d %H:%M:%S UTC")
            tell(_("第 {number} 条：时间戳成立（{stamped}）").format(number=entry.number, stamped=stamped))
            if abs(stamp.moment - entry.moment) > _FAR:
                yield Finding.of("log-stamp-late", Place(path), number=entry.number, stamped=stamped)
