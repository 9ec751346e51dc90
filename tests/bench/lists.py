"""Lists: made-up subsidy lists of 120 rows whose every amount is quantity × standard."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.bench.ledgers import GROUPS, yuan

ROWS = 120
HEADER = "编号,组,户主,数量,单位,标准,金额,备注"
QUARTERS = ("2026Q1", "2026Q2", "2026Q3")
SURNAMES = "田冉王李张陈杨刘谢罗何向任庹秦黄"
LAST = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One subsidy: its slug, unit, standard in 分, and the bounds of a quantity in tenths."""

    slug: str
    unit: str
    standard: int
    least: int
    most: int


SCHEMES = (
    Scheme("farmland", "亩", 11_000, 5, 120),
    Scheme("elderly", "月", 8_000, 10, 30),
    Scheme("forest", "亩", 1_250, 10, 300),
    Scheme("disabled", "月", 9_000, 10, 30),
)


def subsidy_list(scheme: Scheme, chance: Random) -> str:
    """Return one quarter of one scheme as CSV."""
    lines = [HEADER]
    whole = 10 if scheme.unit == "月" else 1
    standard = yuan(scheme.standard)
    for number in range(1, ROWS + 1):
        draw = chance.random()
        tenths = scheme.least + int(draw * (scheme.most - scheme.least + 1)) // whole * whole
        person = f"{SURNAMES[int(draw * 9973) % 16]}某{LAST[number % 16]}"
        group = GROUPS[(number - 1) * len(GROUPS) // ROWS]
        quantity = f"{tenths // 10}.{tenths % 10}0"
        amount = yuan(tenths * scheme.standard // 10)
        lines.append(f"{number:03d},{group},{person},{quantity},{scheme.unit},{standard},{amount},")
    return "\n".join((*lines, ""))
