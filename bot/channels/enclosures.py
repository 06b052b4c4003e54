"""What goes along with a reply beside its text, made ready for any channel: files and pins on the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers.event_card import country_told
from handlers.expo import events_of
from handlers.messages import Attachment, Reply
from knowledge.calendar import occasion
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales.catalogues import catalogue


@dataclass(frozen=True)
class Document:
    """A file with its name."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Pin:
    """A place on the map. The coordinates are those of the city's centre, and ``address`` says so."""

    title: str
    address: str
    latitude: float
    longitude: float


Enclosure = Document | Pin


def enclosed(base: Catalogue, reply: Reply, now: datetime) -> tuple[Enclosure, ...]:
    """Everything attached to a reply that this version can make; what it cannot is left out."""
    return tuple(_made(base, reply.attachments, reply.lang, now))


def _made(base: Catalogue, attachments: Iterable[Attachment], lang: Lang, now: datetime) -> Iterator[Enclosure]:
    for attachment in attachments:
        found: Enclosure | None = None
        if attachment.kind == "ics":
            found = _file(base, attachment.name, lang, now)
        elif attachment.kind == "venue":
            found = _pin(base, attachment.name, lang)
        if found:
            yield found


def _file(base: Catalogue, name: str, lang: Lang, now: datetime) -> Document | None:
    entries = events_of(base, name, now)
    if not entries:
        return None
    from bot.calendar_file import calendar_file  # the library is only loaded where somebody wants a file

    short = name.removeprefix("event.").replace(" ", "-").replace("..", "-")
    return Document(f"most-qiao-{short}.ics", calendar_file(base, entries, lang))


def _pin(base: Catalogue, name: str, lang: Lang) -> Pin | None:
    entry = base.calendar.events.get(name)
    city = base.calendar.cities.get(occasion(entry).city or "") if entry else None
    if entry is None or city is None:
        return None
    address = catalogue(lang).say(
        "{city}, {country}: centre of the city", city=city.name[lang], country=country_told(lang, city.country)
    )
    return Pin(entry.title[lang], address, city.latitude, city.longitude)
