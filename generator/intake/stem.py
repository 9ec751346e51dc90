"""Stems: how a file name, and a line of the register, say the period and what tells its files apart."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.model.period import Period

_STEM = re.compile(r"(?P<period>[0-9A-Z]+(?:-[0-9]{2}){0,2})(?:--(?P<slug>[a-z0-9][a-z0-9-]{0,39}))?")


# All villages disclose the same periods.
@lru_cache(maxsize=4_096)
def read_stem(stem: str) -> tuple[Period, str]:
    """Return the period and the slug ("" when there is none) of ``stem``; raises ValueError."""
    match = _STEM.fullmatch(stem)
    if match is None:
        raise ValueError(stem)
    return Period.parse(match["period"]), match["slug"] or ""
