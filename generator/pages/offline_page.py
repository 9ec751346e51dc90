"""The page for a phone without network: which pages are kept on it, and which never are."""

from __future__ import annotations

from generator.model.site import Page
from generator.pages.render import Renderer
from generator.wording import _

OFFLINE = "offline/"


def offline_page(renderer: Renderer) -> Page:
    """Return the page that stands in for one that is not on the phone."""
    content = renderer.content("offline.html.j2", OFFLINE)
    return Page(OFFLINE, _("没有网络时怎么看"), _("打开过的页，没有网络也能看"), content, section="")
