"""How findings about the sheets of clerks are put: what the importer cannot place, and what it left out."""

from __future__ import annotations

from generator.wording.words import N_, Wording

SHEETS: dict[str, Wording] = {
    # Files
    "sheet-password": Wording(
        N_("这个工作簿设了密码，打不开"), N_("请在 WPS 或 Excel 里取消密码（文件 → 文档加密），保存后再导入")
    ),
    "sheet-damaged": Wording(
        N_("这个文件损坏了，读不出来"),
        N_("请在 WPS 或 Excel 里打开看看；打得开的，另存为 xlsx 再导入；打不开的，请用备份"),
    ),
    "sheet-bomb": Wording(
        N_("这个文件解压后超过 {limit} MB，没有读"),
        N_("正常的表不会这样大；请新建一个工作簿，只把要公开的表粘贴过去"),
    ),
    "sheet-too-large": Wording(
        N_("工作表「{sheet}」太大（超过 {limit} 格），没有读"),
        N_("请选中最后一行数据下面、最后一列数据右面的全部空行空列，删除后保存；确实这样多的，请按期间分开"),
    ),
    "sheet-other": Wording(N_("这不是表格，是{what}"), N_("请在 WPS 或 Excel 里打开，另存为 xlsx 再导入")),
    "sheet-et": Wording(N_("读不懂这种 et 文件"), N_("请在 WPS 表格里打开，另存为 xlsx")),
    "sheet-empty": Wording(N_("文件里没有内容"), N_("请检查是否选错了文件")),
    "sheet-image": Wording(
        N_("工作簿里只有图片，没有表格"),
        N_("图片里的数字读不出来；请把内容录入表格再导入"),
    ),
    "sheets-too-many": Wording(
        N_("有 {count} 个工作表，超过 {limit} 个，没有读"), N_("请把要导入的工作表另存为一个文件")
    ),
    "sheet-encoding": Wording(
        N_("这一行的文字编码认不出来"), N_("请在 WPS 或 Excel 里打开核对，另存为 xlsx 再导入")
    ),
    "sheet-encoding-mixed": Wording(
        N_("从这一行起换了编码：前面是 {first}，这里是 {other}"),
        N_("多半是两个文件拼在一起的；请在 WPS 或 Excel 里把两部分分别打开，粘贴到一个新表里"),
    ),
    "sheet-macro": Wording(N_("工作簿里有宏，没有理会"), N_("宏不会运行，只读格子里的内容"), "warning"),
    "sheet-notes": Wording(N_("有的格子带批注，批注没有导入"), N_("需要公开的，请写进备注一列"), "warning"),
    "sheet-pictures": Wording(N_("表里有图片，图片没有导入"), N_("图片里有数字的，请录入表格"), "warning"),
    "sheet-separator": Wording(
        N_("各列没有用英文逗号、分号或制表符隔开"), N_("请在 WPS 或 Excel 里打开，另存为 xlsx 再导入")
    ),
    "sheet-suffix": Wording(
        N_("文件名以 {suffix} 结尾，内容其实是 {really}，按内容读"), N_("请核对是否选对了文件"), "warning"
    ),
    # Sheets
    "sheet-absent": Wording(N_("没有这个工作表"), N_("可以写的有：{names}")),
    "sheet-hidden": Wording(
        N_("这个工作表是隐藏的，没有读"), N_("要读的，请取消隐藏，或用 --sheet 写明"), "warning"
    ),
    "sheet-hidden-rows": Wording(
        N_("第 {rows} 行是隐藏的，也读了"), N_("请核对：不该公开的，请从表里删去"), "warning"
    ),
    "sheet-filtered": Wording(
        N_("表里开着筛选，被筛掉的第 {rows} 行也读了"),
        N_("请取消筛选核对：不该公开的，请从表里删去"),
        "warning",
    ),
    "sheet-hidden-columns": Wording(
        N_("{columns} 列是隐藏的，也看了"), N_("请取消隐藏核对：不该公开的，请从表里删去"), "warning"
    ),
    "sheet-item-unknown": Wording(
        N_("看不出这是哪一项公开内容"), N_("请用 --item 写明；从列名看，像是：{items}")
    ),
    "sheet-item-several": Wording(N_("标题里有好几项：{titles}"), N_("请用 --item 写明是哪一项")),
    "sheet-item-document": Wording(
        N_("「{item}」是一篇文书，不是一张表，不能从表格导入"), N_("请运行 cunwu new 取空白文书，照着填")
    ),
    "sheet-village-unknown": Wording(
        N_("没有叫「{name}」的村或社区"), N_("请核对村名；本县有的村，可用 --village 写明")
    ),
    "sheet-village-absent": Wording(N_("看不出这是哪个村的表"), N_("请在标题里写村名，或用 --village 写明")),
    "sheet-village-several": Wording(N_("不止一个村：{names}"), N_("请用 --village 写明是哪个村")),
    "sheet-village-conflict": Wording(
        N_("一处说是{one}，另一处写的是{other}"), N_("请核对是哪个村的表，把写错的一处改正")
    ),
    "sheet-period-absent": Wording(
        N_("看不出这张表是哪一期的"), N_("请在标题里写明年月，或用 --period 写明，例如 {example}")
    ),
    "sheet-period-conflict": Wording(
        N_("一处说是{one}，另一处写的是{other}"), N_("请核对标题、工作表名和文件名，把写错的一处改正")
    ),
    "sheet-period-row": Wording(N_("没有日期，分不出是哪一期的"), N_("请补上日期")),
    "sheet-by-dates": Wording(
        N_("按日期分期：{periods}"), N_("请核对；整张表是一期的，请用 --period 写明"), "warning"
    ),
    "sheet-date-outside": Wording(N_("日期不在标题所说的 {first} 至 {last} 之内"), N_("请核对日期和标题")),
    # Headings
    "sheet-header-absent": Wording(
        N_("找不到「{item}」的表头"), N_("表头的列名可以是：{columns}；叫法不同的，用 --map 表头=列名 写明")
    ),
    "sheet-heading-unknown": Wording(
        N_("不知道「{heading}」这一列放到哪里"),
        N_(
            "请用 --map {heading}=列名 写明，不公开的写 --map {heading}=（等号后面不写）；会记住，下月不用再写。本表的列是：{columns}"
        ),
    ),
    "sheet-heading-twice": Wording(
        N_("有两列都像是「{column}」：{headings}"), N_("请用 --map 表头=列名 写明各是哪一列")
    ),
    "sheet-column-missing": Wording(
        N_("缺少「{column}」这一列"),
        N_(
            "请在表里补上；表里叫法不同的，用 --map 表头={column} 写明；全表都一样的，用 --set {column}=内容 写明"
        ),
    ),
    "sheet-unit": Wording(
        N_("「{heading}」的单位是{unit}，「{column}」这一列应当用{expected}"), N_("请换算以后再导入")
    ),
    "sheet-personal-column": Wording(
        N_("{column} 列是{kind}，属于个人信息，没有读入"),
        N_("不必处理；以后公开的表里请不要放这一列"),
        "warning",
    ),
    "sheet-opening": Wording(
        N_("结转的一行没有写{columns}，按本期第一天的结转填了"), N_("请核对；以后可以在表里写上"), "warning"
    ),
    "sheet-renumbered": Wording(
        N_("有的行没有「{column}」，按表里的先后全部重新编了号"), N_("请核对；以后可以在表里写全"), "warning"
    ),
    "sheet-numbered": Wording(
        N_("表里没有「{column}」，按表里的先后编了号"), N_("请核对；以后可以在表里写上"), "warning"
    ),
    # Rows
    "sheet-cell-outside": Wording(
        N_("这一列没有表头，但下面 {count} 行有内容"), N_("请补上表头，或删去这些内容")
    ),
    "sheet-row-unplaced": Wording(
        N_("这一行只有一格有内容，不知道是什么"),
        N_("是分段的小标题，请删去；是说明，请以「注：」开头；是一笔记录，请补全其他各格"),
    ),
    "sheet-above-heading": Wording(
        N_("表头上面的这一行有数字，没有导入"),
        N_("请核对：上期结余、本期合计等由程序算出，不必另填"),
        "warning",
    ),
    "sheet-table-above": Wording(
        N_("这一行在认出的表头上面，不知道是什么"),
        N_("一个工作表里有两种表的，请把另一种移到别的工作表；表头叫法不同的，用 --map 表头=列名 写明"),
    ),
    "sheet-total-unread": Wording(N_("合计行的「{column}」看不懂，没有核对"), N_("请只写数字"), "warning"),
    "sheet-note": Wording(
        N_("表下有一行说明，没有导入"), N_("需要公开的，请写进公开登记簿的「说明」或通知公告"), "warning"
    ),
    "sheet-merged-amount": Wording(
        N_("「{column}」与第 {first} 行合并成一格，分不出每行是多少"), N_("请取消合并，每行各写各的")
    ),
    "sheet-total": Wording(
        N_("{word}的「{column}」写的是 {stated}，上面各行加起来是 {counted}"),
        N_("请核对是哪一行写错、漏了行，还是合计没有改"),
    ),
    "sheet-total-balance": Wording(
        N_("{word}的「{column}」写的是 {stated}，最后一行是 {counted}"), N_("请核对"), "warning"
    ),
    # Cells
    "sheet-formula-uncounted": Wording(
        N_("这一格是公式，文件里没有存下结果"), N_("请在 WPS 或 Excel 里打开文件，按 F9 重算，保存后再导入")
    ),
    "sheet-formula-error": Wording(N_("公式出错（{value}）"), N_("请改好公式，或直接写数字")),
    "sheet-number-lost": Wording(
        N_("这个数太长，表格软件只留了前 15 位，后面的已经丢了"),
        N_("请把这一格设为「文本」格式，照原件重新输入；身份证号、银行账号请整列删去，不公开"),
    ),
    "sheet-amount": Wording(
        N_("「{value}」不是数"), N_("请只写数字{example}；没有的写 0 或留空，大写金额请改成小写")
    ),
    "sheet-decimals": Wording(
        N_("「{value}」比最小单位 {step} 还细"), N_("请写成 {step} 的整倍数；由公式算出的，请用 ROUND 取舍")
    ),
    "sheet-date": Wording(N_("「{value}」不是日期"), N_("请写成 2026-03-05 或 2026年3月5日")),
    "sheet-date-year": Wording(
        N_("「{value}」没有写年份，标题里也没有"), N_("请在标题里写明是哪一年，或在这一格写全")
    ),
    "sheet-turned-date": Wording(
        N_("这一格被表格软件变成了日期（{value}）"),
        N_("「{column}」应当是文字；请把这一格设为「文本」格式，重新输入"),
    ),
    "sheet-percent": Wording(
        N_("「{value}」是百分数，「{column}」应当是普通的数"), N_("请换算成普通的数再填")
    ),
    "sheet-yes-no": Wording(N_("「{value}」看不出是还是否"), N_("请写「是」或「否」")),
    # Putting it in its place
    "sheet-no-private-root": Wording(
        N_("「{item}」列有个人，不能放进公开的文件夹，没有写"), N_("请先在 county.yaml 写明 private_content")
    ),
    "sheet-twice": Wording(
        N_("{period}有两张表：这一张和{other}"), N_("请只留一张；两张都要的，用 --sheet 和 --slug 分两次导入")
    ),
    "sheet-differs": Wording(
        N_("{path} 已经有了，内容不同：多 {added} 行，少 {removed} 行，改 {changed} 行，没有写"),
        N_("请核对下面列出的不同；确实要换的，加 --replace，并在公开登记簿写明「更正」"),
    ),
    "sheet-receipts-gone": Wording(
        N_("原来附了票据的一行（{key}）这张表里没有了，它的票据就不再公开"),
        N_("请核对是否漏了这一行；确实删去的，不用管；改了编号的，用 cunwu attach 附到新的一行"),
        "warning",
    ),
    "sheet-receipts-moved": Wording(
        N_("{key} 这一行原来的票据留着，但{columns}和原来不同，可能已经不是同一笔"),
        N_("请对照票据核对；不是这一笔的，用 cunwu attach --detach 去掉"),
        "warning",
    ),
    "sheet-receipts-unread": Wording(
        N_("原来的表里有票据，但表读不出来，没有换"), N_("请先运行 cunwu check，把原来的表改好，再导入")
    ),
    "sheet-register-open": Wording(
        N_("公开登记簿还没有这一期，表里也没有写明{missing}"),
        N_("请在 {path} 补一行：{line}"),
        "warning",
    ),
}
