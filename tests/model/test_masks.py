"""Masks: one style for the whole county, which hides even the length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.masks import hide, mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("谭某卯", "谭**"),
        ("冉丙", "冉**"),
        ("欧阳某某某", "欧阳**"),
        ("欧阳", "欧**"),
        ("司徒某", "司徒**"),
        ("艾某某·买某某", "艾某某·**"),
        ("艾某某•买某某•某", "艾某某·**"),
        ("·某", "·**"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(name: str, masked: str):
    assert mask_name(name) == masked


@given(st.text(alphabet=st.characters(blacklist_characters="·•・‧．"), min_size=1))
def test_a_mask_tells_nothing_but_the_surname(name: str):
    masked = mask_name(name)

    assert masked.endswith("**")
    assert name.startswith(masked[:-2])
    assert len(masked) in (3, 4)


def test_what_is_hidden_tells_nothing():
    assert hide("三组") == hide("田某甲") == "**"
    assert hide("") == ""
