"""The page on QR codes: what the code on a wall is, and how one sees that it is genuine."""

from __future__ import annotations

from generator.model.site import Page
from generator.pages.qr import qr_svg
from generator.pages.render import Renderer
from generator.promises.settings import Settings
from generator.wording import _, said

ABOUT_CODE = "about-qr/"


def about_code_page(settings: Settings, renderer: Renderer) -> Page:
    """Return the page; without an address on the web it shows no code."""
    site = f"{settings.site_url.rstrip('/')}/" if settings.site_url else ""
    content = renderer.content(
        "about_code.html.j2",
        ABOUT_CODE,
        site=site,
        code=qr_svg(site, _("本站网址的二维码")) if site else "",
        contacts=[(said(c.title), c.phone, said(c.hours)) for c in settings.contacts],
    )
    title = _("二维码是什么，怎样看真假")
    return Page(ABOUT_CODE, title, _("墙上的二维码通到哪里，怎样核对纸上和网上是不是一样"), content)
