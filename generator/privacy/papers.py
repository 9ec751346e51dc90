"""Papers: numbers with letters, which are passports, permits, social-security cards and licence plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.hit import Hit, error
from generator.privacy.identifiers import is_old_foreign_permit
from generator.privacy.labels import Label, label_before

PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTERED = re.compile(
    r"(?<![0-9A-Z])(?:(?P<permit>[A-Z]{3}[0-9]{12})|(?P<hong_kong>[A-Z]{1,2}[0-9]{6}\([0-9A]\))"
    r"|(?P<paper>[A-Z]{1,2}[ -]?[0-9]{7,10}|[0-9]{8}(?:[0-9]{2})?|"
    r"[157][0-9]{6}\([0-9]\)))(?![0-9A-Z])"
)
_PLATE = re.compile(
    rf"[{PLATE_PROVINCES}][A-HJ-NP-Z][·. -]{{0,2}}"
    r"(?:[0-9]{5}[A-HJK]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|(?=[A-Z]{0,2}[0-9]|"
    r"[0-9]{1,3}[A-Z])[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领])"
    r"(?![0-9A-Z])|WJ[·. -]?[0-9]{2}[·. -]?[0-9]{4}[0-9A-Z](?![0-9A-Z])|(?:使|领)[0-9]{6}(?![0-9])"
)
_DAY = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")
_PAPERS = {Label.PASSPORT: "passport", Label.ID: "passport", Label.SOCIAL: "social-card"}


def paper_hits(text: str, heading: Label) -> Iterator[Hit]:
    """Yield the lettered numbers of a plain text that a label calls papers, and old permits of foreigners."""
    previous, end = Label.NONE, 0
    for match in _LETTERED.finditer(text):
        if match["permit"]:
            if is_old_foreign_permit(match["permit"]):
                yield error("residence-permit", *match.span())
            continue
        label = label_before(text, match.start())
        if label is Label.NONE and end and match.start() - end <= 3:
            label = previous
        previous, end = label, match.end()
        label = heading if label is Label.NONE else label
        is_bare = match[0].isdigit()
        if label in _PAPERS and not (is_bare and (label is not Label.PASSPORT or _DAY.match(match[0]))):
            yield error(_PAPERS[label], *match.span())


def plate_hits(text: str) -> Iterator[Hit]:
    """Yield the licence plates of a plain text."""
    for match in _PLATE.finditer(text):
        if sum(mark.isdigit() for mark in match[0]) >= 2:
            yield error("plate", *match.span())
