"""A way to enter a country: its conditions as data, and the texts that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from knowledge.model import Lang, Term, Texts, Value

PURPOSES = (
    "tourism", "business", "exhibition", "family", "exchange", "sport", "medical", "transit", "study", "work", "journalism", "driving",
    "dependant",
)  # fmt: skip
"""What a journey may be for. ``family`` is a visit to relatives or friends, ``driving`` the work of drivers, forwarders and
carriers, ``dependant`` going to live with relatives who work or study there."""

PASSPORTS = ("ordinary", "service", "diplomatic", "apec")
"""What a traveller holds: kinds of passport, or an ordinary one with an APEC business travel card."""

ENTRIES = ("single", "multiple", "as the visa says")
COUNTED = ("from the day of entry", "from the day after entry")
CHECKPOINTS = ("any", "listed", "airport", "cruise port")
"""Where one may cross the border: wherever foreigners may, only at places of a published list, inside an airport, from a ship."""

TEXTS = ("must", "documents", "cost", "processing", "step", "otherwise")
"""Tables of texts a regime may have. ``must`` is what has to hold besides the figures, ``otherwise`` what to do where it does not fit."""


@dataclass(frozen=True)
class Regime:
    """A way to enter a country, with the conditions a checker computes with; None and empty are not known.

    ``days_year`` limits the days of a calendar year, all visits together. ``places`` are the only ones a visitor may go to; ``towns``
    are those the way leads to. ``onward`` is whether it asks for a journey on to a third country or region. ``visa`` is whether it has
    to be applied for beforehand.
    """

    id: str
    title: Texts
    traveller: str
    destination: str
    sources: tuple[str, ...]
    as_of: date | None
    checked: date
    explained_by: str
    passport: Literal["ordinary", "service", "diplomatic", "apec"] | None = None
    purposes: tuple[str, ...] = ()
    party_least: int | None = None
    party_most: int | None = None
    days_most: int | None = None
    days_counted: str | None = None
    days_year: int | None = None
    entries: str | None = None
    checkpoints: str | None = None
    places: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    onward: bool = False
    visa: bool = False
    unconfirmed: bool = False
    valid: Term = field(default_factory=Term)
    research: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)
    documents: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
