"""Names: columns that list persons, cells that are a name, sentences that speak of somebody by name."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.privacy.plain import plain

# With the rare characters that names are written with: 䶮, 𬱖.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴"
    "莫孔向汤冉牟简游柏殷滕傅鲁郎詹屈祝柳翁蒲穆柯阮卓邢池盛焦巫甘敖左庞华康温骆阳欧倪葛岳齐颜庄梅童舒"
    "樊凌霍章关裴申翟纪辛管祁鲍宁娄俞褚卫尤施窦奚昌苗凤廉岑乐皮卞伍元卜萧湛米贝臧伏谈茅蓝闵席季麻强危"
    "虞昝缪解宗宣贲郁单杭洪诸吉钮嵇滑荣荀羊於惠甄曲封芮羿储靳汲邴糜松乌巴弓牧隗宓蓬仰秋仲伊宫仇栾暴戎"
    "景束幸司韶郜蓟薄印宿怀鄂索咸籍赖蔺屠蒙乔阴胥苍闻莘贡劳逄姬扶堵宰郦雍璩桑桂濮牛寿扈燕冀郏浦尚晏柴"
    "瞿阎慕连茹习宦艾鱼古易慎戈暨衡耿匡寇阙殴殳沃蔚越夔隆巩厍聂晁勾融冷訾阚毋沙乜鞠丰巢蒯荆竺逯盖益桓"
    "佟占苟楚闾佘符仝仉迟沐"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|长孙|端木|百里|呼延|南宫"
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_GIVEN = rf"某[某{_STEMS}]?|[*]{{1,3}}[{_HAN}]?|[{_HAN}]{{1,2}}?"
# Words that begin like a name.
_WORDS = (
    "周[一二三四五六日末边期转报]|方[案式向便法面]|金[额融属]|高[龄中效温压速]|白[云天]|江边|余[额款粮]|"
    "马[路上]|毛[竹利]|万元|施[工肥]|"
    "石[料桥]|田[间块地]|任[务期何]|时[间限]|包[括村]|路[面灯]|安[全装置]|文[化明书件]|党[员委]|简[易章]|"
    "应[当付]|全[部县体年村]|易地|向[上下]|"
    "柏[油树]|康[养复]|温[度室]|季度|关[于爱]|左右|章程|齐全|管[理护道]|庄稼|梅雨|纪[律检念]|范围|"
    "夏[季收天]|付[款清给]|龙头|严[格禁]|程[序度]|"
    "叶片|杜绝|陆续|池塘|左侧|何[时地种]|许[可多]|林[地业木]|杨树|张[贴数]|孙[子女]|胡同|曾[经祖]|董事|"
    "黄[豆牛金]|李子|陈旧|宁静|段落|顾问|"
    "于[是20一]|单元|单位|华侨|贺年|雷雨"
)
_ROLES = (
    "村民|居民|户主|申请人|组员|社员|老人|学生|儿童|同学|同志|患者|病人|孤儿|其子|其女|之子|之女|儿子|"
    "女儿|孙子|孙女|丈夫|妻子|父亲|母亲|"
    "监护人|户|慰问|看望|资助|救助|发给|付给|支付|走访|姓名[:：]?"
)
_AFTER = (
    r"$|[\s,;:.。、()（）]|[因患系的为于家之和与住男女在有是已正0-9一二三四五六七八九十]|"
    "同志|先生|女士|老人|大爷|大妈|奶奶|爷爷|夫妇|出生|生于|今年|现年|确诊|就读|年龄|突发|长期|"
    "癌|肿瘤|糖尿|高血压|白血|尿毒|心脏|残疾|重病|大病|住院|手术|脑|肺|肝|肾|瘫|失明|聋|精神|肢体|视力|听力"
)
_PERSON = re.compile(
    rf"(?:^|(?<=[\s,;:。、()\x1f0-9])|(?:{_ROLES}) ?)(?!{_WORDS})"
    rf"(?P<name>(?:{_DOUBLE}|[{_SURNAMES}])(?:{_GIVEN}))(?<![村镇乡县市组社区队会局站所院校店厂])(?={_AFTER})"
)
_CELL = rf"(?:(?:{_DOUBLE}|[{_HAN}])(?:{_GIVEN})|[{_HAN}]{{2,8}}·[{_HAN}·]{{2,12}})"
_NOT_NAMES = re.compile(
    "[合小总]计|全村|全体|各[组户]|无|[村居]民|农户|老人|儿童|学生|其他|本村|(?:村)?集体|[村居]委会|户主|姓名"
)
_HEADING = re.compile(
    "姓名|户主|申请人|享受人|受益人|领取人|领款人|当事人|监护人|患者|病人|家长|学生|儿童|老人|残疾人|"
    "被救助|被帮扶|"
    "(?:补助|救助|保障|帮扶|慰问|补贴|发放|资助)(?:对象|人)$|^村民$|^居民$|^名字$"
)
_NUMBER_HEADING = re.compile("人数|数量|金额|电话|号|证|数$")


@lru_cache(maxsize=4096)
def is_person_heading(heading: str) -> bool:
    """Return whether a column lists persons who are no officials."""
    return bool(_HEADING.search(heading)) and not _NUMBER_HEADING.search(heading)


@lru_cache(maxsize=1)
def _cell() -> re.Pattern[str]:
    # Most tables have no column of persons, and it takes 5 ms to compile.
    return re.compile(_CELL)


def is_person(text: str) -> bool:
    """Return whether a cell is the name of a person, whole or masked."""
    word = plain(text.strip())
    return bool(_cell().fullmatch(word)) and not _NOT_NAMES.fullmatch(word)


def named_persons(text: str) -> list[int]:
    """Return where the names of persons begin in a plain text."""
    return [match.start("name") for match in _PERSON.finditer(text)]
