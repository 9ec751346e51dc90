"""Ledgers: twelve months of made-up income and expense whose arithmetic is right to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

MONTHS = (*(f"2025-{month:02d}" for month in (10, 11, 12)), *(f"2026-{month:02d}" for month in range(1, 10)))
ROWS = 60
HEADER = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注"
ACCOUNTS = ("银行", "现金")
INCOME = (
    ("发包收入", "收{group}鱼塘承包费"),
    ("租赁收入", "收{group}旧校舍租金"),
    ("经营收入", "收集体茶园鲜叶款"),
    ("财政补助", "收上级村级组织运转经费"),
    ("社会捐赠", "收{group}修路捐款"),
    ("利息", "收银行存款利息"),
)
EXPENSE = (
    ("误工补贴", "付{group}清淤误工补贴"),
    ("办公费", "付打印纸和墨盒"),
    ("水电费", "付村级活动场所电费"),
    ("维修养护", "付{group}人行便道修补材料款"),
    ("工程建设", "付{group}蓄水池整治工程进度款"),
    ("公益事业", "付{group}路灯更换款"),
    ("环境卫生", "付{group}垃圾清运费"),
    ("会议学习", "付村民代表会议用水"),
)
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")


def yuan(cents: int) -> str:
    """Return an amount of 分 as 元 with two decimals."""
    return f"{cents // 100}.{cents % 100:02d}"


@dataclass(slots=True)
class Books:
    """One village's balances per accounting entity and account, in 分, carried from month to month."""

    entities: tuple[str, str]
    balances: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def opened(cls, is_community: bool, chance: Random) -> Books:
        """Return books with a first opening balance for every series."""
        books = cls(("村集体", "居委会" if is_community else "村委会"))
        for entity in books.entities:
            books.balances[entity, "银行"] = chance.randrange(20_000_000, 80_000_000)
            books.balances[entity, "现金"] = chance.randrange(200_000, 500_000)
        return books

    def ledger(self, month: str, chance: Random) -> str:
        """Return one month as CSV and carry the balances on."""
        rows = [*self._openings(month), *self._movements(month, chance)]
        lines = (f"{number:03d},{row}" for number, row in enumerate(rows, 1))
        return "\n".join((HEADER, *lines, ""))

    def _openings(self, month: str) -> Iterator[str]:
        kind, label = ("期初", "期初余额") if month == MONTHS[0] else ("上月结转", "上月结转")
        for (entity, account), balance in self.balances.items():
            yield f"{month}-01,,{label},{entity},{account},{kind},,,{yuan(balance)},"

    def _movements(self, month: str, chance: Random) -> Iterator[str]:
        count = ROWS - len(self.balances)
        days = sorted(chance.randrange(1, 29) for _ in range(count - 1))
        yield from self._transfer(f"{month}-{days[0]:02d},记-001")
        for voucher, day in enumerate(days[1:], 2):
            yield self._movement(f"{month}-{day:02d},记-{voucher:03d}", chance)

    def _transfer(self, head: str) -> Iterator[str]:
        entity = self.entities[0]
        # Among thousands of villages some have less in the bank than is usually drawn.
        amount = min(200_000, self.balances[entity, "银行"] // 2)
        self.balances[entity, "银行"] -= amount
        balance = yuan(self.balances[entity, "银行"])
        yield f"{head},银行提取备用金,{entity},银行,内部转账,,{yuan(amount)},{balance},"
        self.balances[entity, "现金"] += amount
        balance = yuan(self.balances[entity, "现金"])
        yield f"{head},银行提取备用金,{entity},现金,内部转账,{yuan(amount)},,{balance},"

    def _movement(self, head: str, chance: Random) -> str:
        draw = chance.random
        series = (self.entities[draw() < 0.4], ACCOUNTS[draw() < 0.25])
        amount = int(draw() * (900_000 if series[1] == "银行" else 30_000)) + 1_000
        is_income = draw() < 0.45 or amount > self.balances[series]
        kinds = INCOME if is_income else EXPENSE
        kind, summary = kinds[int(draw() * len(kinds))]
        summary = summary.format(group=GROUPS[int(draw() * len(GROUPS))])
        self.balances[series] += amount if is_income else -amount
        cells = f"{yuan(amount)}," if is_income else f",{yuan(amount)}"
        return f"{head},{summary},{series[0]},{series[1]},{kind},{cells},{yuan(self.balances[series])},"
