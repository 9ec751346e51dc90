"""Publishing: a site that holds is put out, and the log tells of it; or nothing happens."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.history.repository import read_versions
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import Entry, next_entry
from generator.model.finding import Finding, Place, SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.privacy.leaks import Leak
from generator.promises.promises import Promises
from generator.publish.releases import Released, files_below, require_target, stage, switch
from generator.publish.verifying import verify_site
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Publication:
    """What was put out: the line of the log, the files that changed, and where it is served from."""

    entry: Entry
    released: Released
    folder: Path


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
) -> Publication | Refusal:
    """Put ``site`` out below ``target`` and append to the log below the county's root.

    ``scan`` looks a folder through for personal data. What is looked at is the copy that will be served,
    before it is. Raises SetupError when the log does not hold or the target is not ours.
    """
    require_target(target)
    manifest = _manifest_of(site)
    facts = manifest.facts
    log = promises.root / LOG
    before = log.read_bytes() if log.is_file() else b""
    try:
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
    released = stage(site, _paths_of(site, manifest), target, name, (LOG,))
    folder = released.folder
    findings = tuple(verify_site(_reader(folder), files_below(folder)))
    leaks = tuple(leak for leak in scan(folder) if leak.is_error)
    if findings or leaks:
        return Refusal(findings, leaks)
    after = before + entry.line() + b"\n"
    (folder / LOG).unlink(missing_ok=True)
    (folder / LOG).write_bytes(after)
    # The log first: what is served without a line in it could never be proved.
    partial = log.with_name(f".{LOG}.part")
    partial.write_bytes(after)
    partial.replace(log)
    return Publication(entry, released, switch(target, released))


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
