"""Restoring: pages that were put back from a copy are still ours, whatever time their files now bear."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.model.manifest import ManifestError, read_manifest
from generator.pipeline.output import Stamp, stamp_of
from generator.pipeline.state import SiteState


def restored(output: Path, manifest: str, state: SiteState) -> dict[str, Stamp] | None:
    """Return the stamps of a village's files as they are now, where every byte is as it was written.

    None where a file is missing or another one: ``manifest``, below ``output``, says what each must hold.
    """
    try:
        told = read_manifest((output / manifest).read_bytes())
        if told.root != state.root or {*told.files, manifest} != state.stamps.keys():
            return None
        for name, digest in told.files.items():
            with (output / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    return None
        return {name: stamp_of(output / name) for name in state.stamps}
    except (OSError, ManifestError):
        return None
