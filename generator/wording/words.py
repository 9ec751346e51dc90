"""Words: how a text becomes one that a person reads, and how a finding is put."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

_translations = gettext.translation("cunwu", Path(__file__).parents[1] / "locale", fallback=True)
_ = _translations.gettext


@dataclass(frozen=True, slots=True)
class Wording:
    """How a finding is put: ``{facts}`` are filled in; severity is "error" (错误) or "warning" (提醒)."""

    message: str
    hint: str
    severity: str = "error"
