"""Pinyin: how names are spelled, sorted and looked up."""

from __future__ import annotations

import pytest

from generator.pages.pinyin import letter_of, order_of, spelling, typed


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("双河村", "shuang he cun"),
        ("六合村", "liu/lu he/ge cun"),
        ("绿洲", "lv/lu zhou"),
        ("A 区", "a qu/ou"),
        ("", ""),
    ],
)
def test_a_name_is_spelled_in_every_reading(name: str, spelled: str):
    assert spelling(name) == spelled


def test_surnames_are_spelled_as_they_are_said_too():
    for name, said in (
        ("单", "shan"),
        ("曾", "zeng"),
        ("仇", "qiu"),
        ("解", "xie"),
        ("查", "zha"),
        ("盖", "ge"),
    ):
        assert said in spelling(name).split("/")


def test_a_rare_character_stands_for_itself():
    assert spelling("𬱖村") == "𬱖 cun"
    assert letter_of("𬱖村") == "#"


def test_names_are_sorted_by_sound():
    names = ["竹园村", "河心社区", "白云镇", "青石村", "2 号院", "𬱖村"]

    assert sorted(names, key=order_of) == ["白云镇", "河心社区", "青石村", "竹园村", "2 号院", "𬱖村"]


@pytest.mark.parametrize(("name", "letter"), [("青石村", "Q"), ("安全", "A"), ("2 号院", "#"), ("", "#")])
def test_a_name_is_looked_up_by_the_letter_it_begins_with(name: str, letter: str):
    assert letter_of(name) == letter


def test_a_name_is_typed_whole_or_by_its_first_letters():
    assert typed("青石村") == "qingshicun qsc"
    assert typed("") == " "
