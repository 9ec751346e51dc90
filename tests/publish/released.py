"""Released: a county of three small villages as releases, staged and placed as publishing does it."""

from __future__ import annotations

from pathlib import Path

from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File
from generator.pipeline.hands import on_all_cores
from generator.publish.inspecting import pack
from generator.publish.releases import name_of, open_target
from generator.publish.staging import place, stage

PAGE = "<!doctype html><title>公开</title>" + "<p>收入 120.00 元</p>" * 200
VILLAGES = ("hekou", "qingshi", "shiqiao")


class County:
    """A site of some villages, released again and again below a folder."""

    def __init__(self, folder: Path) -> None:
        self.target = folder / "www"
        self.villages = {slug: self.files_of(slug) for slug in VILLAGES}
        self.portal = PAGE
        self.number = 0

    def files_of(self, slug: str) -> dict[str, str]:
        return {
            f"{slug}/index.html": f"{PAGE}{slug}",
            f"{slug}/data/finance.csv": f"日期,金额\n{slug},120.00\n",
        }

    def release(self) -> Path:
        """Release the county as it is now, packed, its villages linked to; return the folder."""
        self.number += 1
        site = self.target.parent / f"site-{self.number}"
        parts: dict[str, str] = {}
        for slug, files in self.villages.items():
            part = manifest_of(File(path, text.encode()) for path, text in files.items())
            parts[f"{slug}/{MANIFEST}"] = part.root
            put(site, {**files, f"{slug}/{MANIFEST}": part.content().decode()})
        own = {"index.html": self.portal, "assets/a.0123abcd.css": "body{}"}
        put(site, own)
        hashes = manifest_of(File(path, text.encode()) for path, text in own.items())
        manifest = Manifest(hashes.files, parts)
        put(site, {MANIFEST: manifest.content().decode()})
        open_target(self.target)
        name = name_of(self.number, manifest.root)
        staged = stage(site, manifest, self.target, name, on_all_cores)
        pack(staged, on_all_cores)
        for tree in staged.fresh:
            tree.knowing(mark="", lists=(), register="")
        return place(staged, "")


def put(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
