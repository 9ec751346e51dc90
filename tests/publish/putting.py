"""Putting out: any folder as a release, as publishing does it, for tests of what is served."""

from __future__ import annotations

from pathlib import Path

from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import manifest_of
from generator.model.site import File
from generator.pipeline.hands import on_all_cores
from generator.publish.inspecting import pack
from generator.publish.releases import files_below, name_of, open_target, prepare_switch, switch
from generator.publish.staging import Staged, place, stage


def staged_of(site: Path, target: Path, number: int) -> Staged:
    """Return ``site`` as a release below ``target`` that is not served yet; its manifest is written anew."""
    (site / MANIFEST).unlink(missing_ok=True)
    manifest = manifest_of(File(path, (site / path).read_bytes()) for path in files_below(site))
    (site / MANIFEST).write_bytes(manifest.content())
    open_target(target)
    return stage(site, manifest, target, name_of(number, manifest.root), on_all_cores)


def put_out(site: Path, target: Path, number: int) -> int:
    """Serve ``site`` below ``target``; return how many compressed copies had to be made."""
    staged = staged_of(site, target, number)
    made = pack(staged, on_all_cores)
    switch(target, prepare_switch(target, place(staged, "")))
    return made
