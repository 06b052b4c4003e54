"""What goes along with a reply beside its text, made ready for any channel: pictures to draw, files, pins on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import series
from handlers.event_card import country_told
from handlers.expo import events_of
from handlers.messages import Reply
from handlers.picture import Picture
from handlers.table import Document
from knowledge.calendar import occasion
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales.catalogues import catalogue


@dataclass(frozen=True)
class Drawing:
    """A picture, not drawn yet, with the name its file would have."""

    name: str
    picture: Picture


@dataclass(frozen=True)
class Pin:
    """A place on the map. The coordinates are those of the city's centre, and ``address`` says so."""

    title: str
    address: str
    latitude: float
    longitude: float


Enclosure = Drawing | Document | Pin


def enclosed(base: Catalogue, reply: Reply, now: datetime) -> tuple[Enclosure, ...]:
    """Everything attached to a reply that this version can make; what it cannot, or what is only offered, is left out."""
    return tuple(_made(base, reply, now))


def _made(base: Catalogue, reply: Reply, now: datetime) -> Iterator[Enclosure]:
    for attachment in reply.attachments:
        make = _MAKERS.get(attachment.kind)
        found = make(base, attachment.name, reply.lang, now) if make and not attachment.offered else None
        if found:
            yield found


def _drawing(base: Catalogue, name: str, lang: Lang, _: datetime) -> Drawing | None:
    picture = series.picture_named(base, name, lang)
    return Drawing(name.replace(":", "_") + ".png", picture) if picture else None


def _figures(base: Catalogue, name: str, lang: Lang, _: datetime) -> Document | None:
    return series.document_named(base, name, lang)


def _calendar(base: Catalogue, name: str, lang: Lang, now: datetime) -> Document | None:
    entries = events_of(base, name, now)
    if not entries:
        return None
    from bot.calendar_file import calendar_file  # the library is only loaded where somebody wants a file

    short = name.removeprefix("event.").replace(" ", "-").replace("..", "-")
    return Document(f"most-qiao-{short}.ics", calendar_file(base, entries, lang))


def _pin(base: Catalogue, name: str, lang: Lang, _: datetime) -> Pin | None:
    entry = base.calendar.events.get(name)
    city = base.calendar.cities.get(occasion(entry).city or "") if entry else None
    if entry is None or city is None:
        return None
    address = catalogue(lang).say(
        "{city}, {country}: centre of the city", city=city.name[lang], country=country_told(lang, city.country)
    )
    return Pin(entry.title[lang], address, city.latitude, city.longitude)


_MAKERS: Mapping[str, Callable[[Catalogue, str, Lang, datetime], Enclosure | None]] = {
    "chart": _drawing, "csv": _figures, "ics": _calendar, "venue": _pin,
}  # fmt: skip
