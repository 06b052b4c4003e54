"""The shapes of the knowledge base: entries, values, sources, series. All frozen; units and errors are named here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

Lang = Literal["ru", "zh"]
LANGS: tuple[Lang, ...] = ("ru", "zh")

Texts = Mapping[Lang, str]
"""One text in each language."""


class KnowledgeError(Exception):
    """The knowledge folder is missing or cannot be used; the message says what to change."""


@dataclass(frozen=True)
class Source:
    """A page a reader can open; ``day`` is None where the page bears no date."""

    id: str
    publisher: str
    title: str
    url: str
    day: date | None


@dataclass(frozen=True)
class Amount:
    """A quantity in ``unit`` (a key of the unit table of ``locales``); ``high`` makes it a range."""

    low: Decimal
    unit: str | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Edition:
    """The number of a fair or meeting: VIII, 第八届."""

    number: int


@dataclass(frozen=True)
class Year:
    """A year told without the word for it."""

    number: int


@dataclass(frozen=True)
class Days:
    """One day, or a range of days with both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """A stretch of whole months: ``2023``, ``2024-Q1``, ``2024-05`` or ``2024-01..2024-04``."""

    code: str


@dataclass(frozen=True)
class Verbatim:
    """A figure that is a name: telephone and train numbers, hours of opening, addresses."""

    ru: str
    zh: str


Value = Amount | Edition | Year | Days | Period | Verbatim


@dataclass(frozen=True)
class Scope:
    """What an entry is about. Countries are ISO codes; ``flow`` is ``CN-RU`` for goods from China to Russia."""

    traveller: str | None = None
    destination: str | None = None
    flow: str | None = None
    period: str | None = None
    event: str | None = None
    edition: int | None = None

    @property
    def direction(self) -> str | None:
        """``RU-CN`` where people or goods go from Russia to China, ``CN-RU`` the other way, None where both or neither."""
        if self.flow:
            return self.flow
        if self.traveller and self.destination and self.traveller != self.destination:
            return f"{self.traveller}-{self.destination}"
        return None


@dataclass(frozen=True)
class Term:
    """From when until when a rule holds; both days belong to it, None is open."""

    start: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Occasion:
    """When and where an event takes place; no dates where none are announced.

    ``within`` is a period in which an event without dates was announced, or in which its earlier editions always were.
    """

    series: str
    country: str
    status: Literal["held", "planned", "unannounced", "cancelled"]
    year: int | None = None
    edition: int | None = None
    first: date | None = None
    last: date | None = None
    city: str | None = None
    url: str | None = None
    venue: Texts | None = None
    within: str | None = None


@dataclass(frozen=True)
class Entry:
    """One thing people ask, answered in both languages out of named sources.

    ``figures`` are ids ``METRIC.PERIOD`` of points of the series that this entry tells with more than the number.
    """

    id: str
    topic: str
    title: Texts
    sources: tuple[str, ...]
    as_of: date | None
    checked: date
    confidence: Literal["high", "medium", "low"]
    ask: Mapping[Lang, tuple[str, ...]]
    answer: Texts
    ended: Texts | None = None
    scope: Scope = Scope()
    valid: Term = Term()
    values: Mapping[str, Value] = field(default_factory=dict)
    event: Occasion | None = None
    research: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    again_after_days: int = 365


Mark = Literal["over", "under", "almost", "about", "computed", "rounded", "revised"]


@dataclass(frozen=True)
class Point:
    """One figure of a series, in the unit of its series; ``yoy`` in % as the source published it, else None.

    ``mark`` is what must be said beside the value: the source says over, under, almost or about it, or it was computed, rounded or revised.
    """

    period: str
    value: Decimal
    yoy: Decimal | None
    source: str
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Series:
    """A metric over time. ``comparable`` is False where its points were made by different methods: they are told, never compared."""

    metric: str
    title: Texts
    unit: str
    method: str
    points: Mapping[str, Point]
    comparable: bool = True


@dataclass(frozen=True)
class Topic:
    """A word that is a topic, not a question, and the entries it may stand for."""

    words: Mapping[Lang, tuple[str, ...]]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Authority:
    """Where to check today: named in both languages, with a page."""

    name: Texts
    url: str


MARKS: tuple[Mark, ...] = get_args(Mark)
"""What the note of a point may begin with, before a colon."""

UNITS = frozenset({
    "USD", "USD mn", "USD bn", "CNY", "CNY bn", "RUB", "RUB mn", "RUB bn", "RUB tn", "EUR", "%", "pp", "rank",
    "persons", "visits", "trips", "students", "companies", "countries", "regions", "products", "units", "TEU",
    "minutes", "hours", "days", "working days", "months", "years", "vehicles", "vehicles/day", "trains", "flights/week",
    "g", "kg", "t", "kt", "Mt", "Mt/year", "bcm", "bcm/year", "kWh bn", "l", "m", "km", "sq m", "sq km",
})  # fmt: skip
"""Units an amount may have; each has a form in every catalogue of ``locales`` (a test compares)."""
