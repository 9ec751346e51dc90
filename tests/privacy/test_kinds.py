"""Kinds: every kind of leak has one example that shows it alone, with words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from generator.intake.walk import walk_county
from generator.pipeline.guard import Guard, finding_of
from generator.privacy.allow import load_allowances
from generator.promises.promises import load_promises
from generator.wording.privacy import KINDS, PRIVACY
from tests.counties import AS_OF, county_at, written
from tests.privacy import files, generators
from tests.privacy.planted import VILLAGE

RNG = Random(31)
MASK = "*"


def rows(*lines: str) -> Callable[[Path], None]:
    """Return what writes a table of a stray file into the village."""

    def plant(root: Path) -> None:
        written(root, f"{VILLAGE}/other/list.csv", "\n".join(lines) + "\n")

    return plant


def content(name: str, data: bytes) -> Callable[[Path], None]:
    """Return what writes a file of any kind into the village."""

    def plant(root: Path) -> None:
        (root / VILLAGE / name).write_bytes(data)

    return plant


def _masked(number: str, first: int, last: int) -> str:
    return number[:first] + MASK * (len(number) - first - last) + number[len(number) - last :]


ID, CARD = str(generators.citizen(RNG)), str(generators.card(RNG))
PHONES = [str(generators.mobile(RNG)) for _ in range(6)]
EXAMPLES: dict[str, Callable[[Path], None]] = {
    "citizen-id": rows("户主,备注", f"甲,{ID}"),
    "residence-permit": rows("户主,备注", f"甲,{generators.permit(RNG)}"),
    "passport": rows("户主,护照号", f"甲,{generators.passport(RNG)}"),
    "social-card": rows("户主,社会保障卡号", f"甲,{generators.digits(RNG, 9)}"),
    "bank-card": rows("户主,备注", f"甲,{CARD}"),
    "account": rows("户主,一卡通账号", f"甲,{generators.digits(RNG, 17)}"),
    "mobile": rows("户主,备注", f"甲,{PHONES[0]}"),
    "landline": rows("户主,家庭电话", f"甲,{generators.landline(RNG)}"),
    "plate": rows("户主,备注", f"甲,{generators.plate(RNG)}"),
    "masked-id": rows("户主,备注", f"甲,{_masked(ID, 6, 4)}"),
    "masked-thin": rows("户主,备注", f"甲,{_masked(PHONES[1], 5, 4)}"),
    "masked-mixed": rows(
        "户主,备注",
        *(f"田某{mark},{_masked(phone, 3, 4)}" for mark, phone in zip("甲乙丙", PHONES, strict=False)),
        f"田某丁,{_masked(PHONES[4], 2, 4)}",
    ),
    "masked-recombined": rows(
        "户主,备注", f"田某甲,{_masked(PHONES[5], 3, 4)}", f"田某甲,{_masked(PHONES[5], 7, 0)}"
    ),
    "address": rows("户主,备注", "田某甲,住滨河路12号3栋2单元501室"),
    "health": rows("户主,备注", "田某甲,患有尿毒症"),
    "minor": rows("户主,备注", "田某甲,其子8岁在中心小学三年级二班就读"),
    "birth-date": rows("户主,出生年月", "田某甲,1956年3月"),
    "gps": content("照片.jpg", files.photo(position=True)),
    "unreadable": content("扫描.pdf", files.pdf(has_text=False)),
}


def test_every_kind_has_its_example():
    assert sorted([*EXAMPLES, "allowance-unused"]) == sorted(KINDS)
    assert set(PRIVACY) == {f"private-{kind}" for kind in KINDS}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_kind_is_told_alone_with_what_to_do(kind: str, tmp_path: Path):
    root = county_at(tmp_path)
    EXAMPLES[kind](root)
    promises = load_promises(root)
    county = walk_county(promises)
    village = next(v for v in county.villages if v.slug == "xi")

    leaks = Guard(promises, county.townships, AS_OF).leaks_of_records(village)

    # Masks that tell more together differ from each other as well.
    with_it = {"masked-mixed"} if kind == "masked-recombined" else set()
    assert {leak.kind for leak in leaks} == {kind} | with_it
    found = finding_of(leaks[0])
    assert found.message and found.hint
    assert "{" not in found.message + found.hint


def test_an_allowance_that_nothing_needs_is_told(tmp_path: Path):
    root = county_at(tmp_path)
    entry = "allow:\n  - {file: content/dong/xi/**, kind: mobile, reason: 值班电话, role: 镇纪委}\n"
    written(root, "site_config/privacy_allow.yaml", entry)
    allowances = load_allowances(root)

    assert [leak.kind for leak in allowances.unused()] == ["allowance-unused"]


def test_what_the_county_allows_is_no_finding_and_after_its_last_day_is_one(tmp_path: Path):
    root = county_at(tmp_path)
    EXAMPLES["mobile"](root)
    entry = '{file: content/dong/xi/other/*, kind: mobile, reason: 值班, role: 镇纪委, until: "2026-03-31"}'
    written(root, "site_config/privacy_allow.yaml", f"allow:\n  - {entry}\n")
    promises = load_promises(root)
    county = walk_county(promises)
    village = next(v for v in county.villages if v.slug == "xi")

    assert Guard(promises, county.townships, date(2026, 3, 31)).leaks_of_records(village) == []
    assert len(Guard(promises, county.townships, date(2026, 4, 1)).leaks_of_records(village)) == 1
