"""Feet: what stands below a table about who made it, who reviewed it and where it was put up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.sheets.days import read_day
from generator.sheets.plain_text import plain

_PREPARED = "制表人|制表|填表人|编制人|编制|报账员|会计|出纳|文书|经办人"
_REVIEWED = "村务监督委员会主任|村务监督委员会|监委会主任|监委会|审核人|审核|复核人|复核"
_POSTED = (
    "公示起止时间|公示起止日期|公示起止|公示时间|公示日期|公示期限|公示期|公开日期|公开时间|张贴时间|张贴日期"
)
_PLACE = "公示地点|公开地点|张贴地点"
_REVIEWED_ON = "审核日期|审核时间"
_OTHER = (
    "监督电话|举报电话|监督举报电话|咨询电话|联系电话|村党支部书记|村党组织书记|支部书记|书记|村委会主任|村主任|主任|"
    "负责人|单位负责人|统计负责人|民主理财小组|理财小组|审批人|审批|签字|盖章|公章|报出日期|填报日期|填表日期|制表日期|"
    "打印日期|日期|证明人|经手人|村民代表"
)
_LABEL = re.compile(
    rf"(?P<reviewed_on>{_REVIEWED_ON})|(?P<posted>{_POSTED})|(?P<place>{_PLACE})|(?P<other>{_OTHER})"
    rf"|(?P<reviewed>{_REVIEWED})|(?P<prepared>{_PREPARED})"
)
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})(?:\([^()]*\))?:")
# Offices that sign: a word is kept only when it is one of these and nothing else, for the rest is a name.
_OFFICE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6}(?:村|社区|镇|乡|街道))?(?:村|社区|镇|乡|街道|驻村)?"
    r"(?:报账员|会计|出纳|文书|文书员|民政专干|民政员|专干|农经员|农经站|财政所|经管站|代理记账中心|三资(?:管理|代理|服务)中心"
    r"|(?:村务|居务)?监督委员会|监委会|监督小组|(?:村民|居民)委员会|村委会|居委会|(?:党)?支部|党总支|党委"
    r"|(?:民主)?理财小组|民主监督小组|(?:股份)?经济合作社|监事会|理事会)(?:主任|组长|书记)?"
)
_TO = re.compile(r"[-—–~至到]+")


@dataclass(frozen=True, slots=True)
class Footer:
    """What a foot says for the register of publications; nobody's name is kept, only the office."""

    prepared_by: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    posted_from: date | None = None
    posted_to: date | None = None
    location: str = ""

    def over(self, other: Footer) -> Footer:
        """Return this foot, what it leaves open taken from ``other``."""
        return Footer(
            self.prepared_by or other.prepared_by,
            self.reviewed_by or other.reviewed_by,
            self.reviewed_on or other.reviewed_on,
            self.posted_from or other.posted_from,
            self.posted_to or other.posted_to,
            self.location or other.location,
        )


def is_footer(text: str) -> bool:
    """Return whether a cell begins with a word of the foot and a colon."""
    return _LABELLED.match(plain(text)) is not None


def read_footer(texts: Sequence[str], year: int | None) -> Footer:
    """Return what the cells of one row say; a date without a year is of ``year``."""
    words = plain(" ".join(texts))
    matches = list(_LABELLED.finditer(words))
    footer = Footer()
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(words)
        footer = _with(footer, match, words[match.end() : end].strip(",，;；。"), year)
    return footer


def _with(footer: Footer, match: re.Match[str], value: str, year: int | None) -> Footer:
    label = re.split(r"[(:]", match[0])[0]
    if match["prepared"]:
        return replace(footer, prepared_by=footer.prepared_by or _office(label, value))
    if match["reviewed"]:
        if label.startswith(("村务监督委员会", "监委会")):
            return replace(footer, reviewed_by=footer.reviewed_by or "村务监督委员会")
        return replace(footer, reviewed_by=footer.reviewed_by or _office(label, value))
    if match["reviewed_on"]:
        return replace(footer, reviewed_on=_day(value, year))
    if match["place"]:
        return replace(footer, location=value[:40])
    if match["posted"]:
        first, _separator, last = (
            value.partition(found[0]) if (found := _TO.search(value)) else (value, "", "")
        )
        start = _day(first, year)
        return replace(footer, posted_from=start, posted_to=_day(last, start.year if start else year))
    return footer


def _office(label: str, value: str) -> str:
    """Return the office that signed: what is written when it is one, else the word before the name."""
    if _OFFICE.fullmatch(value):
        return value
    return label if value else ""


def _day(text: str, year: int | None) -> date | None:
    try:
        return read_day(text, year)
    except ValueError:
        return None
