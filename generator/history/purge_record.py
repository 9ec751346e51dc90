"""Purge records: what was removed from a history, by whom and why, and never what it was.

Old commit ids stay in the record, so that an authorised rewrite can be told from an unexplained one. Whoever
knows the rest of a commit can test a guess against its old id: a value once leaked stays a leaked value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from generator.history.signing import PURGE, Signer, Verdict, verify
from generator.model.finding import SetupError
from generator.wording import _

FOLDER = "purges"
ALLOWED = "site_config/allowed_signers"
_FORMAT = "cunwu-purge/1"
_SIGNATURE = ".sig"


@dataclass(frozen=True, slots=True)
class PurgeRecord:
    """One purge: the kind of what was removed, on which day, by which role, why, and what changed.

    ``paths`` are the files in which a value was replaced, ``removed`` those that were dropped whole,
    ``unread`` those that no program could look into. ``is_clean`` says that the rescan found nothing left.
    ``commits`` maps every rewritten commit's old id to its new one. ``signer`` is "" when nobody signed.
    """

    day: date
    kind: str
    role: str
    reason: str
    paths: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[str, ...]
    messages: int
    is_clean: bool
    head_before: str
    head_after: str
    commits: Mapping[str, str]
    signer: str


def write_record(root: Path, record: PurgeRecord, signer: Signer | None) -> list[Path]:
    """Write the record, and its signature beside it, below ``root`` and return the paths."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    number = 1
    while (folder / f"{record.day.isoformat()}-{number}.json").exists():
        number += 1
    path = folder / f"{record.day.isoformat()}-{number}.json"
    facts = {"format": _FORMAT} | asdict(record) | {"day": record.day.isoformat()}
    content = (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    path.write_bytes(content)
    if signer is None:
        return [path]
    signature = _signature_of(path)
    signature.write_bytes(signer.sign(content))
    return [path, signature]


def read_record(path: Path) -> PurgeRecord:
    """Return the record at ``path``; raises SetupError where it is none."""
    try:
        facts = json.loads(path.read_bytes())
        if facts.pop("format") != _FORMAT:
            raise ValueError
        return _record(facts)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SetupError(_("不是清除记录，或缺少内容"), file=f"{FOLDER}/{path.name}") from None


def list_records(root: Path) -> Iterator[Path]:
    """Yield the paths of the records below ``root``, in order of day and number."""
    paths = (root / FOLDER).glob("*.json")
    yield from sorted(paths, key=lambda path: (path.stem[:10], len(path.stem), path.stem))


def verify_record(path: Path, allowed: Path) -> Verdict:
    """Return whether the record at ``path`` bears the signature of the one it names.

    ``allowed`` is the list of allowed signers; take it from a revision that is trusted. A record that
    names nobody does not hold: anyone could have written it.
    """
    signer = read_record(path).signer
    if not signer:
        return Verdict(False, _("这份清除记录没有签名"))
    signature = _signature_of(path)
    if not signature.is_file():
        return Verdict(False, _("这份清除记录写明有签名，签名文件却不在"))
    return verify(path.read_bytes(), signature.read_bytes(), signer, allowed, PURGE)


def _signature_of(path: Path) -> Path:
    return path.with_name(path.name + _SIGNATURE)


def _record(facts: dict[str, Any]) -> PurgeRecord:
    if set(facts) != {field.name for field in fields(PurgeRecord)}:
        raise ValueError
    return PurgeRecord(
        day=date.fromisoformat(facts["day"]),
        kind=str(facts["kind"]),
        role=str(facts["role"]),
        reason=str(facts["reason"]),
        paths=tuple(map(str, facts["paths"])),
        removed=tuple(map(str, facts["removed"])),
        unread=tuple(map(str, facts["unread"])),
        messages=int(facts["messages"]),
        is_clean=facts["is_clean"] is True,
        head_before=str(facts["head_before"]),
        head_after=str(facts["head_after"]),
        commits={str(old): str(new) for old, new in facts["commits"].items()},
        signer=str(facts["signer"]),
    )
