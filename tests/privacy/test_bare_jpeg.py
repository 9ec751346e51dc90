"""Bare JPEGs: told by their form alone, and made without touching a pixel."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from generator.privacy.bare_jpeg import bare_jpeg, is_bare_jpeg
from generator.privacy.clean_image import clean_image
from tests.receipts import photograph, picture, saved

CLEAN = clean_image(photograph(500, 400))
PLACES = (2, CLEAN.rindex(b"\xff\xda"))  # before all segments, and between the scans of the pixels


def test_a_cleaned_picture_is_bare():
    for content in (CLEAN, saved(picture(), "JPEG"), saved(picture(), "JPEG", progressive=True)):
        assert is_bare_jpeg(content)
        assert bare_jpeg(content) == content


def test_a_photograph_is_not():
    assert not is_bare_jpeg(photograph())
    assert is_bare_jpeg(bare_jpeg(photograph()))


@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xED, 0xEF, 0xFE])
@pytest.mark.parametrize("place", PLACES)
def test_words_are_found_wherever_they_stand(marker: int, place: int):
    words = bytes([0xFF, marker, 0, 8]) + b"secret"
    spoilt = CLEAN[:place] + words + CLEAN[place:]

    assert not is_bare_jpeg(spoilt)
    assert bare_jpeg(spoilt) == CLEAN


@pytest.mark.parametrize("rest", [b"\0", b" a film behind the picture", CLEAN])
def test_what_hangs_behind_the_picture_counts(rest: bytes):
    assert not is_bare_jpeg(CLEAN + rest)
    assert bare_jpeg(CLEAN + rest) == CLEAN


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", CLEAN[:-1], CLEAN[:200], b"%PDF-1.7", b"words" + CLEAN]
)
def test_what_is_no_whole_picture_is_not_bare(content: bytes):
    assert not is_bare_jpeg(content)


def test_no_pixel_is_touched():
    shot = photograph(200, 100)
    with Image.open(io.BytesIO(bare_jpeg(shot))) as after, Image.open(io.BytesIO(shot)) as before:
        assert not after.getexif()
        assert after.tobytes() == before.tobytes()


def test_words_in_the_segment_about_colours_are_found():
    words = bytes([0xFF, 0xE0, 0, 32]) + b"JFXX\0 a secret and some more.."
    spoilt = CLEAN[:2] + words + CLEAN[2:]

    assert not is_bare_jpeg(spoilt)
    assert bare_jpeg(spoilt) == CLEAN
