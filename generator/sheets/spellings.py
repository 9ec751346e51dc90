"""Spellings: how clerks write the words that a column allows, where it can mean only that one."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.item import TableSchema
from generator.sheets.headings import Confirmed
from generator.sheets.plain_text import plain

# The word that schemas use → what stands for it on forms.
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "村委会": ("村民委员会", "村委"),
    "村集体": (
        "村集体经济组织",
        "集体经济组织",
        "村经济合作社",
        "经济合作社",
        "股份经济合作社",
        "村级集体",
    ),
    "组级集体": ("组集体", "小组集体", "组级"),
    "居委会": ("居民委员会", "社区居委会"),
    "银行": ("银行存款", "银行账户", "基本户", "存款"),
    "现金": ("库存现金", "现钞"),
    "期初": ("期初余额", "期初结余", "年初余额"),
    "上月结转": (
        "上季结转",
        "上季结余",
        "上期结余",
        "上年结转",
        "上月结余",
        "上期结转",
        "上月余额",
        "承上月",
        "上月结存",
    ),
    "利息": ("利息收入", "存款利息", "银行利息"),
    "干部报酬": ("村干部报酬", "干部工资", "村干部工资", "干部补贴"),
    "误工补贴": ("误工费", "误工补助", "务工补贴"),
    "办公费": ("办公费用", "办公支出"),
    "水电费": ("水费电费", "水电", "电费", "水费"),
    "财政补助": ("财政拨款", "上级补助", "上级拨款", "财政补助收入"),
    "其他收入": ("其它收入",),
    "其他支出": ("其它支出",),
    "其他": ("其它",),
    "低保": ("最低生活保障", "农村低保"),
    "特困供养": ("特困", "五保", "特困人员供养", "特困人员"),
    "临时救助": ("临时困难救助",),
    "亩": ("元/亩",),
    "人": ("元/人",),
    "户": ("元/户",),
    "月": ("元/月", "元/人·月", "个月"),
    "次": ("元/次",),
}


def spellings_for(
    schema: TableSchema, confirmed: Confirmed, renamed: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """Return for each column with a closed list the other spellings of its words.

    ``renamed`` are accounts by the name they once had. What a clerk confirmed goes before all.
    """
    found: dict[tuple[str, str], str] = {}
    for column in schema.fields:
        allowed = set(column.constraints.get("enum", ()))
        for word in allowed:
            for spelling in _SPELLINGS.get(word, ()):
                # 其它 may be another word of the same list.
                if spelling not in allowed:
                    found[column.name, plain(spelling)] = word
        for former, word in renamed.items():
            if word in allowed and former not in allowed:
                found[column.name, plain(former)] = word
    for (name, spelling), word in confirmed.values.items():
        found[name, plain(spelling)] = word
    return found
