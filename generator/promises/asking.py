"""Asking: by which ways, besides the telephone, the county lets a villager ask about what is disclosed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.village import Contact
from generator.promises.section import Section
from generator.wording import _

REF = "{ref}"
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_URL = re.compile(r"https://[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asking:
    """The county's ways: a form's address with ``{ref}`` in it, a mail address, a number for short messages.

    What the county has not is "".
    """

    form_url: str = ""
    email: str = ""
    sms: str = ""

    def form_for(self, reference: str) -> str:
        """Return the address of the form about ``reference``, which is ASCII."""
        return self.form_url.replace(REF, reference)


NO_ASKING = Asking()


def asking_of(section: Section, contacts: Iterable[Contact]) -> Asking:
    """Return what ``asking`` in the settings says; raises SetupError.

    A number for messages must be one of ``contacts``: only telephones of offices stand on pages.
    """
    asking = Asking(section.text("form_url", ""), section.text("email", ""), section.text("sms", ""))
    section.close()
    is_url = _URL.fullmatch(asking.form_url) and asking.form_url.count(REF) == 1
    if asking.form_url and not (is_url and not set("<>\"'") & set(asking.form_url)):
        section.fail(_("应当是 https:// 开头的网址，并且写上 {ref}，问询编号会填在那里"), "form_url")
    if asking.email and not _EMAIL.fullmatch(asking.email):
        section.fail(_("应当是一个邮箱地址"), "email")
    if asking.sms and _digits(asking.sms) not in {_digits(contact.phone) for contact in contacts}:
        section.fail(_("这个号码要先写进 contacts：网页上只放办公电话"), "sms")
    return asking


def _digits(phone: str) -> str:
    return "".join(mark for mark in phone if mark.isdigit())
