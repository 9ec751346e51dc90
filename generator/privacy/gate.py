"""The gate: a few passes over the bytes of a text that say that nothing personal can stand in it."""

from __future__ import annotations

import re

from generator.privacy.papers import PLATE_PROVINCES
from generator.privacy.people import names_a_door

# Each stands for every text in which a label, or a word about a person, can matter.
_WORDS = (
    "身份 证件号 居住证 居留 残疾 户口簿 社保 医保卡 医保号 医疗证 社会保障 账号 帐号 卡号 一卡通 一折通 "
    "存折 银行卡 储蓄卡 借记卡 护照 通行证 回乡证 "
    "台胞证 旅行证 电话 手机 联系 座机 宅电 致电 拨打 短信 微信 热线 出生 生日 生于 出世 诞生 生辰 住址 "
    "地址 现住 居住 户籍 门牌 家住 住在 住于 家庭 "
    "年龄 岁数 年级 班级 就读 单元 号楼 栋 幢 门洞 高血压 糖尿 癌 肿瘤 白血病 尿毒症 精神病 精神障碍 "
    "精神分裂 精神疾病 抑郁 艾滋 乙肝 丙肝 肝炎 肝硬化 "
    "肝病 结核 脑梗 脑溢血 脑出血 脑瘫 中风 瘫 截肢 心脏病 冠心病 心梗 肾 透析 残障 智障 弱智 聋 失聪 "
    "失明 盲人 癫痫 帕金森 痴呆 阿尔茨 重病 大病 "
    "慢性病 患病 患有 身患 手术 住院 病故 病重 因病 病退 怀孕 孕妇 流产 不孕 化疗 放疗 失能 卧床 白内障 "
    "尘肺 狼疮 血友病 骨折 自闭 唐氏 先天性 哮喘 "
    "肺气肿 肺病 甲亢 类风湿 痛风 梅毒 戒毒 吸毒 重疾 绝症 病情 病史 确诊 胃病 小学 中学 初中 高中 幼儿 "
    "学校 职中 附小 附中 一中 二中 三中 实小 完小 "
    "孤儿 困境儿童 留守儿童 无人抚养 未成年 辍学 婴 新生儿 服刑 HIV TEL tel Tel ASSPORT assport "
)
# A word is looked for from a mark of it that ledgers seldom hold, so that few places need a second look.
_COMMON = frozenset(
    "银结电现居出生账拨户类证社三小学服存一年二初中门心大地手家身号实心人行会卡保医高精白因病新留"
)


def _by_rare_mark(words: list[str]) -> str:
    endings: dict[str, list[str]] = {}
    for word in words:
        index = next((i for i, mark in enumerate(word) if mark not in _COMMON), 0)
        before = f"(?<={word[: index + 1]})" if index else ""
        endings.setdefault(word[index], []).append(before + word[index + 1 :])
    return "|".join(f"{mark}(?:{'|'.join(rest)})" for mark, rest in endings.items())


# Markup is full of Latin letters: as branches of the pattern these words would slow it to a quarter.
_LATIN = tuple(word for word in _WORDS.split() if word.isascii())
_WORD = re.compile(
    "|".join(
        (
            _by_rare_mark([word for word in _WORDS.split() if word not in _LATIN]),
            "岁(?![以及至到~-])",
            "生(?<=[日月年0-9]生)",
            "室(?<=[0-9]室)",
            "座(?<=[0-9 ]座)",
        )
    )
)
# Digits and marks of other scripts, by the first byte of their UTF-8; scripts that no clerk uses count whole.
_RARE_MARKS = tuple(bytes((code,)) for code in (0xCD, 0xCE, 0xCF, 0xD0, 0xD1, 0xD9, 0xDB, 0xE0, 0xE1, 0xF0))
# Each with the byte that it begins with, which most texts do not hold.
_ODD_BYTES = (
    (
        b"\xef",
        re.compile(
            rb"\xef(?:\xbc[\x8a\x90-\x99\xa1-\xba]|\xbd[\x81-\x9a\xa5]|\xbb\xbf|\xb8[\x8e\x8f]|\xb9[\x98\xa3])"
        ),
    ),
    (
        b"\xe2",
        re.compile(
            rb"\xe2(?:\x80[\x80-\x8f\xa2\xa7\xaf]|[\x81-\x83\x85\x88\x8b\x91-\x98\x9a\x9c-\x9e\xa0\xac])"
        ),
    ),
    (b"\xc2", re.compile(rb"\xc2[\xad\xb2\xb3\xb9]")),
    (b"\xe3", re.compile(rb"\xe3\x83\xbb")),
    (b"\xc3", re.compile(rb"\xc3\x97")),
)
_PLATE = re.compile(f"[{PLATE_PROVINCES}] ?[A-Za-z]")
_NUMBERED = re.compile("号(?<=[0-9一二三四五六七八九十 ]号)")
_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))


