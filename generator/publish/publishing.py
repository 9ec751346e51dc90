"""Publishing: a site that holds is put out, and the log tells of it; or nothing happens."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.history.purge_record import list_records
from generator.history.repository import read_versions
from generator.history.signing import Signer
from generator.intake.whole_file import write_whole
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import (
    PURGE,
    STAMPS,
    START,
    Entry,
    next_entry,
    read_log,
    stamp_path,
    state_after,
)
from generator.model.finding import Finding, Place, SetupError
from generator.model.log_signatures import NAME as SIGNATURES
from generator.model.log_signatures import NAMESPACE, LogSignature
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.privacy.leaks import Leak
from generator.promises.promises import Promises
from generator.publish.compressing import compress
from generator.publish.releases import (
    Released,
    current_release,
    files_below,
    require_target,
    stage,
    switch,
)
from generator.publish.stamping import StampError, stamp_line
from generator.publish.verifying import is_beside, verify_site
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Publication:
    """What was put out: the line of the log, the files that changed, and where it is served from.

    ``signer`` is who signed the line, "" when nobody did; ``unstamped`` says why an authority that was asked
    for the time did not give it.
    """

    entry: Entry
    released: Released
    folder: Path
    signer: str = ""
    unstamped: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was put out: what does not match, and what must not get out."""

    findings: tuple[Finding, ...]
    leaks: tuple[Leak, ...]


def publish(
    promises: Promises,
    site: Path,
    target: Path,
    moment: datetime,
    scan: Callable[[Path], list[Leak]],
    *,
    signer: Signer | None = None,
    authority: str = "",
) -> Publication | Refusal:
    """Put ``site`` out below ``target`` and append to the log below the county's root.

    ``scan`` looks a folder through for personal data. What is looked at is the copy that will be served,
    before it is. ``signer`` signs the new line, ``authority`` (an address) is asked to stamp it. Raises
    SetupError when the log does not hold, the target is not ours or the key does not sign.
    """
    require_target(target)
    if promises.settings.requires_signatures and signer is None:
        return Refusal((Finding.of("log-unsigned", Place(LOG)),), ())
    manifest = _manifest_of(site)
    facts = manifest.facts
    log = promises.root / LOG
    before = log.read_bytes() if log.is_file() else b""
    try:
        before += b"".join(line.line() + b"\n" for line in _purges(promises.root, before, moment, manifest))
        entry = next_entry(
            before,
            records_of(promises),
            moment=moment,
            as_of=date.fromisoformat(facts["as_of"]),
            engine=facts["engine"],
            site=manifest.root,
        )
    except ValueError:
        raise SetupError(_("公开日志接不上，不能继续记。先运行 cunwu verify 看是哪一行"), file=LOG) from None
    content = promises.settings.content
    loose = sorted(read_versions(content, promises.shown(content)).changed)
    if loose:
        # What is in no history could later be proved by nobody.
        return Refusal(tuple(Finding.of("record-loose", Place(path)) for path in loose), ())
    name = f"{entry.number:06}-{entry.site[:12]}"
    released = stage(site, _paths_of(site, manifest), target, name, is_beside)
    folder = released.folder
    findings = tuple(verify_site(_reader(folder), files_below(folder)))
    leaks = tuple(leak for leak in scan(folder) if leak.is_error)
    if findings or leaks:
        return Refusal(findings, leaks)
    compress(folder, _paths_of(site, manifest), current_release(target))
    signature = _signature(entry, signer)
    token, unstamped = _token(entry, authority)
    # The log first: what is served without a line in it could never be proved.
    write_whole(log, before + entry.line() + b"\n")
    if signature is not None:
        kept = log.with_name(SIGNATURES)
        former = kept.read_bytes() if kept.is_file() else b""
        write_whole(kept, former + signature.line() + b"\n")
    if token is not None:
        write_whole(log.parent / stamp_path(entry.number), token)
    _put_beside(log.parent, folder)
    name = signer.name if signer is not None else ""
    return Publication(entry, released, switch(target, released), name, unstamped)


def _purges(root: Path, before: bytes, moment: datetime, manifest: Manifest) -> Iterator[Entry]:
    """Yield a line for each purge record that the log does not name yet: it explains what is gone."""
    entries, _faults = read_log(before)
    known = {entry.record for entry in entries}
    for path in list_records(root):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in known:
            entry = next_entry(
                before,
                state_after(entries),
                moment=moment,
                as_of=date.fromisoformat(manifest.facts["as_of"]),
                engine=manifest.facts["engine"],
                site=entries[-1].site if entries else START,
                kind=PURGE,
                record=digest,
            )
            before += entry.line() + b"\n"
            entries.append(entry)
            yield entry


def _signature(entry: Entry, signer: Signer | None) -> LogSignature | None:
    if signer is None:
        return None
    signed = signer.sign(entry.line(), NAMESPACE).decode("ascii")
    return LogSignature(entry.number, entry.digest, signer.name, signed)


def _token(entry: Entry, authority: str) -> tuple[bytes | None, str]:
    """Return the authority's stamp, or why there is none: no authority stops a publication."""
    if not authority:
        return None, ""
    try:
        return stamp_line(entry.line(), authority), ""
    except StampError as error:
        return None, str(error)


def _put_beside(root: Path, folder: Path) -> None:
    """Write the log, its signatures and its stamps beside the site in ``folder``."""
    for path in (root / LOG, root / SIGNATURES, *sorted((root / STAMPS).glob("*.tsr"))):
        if path.is_file():
            goal = folder / path.relative_to(root)
            goal.parent.mkdir(exist_ok=True)
            goal.write_bytes(path.read_bytes())


def _paths_of(site: Path, manifest: Manifest) -> list[str]:
    """Return what the manifests name, and they themselves; whatever else lies in the folder stays there."""
    paths = {MANIFEST, *manifest.files, *manifest.parts}
    for part in manifest.parts:
        try:
            paths |= set(read_manifest((site / part).read_bytes()).files)
        except (OSError, ManifestError):
            continue
    return sorted(paths)


def records_of(promises: Promises) -> dict[str, str]:
    """Return the SHA-256 of every file of the public records, by the name that findings give it."""
    content = promises.settings.content
    paths = sorted(path for path in content.rglob("*") if path.is_file())
    visible = (p for p in paths if not any(part.startswith(".") for part in p.relative_to(content).parts))
    return {promises.shown(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in visible}


def _manifest_of(site: Path) -> Manifest:
    try:
        manifest = read_manifest((site / MANIFEST).read_bytes())
    except (OSError, ManifestError):
        raise SetupError(
            _("没有生成好的网站，请先运行 cunwu build"), file=f"{site.name}/{MANIFEST}"
        ) from None
    if not {"as_of", "engine"} <= set(manifest.facts):
        raise SetupError(_("清单不完整，请重新运行 cunwu build"), file=MANIFEST)
    return manifest


def _reader(folder: Path) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except OSError:
            return None

    return read
