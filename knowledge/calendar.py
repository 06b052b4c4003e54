"""Events in time and place: which are ahead, running or over by the clock of their own city, and which of them a choice takes.

No clock: now is an argument, in UTC. Days are counted where the event is: in Harbin it is tomorrow while Moscow still has today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from knowledge.model import Entry, Occasion, Texts
from knowledge.periods import Bounds, bounds

Phase = Literal["ahead", "running", "over", "undated"]
When = Literal["ahead", "now", "past", "all"]

CIVIL_HOUR = time(10)
"""When reminders are due, by the clock of the event's city."""


@dataclass(frozen=True)
class City:
    """A place on the map with its clock; the coordinates are those of its centre."""

    id: str
    name: Texts
    country: str
    timezone: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Family:
    """Editions of one fair or meeting: what kind it is, which fields it is about, and the entries that say what it is for and how to take part."""

    id: str
    kind: str
    fields: tuple[str, ...] = ()
    about: str | None = None
    attend: str | None = None


@dataclass(frozen=True)
class Pick:
    """Which events are meant: what is empty does not narrow. ``months`` are those of any year, ``period`` is a code of ``knowledge.periods``."""

    families: frozenset[str] = frozenset()
    editions: frozenset[int] = frozenset()
    period: str | None = None
    months: frozenset[int] = frozenset()
    cities: frozenset[str] = frozenset()
    country: str | None = None
    kinds: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    when: When = "all"


@dataclass(frozen=True)
class Calendar:
    """Every event of the base with the tables that place them."""

    events: Mapping[str, Entry]
    cities: Mapping[str, City]
    families: Mapping[str, Family]
    clocks: Mapping[str, str] = field(default_factory=dict)

    def zone(self, event: Occasion) -> ZoneInfo:
        """The clock of an event: its city's, else that of the country's capital, else UTC."""
        city = self.cities.get(event.city or "")
        return ZoneInfo(city.timezone if city else self.clocks.get(event.country, "UTC"))

    def today(self, event: Occasion, now: datetime) -> date:
        """The day it is where the event takes place."""
        return now.astimezone(self.zone(event)).date()

    def phase(self, event: Occasion, now: datetime) -> Phase:
        """Where an event stands. One whose last day is not known is over after its first: it is not told to go on."""
        if event.first is None:
            return "undated"
        today = self.today(event, now)
        if today < event.first:
            return "ahead"
        return "running" if today <= (event.last or event.first) else "over"

    def expected(self, event: Occasion, now: datetime) -> bool:
        """Whether an event without days may still be to come: of no time, or of one that is not over."""
        if event.first or event.status not in ("unannounced", "planned"):
            return False
        code = event.within or (str(event.year) if event.year else None)
        return code is None or bounds(code).last >= self.today(event, now)

    def days_to(self, event: Occasion, now: datetime) -> int | None:
        """Whole days from today to the first day, negative after it; None without a first day."""
        return (event.first - self.today(event, now)).days if event.first else None

    def due(self, event: Occasion, days: int) -> datetime | None:
        """The moment so many days before the first day, at the civil hour of the event's own place; None without days."""
        if event.first is None:
            return None
        return datetime.combine(event.first - timedelta(days=days), CIVIL_HOUR, self.zone(event))


def open_calendar(entries: Mapping[str, Entry], tables: Mapping[str, Mapping[str, Any]]) -> Calendar:
    """The calendar of a compiled base."""
    words = tables["calendar"]
    return Calendar(
        {entry.id: entry for entry in entries.values() if entry.event},
        {key: _city(key, row) for key, row in tables["cities"].items()},
        {key: Family(key, **{**row, "fields": tuple(row.get("fields", ()))}) for key, row in words["family"].items()},
        words["clock"],
    )


def _city(key: str, row: Mapping[str, Any]) -> City:
    name: Texts = {"ru": row["ru"][0], "zh": row["zh"][0]}
    return City(key, name, row["country"], row["timezone"], float(row["latitude"]), float(row["longitude"]))


def occasion(entry: Entry) -> Occasion:
    """The event an entry is about. Raises ValueError where it is about none."""
    if entry.event is None:
        raise ValueError(f"{entry.id} is no event")
    return entry.event


