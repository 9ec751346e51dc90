"""The one catalogue of words: every message, hint and label that a person reads goes through here.

Chinese is the source language; ``generator/locale/cunwu.pot`` is extracted from the ``_`` calls.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

_translations = gettext.translation("cunwu", Path(__file__).parent / "locale", fallback=True)
_ = _translations.gettext


@dataclass(frozen=True, slots=True)
class Wording:
    """How a finding is put: ``{facts}`` are filled in; severity is "error" (错误) or "warning" (提醒)."""

    message: str
    hint: str
    severity: str = "error"


WORDING: dict[str, Wording] = {
    # Files and folders
    "file-unreadable": Wording(_("这个文件打不开"), _("请检查文件是否损坏、是否有读取权限")),
    "file-link": Wording(
        _("这是一个链接，不是文件本身"), _("请放入文件本身；链接可能指向文件夹之外，一律不读")
    ),
    "file-encoding": Wording(
        _("这个文件不是 UTF-8 编码"), _("请用 cunwu import 转换，或在表格软件里另存为「CSV UTF-8」")
    ),
    "file-nul": Wording(_("文件里有空字节（NUL），不是文本"), _("请在表格软件里重新另存为「CSV UTF-8」")),
    "file-too-large": Wording(
        _("文件有 {size} MB，超过 {limit} MB"), _("请检查是否放错了文件；确实这样大的，请按期间分开")
    ),
    "file-empty": Wording(
        _("文件是空的"), _("请至少写上表头：{header}；本期没有的，请删去本文件，并在公开登记簿写「本期无」")
    ),
    "file-type": Wording(_("「{item}」的文件应以 .{suffix} 结尾"), _("请改为 .{suffix} 文件")),
    "file-unexpected": Wording(
        _("不知道这个文件属于哪一项，没有读它"), _("请移走，或放进对应项目的文件夹"), "warning"
    ),
    "folder-not-village": Wording(
        _("这个文件夹里没有 village.yaml，不是一个村"),
        _("请补上 village.yaml（可运行 cunwu new-village），或移走这个文件夹"),
    ),
    "folder-not-township": Wording(
        _("这个文件夹里没有 township.yaml，不是一个乡镇"), _("请补上 township.yaml，或移走这个文件夹")
    ),
    "folder-name": Wording(
        _("「{name}」不能用作网址"), _("只用小写字母、数字和短横，最多 40 个字符，并避开系统保留的名称")
    ),
    "slug-duplicate": Wording(
        _("网址名「{slug}」已被 {other} 使用，本村没有生成"), _("请改用另一个 slug；已公开过的网址名不要改")
    ),
    "village-file": Wording(_("{problem}"), _("请改正后再运行 cunwu check")),
    "item-unknown": Wording(
        _("没有「{item}」这个公开项目，文件夹里的文件没有读"),
        _("请检查文件夹名；新项目要先写 schemas/{item}.yaml"),
    ),
    "item-must-be-private": Wording(
        _("「{item}」列有个人姓名，不能放在公开的文件夹里"),
        _("请移到 private_content 指定的文件夹；已提交过的，请联系维护人员清除历史"),
    ),
    "item-must-be-public": Wording(
        _("「{item}」是公开项目，放错在不公开的文件夹里"), _("请移到 content 文件夹")
    ),
    "item-not-applicable": Wording(_("{village}不公开「{item}」这一项"), _("请检查文件是否放错了地方")),
    "schema-not-valid": Wording(
        _("「{item}」在{period}没有有效的表格规定"), _("请检查期间是否写错，或补写当时的 schemas 文件")
    ),
    "period-unknown": Wording(
        _("「{name}」不是一个期间"), _("请写成 2026-03、2026Q1、2026H1、2026 或 2026-03-15，后面可加 --名称")
    ),
    "period-kind": Wording(_("「{item}」的期间不应写成「{name}」"), _("请写成类似 {example} 的文件名")),
    "period-duplicate": Wording(_("同一期间已有 {other}，本文件没有读"), _("请只保留一个")),
    # The shape of a table
    "csv-syntax": Wording(_("从这一行起引号不成对，读不下去"), _("请检查这一行的英文引号")),
    "header-missing": Wording(_("缺少「{column}」这一列"), _("请在表头补上「{column}」")),
    "header-duplicate": Wording(_("表头里「{column}」出现了两次"), _("请只保留一列")),
    "header-unknown": Wording(_("表头里的「{column}」不是本表的列"), _("本表的列是：{columns}")),
    "header-order": Wording(_("列的先后与规定的不同"), _("请按此顺序：{columns}")),
    "rows-missing": Wording(
        _("只有表头，没有数据"), _("请补上数据；本期没有的，请删去本文件，并在公开登记簿写「本期无」")
    ),
    "rows-too-many": Wording(_("超过 {limit} 行，没有读下去"), _("请检查是否多出了空行，或按期间分开")),
    "row-blank": Wording(_("这一行是空的"), _("请删去空行")),
    "row-cells": Wording(
        _("这一行有 {cells} 格，表头有 {columns} 列"),
        _("请检查是否多了或少了逗号；内容里有逗号的，要用英文引号括起来"),
    ),
    # Cells
    "cell-type": Wording(_("「{value}」不是{expected}"), _("请只写{expected}，例如 {example}")),
    "cell-required": Wording(_("这一格必须填写"), _("请补上，例如 {example}")),
    "cell-unique": Wording(_("「{value}」重复了"), _("本列每行都要不同")),
    "cell-enum": Wording(_("「{value}」不在可选的内容里"), _("只能写：{allowed}")),
    "cell-minimum": Wording(_("「{value}」小于 {minimum}"), _("不能小于 {minimum}")),
    "cell-maximum": Wording(_("「{value}」大于 {maximum}"), _("不能大于 {maximum}")),
    "cell-length": Wording(_("有 {length} 个字，长短不合要求"), _("字数界限是 {limit}")),
    "cell-pattern": Wording(_("「{value}」的写法不合要求"), _("请照这样写：{example}")),
    "cell-number-form": Wording(
        _("「{value}」不是普通的小数写法"),
        _("请只写数字和小数点，不加千分位、空格、正号，也不用科学计数法，例如 {example}"),
    ),
    "cell-step": Wording(_("「{value}」不是 {step} 的整倍数"), _("最小单位是 {step}")),
    "cell-formula": Wording(_("内容以「{start}」开头，表格软件会把它当作公式"), _("请去掉开头的这个符号")),
    "cell-too-long": Wording(_("这一格超过 {limit} 个字"), _("请检查是否粘错了内容")),
    "key-duplicate": Wording(
        _("「{key}」与前面的行重复"), _("每行的「{key}」都要不同；重复录入的，请删去一行")
    ),
    # Documents
    "yaml-syntax": Wording(_("写法有误，从这里读不下去"), _("请检查缩进、冒号后的空格和引号")),
    "yaml-duplicate-key": Wording(_("「{key}」写了两次"), _("请只保留一处")),
    "yaml-anchor": Wording(
        _("不能使用 & 和 * 引用"), _("请把内容直接写出来；内容以 & 或 * 开头的，请加引号")
    ),
    "yaml-documents": Wording(_("一个文件里有两份内容（以 --- 隔开）"), _("请分成两个文件")),
    "yaml-tag": Wording(_("不能使用 ! 开头的标记"), _("请删去；内容以 ! 开头的，请加引号")),
    "yaml-depth": Wording(_("层次太深"), _("请检查缩进")),
    "yaml-key": Wording(_("名称应当是文字"), _("请写成「名称: 内容」")),
    "document-empty": Wording(_("没有内容，或不是「名称: 内容」的写法"), _("应当写有：{fields}")),
    "key-unknown": Wording(_("不认识「{key}」"), _("可以写的有：{known}")),
    "value-shape": Wording(_("这里应当只写一个值"), _("请写成「名称: 内容」，不要再分行列出")),
    "part-shape": Wording(_("「{part}」应当是一组条目"), _("每条以「- 」开头")),
    # The register
    "register-item": Wording(_("没有叫「{value}」的公开项目"), _("请写项目的名称，例如 财务收支")),
    "register-stray": Wording(
        _("登记了{item} {period}，但没有这份文件"),
        _("请检查期间是否与文件名一致；本期没有的，类型请写「本期无」"),
        "warning",
    ),
    "register-contradiction": Wording(
        _("登记为「本期无」，但有 {file} 这份文件"), _("请删去登记的这一行，或移走文件")
    ),
    # Laws: arithmetic
    "running-balance": Wording(
        _("结余写 {stated}，按上一行推算应为 {computed}"),
        _("请检查本行的收入、支出和结余；本{series}从第 {line} 行起对不上"),
    ),
    "period-balance": Wording(
        _(
            "{series}：上期结余 {opening} ＋ 收入 {income} － 支出 {expense} ＝ {computed}，表上本期结余是 {stated}"
        ),
        _("请核对这四个数"),
    ),
    "continuity": Wording(
        _("{series}：期初结余 {opening}，与{period}的期末结余 {closing} 不同"),
        _("请核对两期；更正过上期的，本期也要随着改"),
    ),
    "opening-undeclared": Wording(
        _("{series}：第一次出现就有 {opening} 元结余，没有期初行"),
        _("请在第一行写明期初结余，收入和支出留空"),
        "warning",
    ),
    "product": Wording(_("{factors} ＝ {computed}，表上是 {stated}"), _("请核对这几个数")),
    "total": Wording(_("{series}的合计写 {stated}，各行相加是 {computed}"), _("请核对合计")),
    "total-missing": Wording(_("{series}没有合计行"), _("请补上「合计」一行")),
    "ballots-exceed": Wording(
        _("{round}：{less} {less_count}，多于{more} {more_count}"), _("请核对这两个数")
    ),
    "ballots-split": Wording(
        _("{round}：有效票 {valid} ＋ 废票 {invalid}，不等于收回选票 {returned}"), _("请核对这三个数")
    ),
    "ballots-votes": Wording(_("得票 {votes}，多于有效票 {valid}"), _("请核对得票")),
    "ballots-ceiling": Wording(
        _("{post}各候选人共得 {votes} 票，多于有效票 {valid} × 应选 {seats} 人"), _("请核对得票和应选人数")
    ),
    "ballots-seats": Wording(_("{post}应选 {seats} 人，表上当选 {elected} 人"), _("请核对当选结果")),
    "ballots-reference": Wording(
        _("「{round} {post}」在「{part}」里没有登记"), _("请补上对应的一行，或改正轮次和职务")
    ),
    "votes-split": Wording(_("同意、反对、弃权共 {sum}，与实到 {present} 不同"), _("请核对这四个数")),
    "votes-exceed": Wording(_("实到 {present} 人，多于应到 {members} 人"), _("请核对到会人数")),
    # Laws: what a statute asks
    "majority-turnout": Wording(
        _("{round}：参加投票 {voted} 人，登记选民 {registered} 人，记录未显示过半数参加（{basis}）"),
        _("请核对人数；确实未过半的，请说明后续安排"),
        "warning",
    ),
    "majority-elected": Wording(
        _("得票 {votes}，记录未显示达到当选所需票数（{rule}，{basis}）"), _("请核对得票和结果"), "warning"
    ),
    "majority-attendance": Wording(
        _("应到 {members} 人，实到 {present} 人，记录未显示达到法定人数（{basis}）"),
        _("请核对到会人数"),
        "warning",
    ),
    "majority-passed": Wording(
        _("实到 {present} 人，同意 {yes} 人，记录未显示过半数通过（{basis}）"), _("请核对表决结果"), "warning"
    ),
    "stage-missing": Wording(
        _("记录未显示「{stage}」这一步"), _("请补上这一步的日期；没有做的，请如实说明"), "warning"
    ),
    "stage-order": Wording(
        _("「{stage}」（{date}）早于「{previous}」（{previous_date}）"), _("请核对日期"), "warning"
    ),
    # The calendar
    "period-overdue": Wording(
        _("{item}缺少{period}，应在 {due} 前公开（{basis}）"),
        _("请补交该期表格；本期没有的，请在公开登记簿写「本期无」"),
        "warning",
    ),
    "period-suggested": Wording(
        _("{item}缺少{period}，建议在 {due} 前公开"),
        _("请补交该期表格；本期没有的，请在公开登记簿写「本期无」"),
        "warning",
    ),
    "publication-late": Wording(
        _("{item} {period}应在 {due} 前公开，{posted} 张贴，迟 {days} 日（{basis}）"),
        _("今后请按时公开；张贴日写错的，请改正"),
        "warning",
    ),
    "publication-missing": Wording(
        _("{item} {period}没有张贴登记"), _("请在公开登记簿补上审核和张贴日期"), "warning"
    ),
    "display-short": Wording(
        _("{item} {period}张贴 {days} 天，少于 {least} 天（{basis}）"),
        _("请延长张贴；日期写错的，请改正"),
        "warning",
    ),
    "display-order": Wording(_("张贴止 {end} 早于张贴起 {start}"), _("请核对日期")),
}
