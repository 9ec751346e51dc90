"""Names: a person is known for one whatever characters the name is written with."""

from __future__ import annotations

import pytest

from generator.privacy.names import is_person, named_persons


@pytest.mark.parametrize("name", ["王某甲", "王䶮", "王𬱖", "䶮某乙", "𬱖某", "李𬱖䶮"])
def test_a_rare_character_hides_no_name(name: str):
    assert is_person(name)


@pytest.mark.parametrize("name", ["王䶮", "李𬱖"])
def test_a_sentence_that_names_somebody_with_a_rare_character_is_told_of(name: str):
    assert named_persons(f"资助学生{name},三百元") == [4]


def test_a_place_with_a_rare_character_is_no_person():
    assert named_persons("䶮山村修路") == []
