"""People: home addresses, health, minors and birth dates, which a named person must confirm or remove."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.privacy.hit import Hit, warning
from generator.privacy.names import named_persons

_HEALTH = re.compile(
    "高血压|糖尿病|癌|肿瘤|白血病|尿毒症|精神病|精神障碍|精神分裂|精神疾病|抑郁|艾滋|HIV|乙肝|丙肝|肝炎|"
    "肝硬化|肝病|肺结核|结核病|"
    "脑梗|脑溢血|脑出血|脑瘫|中风|偏瘫|瘫痪|截瘫|截肢|心脏病|冠心病|心梗|肾衰|肾病|透析|残障|智障|弱智|"
    "聋哑|失聪|失明|盲人|癫痫|"
    "残疾(?!人(?:证|辅具|联合|就业|之家)|鉴定|预防)|"
    "帕金森|老年痴呆|阿尔茨海默|重病|大病(?!保险|医保)|慢性病|患病|患有|身患|手术|住院|病故|病重|因病|"
    "病退|怀孕|孕妇|流产|不孕|化疗|"
    "放疗|失能|卧床|白内障|尘肺|狼疮|血友病|骨折|自闭|唐氏|先天性|哮喘|肺气肿|肺病|胃病|甲亢|类风湿|痛风|"
    "梅毒|戒毒|吸毒|重疾|绝症|"
    "病情|病史|确诊"
)
_PUBLIC_HEALTH = re.compile(
    "防治|预防|筛查|宣传|知识|讲座|义诊|体检|科普|培训|疫苗|接种|政策|保险|医保|报销比例"
)
_AGE = re.compile(
    r"(?<![0-9一二三四五六七八九十.])(?P<age>[0-9]{1,2}|[一二两三四五六七八九]|"
    r"十[一二三四五六七八九]?)[ 周]{0,2}"
    r"岁(?!以上|及以上|以下|至|到|-|~)"
)
_SCHOOL = re.compile(
    r"(?:小学|中学|初中|高中|幼儿园|学校|职中|附小|附中|一中|二中|三中|实小|完小)[^。;\n]{0,8}?"
    r"(?:[0-9一二三四五六七八九]{1,2}年级|[初高][一二三]|[大中小]班|[0-9一二三四五六七八九()]{1,5}班)"
)
_CHILD = re.compile("孤儿|困境儿童|留守儿童|事实无人抚养|未成年|辍学|幼儿|婴儿|新生儿|弃婴|服刑人员子女")
_AGE_HEADING = re.compile("年龄|岁数")
_CLASS_HEADING = re.compile("班级|年级|就读|学校")
_CLASS = re.compile("[年初高][级一二三]|[大中小]班|小学|中学|幼儿园")
_BIRTH_WORD = "出生(?!医学|登记|人口|率|缺陷|申报)|(?<![产发])生日|(?<![产发])生于|出世|诞生|生辰"
_BIRTH_HEADING = re.compile(_BIRTH_WORD)
_YEAR = "(?:18|19|20)[0-9]{2}"
_DAY = (
    rf"{_YEAR} ?(?:年 ?|[-/. ])[0-9]{{1,2}}(?: ?(?:月 ?|[-/. ])[0-9]{{1,2}} ?日?| ?月)?"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])?(?![0-9])"
    "|[一二][0-9〇零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_BIRTH_DAY = re.compile(rf"(?<![0-9])(?:{_DAY})")
_BIRTH = re.compile(
    rf"(?:{_BIRTH_WORD})[^0-9一二。;\n]{{0,8}}(?P<after>{_DAY})"
    rf"|(?<![0-9])(?P<before>{_DAY}) ?(?:出生(?!医学|登记|人口|率|缺陷|申报)|生(?=$|[,;。.、()的人\s]))"
)
_BIRTH_YEAR = re.compile(rf"\s*(?:{_YEAR}年?|[0-9]{{2}}[-/.年][0-9]{{1,2}}(?:[-/.月][0-9]{{1,2}}日?)?)\s*")
_NUMBER = "[0-9一二三四五六七八九十]{1,5}"
_NO_UNIT = "(?! ?[0-9.元万亩人户年平米:%])"
_ROOM = re.compile(
    rf"{_NUMBER} ?(?:栋|幢|号楼|座) ?(?:{_NUMBER} ?(?:单元|门|"
    rf"梯) ?)?(?:[一二三四五六七八九十0-9]{{1,2}}[楼层] ?)?"
    rf"[0-9]{{3,4}} ?(?:室|号(?!会议|办公|窗)|房)?{_NO_UNIT}"
    rf"|{_NUMBER} ?(?:单元|门洞) ?[0-9]{{2,4}} ?(?:室|号|房)?{_NO_UNIT}"
    rf"|{_NUMBER} ?号院? ?{_NUMBER} ?(?:单元|号楼|栋|幢) ?[0-9]{{2,4}}"
    r"|(?<![0-9])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4} ?室"
)
_DOOR = re.compile(
    rf"(?:[组队社路街巷弄道村庄湾屯坪沟院里段]|胡同|小区|花园|新村|家园) ?{_NUMBER}(?:附{_NUMBER}|"
    rf"-[0-9]{{1,4}})? ?号"
    rf"(?:附{_NUMBER}号|之{_NUMBER})?"
    "(?! ?(?:门面|窗口|公告|文|令|井|机|桥|泵|池|塘|地块|车|线|杆|楼|院|至|到|-|~|、|房屋|票|样|会议|台|"
    "变|标|店|铺|厂|仓|摊))"
)
_HOME = re.compile("住址|家庭地址|家庭住址|现住|居住地|户籍地|家住|住在|住于|居住在|门牌|家庭所在")
_HOME_HEADING = re.compile("住址|家庭|现住|居住|户籍|门牌|^地址$|详细地址|联系地址|通讯地址")
_PUBLIC_PLACE = re.compile(
    "中心|委员会|村委|居委|政府|办公|会议|服务站|窗口|学校|医院|卫生[室院]|活动室|公司|银行|派出所|法院|"
    "合作社|农家书屋|食堂|日间照料|"
    "阅览|大厅|仓库|门面"
)
# How far from a name a word still speaks of its bearer.
_BESIDE = 40
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def names_a_door(text: str) -> bool:
    """Return whether a text has a house number, at which somebody may live."""
    return _DOOR.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Persons:
    """Where a plain text names persons; ``everywhere`` when its row or its column does."""

    text: str
    everywhere: bool
    places: list[int]

    @classmethod
    def of(cls, text: str, *, everywhere: bool) -> _Persons:
        return cls(
            text, everywhere, [start for start in named_persons(text) if not _HEALTH.match(text, start)]
        )

    def are_beside(self, start: int) -> bool:
        """Return whether somebody is named on the same line, a sentence or so from ``start``."""
        if self.everywhere:
            return True
        index = bisect_right(self.places, start)
        return any(
            abs(place - start) <= _BESIDE and "\n" not in self.text[min(place, start) : max(place, start)]
            for place in self.places[max(0, index - 1) : index + 1]
        )


def people_hits(text: str, heading: str, *, has_person: bool) -> Iterator[Hit]:
    """Yield what a plain text tells about a person; ``has_person`` when the row or the column names one."""
    yield from _birth_hits(text, heading)
    persons = _Persons.of(text, everywhere=has_person)
    yield from _address_hits(text, heading, persons)
    if not persons.everywhere and not persons.places:
        return
    for match in _HEALTH.finditer(text):
        is_public = _PUBLIC_HEALTH.search(text, match.start(), match.end() + 6)
        if not is_public and persons.are_beside(match.start()):
            yield warning("health", *match.span())
    yield from _minor_hits(text, heading, persons)


def _birth_hits(text: str, heading: str) -> Iterator[Hit]:
    if _BIRTH_HEADING.search(heading):
        for match in _BIRTH_DAY.finditer(text):
            yield warning("birth-date", *match.span())
        if _BIRTH_YEAR.fullmatch(text):
            yield warning("birth-date", 0, len(text))
        return
    for match in _BIRTH.finditer(text):
        yield warning("birth-date", *match.span(match.lastgroup or 0))


def _address_hits(text: str, heading: str, persons: _Persons) -> Iterator[Hit]:
    is_home_column = bool(_HOME_HEADING.search(heading))
    for pattern, needs_reason in ((_ROOM, False), (_DOOR, True)):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _BESIDE) : match.start()]
            is_somebodys = is_home_column or bool(_HOME.search(before)) or persons.are_beside(match.start())
            place = text[max(0, match.start() - 16) : match.end() + 8]
            is_public = bool(_PUBLIC_PLACE.search(place)) and (needs_reason or not is_somebodys)
            if not is_public and (is_somebodys or not needs_reason):
                yield warning("address", *match.span())


def _minor_hits(text: str, heading: str, persons: _Persons) -> Iterator[Hit]:
    for match in _AGE.finditer(text):
        if _value(match["age"]) < 18 and persons.are_beside(match.start()):
            yield warning("minor", *match.span())
    for pattern in (_SCHOOL, _CHILD):
        for match in pattern.finditer(text):
            if persons.are_beside(match.start()):
                yield warning("minor", *match.span())
    word = text.strip()
    is_age = bool(_AGE_HEADING.search(heading)) and word.isdigit() and len(word) < 3 and int(word) < 18
    is_class = bool(_CLASS_HEADING.search(heading)) and bool(_CLASS.search(word)) and not _SCHOOL.search(text)
    if (is_age or is_class) and persons.everywhere:
        yield warning("minor", 0, len(text))


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    if numeral.startswith("十"):
        return 10 + _NUMERALS.get(numeral[1:], 0)
    return _NUMERALS[numeral]
