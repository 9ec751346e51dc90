"""People: the list of reviewers says plainly what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.finding import SetupError
from generator.promises.people import FILE, Person, load_staff, with_person
from generator.starting.shipped import template

GOOD = "reviewers:\n  - {name: qingshi-1, role: 村务监督委员会, places: [qingxi/qingshi, baiyun]}\n"


def listed(root: Path, text: str) -> tuple[Person, ...]:
    path = root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_staff(root).reviewers


def test_without_a_list_nobody_reviews(tmp_path: Path):
    assert load_staff(tmp_path).reviewers == ()


def test_a_reviewer_covers_a_village_a_township_or_everything(tmp_path: Path):
    (person,) = listed(tmp_path, GOOD)

    assert person == Person("qingshi-1", "村务监督委员会", ("qingxi/qingshi", "baiyun"))
    assert [person.covers(folder) for folder in ("qingxi/qingshi", "baiyun/hexin", "qingxi/zhuyuan")] == [
        True,
        True,
        False,
    ]
    assert not Person("a", "甲", ("qingxi/qing",)).covers("qingxi/qingshi")
    assert Person("a", "甲", (".",)).covers("_county")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reviewers: {}\n", "一组条目"),
        ("people: []\n", "不认识「people」"),
        (GOOD.replace("qingshi-1", "青石"), "小写字母"),
        (GOOD + GOOD.splitlines()[1] + "\n", "重复"),
        (GOOD.replace("qingxi/qingshi, baiyun", ""), "写 content 下面的文件夹"),
        (GOOD.replace("qingxi/qingshi", "../x"), "写 content 下面的文件夹"),
        (GOOD.replace("qingxi/qingshi", "/"), "写 content 下面的文件夹"),
        (GOOD.replace("村务监督委员会", "村" * 41), "最多 40 个字"),
        (GOOD.replace(", role: 村务监督委员会", ""), "缺少「role」"),
        (GOOD.replace("name:", "phone: x, name:"), "不认识「phone」"),
    ],
)
def test_a_list_that_makes_no_sense_is_a_broken_set_up(tmp_path: Path, text: str, said: str):
    with pytest.raises(SetupError, match=said) as broken:
        listed(tmp_path, text)
    assert broken.value.file == FILE


@pytest.mark.parametrize(
    "before", [None, b"", GOOD.encode(), GOOD.rstrip().encode(), GOOD.replace("\n", "\r\n").encode()]
)
def test_a_reviewer_is_added_after_what_stands_there(tmp_path: Path, before: bytes | None):
    person = Person("b-2", '乡镇"经管站"', (".", "qingxi"))

    after = with_person(before, person)

    assert after.startswith(before or b"#")
    assert listed(tmp_path, after.decode())[-1] == person


EDITORS = "editors:\n  - {name: bzy, role: 报账员, places: [qingxi/qingshi], accounts: ['@bzy', org/team]}\n"


def test_everybody_is_known_by_name_and_by_account(tmp_path: Path):
    listed(tmp_path, EDITORS + "keepers:\n  - {name: admin, role: 县管理员}\n" + GOOD)
    staff = load_staff(tmp_path)

    assert [one.role for one in staff.named("bzy")] == ["报账员"]
    assert staff.named("@bzy") == staff.named("org/team") == staff.named("bzy")
    assert staff.named("nobody") == ()
    assert (staff.keeps("admin"), staff.keeps("bzy")) == (True, False)
    assert [person.name for person in load_staff(tmp_path).reviewers] == ["qingshi-1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + EDITORS, "移到文件的最后"),
        (EDITORS.replace("@bzy", "@b z y"), "账号"),
        (EDITORS.replace("[qingxi/qingshi]", "[]"), "写 content 下面的文件夹"),
    ],
)
def test_lists_that_make_no_sense_are_a_broken_set_up(tmp_path: Path, text: str, said: str):
    with pytest.raises(SetupError, match=said):
        listed(tmp_path, text)


@pytest.mark.parametrize("before", [EDITORS, template("people.yaml")])
def test_the_desk_enrols_a_reviewer_after_the_other_lists(tmp_path: Path, before: str):
    person = Person("b-2", "乡镇经管站", ("qingxi",))

    after = with_person(before.encode(), person).decode()

    assert after.startswith(before)
    assert listed(tmp_path, after) == (person,)
    assert person not in load_staff(tmp_path).editors
