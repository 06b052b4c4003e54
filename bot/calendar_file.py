"""Events as a file for calendar programs (RFC 5545), in one language. icalendar is imported where such a file is made, never before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event, vGeo

from handlers.event_card import place_told
from handlers.render import filled, source_line
from knowledge.calendar import occasion
from knowledge.catalogue import Catalogue
from knowledge.model import Entry, Lang
from locales.catalogues import catalogue

DOMAIN = "most-qiao"
_STATUS = {"held": "CONFIRMED", "planned": "TENTATIVE", "unannounced": "TENTATIVE", "cancelled": "CANCELLED"}


def calendar_file(base: Catalogue, entries: Iterable[Entry], lang: Lang) -> bytes:
    """The file: the same events make the same bytes, so that a program that fetches it again changes nothing.

    Days are whole days of the event's own place, its end the day after the last (as the standard wants it). Raises ValueError for
    an event without days.
    """
    file = Calendar()
    file.add("prodid", f"-//Most Qiao//{lang.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", catalogue(lang).say("Name of the calendar."))
    for entry in entries:
        file.add_component(_event(base, entry, lang))
    return bytes(file.to_ical())


def _event(base: Catalogue, entry: Entry, lang: Lang) -> Event:
    occasioned, every = occasion(entry), base.calendar
    if occasioned.first is None:
        raise ValueError(f"{entry.id} has no days")
    event = Event()
    event.add("uid", f"{entry.id}@{DOMAIN}")
    # The day somebody last looked is when this text was last revised.
    event.add("dtstamp", datetime.combine(entry.checked, time(), UTC))
    event.add("dtstart", occasioned.first)
    event.add("dtend", (occasioned.last or occasioned.first) + timedelta(days=1))
    event.add("summary", entry.title[lang], parameters={"LANGUAGE": lang})
    event.add("location", place_told(every, lang, entry), parameters={"LANGUAGE": lang})
    event.add("description", _description(base, entry, lang), parameters={"LANGUAGE": lang})
    event.add("status", _STATUS[occasioned.status])
    event.add("transp", "TRANSPARENT")
    event.add("x-most-qiao-timezone", every.zone(occasioned).key)
    city = every.cities.get(occasioned.city or "")
    if city:
        event.add("geo", vGeo((city.latitude, city.longitude)))
    if occasioned.url:
        event.add("url", occasioned.url)
    return event


def _description(base: Catalogue, entry: Entry, lang: Lang) -> str:
    """The answer of the base with its source, and whose clock the days go by."""
    cited = tuple(base.data.sources[key] for key in entry.sources)
    zone = base.calendar.zone(occasion(entry)).key
    lines = (
        filled(lang, entry.answer[lang], entry.values),
        catalogue(lang).say("Local days ({zone}).", zone=zone),
        source_line(lang, cited, entry.as_of, entry.checked),
    )
    return "\n".join(lines)
