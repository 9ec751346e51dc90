"""Clean images: a picture drawn anew, upright, small enough for a phone, and nothing but its pixels."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageCms, ImageOps

from generator.privacy.unclean import UncleanError

# Phones of ten years ago and every version of WeChat show JPEG; WebP would save a quarter and lose those.
KIND = "jpg"
LONGEST_SIDE = 1_600
PIXEL_LIMIT = 89_478_485  # Pillow's own: beyond it, a file of a few kB may be made to fill the memory
_AIM = 200_000
_QUALITIES = (82, 74, 66, 58, 50)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_WHITE = (255, 255, 255)
_SIXTEEN_BITS = 257


def clean_image(content: bytes) -> bytes:
    """Return the picture in ``content`` as a JPEG without any metadata; the same bytes for the same input.

    Of what moves, the first frame. Raises UncleanError for what cannot be read or is too large.
    """
    Image.init()  # a format that is asked for by name is not looked for where it is not yet loaded
    try:
        with warnings.catch_warnings():
            # Size is judged below, and oddities of metadata go with the metadata.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                if image.width * image.height > PIXEL_LIMIT:
                    raise _too_many(image.width * image.height)
                return _encoded(_drawn(image))
    except Image.DecompressionBombError:
        raise _too_many(2 * PIXEL_LIMIT) from None
    except UncleanError:
        raise
    except Exception as error:  # what Pillow raises on a broken file depends on the format
        raise UncleanError("attach-damaged") from error


def _too_many(pixels: int) -> UncleanError:
    return UncleanError("attach-pixels", count=pixels // 10_000, limit=PIXEL_LIMIT // 10_000)


def _drawn(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, upright and shrunk; what was transparent is white."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than is needed
    image.load()
    upright = ImageOps.exif_transpose(image)
    # Colours first: shrinking mixes them, and a palette cannot be mixed.
    coloured = _in_srgb(upright)
    coloured.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return coloured


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits of grey: taken as they are, all but the darkest would be white.
        return image.convert("I").point(lambda grey: grey / _SIXTEEN_BITS).convert("L").convert("RGB")
    if image.mode in ("P", "PA", "LA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        backed = Image.new("RGB", image.size, _WHITE)
        backed.paste(image, mask=image.getchannel("A"))
        image = backed
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return turned or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colours are those that it would have corrected
    return image.convert("RGB")


def _encoded(image: Image.Image) -> bytes:
    """Return the best quality that keeps to the aim, the least when none does."""
    # A new picture has nothing but pixels: what is in ``info`` would be written along.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    content = b""
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        bare.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        content = buffer.getvalue()
        if len(content) <= _AIM:
            break
    return content
