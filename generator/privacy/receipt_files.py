"""Receipt files: what a clerk offers, told by its bytes and cleaned as its kind wants it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.privacy.unclean import UncleanError

_JPEG, _PNG, _GIF, _WEBP, _PDF = "JPEG", "PNG", "GIF", "WebP", "PDF"
_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    _JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    _PNG: ("png",),
    _GIF: ("gif",),
    _WEBP: ("webp",),
    _PDF: ("pdf",),
}
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_HEAD = 4_096


def cleaned(content: bytes) -> tuple[str, bytes]:
    """Return how a receipt's name ends, and its bytes with nothing in them but what is seen.

    Raises UncleanError for whatever is no picture and no PDF, and for those that cannot be cleaned.
    """
    form = form_of(content)
    if form == _PDF:
        from generator.privacy.clean_pdf import KIND, clean_pdf

        return KIND, clean_pdf(content)
    from generator.privacy.clean_image import KIND as PICTURE
    from generator.privacy.clean_image import clean_image

    return PICTURE, clean_image(content)


def form_of(content: bytes) -> str:
    """Return JPEG, PNG, GIF, WebP or PDF; raises UncleanError for anything else."""
    head = content[:_HEAD]
    if not content:
        raise UncleanError("attach-empty")
    if head.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return _GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _WEBP
    if b"%PDF-" in head[:1_024]:
        return _PDF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise UncleanError("attach-heic")
    if b"<svg" in head.lower().replace(b"\0", b""):
        raise UncleanError("attach-svg")
    raise UncleanError("attach-type")


def oddity_of(name: str, content: bytes) -> tuple[str, str] | None:
    """Return how a file's name ends and what it really is, where the two do not agree."""
    form = form_of(content)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return None if suffix in _SUFFIXES[form] or not suffix else (f".{suffix[:8]}", form)
