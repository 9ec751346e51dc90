"""Seal files: what the public root keeps of a private list, and the salt that its private root keeps."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from generator.intake.csv_file import decode
from generator.model.finding import Finding, Place
from generator.model.seal import Seal
from generator.promises.strict_yaml import read_yaml
from generator.wording import _

SEAL_SUFFIX, SALT_SUFFIX = ".sealed.yaml", ".salt"
_HEX = re.compile(r"[0-9a-f]{64}")
_COUNT = re.compile(r"0|[1-9][0-9]{0,6}")
_KEYS = {"rows", "totals", "root"}


def read_seal(content: bytes, file: str) -> Seal | Finding:
    """Return the seal in a ``.sealed.yaml`` file, or the finding that it is none."""
    text = decode(content, file)
    if isinstance(text, Finding):
        return text
    document = read_yaml(text)
    value = document.value
    if document.problems or not isinstance(value, dict) or set(value) != _KEYS:
        return Finding.of("seal-form", Place(file))
    totals = value["totals"] or {}
    texts = [value["rows"], value["root"], *(totals.values() if isinstance(totals, dict) else [None])]
    if not all(isinstance(entry, str) for entry in texts):
        return Finding.of("seal-form", Place(file))
    try:
        sums = {name: Decimal(amount) for name, amount in totals.items()}
    except InvalidOperation:
        return Finding.of("seal-form", Place(file))
    if not _COUNT.fullmatch(value["rows"]) or not _HEX.fullmatch(value["root"]):
        return Finding.of("seal-form", Place(file))
    if not all(amount.is_finite() for amount in sums.values()):
        return Finding.of("seal-form", Place(file))
    return Seal(int(value["rows"]), sums, value["root"])


def read_salt(content: bytes, file: str) -> str | Finding:
    """Return the salt in a ``.salt`` file, or the finding that it is none."""
    text = content.decode("ascii", "replace").strip()
    return text if _HEX.fullmatch(text) else Finding.of("seal-form", Place(file))


def seal_text(seal: Seal) -> str:
    """Return what a ``.sealed.yaml`` file holds, to the byte the same for the same seal."""
    lines = [
        _("# 名单的承诺，由 cunwu privacy seal 写出，请勿手改。名单在不公开的目录里，公示期满后删除。"),
        f'rows: "{seal.rows}"',
        "totals:",
        *(f'  {name}: "{amount}"' for name, amount in seal.totals.items()),
        f"root: {seal.root}",
    ]
    if not seal.totals:
        lines[2] = "totals: {}"
    return "\n".join(lines) + "\n"
