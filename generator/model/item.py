"""Disclosure items: what is disclosed, in which columns, how often and on which legal basis."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.receipts import ROLE

LAYOUTS = (
    "ledger",
    "list",
    "statement",
    "register",
    "roster",
    "process",
    "project",
    "scorecard",
    "document",
    "election",
)
CADENCES = ("monthly", "quarterly", "half_yearly", "yearly", "event", "standing")
CADENCE_KINDS = {"monthly": "month", "quarterly": "quarter", "half_yearly": "half", "yearly": "year"}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: the Table Schema field, with what it means (``role``) and in which ``unit``.

    ``descriptor`` is the plain Table Schema descriptor, as a stock validator would be given it. A file
    need not have a column that ``is_optional``; it then reads as empty.
    """

    name: str
    type: str
    descriptor: Mapping[str, Any] = field(repr=False)
    role: str = ""
    unit: str = ""
    step: Decimal | None = None
    example: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    constraints: Mapping[str, Any] = field(default_factory=dict)
    privacy: str = ""
    is_optional: bool = False

    @property
    def is_required(self) -> bool:
        """Return whether an empty cell is a finding."""
        return self.constraints.get("required") is True

    @property
    def is_numeric(self) -> bool:
        """Return whether cells are numbers, to be set flush right."""
        return self.type in ("number", "integer")


@dataclass(frozen=True, slots=True)
class TableSchema:
    """The columns and keys of one table, be it a file or a part of a document."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    title: str = ""
    _by_role: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for nine hundred times for each village; of two columns of one role the first is meant.
        by_role = {field.role: field.name for field in reversed(self.fields)}
        object.__setattr__(self, "_by_role", by_role)

    def field_named(self, name: str) -> Field:
        """Return the field called ``name``; KeyError when there is none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    def name_of(self, role: str) -> str | None:
        """Return the name of the column that plays ``role``, or None."""
        return self._by_role.get(role)

    @property
    def filled_in(self) -> tuple[Field, ...]:
        """Return the columns that a person fills in: receipts are attached, never typed."""
        return tuple(field for field in self.fields if field.role != ROLE)

    def columns_of(self, header: Container[str]) -> tuple[Field, ...]:
        """Return the columns that a file with ``header`` has, or must have."""
        return tuple(field for field in self.fields if not field.is_optional or field.name in header)


@dataclass(frozen=True, slots=True)
class DisclosureItem:
    """One version of one disclosure item, valid for periods that end from ``valid_from`` to ``valid_to``.

    ``schema`` describes the rows of a table item or the head of a document item; ``parts`` the lists of
    a document. ``laws`` are the properties that the schema states about its own numbers. A private item
    shows names in ``names_during`` the display (full or mask) and ``names_after`` it (mask or totals).
    """

    name: str
    title: str
    description: str
    schema: TableSchema
    parts: Mapping[str, TableSchema]
    category: str
    question: str
    layout: str
    cadence: str
    applies_to: tuple[str, ...]
    basis: Mapping[str, tuple[str, ...]]
    laws: Mapping[str, Mapping[str, Any]]
    is_private: bool = False
    names_during: str = "full"
    names_after: str = "totals"
    is_document: bool = False
    schemes: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Return whether this version governs a period that ends on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    @property
    def period_kind(self) -> str | None:
        """Return the kind of period in which this item is owed, or None for events and standing texts."""
        return CADENCE_KINDS.get(self.cadence)
