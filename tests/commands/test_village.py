"""Villages change: the old ones close in place, none of their records is moved, and all find the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands.village import village as group
from generator.intake.walk import walk_county
from generator.model.village import Village
from generator.pages.relatives import relatives_of
from generator.promises.promises import load_promises
from generator.publish.serving import moved_codes
from tests.commands.conftest import cunwu
from tests.sample import tree

DAY = "2026-11-01"
NEW = "qingzhu=青竹村=999901203000"


def change(county: Path, *words: str) -> str:
    done = cunwu("village", *words, "--root", county)
    assert done.returncode == 0, done.stderr
    return done.stdout


def known(county: Path) -> dict[str, Village]:
    walked = walk_county(load_promises(county))
    assert walked.findings == ()
    return {village.slug: village for village in walked.villages}


def others(county: Path) -> dict[str, bytes]:
    """Return all records but the villages' own files."""
    return {name: text for name, text in tree(county / "content").items() if "village.yaml" not in name}


def test_two_villages_merge_and_no_record_is_touched(county: Path):
    before, was = others(county), known(county)

    told = change(county, "merge", "青石村", "竹园村", "--into", NEW, "--on", DAY)

    now = known(county)
    assert {name: text for name, text in others(county).items() if "qingzhu" not in name} == before
    for slug in ("qingshi", "zhuyuan"):
        assert str(now[slug].valid_to) == "2026-10-31"
        assert now[slug].successors == ("qingzhu",)
        assert (now[slug].name, now[slug].code) == (was[slug].name, was[slug].code)
    new = now["qingzhu"]
    assert (new.name, new.code, str(new.valid_from)) == ("青竹村", "999901203000", DAY)
    assert set(new.contacts) == {*was["qingshi"].contacts, *was["zhuyuan"].contacts}
    assert "网址和二维码都保留" in told
    assert "上期结余" in told


def test_after_a_merger_the_county_is_as_sound_as_before(county: Path):
    before = cunwu("check", "--root", county, "--as-of", "2026-10-20", "--format", "json").stdout

    change(county, "merge", "青石村", "竹园村", "--into", NEW, "--on", DAY)

    assert cunwu("check", "--root", county, "--as-of", "2026-10-20", "--format", "json").stdout == before


def test_one_village_may_take_in_another(county: Path):
    change(county, "merge", "竹园村", "--into", "qingshi", "--on", DAY)

    now = known(county)
    assert now["zhuyuan"].successors == ("qingshi",)
    assert now["qingshi"].valid_to is None


def test_a_village_splits_into_several(county: Path):
    other = "zhuxi=竹西村=999901204000"
    change(county, "split", "zhuyuan", "--into", NEW, "--into", other, "--on", DAY)

    now = known(county)
    assert now["zhuyuan"].successors == ("qingzhu", "zhuxi")
    assert {now["qingzhu"].township, now["zhuxi"].township} == {"qingxi"}


def test_a_village_that_goes_to_another_township_goes_on_there(county: Path):
    before = others(county)

    change(county, "move", "竹园村", "白云镇", "--into", "zhuyuan-by=竹园村=999902203000", "--on", DAY)

    now = known(county)
    assert now["zhuyuan-by"].township == "baiyun"
    assert now["zhuyuan"].successors == ("zhuyuan-by",)
    assert before.items() <= others(county).items()


def test_a_new_name_and_code_keep_the_address_and_the_codes_of_all_editions(county: Path):
    change(county, "rename", "青石村", "--name", "青山村", "--code", "999901209000")
    change(county, "rename", "青山村", "--code", "999901210000")

    village = known(county)["qingshi"]
    assert (village.name, village.code) == ("青山村", "999901210000")
    assert village.former_codes == ("999901101000", "999901201000", "999901209000")
    moved = moved_codes(known(county).values())
    codes = ("999901101000", "999901201000", "999901209000", "999901210000")
    assert {moved[code] for code in codes} == {"qingshi"}


def test_a_code_that_the_merged_village_takes_over_leads_to_it(county: Path):
    change(county, "merge", "青石村", "竹园村", "--into", "qingzhu=青竹村=999901201000", "--on", DAY)

    moved = moved_codes(known(county).values())
    assert moved["999901201000"] == "qingzhu"
    assert moved["999901202000"] == "zhuyuan"
    found = walk_county(load_promises(county)).village_named("999901201000")
    assert found is not None
    assert found.slug == "qingzhu"


def test_old_and_new_villages_lead_to_each_other(county: Path):
    change(county, "merge", "青石村", "竹园村", "--into", NEW, "--on", DAY)
    walked = walk_county(load_promises(county))
    now = {village.slug: village for village in walked.villages}

    def listed(slug: str) -> list[tuple[str, str]]:
        return [(line.url, line.note) for line in relatives_of(walked, now[slug])]

    assert listed("qingshi") == [("qingzhu/", "接续本村，以后的公开在这里")]
    assert [url for url, _note in listed("qingzhu")] == ["qingshi/", "zhuyuan/"]
    assert listed("shiqiao") == []
    office = next(village for village in walked.villages if village.folder == "qingxi/_township")
    notes = {line.title: line.note for line in relatives_of(walked, office)}
    assert "撤销" in notes["青石村"] and notes["青竹村"] == ""


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("merge", "没有村", "--into", NEW, "--on", DAY), "找不到村"),
        (("merge", "青石村", "--into", "qingshi", "--on", DAY), "不能接续自己"),
        (("merge", "青石村", "--into", "zhuyuan=某村=999901203000", "--on", DAY), "已被竹园村使用"),
        (("merge", "青石村", "--into", "x=某村=12", "--on", DAY), "12 位数字"),
        (("merge", "青石村", "--into", "x=某村=999902201000", "--on", DAY), "相同"),
        (("merge", "青石村", "--into", "x=某村", "--on", DAY), "--into 写成"),
        (("merge", "青石村", "--into", "A B=某村=999901203000", "--on", DAY), "网址名「A B」"),
        (("merge", "青石村", "--into", "../x=某村=999901203000", "--on", DAY), "网址名「../x」"),
        (("merge", "青石村", "--into", "assets=某村=999901203000", "--on", DAY), "没有改"),
        (("merge", "青石村", "--into", NEW, "--on", "2000-01-01"), "才开始"),
        (("split", "青石村", "--into", NEW, "--on", DAY), "至少两个"),
        (("move", "青石村", "没有镇", "--into", NEW, "--on", DAY), "找不到乡镇"),
        (("rename", "青石村", "--name", "青石村"), "都没有变"),
        (("rename", "青石村", "--code", "999901202000"), "相同"),
    ],
)
def test_what_cannot_be_changes_nothing_and_says_why(county: Path, words: tuple[str, ...], problem: str):
    before = tree(county)

    done = cunwu("village", *words, "--root", county)

    assert done.returncode == 2
    assert problem in done.stderr
    assert tree(county) == before


def test_a_village_closes_once(county: Path):
    change(county, "merge", "青石村", "--into", NEW, "--on", DAY)

    done = cunwu("village", "merge", "qingshi", "--into", "zhuyuan", "--on", DAY, "--root", county)

    assert done.returncode == 2
    assert "已经撤销了" in done.stderr


def test_every_change_is_explained_by_an_example():
    assert {name: bool(command.help) for name, command in group.commands.items()} == dict.fromkeys(
        ("merge", "split", "rename", "move"), True
    )