def _table(kept: bytes) -> bytes:
    """Return a table that makes all digits 0, all letters A, and what is not ``kept`` nothing in "
    "particular."""
    table = bytearray(b"~" * 128 + b"H" * 128)
    for code in _LETTERS:
        table[code] = ord("A")
    table[48:58] = b"0" * 10
    for code in b"xX":
        table[code] = ord("X")
    for code in b",;\t|\n\x1f":
        table[code] = ord(",")
    for code in kept:
        table[code] = code
    return bytes(table)


# Once with the digits as they stand, cells parted by commas; once with all that may part one number left out,
# which is bytes of rare dashes and spaces too: what remains of other characters only makes runs longer.
_AS_WRITTEN = _table(b".*-")
_QUOTES = b" \"'\r"
_TOGETHER = _table(b"").replace(b"X", b"0")
_PARTING = b" -._/\\()+\r" + bytes.fromhex(
    "80 88 89 8b 8c 8d 8e 8f 90 91 92 93 94 95 a0 b7 bb bc bf c2 e2 e3 ef"
)
_LONG_RUN = re.compile(rb"000000(?!0{0,3}\.)")
# The second stands in a number of four cells of four digits as well.
_CELLS = (b"000-0000", b"000,0000,0000")
_STARS = (b"0**", b"**0", b"0*0")
_CROSSES = (b"0XX", b"XX0")


def may_hit(text: str) -> bool:
    """Return whether anything personal can stand in ``text``, whichever way it is cut into cells."""
    if _WORD.search(text) or any(word in text for word in _LATIN):
        return True
    if text.isascii():
        raw = text.encode()
    else:
        raw = text.encode("utf-8", "surrogatepass")
        if _has_odd_marks(raw):
            return True
    return _has_number(raw) or any(
        names_a_door(text[max(0, match.start() - 16) : match.end() + 16])
        for match in _NUMBERED.finditer(text)
    )


def _has_odd_marks(raw: bytes) -> bool:
    return any(mark in raw for mark in _RARE_MARKS) or any(
        first in raw and odd.search(raw) for first, odd in _ODD_BYTES
    )


def _has_number(raw: bytes) -> bool:
    written = raw.translate(_AS_WRITTEN, _QUOTES)
    if b"000000" in written and _LONG_RUN.search(written):
        return True
    if any(cells in written for cells in _CELLS) or b"0000000000" in raw.translate(_TOGETHER, _PARTING):
        return True
    if b"*" in written and any(stars in written for stars in _STARS):
        return True
    # Most tables hold no letter at all, which is seen far sooner than that none follows a character.
    has_letter, has_cross = b"A" in written, b"X" in written
    if has_cross and any(crosses in written for crosses in _CROSSES):
        return True
    may_be_plate = (has_letter and b"HA" in written) or (has_cross and b"HX" in written)
    return may_be_plate and _PLATE.search(raw.decode("utf-8", "surrogatepass")) is not None


def is_suspicious(text: str) -> bool:
    """Return whether :func:`detect` or :class:`MaskStyles` can find anything in any part of ``text``.

    It is for the text of a whole file: what is false here need not be read again cell by cell.
    """
    return "*" in text or may_hit(text)
