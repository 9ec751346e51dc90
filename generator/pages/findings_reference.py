"""The reference of findings: every code with an example of what it says and what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

from generator.wording import N_, Wording, _
from generator.wording.authority import AUTHORITY
from generator.wording.laws import LAWS
from generator.wording.privacy import PRIVACY
from generator.wording.proof import PROOF
from generator.wording.receipts import ATTACHING, RECEIPTS
from generator.wording.records import RECORDS
from generator.wording.sheets import SHEETS
from generator.wording.statutes import STATUTES

_EXAMPLES = Path(__file__).parents[1] / "manual" / "examples.json"
# In an example, the spot at which the finding stands.
PLACE = "@"
GROUPS: Mapping[str, Mapping[str, Wording]] = {
    "findings-records": RECORDS,
    "findings-laws": LAWS,
    "findings-statutes": STATUTES,
    "findings-privacy": PRIVACY,
    "findings-sheets": SHEETS,
    "findings-receipts": {**RECEIPTS, **ATTACHING},
    "findings-proof": PROOF,
    "findings-authority": AUTHORITY,
}
_SEVERITIES = {"error": N_("错误"), "warning": N_("提醒")}
# What Markdown would take for its own.
_SIGNS = re.compile(r"([\\`*_{}\[\]#+!|])")


@cache
def examples() -> Mapping[str, Mapping[str, str]]:
    """Return for each code the facts of one made-up case; ``PLACE`` is where it stands, where that helps."""
    found: dict[str, dict[str, str]] = json.loads(_EXAMPLES.read_bytes())
    return found


def findings_references() -> dict[str, str]:
    """Return Markdown tables of all codes, by the name of their group."""
    return {name: "\n".join(_table(codes)) for name, codes in GROUPS.items()}


def _table(codes: Mapping[str, Wording]) -> Iterator[str]:
    yield f"| {_('代号')} | {_('例子')} | {_('怎么办')} |\n|---|---|---|"
    for code, wording in codes.items():
        facts = examples()[code]
        place, severity = facts.get(PLACE, ""), _(_SEVERITIES[wording.severity])
        message, hint = (_text(_(words).format_map(facts)) for words in (wording.message, wording.hint))
        spot = f"{_text(place)}<br>" if place else ""
        yield f'| <code id="{code}">{code}</code> {severity} | {spot}{message} | {hint} |'


def _text(words: str) -> str:
    return _SIGNS.sub(r"\\\1", escape(words, quote=False).replace("\n", " "))
