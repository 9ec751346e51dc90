"""Clean images: upright, small, the same every time, and with nothing in them but their pixels."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from generator.privacy.carriers.piece import Limits
from generator.privacy.carriers.reading import read_file
from generator.privacy.clean_image import LONGEST_SIDE, clean_image
from generator.privacy.unclean import UncleanError
from tests.receipts import photograph, picture, saved

RED, WHITE = (255, 0, 0), (255, 255, 255)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(own - other) < 40 for own, other in zip(pixel, colour, strict=True))


def segments(content: bytes) -> list[int]:
    """Return the markers of a JPEG up to its pixels."""
    found, position = [], 2
    while content[position + 1] != 0xDA:
        found.append(content[position + 1])
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return found


def test_nothing_of_what_the_telephone_wrote_is_left():
    before = photograph(800, 600, turn=6, colours=True)
    assert list(read_file("a.jpg", before, Limits()))

    after = clean_image(before)

    assert list(read_file("a.jpg", after, Limits())) == []
    assert set(segments(after)) <= {0xE0, 0xDB, 0xC2, 0xC4}
    for secret in (b"PhoneMaker", b"home", b"remark", b"Exif", b"xmpmeta", b"ICC_PROFILE"):
        assert secret not in after
    assert opened(after).getexif() == {}


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photograph_stands_upright_whichever_way_the_telephone_was_held(turn: int):
    upright = picture(320, 200)
    flips = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = upright.transpose(flips[turn]) if turn in flips else upright
    exif = Image.Exif()
    exif[0x0112] = turn

    image = opened(clean_image(saved(held, "JPEG", exif=exif)))

    assert image.size == (320, 200)
    assert is_near(image.getpixel((20, 190)), RED)
    assert is_near(image.getpixel((300, 190)), WHITE)


@pytest.mark.parametrize(("size", "expected"), [((4000, 3000), (1600, 1200)), ((300, 6400), (75, 1600))])
def test_the_longest_side_is_no_longer_than_it_may_be(size: tuple[int, int], expected: tuple[int, int]):
    assert max(expected) == LONGEST_SIDE
    assert opened(clean_image(photograph(*size))).size == expected


def test_a_small_picture_is_not_blown_up():
    assert opened(clean_image(photograph(120, 80))).size == (120, 80)


def test_a_noisy_photograph_stays_below_200_kb():
    noise = Image.effect_noise((3000, 4000), 40).convert("RGB")

    content = clean_image(saved(Image.blend(picture(3000, 4000), noise, 0.3), "JPEG", quality=95))

    assert len(content) <= 200_000


def test_the_same_picture_gives_the_same_bytes():
    content = photograph(900, 700)

    assert clean_image(content) == clean_image(content)


def test_a_cleaned_picture_can_be_attached_again():
    again = clean_image(clean_image(photograph(900, 700)))

    assert opened(again).size == (900, 700)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pngs_of_every_kind_become_pictures_on_white(mode: str):
    drawn = Image.new("L", (60, 40), 0)
    ImageDraw.Draw(drawn).rectangle((30, 0, 60, 40), fill=255)
    if mode == "I;16":
        image = Image.new("I;16", (60, 40))
        image.putdata([value * 257 for value in drawn.get_flattened_data()])
    elif mode in ("LA", "RGBA"):
        image = drawn.convert("RGBA")
        image.putalpha(Image.eval(drawn, lambda value: 255 - value))
        image = image if mode == "RGBA" else image.convert(mode)
    else:
        image = drawn.convert(mode)

    found = opened(clean_image(saved(image, "PNG")))

    assert is_near(found.getpixel((5, 20)), (0, 0, 0))
    assert is_near(found.getpixel((55, 20)), WHITE)


def test_words_hidden_in_a_png_are_gone():
    info = PngInfo()
    info.add_text("Comment", "SECRET")
    info.add_itxt("XML:com.adobe.xmp", "SECRET")

    assert b"SECRET" not in clean_image(saved(picture(), "PNG", pnginfo=info))


def test_of_what_moves_the_first_picture_is_kept():
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]

    for form in ("GIF", "WEBP"):
        content = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        assert is_near(opened(clean_image(content)).getpixel((20, 15)), RED)


def test_colours_are_those_of_the_profile_that_is_taken_away():
    # A profile that swaps nothing but brightness: 50 % grey of it is not 50 % grey of sRGB.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    grey = Image.new("RGB", (20, 20), (128, 128, 128))
    plain = opened(clean_image(saved(grey, "JPEG", quality=100))).getpixel((10, 10))
    broken = opened(clean_image(saved(grey, "JPEG", quality=100, icc_profile=b"no profile"))).getpixel(
        (10, 10)
    )
    other = opened(clean_image(saved(grey, "JPEG", quality=100, icc_profile=profile.tobytes()))).getpixel(
        (10, 10)
    )

    # What cannot be read, or is no profile of such a picture, changes nothing.
    assert plain == broken == other


def test_a_picture_of_four_inks_comes_out_in_its_colours():
    content = saved(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG", quality=95)

    assert is_near(opened(clean_image(content)).getpixel((10, 10)), RED)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few kB that unpacks to a great many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes((width + 7) // 8 + 1) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_500, 40_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int):
    with pytest.raises(UncleanError) as caught:
        clean_image(bomb(side, side))

    assert caught.value.code == "attach-pixels"


@pytest.mark.parametrize(
    "content",
    [photograph()[:500], b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 "],
)
def test_a_damaged_picture_is_refused(content: bytes):
    with pytest.raises(UncleanError) as caught:
        clean_image(content)

    assert caught.value.code == "attach-damaged"
