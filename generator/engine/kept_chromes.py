"""Kept chromes: those of the last builds, so that a page can be printed without loading the theme."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from generator.engine.chrome import Chrome
from generator.engine.menu import Menu, Spot
from generator.intake.kept_file import keep, recall

_FIELDS = tuple(known.name for known in fields(Spot))


class KeptChromes:
    """The chromes that were printed with the set-up ``setup``, a file of ``folder`` for each menu."""

    def __init__(self, folder: Path, setup: str) -> None:
        self._folder, self._setup = folder, setup

    def of(self, menu: Menu) -> dict[Spot, Chrome]:
        """Return what is kept for ``menu``."""
        kept = json.loads(recall(self._path(menu)) or b"{}")
        if kept.get("setup") != self._setup or kept["menu"] != repr(menu):
            return {}
        return {
            Spot(**(spot | {"feeds": tuple(spot["feeds"])})): Chrome.of_texts(texts, gaps)
            for spot, texts, gaps in kept["chromes"]
        }

    def keep(self, menu: Menu, chromes: Mapping[Spot, Chrome]) -> None:
        """Keep ``chromes`` for ``menu``, beside those that other processes of this build printed."""
        told = [
            (
                {name: getattr(spot, name) for name in _FIELDS},
                [part.decode() for part in chrome.parts],
                chrome.gaps,
            )
            for spot, chrome in (self.of(menu) | dict(chromes)).items()
        ]
        kept = {"setup": self._setup, "menu": repr(menu), "chromes": told}
        keep(self._path(menu), json.dumps(kept, ensure_ascii=False).encode(), writer=str(os.getpid()))

    def _path(self, menu: Menu) -> Path:
        return self._folder / f"chromes-{hashlib.blake2b(repr(menu).encode(), digest_size=8).hexdigest()}"
