"""QR codes: an address as a drawing that a telephone reads off paper; the only door to segno."""

from __future__ import annotations

from markupsafe import Markup, escape


def qr_svg(address: str, title: str) -> Markup:
    """Return the QR code of ``address`` as SVG, black on white with the quiet border that readers want.

    Level M repairs 15 % of the code: what rain and drawing pins do to a sheet on a wall.
    """
    # Only who asks for a code pays for it: drawing takes 3.8 ms, printing a whole page 1 ms.
    import segno

    code = segno.make(address, error="m", micro=False)
    text = code.svg_inline(border=4, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    # A <title> would be taken for the page's own by those who read the page with a plain parser.
    drawn = text.replace("<svg", f'<svg role="img" aria-label="{escape(title)}"', 1)
    return Markup(drawn)  # noqa: S704 (the title is escaped, the rest is drawn)
