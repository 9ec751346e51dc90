"""Names: the villages of the bench county, after a list of real ones outside the project or made up."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT.parent / "shared" / "data" / "villages-pengshui-2020.csv"
VILLAGES_PER_TOWNSHIP = 8
TOWNSHIPS_PER_COUNTY = 24
COMMUNITY_EVERY = 5
# What made-up places are called, two of these each: as many spellings and letters as real ones have.
_MARKS = tuple(
    "青石清溪双河东升大坪白云竹园林口龙泉凤红旗新华高峰长岭松柏梨树桃花杨柳板桥沙田金银马鞍牛角"
    "虎头鹤岩湾坝塘沟垭寨冲坡坳铺店场井和平福寿安乐"
)


@dataclass(frozen=True, slots=True)
class BenchVillage:
    """One village to write: where it lies and what it is called."""

    slug: str
    name: str
    code: str
    is_community: bool
    township: str
    township_name: str
    township_code: str

    @property
    def folder(self) -> str:
        """Return the village's folder below a content root."""
        return f"{self.township}/{self.slug}"


def names_file() -> Path | None:
    """Return the list of real villages, or None where there is none on this machine."""
    path = Path(os.environ.get("CUNWU_BENCH_NAMES") or LIST)
    return path if path.is_file() else None


def plan_villages(count: int, listed: Path | None) -> list[BenchVillage]:
    """Return ``count`` villages: those of the list first, made-up ones for the rest."""
    villages = list(_listed(listed))[:count] if listed else []
    townships = len({village.township for village in villages})
    villages.extend(_made_up(number, townships) for number in range(len(villages) + 1, count + 1))
    return villages


def _listed(path: Path) -> Iterator[BenchVillage]:
    townships: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            township = townships.setdefault(row["township_code"], f"t{len(townships) + 1:02d}")
            yield BenchVillage(
                slug=f"v{number:03d}",
                name=row["name"].removesuffix("居民委员会").removesuffix("村民委员会").removesuffix("村委会"),
                code=row["code"],
                is_community=row["kind"] == "居委会",
                township=township,
                township_name=row["township"],
                township_code=row["township_code"].ljust(12, "0"),
            )


def _made_up(number: int, townships: int) -> BenchVillage:
    township = townships + (number - 1) // VILLAGES_PER_TOWNSHIP + 1
    is_community = number % COMMUNITY_EVERY == 0
    code = f"9999{township // TOWNSHIPS_PER_COUNTY:02d}{100 + township % TOWNSHIPS_PER_COUNTY:03d}"
    serial = number % 200 if is_community else 200 + number % 800
    return BenchVillage(
        slug=f"v{number:03d}",
        name=f"{_pair(number)}{'社区' if is_community else '村'}",
        code=f"{code}{serial:03d}",
        is_community=is_community,
        township=f"t{township:02d}",
        township_name=f"{_pair(township)}镇",
        township_code=f"{code}000",
    )


def _pair(number: int) -> str:
    """Return the ``number``-th name, counted from 1: all differ while there are pairs of different marks."""
    step, first = divmod(number - 1, len(_MARKS))
    return f"{_MARKS[first]}{_MARKS[(first + 1 + step % (len(_MARKS) - 1)) % len(_MARKS)]}"
