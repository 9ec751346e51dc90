"""Trailers: what a commit message says of who drew up a change, who reviewed it, and why it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.promises.promises import starred

REASON, REVIEWED, PREPARED, WITHDRAWN = "更正原因", "审核", "编制", "撤回原因"
_FIELDS = {REASON: "reason", REVIEWED: "reviewed", PREPARED: "prepared", WITHDRAWN: "withdrawn"}
_LINE = re.compile(rf"\s*({'|'.join(_FIELDS)})\s*[:：]\s*(.*\S)\s*")
_ADDRESS = re.compile(r"<?[^\s<>@，。；、]+@[^\s<>@，。；、]+>?")


@dataclass(frozen=True, slots=True)
class Trailers:
    """What the lines 更正原因:, 审核:, 编制: and 撤回原因: of a message say; "" where there is none.

    They hold no e-mail address and no number that could be somebody's.
    """

    reason: str = ""
    reviewed: str = ""
    prepared: str = ""
    withdrawn: str = ""


NO_TRAILERS = Trailers()


def read_trailers(message: str) -> Trailers:
    """Return the trailers of a commit message; a line that is indented goes on with the one before it."""
    found: dict[str, list[str]] = {}
    own: list[str] | None = None
    for line in message.splitlines():
        match = _LINE.fullmatch(line)
        if match is not None:
            own = found.setdefault(_FIELDS[match[1]], [])
            own.append(presentable(match[2]))
        elif own and line[:1].isspace() and line.strip():
            own[-1] += presentable(line.strip())
        else:
            own = None
    return Trailers(**{name: "；".join(filter(None, texts)) for name, texts in found.items()})


def presentable(text: str) -> str:
    """Return a text of a commit without e-mail addresses, long numbers or control characters."""
    printed = "".join(mark for mark in text if mark.isprintable())
    return starred(_ADDRESS.sub("", printed)).strip()