def chosen(calendar: Calendar, pick: Pick, now: datetime) -> list[Entry]:
    """Every event picked: those with days in their order, then those without."""
    found = [entry for entry in calendar.events.values() if _fits(calendar, pick, occasion(entry), now)]
    return sorted(found, key=_place)


def _place(entry: Entry) -> tuple[bool, date, int, str]:
    return occasion(entry).first is None, *_sequence(entry)


def _sequence(entry: Entry) -> tuple[date, int, str]:
    """When an event is, or is expected at the latest it may begin, for an order in time."""
    event = occasion(entry)
    days = _span(event)
    return days.first if days else date(event.year or 9999, 12, 31), event.edition or 0, entry.id


def _fits(calendar: Calendar, pick: Pick, event: Occasion, now: datetime) -> bool:
    return _fits_thing(calendar, pick, event) and _fits_time(pick, event) and _fits_now(calendar, pick, event, now)


def _fits_thing(calendar: Calendar, pick: Pick, event: Occasion) -> bool:
    family = calendar.families.get(event.series)
    return (
        (not pick.families or event.series in pick.families)
        and (not pick.editions or event.edition in pick.editions)
        and (not pick.cities or event.city in pick.cities)
        and (not pick.country or event.country == pick.country)
        and (not pick.kinds or (family is not None and family.kind in pick.kinds))
        and (not pick.fields or (family is not None and bool(pick.fields & set(family.fields))))
    )


def _fits_time(pick: Pick, event: Occasion) -> bool:
    """An event without days is in the time it is expected in; where that is a whole year, in no part of it."""
    days = _span(event)
    if days is None:
        return not pick.months and pick.period in (None, str(event.year))
    if pick.period and not bounds(pick.period).meets(days):
        return False
    return not pick.months or bool(pick.months & _months(days))


def _span(event: Occasion) -> Bounds | None:
    if event.first:
        return Bounds(event.first, event.last or event.first)
    return bounds(event.within) if event.within else None


def _months(days: Bounds) -> set[int]:
    first, last = days.first, days.last
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return {(first.month - 1 + at) % 12 + 1 for at in range(min(count, 12))}


def _fits_now(calendar: Calendar, pick: Pick, event: Occasion, now: datetime) -> bool:
    phase = calendar.phase(event, now)
    if pick.when == "ahead":
        return event.status != "cancelled" and (phase in ("ahead", "running") or calendar.expected(event, now))
    if pick.when == "now":
        return phase == "running" and event.status != "cancelled"
    return pick.when == "all" or phase == "over"


def following(calendar: Calendar, pick: Pick, now: datetime) -> Entry | None:
    """The next event picked: the first one with days ahead, else the latest that is expected without any."""
    found = chosen(calendar, replace(pick, when="ahead"), now)
    dated = [entry for entry in found if calendar.phase(occasion(entry), now) == "ahead"]
    undated = [entry for entry in found if occasion(entry).first is None]
    return dated[0] if dated else undated[-1] if undated else None


def foregoing(calendar: Calendar, pick: Pick, now: datetime) -> Entry | None:
    """The last event picked that is known to have taken place."""
    found = [e for e in chosen(calendar, replace(pick, when="past"), now) if occasion(e).status == "held"]
    return found[-1] if found else None


def siblings(calendar: Calendar, entry: Entry, now: datetime, count: int) -> list[Entry]:
    """The latest other editions of the same family that took place: the pattern of an edition without days."""
    others = chosen(calendar, Pick(families=frozenset({occasion(entry).series}), when="past"), now)
    return [other for other in others if other.id != entry.id and occasion(other).status == "held"][-count:]


def beside(calendar: Calendar, entry: Entry, step: int) -> Entry | None:
    """The edition so many places after an event (before it where negative) in the row of its fair; None where the row ends.

    Editions in a third country are a row of their own.
    """
    event = occasion(entry)
    row = [
        one
        for one in calendar.events.values()
        if occasion(one).series == event.series and _abroad(occasion(one)) == _abroad(event)
    ]
    row.sort(key=_sequence)
    place = [one.id for one in row].index(entry.id) + step
    return row[place] if 0 <= place < len(row) else None


def _abroad(event: Occasion) -> bool:
    return event.country not in ("RU", "CN")
