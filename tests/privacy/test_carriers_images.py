"""Carriers: what a photograph says beside its pixels."""

from __future__ import annotations

from random import Random

import pytest

from tests.privacy import files
from tests.privacy.generators import citizen, mobile
from tests.privacy.test_carriers_office import leaks

PERSON, PHONE = str(citizen(Random(4))), str(mobile(Random(4)))
PACKET = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><d>{PHONE}</d></x:xmpmeta>".encode()
POSITION = b"<x xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='29,33.1N'/>"
GPS = ("property:GPS", "gps")

PLACES = {
    "JPEG": (files.photo(tags={0x10E: f"tel {PHONE}"}), [("property:ImageDescription", "mobile")]),
    "in Chinese": (files.photo(tags={0x13B: f"李某 {PHONE}".encode()}), [("property:Artist", "mobile")]),
    "of Windows": (
        files.photo(tags={0x9C9C: f"电话{PHONE}".encode("utf-16-le")}),
        [("property:XPComment", "mobile")],
    ),
    "comment": (files.photo(comment=f"id {PERSON}".encode()), [("property:comment", "citizen-id")]),
    "position": (files.photo(position=True), [GPS]),
    "WebP": (files.photo("WEBP", tags={0x10E: f"tel {PHONE}"}), [("property:ImageDescription", "mobile")]),
    "WebP position": (files.photo("WEBP", position=True), [GPS]),
    "TIFF": (files.photo("TIFF", tags={0x10E: f"tel {PHONE}"}), [("property:ImageDescription", "mobile")]),
    "PNG position": (files.photo("PNG", position=True), [GPS]),
    "PNG text": (files.png_with("Comment", f"电话{PHONE}"), [("property:Comment", "mobile")]),
    "PNG packed text": (files.png_with("Title", PERSON, packed=True), [("property:Title", "citizen-id")]),
    "XMP": (files.photo("WEBP", xmp=PACKET), [("property:XMP", "mobile")]),
    "XMP position": (files.photo("WEBP", xmp=POSITION), [GPS]),
    "behind the picture": (files.photo() + f" {PERSON} ".encode(), [("raw", "citizen-id")]),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_leak_is_found_where_it_stands(place: str):
    content, expected = PLACES[place]

    assert [found[4:] for found in leaks("a.jpg", content)] == expected


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_plain_picture_is_clean(kind: str):
    content = files.photo(kind) if kind not in ("GIF", "BMP") else files.plain_picture(kind)

    assert leaks("a.jpg", content) == []


def test_a_broken_picture_is_not_called_clean():
    assert ("damaged", "unreadable") in [found[4:] for found in leaks("a.jpg", b"\xff\xd8\xff\xe1\0\1")]


def test_a_picture_of_untold_size_is_not_unpacked():
    huge = files.photo("PNG").replace(b"\0\0\0\x08\0\0\0\x08", b"\0\1\0\0\0\1\0\0")

    assert all(found[-1] == "unreadable" for found in leaks("a.png", huge))
