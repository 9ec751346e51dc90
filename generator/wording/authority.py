"""How it is put that somebody changed what another answers for, or without a second person's key."""

from __future__ import annotations

from generator.wording.words import N_, Wording

AUTHORITY: dict[str, Wording] = {
    "user-unknown": Wording(
        N_("名单里没有「{user}」"),
        N_("请管理员把这个账号写进 site_config/people.yaml 的 editors、reviewers 或 keepers"),
    ),
    "change-outside": Wording(
        N_("{user} 不负责这个村或单位，提交 {commit} 改了它的文件"),
        N_("请由负责的人来改；或请管理员在 site_config/people.yaml 里加上这个地方"),
    ),
    "change-setup": Wording(
        N_("{user} 不能改设置，提交 {commit} 改了这个文件"),
        N_("公开项目、设置、名单和发布流程由 keepers 里的管理员来改"),
    ),
    "push-rewrites": Wording(
        N_("这次推送改写或删去了已有的历史（{old} 不在里面）"),
        N_("请用 git pull --rebase 接上再推送；清除泄露的内容要用 cunwu privacy purge，并带上签名的记录"),
    ),
    "push-unproved": Wording(
        N_("清除记录不能证明这次改写得到了授权：{problem}"),
        N_("请由 site_config/allowed_signers 里获准清除的人签名，再推送一次"),
    ),
    "commit-unsigned": Wording(
        N_("提交 {commit} 没有签名，或签名的钥匙不在名单里"),
        N_("本县要求每个提交都签名：git commit -S，公钥写进 site_config/allowed_signers"),
    ),
    "sign-off-missing": Wording(
        N_("提交 {commit} 改了公开的记录，没有第二个人签名审核"),
        N_("请在填报台提交，由负责这个村的审核人用自己的钥匙通过"),
    ),
    "sign-off-own": Wording(
        N_("提交 {commit} 的编制和审核是同一个人"),
        N_("编制和审核不能是同一个人，请另一位审核人通过"),
    ),
    "sign-off-outside": Wording(
        N_("提交 {commit} 的审核人 {reviewer} 不负责这个村或单位"),
        N_("请由负责的审核人通过；名单在 site_config/people.yaml"),
    ),
    "merge-changed": Wording(
        N_("合并 {commit} 改动或丢掉了两边都没有改过的内容"),
        N_("合并只能把两边的改动放在一起；要改内容请另做一个提交"),
    ),
}
