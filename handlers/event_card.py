"""One event on a card: its days and how far they are, place, what it is for, how to take part, site."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from babel import Locale

from handlers.messages import Attachment, Choice, Reply
from handlers.render import filled, source_line, tidy
from knowledge.calendar import Calendar, occasion, siblings
from knowledge.catalogue import Catalogue
from knowledge.model import Entry, Lang
from knowledge.periods import bounds
from knowledge.standing import standing
from locales import formats
from locales.catalogues import catalogue

EARLIER = 3
"""Editions named as the pattern of one without days."""

_FIRST_SENTENCE = re.compile(r"^(.*?[а-яa-z»)]{3}\.)\s(?=[А-ЯЁA-Z«])|^(.*?。)", re.DOTALL)


def card(base: Catalogue, entry: Entry, lang: Lang, now: datetime) -> Reply:
    """The card of an event, with its pin where the city is known and its calendar file while it is still to come."""
    event, every = occasion(entry), base.calendar
    cited = tuple(base.data.sources[key] for key in entry.sources)
    lines = [entry.title[lang], *_lines(base, entry, lang, now), source_line(lang, cited, entry.as_of, entry.checked)]
    return Reply(
        "answered", lang, "\n".join(tidy(line) for line in lines), 1.0, entry.id,
        standing=standing(entry, every.today(event, now)), as_of=entry.as_of or cited[0].day, valid_from=event.first,
        valid_to=event.last, sources=cited, choices=_choices(every, entry, lang, now),
        attachments=tuple(_attachments(every, entry, now)),
    )  # fmt: skip


def days_told(every: Calendar, lang: Lang, entry: Entry, now: datetime) -> str:
    """When an event is: its days, marked where they are over and were only announced, or that none are."""
    event, say = occasion(entry), catalogue(lang)
    if event.status == "cancelled":
        return say.say("cancelled")
    if event.within:
        return say.say("days not announced, about {period}", period=_about(lang, event.within))
    if event.first is None:
        year = say.say("{year}, days not announced", year=event.year) if event.year else ""
        return year or say.say("days not announced")
    days = formats.days(lang, event.first, event.last or event.first)
    if event.last is None and event.status == "held":
        return say.say("from {day}", day=days)
    unproven = event.status != "held" and every.phase(event, now) == "over"
    return say.say("announced for {days}", days=days) if unproven else days


def _about(lang: Lang, within: str) -> str:
    """The months of a time that an event is expected in: never its days, which nobody announced."""
    days = bounds(within)
    last = date(days.last.year, days.last.month, monthrange(days.last.year, days.last.month)[1])
    return formats.period(lang, days.first.replace(day=1), last)


def place_told(every: Calendar, lang: Lang, entry: Entry) -> str:
    """City, venue where it is known, country."""
    event = occasion(entry)
    city = every.cities.get(event.city or "")
    parts = [
        city.name[lang] if city else "",
        event.venue[lang] if event.venue else "",
        country_told(lang, event.country),
    ]
    return (", " if lang == "ru" else "，").join(part for part in parts if part)


def country_told(lang: Lang, code: str) -> str:
    return str(Locale(lang).territories[code])


def distance_told(every: Calendar, lang: Lang, entry: Entry, now: datetime) -> str | None:
    """How far an event is from now, counted in days of its own city; None without days."""
    event, say = occasion(entry), catalogue(lang)
    away = every.days_to(event, now)
    if away is None or event.first is None or event.status == "cancelled":
        return None
    if every.phase(event, now) == "running":
        length = ((event.last or event.first) - event.first).days + 1
        return say.say("It runs: day {day} of {length}.", day=1 - away, length=length)
    if away > 0:
        return say.say("It begins in {days}.", days=_counted(lang, away))
    if event.status != "held":
        return say.say("The announced days are over.")
    ended = (every.today(event, now) - (event.last or event.first)).days
    return say.say("It ended {days} ago.", days=_counted(lang, ended)) if event.last else None


def _counted(lang: Lang, days: int) -> str:
    return formats.amount(lang, Decimal(days), "days")


def _lines(base: Catalogue, entry: Entry, lang: Lang, now: datetime) -> Iterator[str]:
    event, every, say = occasion(entry), base.calendar, catalogue(lang)
    yield say.say("Days: {days}.", days=days_told(every, lang, entry, now))
    distance = distance_told(every, lang, entry, now)
    if distance:
        yield distance
    if event.first is None:
        yield from _pattern(every, entry, lang, now)
    yield say.say("Place: {place}.", place=place_told(every, lang, entry))
    family = every.families.get(event.series)
    for message, told_by in (
        ("What for: {text}", family and family.about),
        ("To take part: {text}", family and family.attend),
    ):
        if told_by:
            yield say.say(message, text=_opening(base.data.entries[told_by], lang))
    if event.url:
        yield say.say("Site of the event: {url}.", url=event.url)


def _pattern(every: Calendar, entry: Entry, lang: Lang, now: datetime) -> Iterator[str]:
    earlier = siblings(every, entry, now, EARLIER)
    if earlier:
        told = "; ".join(days_told(every, lang, one, now) for one in earlier)
        yield catalogue(lang).say("Earlier ones: {days}.", days=told)


def _opening(entry: Entry, lang: Lang) -> str:
    """The first sentence of an entry's answer."""
    text = filled(lang, entry.answer[lang], entry.values)
    found = _FIRST_SENTENCE.match(text)
    return (found[1] or found[2]) if found else text


def _choices(every: Calendar, entry: Entry, lang: Lang, now: datetime) -> tuple[Choice, ...]:
    say = catalogue(lang)
    found = []
    if every.phase(occasion(entry), now) == "ahead" or every.expected(occasion(entry), now):
        found.append(Choice(say.say("Remind me"), f"/remind {entry.id}"))
    if occasion(entry).first:
        found.append(Choice(say.say("Calendar file"), f"/expo ics {entry.id}"))
    return (*found, Choice(say.say("Everything known of it"), entry.ask[lang][0], entry.id))


def _attachments(every: Calendar, entry: Entry, now: datetime) -> Iterator[Attachment]:
    event = occasion(entry)
    if event.city in every.cities:
        yield Attachment("venue", entry.id)
    if every.phase(event, now) in ("ahead", "running"):
        yield Attachment("ics", entry.id)
