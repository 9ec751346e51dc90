"""The set-up: what the county promises and its fingerprint, remembered while no file of it changes."""

from __future__ import annotations

import io
import os
import pickle
import sys
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from generator.intake.kept_file import keep, recall
from generator.intake.stamps import UntoldError, mark_of, stamp_file, stamp_tree
from generator.pipeline.fingerprint import ENGINE, SETUP, engine_version, setup_fingerprint
from generator.promises.promises import Promises, load_promises

_DEEPEST = 12
_PLAIN = (date, Decimal, frozenset, type(Path()))
_HOMES = ("generator", "datetime", "decimal", "builtins", "pathlib")


@dataclass(frozen=True, slots=True)
class Setup:
    """What the county promises, the fingerprint of all that says so, and the version of the engine."""

    promises: Promises
    fingerprint: str
    engine: str


class _Values(pickle.Unpickler):
    """Reads back values alone: whoever can write the memory must not be able to have code run."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of plain values, or raise UnpicklingError."""
        found = super().find_class(module, name) if module.split(".", maxsplit=1)[0] in _HOMES else None
        if isinstance(found, type):
            is_ours = module.startswith("generator.")
            if found in _PLAIN or (is_ours and (is_dataclass(found) or issubclass(found, Enum))):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def load_setup(root: Path, memory: Path, before: int) -> Setup:
    """Return the set-up below ``root``; raises SetupError where it is broken.

    ``memory`` is a file: what it holds is taken while the stamps of all files of the set-up and of the
    engine are the same, and were older than ``before`` (ns).
    """
    stamps = _stamps(root, before)
    known = _remembered(memory, stamps) if stamps else None
    if known is not None:
        settings = known.promises.settings
        # Whether the records are where they should be is no part of what files say.
        if all(folder is None or folder.is_dir() for folder in (settings.content, settings.private_content)):
            return known
    from generator.checks.laws import require_laws

    promises = load_promises(root)
    require_laws(promises.catalogue)
    setup = Setup(promises, setup_fingerprint(root), engine_version())
    # Settings are not remembered that somebody may have changed since they were read.
    if stamps and stamps == _stamps(root, before):
        keep(memory, stamps + pickle.dumps(setup, protocol=5))
    return setup


def _remembered(memory: Path, stamps: bytes) -> Setup | None:
    kept = recall(memory)
    if kept is None or not kept.startswith(stamps):
        return None
    try:
        found = _Values(io.BytesIO(kept[len(stamps) :])).load()
    except pickle.UnpicklingError:
        return None
    return found if isinstance(found, Setup) else None


def _stamps(root: Path, before: int) -> bytes:
    """Return what changes whenever a file of the set-up or of the program does; b"" where nothing tells."""
    told: list[object] = [str(root), sys.version]
    try:
        told.append(stamp_tree(str(ENGINE), before, depth=_DEEPEST, leave_out=_is_compiled))
        for name in SETUP:
            path = str(root / name)
            if os.path.isdir(path):  # noqa: PTH112
                told.append(stamp_tree(path, before, depth=_DEEPEST, leave_out=_is_compiled))
            elif os.path.exists(path):  # noqa: PTH110
                told.append(stamp_file(path, before))
            else:
                told.append(None)
    except UntoldError:
        return b""
    for place in sys.path:
        # The name of what is installed holds its version.
        names = os.listdir(place) if os.path.isdir(place) else []  # noqa: PTH112, PTH208
        told.append(sorted(name for name in names if name.endswith(".dist-info")))
    return mark_of(told).encode()


def _is_compiled(name: str) -> bool:
    return name == "__pycache__"
