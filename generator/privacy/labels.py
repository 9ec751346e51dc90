"""Labels: the words beside a number, or above its column, that say what it is."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from generator.privacy.plain import plain


class Label(Enum):
    """What a heading or a word says that a number is."""

    ID = auto()
    SOCIAL = auto()
    ACCOUNT = auto()
    PASSPORT = auto()
    PHONE = auto()
    CREDIT = auto()
    DOCUMENT = auto()
    PLACE = auto()
    NONE = auto()


_TAIL = r"(?:的?(?:号码|编号|代码|号|NO))?"
_WORDS: dict[Label, str] = {
    Label.ID: (
        "身份证件?|公民身份|身份号|证件号|身份编号|居住证|居留证|居留身份|残疾人?证|户口簿|IDCARD|ID CARD|SFZ"
    ),
    Label.SOCIAL: "社保卡?|社会保障卡?|医保卡|医保号|医疗证",
    Label.ACCOUNT: (
        "账号|帐号|账户|帐户|卡号|一卡通|一折通|存折|银行卡|储蓄卡|借记卡|工资卡|惠农卡|开户行?|收款人?|"
        "转入|打入|汇入|打款|"
        "农商行|信用社|邮储|农行|工行|建行|中行|交行|招行|银行|ACCOUNT|CARD"
    ),
    Label.PASSPORT: "护照|通行证|回乡证|台胞证|旅行证|PASSPORT",
    Label.PHONE: (
        "电话(?!费|会议|线|机)|手机(?!信号|费)|联系方式|联系|座机|宅电|致电|拨打|来电|短信|微信|热线|"
        "TELEPHONE|TEL|PHONE|MOBILE|CALL|WECHAT"
    ),
    Label.CREDIT: "统一社会信用|信用代码|组织机构|机构代码|税号|纳税人识别|税务登记",
    Label.DOCUMENT: (
        "凭证|合同|协议|编号|编码|文号|发票|票据|票号|收据|回单|流水|单号|订单|运单|快递|批号|批次|代码|"
        "许可证?|执照|"
        "登记证|登记号|证书|备案|注册号|不动产|权证|产权|宗地|地块|图斑|单元号|条码|条形码|设备|序列|"
        "型号|版本|校验|哈希|SHA|MD5|"
        "回执|受理|案号|档案|标段|招标|采购|验收|指标|交易|追溯|溯源|耳标|防伪|区划|户号|表号|电表|水表|"
        "车架|发动机|"
        "凭单|传票|申请号|专利|图号|序号|时间戳|标识|提交|公证|判决|裁定|(?<![A-Z])NO(?![A-Z])"
    ),
    Label.PLACE: "经度|纬度|坐标|经纬|GPS|LATITUDE|LONGITUDE|LAT|LON|LNG",
}
_ANY = re.compile("|".join(f"(?P<{label.name}>(?:{words}){_TAIL})" for label, words in _WORDS.items()))
_IN_HEADING = {label: re.compile(words) for label, words in _WORDS.items()}
FREE_HEADING = re.compile(
    r"(?:备注|说明|摘要|内容|其他|附注|正文|列|栏|第)?[0-9一二三四五六七八九十A-Z]{0,2}列?"
)
_NEXT_TO = re.compile(r"[A-Z号码为是第:：#.\s(\[（\-/'\"]{0,6}")
# As far back as a label is looked for, and what may stand between it and the number.
_REACH = 24


@lru_cache(maxsize=4096)
def label_of_heading(heading: str) -> Label:
    """Return what a column's heading or a key says; the graver meaning of two comes first."""
    if not heading:
        return Label.NONE
    word = plain(heading[:200])
    return next((label for label, pattern in _IN_HEADING.items() if pattern.search(word)), Label.NONE)


def label_before(text: str, start: int) -> Label:
    """Return the last label between the number before ``start`` and ``start`` itself, in a plain text."""
    reach = text[max(0, start - _REACH) : start]
    found = Label.NONE
    since = _since_last_number(reach)
    end = 0
    for match in _ANY.finditer(since):
        found, end = Label[match.lastgroup or "NONE"], match.end()
    # 项目合同负责人张三 before a number does not make it the contract's.
    if found is Label.DOCUMENT and not _NEXT_TO.fullmatch(since, end):
        return Label.NONE
    return found


def _since_last_number(reach: str) -> str:
    for index in range(len(reach) - 1, -1, -1):
        if reach[index].isdigit():
            return reach[index + 1 :]
    return reach
