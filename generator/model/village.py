"""Villages: who discloses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

KINDS = ("village", "community", "township", "county")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a villager may ask: an office, never a person."""

    title: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    """One discloser: a village, a community (社区), or a township or county office.

    ``slug`` is the permanent address, ``code`` the 12-digit division code, ``folder`` the path of its
    records below a content root, ``township`` the folder of its township ("" for the county).
    ``households`` is how many live there, None where nobody has said so.
    """

    slug: str
    name: str
    code: str
    kind: str
    township: str
    folder: str
    contacts: tuple[Contact, ...] = ()
    bodies: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    households: int | None = None

    def is_open_on(self, day: date) -> bool:
        """Return whether the village exists on ``day``; a closed village owes nothing more."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Township:
    """A township: its folder in the content roots, which is also its address, and its names."""

    folder: str
    name: str
    code: str
    contacts: tuple[Contact, ...] = ()
