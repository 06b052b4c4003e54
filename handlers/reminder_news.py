"""What a chat is told unasked: a reminder on its day, days that were announced or moved, an event that was cancelled."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from handlers.event_card import days_told, place_told
from handlers.messages import Choice, Reply
from handlers.render import tidy
from knowledge.calendar import Calendar, occasion
from knowledge.model import Entry, Lang
from locales import formats
from locales.catalogues import catalogue


def due_reply(every: Calendar, entry: Entry, lang: Lang, now: datetime) -> Reply:
    """What a reminder says on its day: how many days are left by the clock of the event's city, when and where."""
    away = every.days_to(occasion(entry), now) or 0
    left = formats.amount(lang, Decimal(away), "days")
    parts = {
        "title": entry.title[lang],
        "days": days_told(every, lang, entry, now),
        "place": place_told(every, lang, entry),
    }
    message = (
        "Reminder, {left} left: {title}, {days}, {place}." if away > 0 else "Reminder, today: {title}, {days}, {place}."
    )
    return _told(entry, lang, catalogue(lang).say(message, left=left, **parts))


def moved_reply(every: Calendar, entry: Entry, lang: Lang, now: datetime, announced: bool) -> Reply:
    """What a chat is told when the days of an event it waits for were announced, or became others."""
    message = "Days announced: {title}, {days}." if announced else "Days changed: {title}, {days}."
    return _told(
        entry, lang, catalogue(lang).say(message, title=entry.title[lang], days=days_told(every, lang, entry, now))
    )


def gone_reply(entry: Entry | None, event: str, lang: Lang) -> Reply:
    """What a chat is told when an event it waits for was cancelled, or is no longer in the base."""
    text = catalogue(lang).say("Cancelled: {title}.", title=entry.title[lang] if entry else event)
    return _told(entry, lang, text) if entry else Reply("chat", lang, text, 1.0)


def _told(entry: Entry, lang: Lang, text: str) -> Reply:
    return Reply(
        "chat", lang, tidy(text), 1.0, choices=(Choice(catalogue(lang).say("Card of the event"), f"/expo {entry.id}"),)
    )
