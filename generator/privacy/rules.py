"""Rules: a name for all that decides what is taken for personal data, so that nothing is looked at twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from generator.privacy.allow import Allowances


def rules_mark(phones: Iterable[str], allowances: Allowances, day: date) -> str:
    """Return the SHA-256 of what is looked for, the offices' ``phones``, and what is allowed on ``day``."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    allowed = [entry for entry in allowances.entries if entry.until is None or day <= entry.until]
    digest.update(f"{sorted(phones)!r}\0{allowed!r}".encode())
    return digest.hexdigest()
