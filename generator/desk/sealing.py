"""Sealing: a list of persons that lands is bound by its seal in the public root at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.desk.grounds import Grounds
from generator.desk.held import Held
from generator.intake.csv_file import read_csv
from generator.intake.seal_file import SALT_SUFFIX, SEAL_SUFFIX, read_salt, seal_text
from generator.intake.table_reader import TableReader
from generator.model.finding import Finding
from generator.model.seal import seal_of

_SALT_BYTES = 32


def seals_of(
    grounds: Grounds, tables: Sequence[Held], committed: Callable[[Path], bytes | None]
) -> dict[Path, bytes]:
    """Return the files that bind the lists among ``tables``: seals, and salts where there are none yet.

    What cannot be read is not sealed: it is held back, and ``cunwu check`` speaks of it.
    """
    found: dict[Path, bytes] = {}
    content = grounds.bases()[0]
    for held in tables:
        spot = held.spot
        if not spot.item.is_private or spot.path.suffix != ".csv":
            continue
        reader = TableReader(spot.item.schema, hides_values=True)
        table, findings = read_csv(held.ours, held.sheet.path, reader)
        if any(finding.is_error for finding in findings):
            continue
        salt_path = spot.path.with_name(f"{spot.stem}{SALT_SUFFIX}")
        before = committed(salt_path)
        salt = read_salt(before, held.sheet.path) if before is not None else secrets.token_hex(_SALT_BYTES)
        if isinstance(salt, Finding):
            continue
        if before is None:
            found[salt_path] = f"{salt}\n".encode("ascii")
        seal_path = content / spot.folder / spot.item.name / f"{spot.stem}{SEAL_SUFFIX}"
        found[seal_path] = seal_text(seal_of(table, salt)).encode()
    return found
