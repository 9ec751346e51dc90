"""Changing: a form changes a work, and never over the head of somebody who changed it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from generator.desk.desk import Desk
from generator.desk.works import Says, StaleError, Work
from generator.sheets.remark import HIDDEN
from generator.wording import N_, _

Form = Mapping[str, str]
Edit = Callable[[Work, Form], Work]
_FORM_TITLES = {
    "role": N_("编制"),
    "reason": N_("为什么更正"),
    "posted_from": N_("张贴起"),
    "posted_to": N_("张贴止"),
    "place": N_("地点"),
}


@dataclass(frozen=True, slots=True)
class Collision:
    """One thing that two people changed: ``where`` it stands, what is there now, what this form says."""

    where: str
    now: str
    ours: str


def change(desk: Desk, key: str, edit: Edit, onward: str) -> Response:
    """Apply a form to a work and go on to ``onward``; a form of an older version is shown, not applied.

    Raises NoWorkError and BadFormError.
    """
    work, form = desk.works.load(key), _form_of(desk)
    while True:
        changed = edit(work, form)
        if _same(changed, work):
            return redirect(onward)
        if form.get("version", "") != str(work.version):
            return _ask(desk, work, changed, form)
        try:
            desk.works.save(changed)
        except StaleError as stale:
            work = stale.current
            continue
        return redirect(onward)


def _form_of(desk: Desk) -> MultiDict[str, str]:
    """Return the form that was sent, or the one that waited for the decision that was sent."""
    waited = desk.pending.take(request.form.get("pending", ""))
    if waited is None:
        return MultiDict(request.form)
    form: MultiDict[str, str] = MultiDict([(name, text) for name, texts in waited.items() for text in texts])
    form["version"] = request.form.get("version", "")
    return form


def _same(one: Work, other: Work) -> bool:
    return replace(one, version=0, seen={}) == replace(other, version=0, seen={})


def _ask(desk: Desk, work: Work, changed: Work, form: MultiDict[str, str]) -> Response:
    hides = desk.hides(desk.known())
    found = [
        replace(
            one,
            now=HIDDEN if hides(one.now) else one.now,
            ours=HIDDEN if hides(one.ours) else one.ours,
        )
        for one in collisions(work, changed)
    ]
    pending = desk.pending.put({name: form.getlist(name) for name in form if name != "csrf_token"})
    page = render_template("stale.html.j2", work=work, collisions=found, pending=pending, action=request.path)
    return Response(page, 409, mimetype="text/html")


def collisions(now: Work, ours: Work) -> Iterator[Collision]:
    """Yield what differs between a work as it stands and as a form would have it."""
    for place in sorted({*now.mends, *ours.mends}):
        pair = (now.mends.get(place), ours.mends.get(place))
        if pair[0] != pair[1]:
            told = [_("（表上原来的）") if text is None else text or _("（空）") for text in pair]
            yield Collision(" ".join(place), told[0], told[1])
    for sheet in sorted({*now.sheets, *ours.sheets}):
        before, after = now.sheets.get(sheet, Says()), ours.sheets.get(sheet, Says())
        if before != after:
            yield Collision(" ".join(sheet), _said(before), _said(after))
    for title, old, new in (
        (_("对上列名"), now.columns, ours.columns),
        (_("全表都填"), now.constants, ours.constants),
        (_("写法"), _flat(now.values), _flat(ours.values)),
    ):
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield Collision(f"{title} {name}", old.get(name, ""), new.get(name, ""))
    for name in sorted({*now.form, *ours.form}):
        if now.form.get(name, "") != ours.form.get(name, ""):
            yield Collision(_(_FORM_TITLES.get(name, name)), now.form.get(name, ""), ours.form.get(name, ""))


def _flat(values: Mapping[tuple[str, str], str]) -> dict[str, str]:
    return {f"{column} {spelling}": word for (column, spelling), word in values.items()}


def _said(says: Says) -> str:
    parts = (says.village, says.item, says.period, says.slug)
    return " ".join(part for part in parts if part) or _("（没有写）")


def sheet_url(key: str, file: str = "", sheet: str = "", anchor: str | None = None) -> str:
    """Return the address of a work at one of its sheets."""
    return url_for("sheet.show", key=key, _anchor=anchor, file=file or None, sheet=sheet or None)
