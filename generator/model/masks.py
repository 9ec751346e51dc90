"""Masks: the one way in which this county hides a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

# Surnames of two characters that still occur; a name that begins with one keeps both.
_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 "
    "濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 巫马 公西 "
    "颛孙 壤驷 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 "
    "左丘 西门 第五 南荣 东里 即墨 达奚 褚师 完颜 纳兰 叶赫 那拉 耶律 哥舒 爱新 "
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
_DOTS = "·•・‧．"


def mask_name(name: str) -> str:
    """Return the surname with the rest hidden, always to the same length: a longer mask tells too much.

    A compound surname stays whole; of a name with a dot (买买提·艾力) its first part.
    """
    for dot in _DOTS:
        if dot in name[1:]:
            return f"{name.partition(dot)[0]}·**"
    surname = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[:1]
    return f"{surname}**" if name else ""


def hide(text: str) -> str:
    """Return a mask alone: in a small group even a surname tells who receives relief."""
    return "**" if text else ""


MASKS: Mapping[str, Callable[[str], str]] = {"surname": mask_name, "hidden": hide}
