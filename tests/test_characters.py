"""The tables of characters: shipped as the libraries draw them."""

from __future__ import annotations

from tests.characters import SYLLABLES, TRADITIONAL, draw_syllables, draw_traditional


def test_the_table_of_traditional_characters_is_what_opencc_says():
    assert TRADITIONAL.read_text(encoding="utf-8") == draw_traditional()


def test_the_table_of_syllables_is_what_pypinyin_says():
    assert SYLLABLES.read_text(encoding="utf-8") == draw_syllables()
