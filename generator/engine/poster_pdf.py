"""Poster PDFs: a finished sheet becomes a PDF; the only door to WeasyPrint."""

from __future__ import annotations

import contextlib
import io
import logging
from dataclasses import dataclass
from typing import Any

from generator.model.finding import SetupError
from generator.wording import _

_SYSTEM = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
_PROBE = ord("公")  # on every sheet, and in every font for Chinese


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF: its bytes, its number of pages, and the characters that no font of this machine can draw."""

    content: bytes
    pages: int
    missing: str


def pdf_of(html: str) -> Pdf:
    """Return ``html`` as a PDF: the same bytes for the same text and fonts; raises SetupError.

    Nothing is fetched: a sheet that asks for a file or an address shows nothing in its place.
    """
    weasyprint = _weasyprint()
    absent: set[int] = set()

    def note_absent(document: Any, pdf: Any) -> None:
        for font in document.fonts.values():
            absent.update(font.missing)

    nothing = weasyprint.URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=html, url_fetcher=nothing).render()
    content = document.write_pdf(finisher=note_absent, pdf_tags=True)
    if _PROBE in absent:
        raise SetupError(
            _("这台机器没有中文字体，印不出汉字。Debian 请运行：apt-get install {packages}").format(
                packages="fonts-noto-cjk"
            )
        )
    return Pdf(content, len(document.pages), "".join(map(chr, sorted(absent))))


def _weasyprint() -> Any:
    # It costs 0.6 s and needs libraries of the system: only posters load it.
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints a page of advice in English
            import weasyprint  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        raise SetupError(_('印张贴页要用 WeasyPrint，请运行：pip install "cunwu[poster]"')) from None
    except OSError:
        raise SetupError(
            _("印张贴页要用系统里的 Pango。Debian 请运行：apt-get install {packages}").format(
                packages=_SYSTEM
            )
        ) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint
