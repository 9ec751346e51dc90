"""How leaks are put: what it is that must not get out, and what to do about it."""

from __future__ import annotations

from generator.wording.words import N_, Wording, _

_COLUMN = N_("请删去这一列；确需区分同名的人，用户主编号")
_NUMBER = N_("请删去；公开的表上不需要它")
_CONFIRM = N_("请删去；确需公开的，由负责人核对后写入 site_config/privacy_allow.yaml，写明理由和角色")
_MASK = N_("请整列改用同一种写法，或删去这一列")

# Every kind of leak: what it is, what to do. Its finding is called private-<kind>.
KINDS: dict[str, Wording] = {
    "citizen-id": Wording(N_("有身份证号"), _COLUMN),
    "residence-permit": Wording(N_("有港澳台居民居住证或外国人永久居留证的号码"), _COLUMN),
    "passport": Wording(N_("有护照或其他证件的号码"), _COLUMN),
    "social-card": Wording(N_("有社会保障卡号"), _COLUMN),
    "bank-card": Wording(N_("有银行卡号"), N_("请删去这一列；发放情况只写金额")),
    "account": Wording(N_("有存折、一卡通或其他账号"), N_("请删去这一列；发放情况只写金额")),
    "mobile": Wording(
        N_("有手机号码"), N_("请删去；要公布电话的，只写办公电话，并写在 village.yaml 的 contacts 里")
    ),
    "landline": Wording(
        N_("有固定电话，不是已公布的办公电话"),
        N_("是住宅电话的请删去；是办公电话的，请写进 village.yaml 的 contacts"),
        "warning",
    ),
    "plate": Wording(N_("有车牌号码"), _NUMBER),
    "masked-id": Wording(N_("有只遮住一部分的身份证号"), N_("请删去这一列；遮住一部分仍能认出是谁")),
    "masked-thin": Wording(N_("号码遮住的太少"), _NUMBER),
    "masked-mixed": Wording(N_("遮盖的写法与别处不同，几处合起来可能看出全部"), _MASK),
    "masked-recombined": Wording(N_("同一人的号码在几处遮住的位置不同，合起来能看出更多"), _MASK),
    "address": Wording(N_("可能是住家的门牌地址"), N_("住址请只写到村民小组") + "；" + _CONFIRM, "warning"),
    "health": Wording(N_("可能写明了某人的疾病或残疾"), _CONFIRM, "warning"),
    "minor": Wording(N_("可能写明了某个未成年人"), N_("请删去；只写人数和金额") + "；" + _CONFIRM, "warning"),
    "birth-date": Wording(N_("可能是某人的出生日期"), _CONFIRM, "warning"),
    "gps": Wording(
        N_("照片里记有拍摄地点"), N_("请去掉照片的位置信息后再放入（手机相册的分享选项里可以去掉）")
    ),
    "unreadable": Wording(
        N_("无法检查"), N_("没有读到的内容不能当作没有问题，请人工核对，或换成能读的文件"), "warning"
    ),
    "allowance-unused": Wording(N_("这一条放行没有用到"), N_("请核对后删去"), "warning"),
}

# Why a file, or a part of it, could not be checked.
REASONS: dict[str, str] = {
    "damaged": N_("文件损坏或打不开"),
    "encoding": N_("有读不出的字，编码混乱"),
    "encrypted": N_("文件有密码"),
    "format": N_("不认识的文件格式"),
    "symlink": N_("是一个链接，没有跟随"),
    "no-text": N_("是扫描的图片，没有文字"),
    "too-large": N_("太大，或解压后太大，没有读完"),
}

# Places in a file that are no line and no cell.
PLACES: dict[str, str] = {
    "filename": N_("文件名"),
    "comment": N_("批注或注释"),
    "commit-message": N_("提交说明"),
    "ref-name": N_("分支或标签的名称与说明"),
    "sheet-name": N_("工作表名"),
    "header-footer": N_("页眉页脚"),
    "deleted-text": N_("已删去但仍留在文件里的文字"),
    "defined-name": N_("名称管理器"),
    "formula": N_("公式或有效性设置"),
    "key": N_("键名"),
    "raw": N_("文件内部"),
    "member": N_("压缩包里"),
    "member-name": N_("压缩包里的文件名"),
    "link": N_("链接"),
    "table": N_("表格"),
    "header": N_("页眉"),
    "footer": N_("页脚"),
    "footnotes": N_("脚注"),
    "endnotes": N_("尾注"),
    "form-field": N_("表单"),
    "bookmark": N_("书签"),
    "property": N_("文件属性的名称"),
    "tag": N_("网页标签内"),
}

# Places that have a name of their own.
PREFIXES: dict[str, str] = {
    "property": N_("文件属性「{name}」"),
    "attribute": N_("标签属性「{name}」"),
    "page": N_("第 {name} 页"),
    "commit": N_("提交 {name}"),
    "ref": N_("提交 {name}"),
    "member": N_("压缩包里的「{name}」"),
    "part": N_("文件内的「{name}」"),
    "entry": N_("第 {name} 条"),
}

PRIVACY: dict[str, Wording] = {f"private-{kind}": wording for kind, wording in KINDS.items()}


def place_words(sheet: str | None, where: str | None) -> str:
    """Return where in its file something stands beside line and column, in words; "" for nowhere special."""
    words = [_("工作表「{sheet}」").format(sheet=sheet)] if sheet else []
    for part in (where or "").split(";"):
        kind, _colon, name = part.partition(":")
        if name and kind in PREFIXES:
            words.append(_(PREFIXES[kind]).format(name=name))
        elif part in REASONS:
            words.append(_(REASONS[part]) + _("，"))
        elif part:
            words.append(_(PLACES.get(part, part)))
    return " ".join(words)
