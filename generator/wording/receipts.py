"""How findings about receipts are put: in the records, and at the moment one is attached."""

from __future__ import annotations

from generator.wording.words import N_, Wording

RECEIPTS: dict[str, Wording] = {
    "receipt-form": Wording(
        N_("票据这一格不是规定的写法"),
        N_(
            "请用 cunwu attach 附票据，不要手写；规定的写法是：电费发票 sha256:（64 位小写字母和数字），几张之间用「；」隔开，不重复"
        ),
    ),
    "receipt-refused": Wording(N_("这一期不能附票据：{why}"), N_("请删去登记簿这一行的票据")),
    "receipt-missing": Wording(
        N_("票据的图像不在票据库里（指纹以 {digest} 开头），网页上写「票据图像暂缺」"),
        N_("请把图像所在的票据库拷来；找不到的，用 cunwu attach 重新附上，并用 --detach 去掉旧的"),
        "warning",
    ),
    "receipt-changed": Wording(
        N_("票据的图像和登记的指纹（以 {digest} 开头）不符，后来被改过或损坏了，没有展示"),
        N_("请用备份恢复这张图像，或把原来的票据重新附一次；查明是谁改的"),
        "warning",
    ),
}

ATTACHING: dict[str, Wording] = {
    "attach-empty": Wording(N_("这个文件是空的"), N_("请检查是否选错了文件，或重新拍照")),
    "attach-too-large": Wording(
        N_("这个文件超过 {limit} MB，没有收"), N_("请用手机相机的普通清晰度拍照，或把 PDF 导出为小一些的文件")
    ),
    "attach-pixels": Wording(
        N_("这张图展开后有 {count} 万像素，超过 {limit} 万，没有收"), N_("请用普通清晰度重新拍照")
    ),
    "attach-damaged": Wording(
        N_("这个文件损坏了，打不开"), N_("请在电脑或手机上打开看看；打不开的，请重新拍照或扫描")
    ),
    "attach-encrypted": Wording(N_("这个 PDF 设了密码"), N_("请去掉密码后另存，再附上")),
    "attach-pages": Wording(N_("这个 PDF 有 {count} 页，超过 {limit} 页"), N_("请只留下票据那几页")),
    "attach-heic": Wording(
        N_("这是 HEIC 照片，很多手机和电脑看不了"),
        N_(
            "苹果手机：设置 → 相机 → 格式，选「兼容性最佳」再拍；已经拍好的，用微信发给自己再存下来，就是 JPEG"
        ),
    ),
    "attach-svg": Wording(N_("这是 SVG 图，里面可以藏程序，不收"), N_("请截图，存成 PNG 或 JPEG")),
    "attach-type": Wording(
        N_("认不出这是什么文件"), N_("只收照片（JPEG、PNG、WebP、GIF）和 PDF；Word、Excel 的请另存为 PDF")
    ),
    "attach-suffix": Wording(
        N_("文件名以 {suffix} 结尾，内容其实是 {really}，按内容收"), N_("请核对是否选对了文件"), "warning"
    ),
    "attach-caption": Wording(
        N_("说明写得不对"),
        N_("请用一句话说明是什么票据，例如 电费发票：最多 {limit} 个字，不写「；」，不以 = + @ 开头"),
    ),
    "attach-unlooked": Wording(
        N_("图上的字，程序看不出来"),
        N_(
            "请把每张图放大看一遍，没有身份证号、银行卡号、手机号的，加上 --looked-at（勾选「我已看过」）再附"
        ),
    ),
    "attach-row": Wording(
        N_("这张表里没有{column}是「{key}」的一行"), N_("请照表里的写法写，例如 {example}")
    ),
    "attach-no-column": Wording(
        N_("「{item}」不能把票据附在某一行"),
        N_("请不写 --row，附在整期上；要附在行上的，请县里在表格规定里加一列票据"),
    ),
    "attach-no-table": Wording(N_("还没有这张表"), N_("请先导入或填好这一期的表，再附票据")),
    "attach-broken-table": Wording(N_("这张表读不出来"), N_("请先运行 cunwu check，照提示改好，再附票据")),
    "attach-unregistered": Wording(
        N_("公开登记簿里还没有这一期"), N_("请先在公开登记簿登记这一期（谁编制、谁审核），再附整期的票据")
    ),
    "attach-refused": Wording(N_("这里不能附票据：{why}"), N_("请把票据留在纸质档案里，需要时当面查阅")),
    "attach-detached": Wording(
        N_("这里没有指纹以 {digest} 开头的票据"), N_("运行 cunwu attach --list 看看有哪些")
    ),
}
