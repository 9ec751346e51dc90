"""The page of codes: where each thing that collective finance must disclose is, and the accounts."""

from __future__ import annotations

from generator.model.site import Page
from generator.pages.render import Renderer
from generator.pages.views import MenuEntry
from generator.promises.codes import Codes
from generator.promises.promises import Promises
from generator.wording import _, said

# No item can have this address: names of items have no hyphen.
CODES = "dictionary/finance-codes/"


def codes_door(codes: Codes) -> MenuEntry | None:
    """Return the way to the page, or None where there is nothing on it."""
    if not codes.disclosures and not codes.accounts:
        return None
    return MenuEntry(_title(codes), _("每一项在哪里公开，科目现在叫什么、以前叫什么"), CODES)


def _title(codes: Codes) -> str:
    count = sum(1 for disclosure in codes.disclosures if disclosure.number)
    return _("财务公开 {count} 项和会计科目").format(count=count)


def codes_page(promises: Promises, renderer: Renderer, section: str) -> Page:
    """Return the page, to be marked in the menu as part of ``section``."""
    codes = promises.codes
    versions = promises.catalogue.versions
    titles = {name: found[-1].title for name, found in versions.items()}
    titles[promises.catalogue.register.name] = promises.catalogue.register.title
    title = _title(codes)
    view = {
        "title": title,
        "disclosure_source": said(codes.disclosure_source),
        "disclosures": [
            (
                _("{number}、{title}").format(number=group, title=said(group_title)),
                [
                    {
                        "number": str(disclosure.number or ""),
                        "title": said(disclosure.title),
                        "items": [(said(titles[item]), f"dictionary/{item}/") for item in disclosure.items],
                        "categories": _("、").join(map(said, disclosure.categories)),
                    }
                    for disclosure in codes.disclosures
                    if disclosure.group == group
                ],
            )
            for group, group_title in codes.disclosure_groups.items()
        ],
        "account_source": said(codes.account_source),
        "account_count": len(codes.accounts),
        "accounts": [
            (said(group_title), [account for account in codes.accounts if account.group == group])
            for group, group_title in codes.account_groups.items()
        ],
        "retired": [
            (said(old.name), _("、").join(map(said, old.successors)), said(old.note)) for old in codes.retired
        ],
    }
    content = renderer.content("codes.html.j2", CODES, view=view)
    return Page(CODES, title, _("财务公开的每一项在哪里"), content, section=section)
