"""How findings about files, tables, cells, documents and the register are put."""

from __future__ import annotations

from generator.wording.words import N_, Wording

RECORDS: dict[str, Wording] = {
    # Files and folders
    "file-unreadable": Wording(N_("这个文件或文件夹打不开"), N_("请检查是否损坏、是否有读取权限")),
    "file-link": Wording(
        N_("这是一个链接，不是文件本身"), N_("请放入文件本身；链接可能指向文件夹之外，一律不读")
    ),
    "file-encoding": Wording(
        N_("这个文件不是 UTF-8 编码"),
        N_("表格请在 WPS 或 Excel 里另存为「CSV UTF-8（逗号分隔）」；文本请在记事本里另存，编码选 UTF-8"),
    ),
    "file-nul": Wording(
        N_("文件里有空字节（NUL），不是文本"),
        N_("这多半不是 CSV 文件，只是改了名字；请在 WPS 或 Excel 里打开，另存为「CSV UTF-8（逗号分隔）」"),
    ),
    "file-too-large": Wording(
        N_("文件有 {size} MB，超过 {limit} MB，没有读"),
        N_("请检查是否放错了文件；确实这样大的，请按期间分开"),
    ),
    "file-empty": Wording(
        N_("文件是空的"),
        N_("第一行写表头：{header}，下面写数据；本期没有的，请删去本文件，并在公开登记簿写「本期无」"),
    ),
    "file-type": Wording(
        N_("「{item}」的文件应以 .{suffix} 结尾，这个文件没有读"),
        N_("请另存为 .{suffix} 文件，只改名字是不行的"),
    ),
    "file-unexpected": Wording(
        N_("不知道这个文件属于哪一项，没有读它"), N_("请移走，或放进对应项目的文件夹"), "warning"
    ),
    "folder-not-village": Wording(
        N_("这个文件夹里没有 village.yaml，不是一个村，里面的文件没有读"),
        N_("请补上 village.yaml（可运行 cunwu new-village），或移走这个文件夹"),
    ),
    "folder-not-township": Wording(
        N_("这个文件夹里没有 township.yaml，不是一个乡镇，里面的文件没有读"),
        N_("请补上 township.yaml，写明 name 和 code；或移走这个文件夹"),
    ),
    "folder-name": Wording(
        N_("「{name}」不能用作网址"),
        N_(
            "只用小写字母、数字和短横，最多 40 个字符；county、assets、dictionary、villages、search、404 另有用处，也不能用"
        ),
    ),
    "slug-duplicate": Wording(
        N_("网址名「{slug}」已被 {other} 使用，本村没有生成"), N_("请改用另一个 slug；已公开过的网址名不要改")
    ),
    "village-file": Wording(N_("{problem}"), N_("请改正；改好以前，这里的记录都没有读")),
    "item-unknown": Wording(
        N_("没有「{item}」这个公开项目，文件夹里的文件没有读"),
        N_("请检查文件夹名；新项目要先写 schemas/{item}.yaml"),
    ),
    "item-must-be-private": Wording(
        N_("「{item}」列有个人姓名，不能放在公开的文件夹里，没有读"),
        N_("请移到 private_content 指定的文件夹；已提交过的，请联系维护人员清除历史"),
    ),
    "item-must-be-public": Wording(
        N_("「{item}」是公开项目，放错在不公开的文件夹里，没有读"), N_("请移到 content 文件夹")
    ),
    "item-not-applicable": Wording(
        N_("{village}不公开「{item}」这一项，没有读"), N_("请检查文件是否放错了地方")
    ),
    "schema-not-valid": Wording(
        N_("「{item}」在{period}还没有或不再有表格规定，没有读"),
        N_("请检查文件名里的期间是否写错；没有写错的，请县里补写当时的规定（schemas 文件夹）"),
    ),
    "period-unknown": Wording(
        N_("「{name}」不是一个期间"),
        N_(
            "请写成 2026-03、2026Q1、2026H1、2026 或 2026-03-15；后面可加 --名称，名称只用小写字母、数字和短横"
        ),
    ),
    "period-kind": Wording(N_("「{item}」的期间不应写成「{name}」"), N_("请照这样写：{example}")),
    "period-duplicate": Wording(N_("同一期间已有 {other}，本文件没有读"), N_("请只保留一个")),
    # The shape of a table
    "csv-syntax": Wording(
        N_("从这一行起英文引号不成对，读不下去"),
        N_("请检查这一行：内容里的英文引号要写成两个，外面再加一对引号；也可改用中文引号"),
    ),
    "csv-separator": Wording(
        N_("各列没有用英文逗号隔开"),
        N_("请在 WPS 或 Excel 里另存为「CSV UTF-8（逗号分隔）」；表头是：{columns}"),
    ),
    "header-absent": Wording(N_("第一行不是表头"), N_("请删去上面的标题或空行，使第一行是：{columns}")),
    "header-missing": Wording(N_("缺少「{column}」这一列"), N_("请在表头补上「{column}」")),
    "header-alias": Wording(
        N_("「{written}」这一列应叫「{column}」"), N_("请把表头里的「{written}」改为「{column}」")
    ),
    "header-duplicate": Wording(N_("表头里「{column}」不止一次"), N_("请只保留一列")),
    "header-unknown": Wording(
        N_("表头第 {position} 列「{column}」不是本表的列"), N_("请删去这一列；本表的列是：{columns}")
    ),
    "header-personal": Wording(
        N_("第 {position} 列是个人信息，不能放在这里"),
        N_("请把这一整列从表里删掉再提交；已经提交过的，历史里还有，请告诉县里用 cunwu privacy purge 清除"),
    ),
    "header-order": Wording(N_("列的先后与规定的不同"), N_("请按此顺序：{columns}")),
    "rows-missing": Wording(
        N_("只有表头，没有数据"), N_("请补上数据；本期没有的，请删去本文件，并在公开登记簿写「本期无」")
    ),
    "rows-too-many": Wording(
        N_("超过 {limit} 行，没有读下去"), N_("请检查表尾是否多出了空行；确实这样多的，请按期间分开")
    ),
    "row-blank": Wording(N_("这一行是空的"), N_("请删去空行")),
    "row-cells": Wording(
        N_("这一行有 {cells} 格，表头有 {columns} 列"),
        N_("请检查是否多了或少了逗号；内容里有英文逗号的，要用英文引号括起来，或改用中文逗号"),
    ),
    # Cells
    "cell-type": Wording(N_("「{value}」不是{expected}"), N_("请只写{expected}{example}")),
    "cell-required": Wording(N_("这一格必须填写"), N_("请补上{example}")),
    "cell-enum": Wording(N_("「{value}」不在可选的内容里"), N_("只能写：{allowed}")),
    "cell-minimum": Wording(N_("「{value}」小于 {minimum}"), N_("请核对，不能小于 {minimum}")),
    "cell-maximum": Wording(N_("「{value}」大于 {maximum}"), N_("请核对，不能大于 {maximum}")),
    "cell-length": Wording(N_("有 {length} 个字，应当{limit}"), N_("请改写到合要求的字数")),
    "cell-pattern": Wording(N_("「{value}」的写法不合要求"), N_("请按规定的样子写{example}")),
    "cell-number-form": Wording(
        N_("「{value}」不是普通的数字写法"),
        N_("请只写数字和小数点：不加千分位逗号、空格、正号和开头多余的 0，不用全角数字和科学计数法{example}"),
    ),
    "cell-step": Wording(N_("「{value}」比最小单位 {step} 还细"), N_("请写成 {step} 的整倍数{example}")),
    "cell-formula": Wording(N_("内容以「{start}」开头，表格软件会把它当作公式"), N_("请去掉开头的这个符号")),
    "cell-unseen": Wording(
        N_("内容里有看不见的字符（{character}）"),
        N_("多半是从网页或聊天里粘贴来的，请删去这一格的内容，重新打字"),
    ),
    "cell-too-long": Wording(N_("这一格超过 {limit} 个字"), N_("请检查是否粘错了内容，或者少了一个英文引号")),
    "key-duplicate": Wording(
        N_("「{key}」与第 {line} 行重复"), N_("每行的「{key}」都要不同；重复录入的，请删去一行")
    ),
    # Documents
    "yaml-syntax": Wording(
        N_("写法有误，从这里读不下去"),
        N_(
            "请检查这一行和上一行：缩进、冒号后的空格、成对的引号；内容里有冒号或 # 的，以 * & ! % 开头的，请加引号"
        ),
    ),
    "yaml-duplicate-key": Wording(N_("「{key}」写了两次"), N_("请只保留一处")),
    "yaml-anchor": Wording(
        N_("不能使用 & 和 * 引用"), N_("请把内容直接写出来；内容以 & 或 * 开头的，请加引号")
    ),
    "yaml-documents": Wording(N_("一个文件里有两份内容（以 --- 隔开）"), N_("请分成两个文件")),
    "yaml-tag": Wording(N_("不能使用 ! 开头的标记"), N_("请删去；内容以 ! 开头的，请加引号")),
    "yaml-depth": Wording(N_("层次太深"), N_("请检查缩进")),
    "yaml-key": Wording(N_("名称应当是文字"), N_("请写成「名称: 内容」")),
    "document-empty": Wording(N_("没有内容，或不是「名称: 内容」的写法"), N_("应当写有：{fields}")),
    "key-unknown": Wording(N_("不认识「{key}」"), N_("请检查是否写错；可以写的有：{known}")),
    "value-shape": Wording(N_("这里应当只写一个值"), N_("请写成「名称: 内容」，不要再分条列出")),
    "part-shape": Wording(N_("「{part}」应当是一组条目"), N_("每条以「- 」开头，里面写「名称: 内容」")),
    # Villages among themselves
    "code-duplicate": Wording(
        N_("代码 {number} 与{other}相同"), N_("请核对 12 位区划代码；合并、改名的，旧村请写 valid_to")
    ),
    "successor-unknown": Wording(
        N_("successors 里的「{slug}」不是本县的村"), N_("请写接续的村的 slug；还没有建的，请先建")
    ),
    # Lists of persons
    "seal-missing": Wording(
        N_("名单还没有写承诺：公示期满、名单删除以后，就无从证明合计和户数"),
        N_("请运行 cunwu privacy seal"),
        "warning",
    ),
    "seal-stale": Wording(
        N_("名单和写下的承诺不符：名单后来改过，或承诺被人改过"),
        N_("请核对名单；确实更正过的，在公开登记簿写一行「更正」，再运行 cunwu privacy seal"),
    ),
    "seal-form": Wording(
        N_("读不懂这份名单承诺"), N_("这个文件由程序写出，请不要手改；请运行 cunwu privacy seal 重写")
    ),
    # The register
    "register-item": Wording(N_("没有叫「{value}」的公开项目"), N_("请写项目的名称：{titles}")),
    "register-stray": Wording(
        N_("登记了{item} {period}，但没有这份文件"),
        N_("请检查期间是否与文件名一致；本期没有的，类型请写「本期无」"),
        "warning",
    ),
    "register-contradiction": Wording(
        N_("登记为「本期无」，但有 {file} 这份文件"), N_("请删去登记的这一行，或移走文件")
    ),
}
