"""How it is put that a published site, its log and its repository do not say the same."""

from __future__ import annotations

from generator.wording.words import N_, Wording

_REBUILD = N_("请从可信的来源重新下载；自己的网站请重新生成并发布")
_ASK = N_("请向发布单位索要完整的日志，并和以前留存的日志、海报上的校验值比对")

PROOF: dict[str, Wording] = {
    # The site
    "site-no-manifest": Wording(
        N_("没有可用的清单（manifest.json），不能核对"), N_("请确认给的是网站的最上层文件夹或首页地址")
    ),
    "site-part-changed": Wording(N_("这一部分的清单和总清单对不上"), _REBUILD),
    "site-file-missing": Wording(N_("清单里有，网站上没有"), _REBUILD),
    "site-file-changed": Wording(N_("内容和清单里的校验值对不上，发布后被改动过"), _REBUILD),
    "site-file-extra": Wording(N_("网站上有，清单里没有"), N_("不是系统生成的文件请移走")),
    "site-not-logged": Wording(
        N_("日志最后一条登记的不是这个网站"), N_("网站或日志有一个不是最新的；请用同一次发布的两样东西核对")
    ),
    "record-loose": Wording(
        N_("这份记录还没有提交，发布了将来无法证明"),
        N_("请先提交（填报台里审核通过，或 git commit），再生成、发布"),
    ),
    # The log
    "log-missing": Wording(N_("没有公开日志，不能核对以前的公开"), N_("用 cunwu publish 发布时会自动记日志")),
    "log-cut": Wording(N_("最后一行不完整，日志被截断"), _ASK),
    "log-line": Wording(N_("这一行不是日志的格式，被改动过"), _ASK),
    "log-chain": Wording(N_("和上一行接不上：上一行被改动、删去或调换过"), _ASK),
    "log-number": Wording(N_("序号不连续：有行被删去或插入"), _ASK),
    "log-facts": Wording(
        N_("这一条登记的和网站清单里写的不一致（as_of 是判断日，engine 是程序版本）"),
        N_("网站或日志有一个被改动过；请用同一次发布的两样东西核对"),
    ),
    "log-time": Wording(N_("时间早于上一行"), N_("请核对发布电脑的时钟"), "warning"),
    "log-not-grown": Wording(N_("现在的日志不是在旧日志后面接着写的：以前的记录被改写过"), _ASK),
    "log-head-unknown": Wording(N_("日志里没有这个校验值：海报印出后日志被改写过，或不是这个县的"), _ASK),
    # Who answers for its lines, and when they were there
    "log-signature-line": Wording(
        N_("签名文件的这一行读不出来，或不是日志里哪一条的签名"), N_("请向发布单位索要完整的签名文件")
    ),
    "log-signature-broken": Wording(N_("第 {number} 条日志的签名不成立：{problem}"), _ASK),
    "log-signature-unknown": Wording(
        N_("第 {number} 条日志的签名用的是不认识的钥匙（自称{signer}）"),
        N_("请向发布单位核实；确是本单位的钥匙，请写进 site_config/allowed_signers"),
    ),
    "log-signature-expired": Wording(
        N_("第 {number} 条日志的签名所用的钥匙后来过了有效期（{signer}）"),
        N_("签名时是否有效，要由时间戳证明：用 --tsa-ca 核对"),
        "warning",
    ),
    "log-unsigned": Wording(
        N_("本县规定日志要签名，最新的一条没有签名"),
        N_("发布时加 --key 指定 SSH 钥匙，或加 --sign 用 git 设置里的钥匙"),
    ),
    "log-stamp-broken": Wording(N_("第 {number} 条日志的时间戳不成立：{problem}"), _ASK),
    "log-stamp-unknown": Wording(
        N_("第 {number} 条日志的时间戳不是给出的证书认可的机构盖的"),
        N_("请核对 --tsa-ca 给的是不是那家机构的根证书；是的话，这个时间戳不能算数"),
    ),
    "log-stamp-late": Wording(
        N_("第 {number} 条日志写的时间与时间戳（{stamped}）相差一天以上"),
        N_("能证明的只是盖时间戳的时间；请发布单位说明"),
        "warning",
    ),
    # Lists of persons, of which only a seal is left
    "seal-page-differs": Wording(
        N_("网页上的户数或合计和这份名单的承诺不一致"),
        N_("承诺是名单公示时写下的，以它为准；请向发布单位索要说明"),
    ),
    "seal-not-logged": Wording(
        N_("这份名单承诺没有在公开日志里登记过"),
        N_("名单公示时登记的是另一份承诺，或日志不完整；请向发布单位索要说明"),
    ),
    # The repository
    "history-rewritten": Wording(
        N_("日志第 {number} 条登记过的这个版本，仓库的历史里找不到，也没有清除记录说明"),
        N_("历史可能被改写过；请向管理员索要说明，并保存现在的日志"),
    ),
    "purge-unproved": Wording(
        N_("日志第 {number} 条说有一次清除，它的记录不在、不完整或签名不成立"),
        N_("请向管理员索要 purges 文件夹里的清除记录和签名"),
    ),
}
