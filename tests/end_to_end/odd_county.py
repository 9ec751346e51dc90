"""The odd county: the sample with a village in which everything is as odd as the rules allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tests.end_to_end.conftest import build
from tests.sample import copy_sample

# Thirty characters; 䶮 and 𬱖 are in no GBK font, and 𬱖 is two units of UTF-16.
NAME = "𬱖水䶮山上坝中坝下坝连片易地搬迁安置融合发展示范先行五龙口村"
ROWS = 2_000
HUGE = Decimal("999999999999.99")
UNSPACED = "甲" * 200
ENDLESS = "A1b2" * 15
SURNAMES = ("𬱖", "䶮", "欧阳")
GIVEN = ("䶮𬱖", "某乙", "某丙")
_LEDGER = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注"


def odd_county(root: Path) -> Path:
    """Return ``root`` as a county with the odd village ``odd`` and the empty one ``bare``, built."""
    copy_sample(root)
    public, private = root / "content/qingxi/odd", root / "content_private/qingxi/odd"
    for path, content in {
        public / "village.yaml": _village("odd", NAME, "999901203000"),
        root / "content/qingxi/bare/village.yaml": _village("bare", "新设村", "999901204000"),
        public / "publications.csv": _publications(),
        public / "finance/2026-05.csv": f"{_LEDGER}\n",
        public / "finance/2026-06.csv": _lines(
            [_LEDGER, "0001,2026-06-01,,建账,村委会,银行,期初,,,-1234.56,"]
        ),
        public / "finance/2026-09.csv": _lines(_long_ledger()),
        public / "finance_summary/2026Q3.csv": _lines(_summary()),
        public / "inventory/2025.csv": _lines(_inventory()),
        public / "contracts/2026.csv": _lines(_contract()),
        public / "notice/2026-08-03.yaml": _notice(),
        private / "subsidy/2026Q3--elderly.csv": _lines(_subsidy()),
        private / "subsidy/2026Q3--elderly.salt": f"{'5a17' * 16}\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    schema = root / "schemas/subsidy.yaml"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(
        text.replace("  private: true\n", "  private: true\n  names: {during: mask}\n"), encoding="utf-8"
    )
    build(root)
    return root


def _lines(lines: Iterator[str] | list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _village(slug: str, name: str, code: str) -> str:
    return (
        f'slug: {slug}\nname: {name}\ncode: "{code}"\nkind: village\nbodies: [村委会, 村务监督委员会]\n'
        f'contacts:\n  - {{title: 村务监督委员会, phone: "000-10030001", hours: "周一 9:00–17:00"}}\n'
        'valid_from: "2001-01-01"\n'
    )


def _publications() -> str:
    head = "项目,期间,次,类型,编制,审核,审核日,张贴起,张贴止,地点,说明"
    posted = "1,公开,报账员,村务监督委员会,2026-10-09,2026-10-12,2026-10-28,村委会公开栏,"
    none = "1,本期无,报账员,村务监督委员会,2026-10-09,2026-10-12,2026-10-28,村委会公开栏,没有债权债务"
    periods = (
        "财务收支,2026-05",
        "财务收支,2026-06",
        "财务收支,2026-09",
        "财务收支报表,2026Q3",
        "清查盘点,2025",
        "承包租赁合同,2026",
        "补贴发放,2026Q3--elderly",
    )
    return _lines([head, *(f"{period},{posted}" for period in periods), f"债权债务,2026Q3,{none}"])


def _long_ledger() -> Iterator[str]:
    """Yield a ledger of two thousand rows: sums of a million million, below nothing, and of one cent."""
    yield _LEDGER
    balance = -HUGE
    yield f"0001,2026-09-01,,上月结转,村委会,银行,上月结转,,,{balance},"
    for number in range(2, ROWS + 1):
        income = 2 * HUGE if number == 2 else Decimal("0.01") if number % 2 else Decimal(0)
        expense = Decimal("1.01") if not number % 2 and number > 2 else Decimal(0)
        balance += income - expense
        text = ENDLESS if number == 3 else f"䶮山第 {number} 笔"
        category = "其他收入" if income else "办公费"
        day = 2 + number * 27 // ROWS
        money = f"{income or ''},{expense or ''},{balance}"
        yield f"{number:04},2026-09-{day:02},,{text},村委会,银行,{category},{money},"


def _summary() -> Iterator[str]:
    """Yield a quarter that has no quarter before it, and a sum below nothing."""
    yield "行次,主体,类别,项目,金额,说明"
    number, pairs = 0, ROWS // 2 - 1
    income, expense = 2 * HUGE + pairs * Decimal("0.01"), pairs * Decimal("1.01")
    sums = {"上期结余": -HUGE, "收入": income, "支出": expense, "本期结余": income - expense - HUGE}
    for kind, amount in sums.items():
        for label in ("银行", "合计"):
            number += 1
            yield f"{number},村委会,{kind},{label},{amount},"


def _inventory() -> Iterator[str]:
    """Yield one row only, with two texts of two hundred characters without a space."""
    yield "编号,主体,名称,种类,计量单位,账面数,核实数,差数,结果,原因,处理"
    yield f"P01,村集体,{'䶮' * 60},库存物资,袋,{HUGE},0,-{HUGE},盘亏,{UNSPACED},{ENDLESS * 3}"


def _contract() -> list[str]:
    return [
        "合同号,主体,标的,承包方,关系,决议,签订日,开始日,到期日,数量,计量单位,单价,年租金,年租金大写,本年应收,已收,欠收,约定付款日,状态,合同类型,备注",
        "2026-01,村集体,一口塘,一组养殖户,无,2026-01-08 村民代表会议,2026-01-10,2026-01-20,2027-01-19,"
        f"1.00,口,{HUGE},{HUGE},,{HUGE},0.01,{HUGE - Decimal('0.01')},,执行中,,".replace(",口,", ",处,"),
    ]


def _notice() -> str:
    return f'标题: {ENDLESS}\n日期: "2026-08-03"\n发布: {NAME}村民委员会\n正文: {UNSPACED}{ENDLESS * 4}\n'


def _subsidy() -> Iterator[str]:
    yield "编号,组,户主,数量,单位,标准,金额,备注"
    for number, (surname, given) in enumerate(zip(SURNAMES, GIVEN, strict=True), 1):
        yield f"{number:03},{'一二三'[number - 1]}组,{surname}{given},3.00,月,50.00,150.00,"
