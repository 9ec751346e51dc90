"""Signatures of the disclosure log: who answers for which line, kept beside it, one JSON line for each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

NAME = "disclosure-log.sig.jsonl"
NAMESPACE = "cunwu-log"


@dataclass(frozen=True, slots=True)
class LogSignature:
    """One signature: the number of the log's line, the line's SHA-256, the signer's name, the SSH signature.

    What is signed are the bytes of the line, without its line break.
    """

    number: int
    digest: str
    signer: str
    signature: str

    def line(self) -> bytes:
        """Return the signature as it stands in its file, without its line break."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()


def read_signatures(content: bytes) -> tuple[list[LogSignature], list[int]]:
    """Return the signatures in ``content``, and the lines (counted from 1) that hold none."""
    found: list[LogSignature] = []
    broken: list[int] = []
    for position, line in enumerate(content.splitlines(), start=1):
        signature = _read_line(line)
        if signature is None:
            broken.append(position)
        else:
            found.append(signature)
    return found, broken


def _read_line(line: bytes) -> LogSignature | None:
    try:
        kept = json.loads(line)
        signature = LogSignature(kept["number"], kept["digest"], kept["signer"], kept["signature"])
        texts = (signature.digest, signature.signer, signature.signature)
        is_sound = type(signature.number) is int and all(isinstance(text, str) for text in texts)
        # Written anew it must be the same bytes: nothing rides along unseen.
        return signature if is_sound and signature.line() == line else None
    except (ValueError, KeyError, TypeError):
        return None
