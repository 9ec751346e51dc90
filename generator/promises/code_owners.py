"""Code owners: the county's lists of people, as code hosts read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from generator.promises.people import EVERYWHERE, Person, Staff
from generator.wording import _

FORMS = ("github", "gitlab", "gitea", "gitlab-rules")


def code_owners(staff: Staff, content: str, form: str, titles: dict[str, str] | None = None) -> str:
    """Return who must agree to a change of which files, for the code host that ``form`` names.

    Those who review a place own it; the keepers own all the rest. Only who has an account on the host can
    be named. ``content`` is the content root below the repository's top, ``titles`` the names of places.
    "gitlab-rules" are the approval rules as GitLab's interface takes them, one for each place.
    """
    named = titles or {}
    if form == "gitlab-rules":
        return _rules(staff, named)
    lines = [f"# {_('由 cunwu owners 根据 site_config/people.yaml 写成，不要手工改')}"]
    for title, folder, people in _areas(staff, named):
        owners = " ".join(f"@{account}" for account in _accounts(people))
        if not owners:
            lines.append(f"# {_('{title}：名单里没有人有账号').format(title=title)}")
            continue
        if form == "gitlab":
            lines.append(f"[{title}][1]")
        lines.append(f"{_pattern(folder, content, form)} {owners}")
    return "".join(f"{line}\n" for line in lines)


def _areas(staff: Staff, titles: dict[str, str]) -> Iterator[tuple[str, str, Sequence[Person]]]:
    """Yield what is owned apart, the widest first: the last line that fits a file is the one that counts."""
    yield _("设置和发布流程"), "", staff.keepers
    places = {place for person in staff.reviewers for place in person.places}
    for place in sorted(places, key=lambda place: (place != EVERYWHERE, place.count("/"), place)):
        owners = [person for person in staff.reviewers if person.covers(place)]
        title = titles.get(place, _("全县") if place == EVERYWHERE else place)
        yield title, place, owners


def _accounts(people: Sequence[Person]) -> list[str]:
    return list(dict.fromkeys(account for person in people for account in person.accounts))


def _pattern(folder: str, content: str, form: str) -> str:
    path = "" if not folder else content if folder == EVERYWHERE else f"{content}/{folder}"
    if form == "gitea":
        # Gitea reads regular expressions, matched against the whole path.
        return f"{re.escape(path)}/.*" if path else ".*"
    return f"/{path}/" if path else "*"


def _rules(staff: Staff, titles: dict[str, str]) -> str:
    rules = [
        {"name": title, "approvals_required": 1, "usernames": _accounts(people)}
        for title, _folder, people in _areas(staff, titles)
        if _accounts(people)
    ]
    return json.dumps(rules, ensure_ascii=False, indent=1) + "\n"
