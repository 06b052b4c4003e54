"""Reminders: /remind and the same in words. Days are chosen, listed, changed and withdrawn here; whoever keeps chats carries it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from babel.lists import format_list

from handlers import expo
from handlers.ask import listed
from handlers.event_card import days_told
from handlers.messages import Attachment, Choice, Incoming, Remind, Reminder, Reply, Unremind
from handlers.render import tidy
from knowledge.calendar import Calendar, Pick, chosen, occasion
from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.model import Entry, Lang
from knowledge.question import Question
from knowledge.reminding import Asked, asked, commanded
from locales import formats
from locales.catalogues import catalogue

USUAL = (7, 1)
"""Days before an event where a person names none."""
MOST_DAYS = 60
MOST_CHOICES = 6
OTHERS = (14, 7, 3, 1, 0)
"""Days before an event that are offered as buttons."""
MOST_WAYS = 3
_OFF = ("off", "отмена", "取消")


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """/remind: a list; with an event's id its days follow («/remind event.eef.12 14 3»); ``off`` withdraws one or all."""
    words = argument.split()
    if not words:
        return _list(base, lang, incoming)
    if words[0].casefold() in _OFF:
        return _withdrawn(base, words[1] if len(words) > 1 else None, lang, incoming)
    entry = base.calendar.events.get(words[0])
    if entry is None:
        said = commanded(base.question(argument, incoming.today).line)
        return _list(base, lang, incoming) if said.wish == "list" else _by_words(base, said, lang, incoming)
    days = _days(words[1:])
    if days is None:
        return Reply("chat", lang, catalogue(lang).say("Days not understood.", most=MOST_DAYS), 1.0)
    return _set(base, entry, days or USUAL, lang, incoming)


def heard(base: Catalogue, question: Question, lang: Lang, incoming: Incoming) -> Reply | None:
    """The wish to be reminded, said in words; None where a message is none."""
    said = asked(question.line)
    if said is None or spoken(question.line) in base.data.index.exact:
        return None
    if said.wish == "list":
        return _list(base, lang, incoming)
    if said.wish == "set" and said.about and expo.named(base, said.about, incoming) is None:
        return None  # «напомни, сколько стоит виза»: a question
    return _by_words(base, said, lang, incoming)


def _by_words(base: Catalogue, said: Asked, lang: Lang, incoming: Incoming) -> Reply:
    entry = expo.named(base, said.about, incoming) if said.about else None
    if said.wish == "off":
        return (
            _withdrawn(base, entry.id if entry else None, lang, incoming)
            if entry or not said.about
            else _list(base, lang, incoming)
        )
    if entry is None:
        return _offered(base, catalogue(lang).say("Remind of which event?"), lang, incoming)
    if any(days > MOST_DAYS for days in said.days):
        return Reply("chat", lang, catalogue(lang).say("Days not understood.", most=MOST_DAYS), 1.0)
    return _set(base, entry, said.days or USUAL, lang, incoming)


def _days(words: Sequence[str]) -> tuple[int, ...] | None:
    """Days from digits, each once, the earliest reminder first; None where a word is no number that can be kept."""
    found = [word.strip(",") for word in words]
    if any(not word.isdecimal() or len(word) > 3 or int(word) > MOST_DAYS for word in found):
        return None
    return tuple(sorted({int(word) for word in found}, reverse=True))


def _set(base: Catalogue, entry: Entry, days: Sequence[int], lang: Lang, incoming: Incoming) -> Reply:
    """Set where there is something to wait for; where the channel cannot speak later, say so and offer the calendar file."""
    event, every, say = occasion(entry), base.calendar, catalogue(lang)
    if event.status == "cancelled" or (
        every.phase(event, incoming.now) != "ahead" and not every.expected(event, incoming.now)
    ):
        return _offered(
            base,
            tidy(
                say.say(
                    "Nothing to wait for: {title}, {days}.",
                    title=entry.title[lang],
                    days=days_told(every, lang, entry, incoming.now),
                )
            ),
            lang,
            incoming,
        )
    if not incoming.delivers:
        return _elsewhere(entry, lang)
    due = tuple(day for day in sorted(set(days), reverse=True) if _is_ahead(every, entry, day, incoming.now))
    if not due:
        return _late(every, entry, lang, incoming.now)
    text = _promise(every, entry, due, lang, incoming.now)
    late = len(due) < len(set(days))
    parts = [text, say.say("Some of the days are over already.")] if late else [text]
    return Reply(
        "chat",
        lang,
        formats.joined(lang, parts),
        1.0,
        choices=_others(every, entry, due, lang, incoming.now),
        effects=(Remind(entry.id, due, event.first),),
    )


def _is_ahead(every: Calendar, entry: Entry, days: int, now: datetime) -> bool:
    due = every.due(occasion(entry), days)
    return due is None or due > now


def _promise(every: Calendar, entry: Entry, days: Sequence[int], lang: Lang, now: datetime) -> str:
    say, event = catalogue(lang), occasion(entry)
    when = before(days, lang)
    if event.first is None:
        return say.say("I will remind, days not announced: {title}, {when}.", title=entry.title[lang], when=when)
    return tidy(
        say.say(
            "I will remind: {title}, {days}, {when}.",
            title=entry.title[lang],
            days=days_told(every, lang, entry, now),
            when=when,
        )
    )


def before(days: Iterable[int], lang: Lang) -> str:
    """«за 7 дней и за 1 день», 提前7天和提前1天; the day itself by its own words."""
    say = catalogue(lang)
    told = [
        say.say("{days} before", days=formats.amount(lang, Decimal(n), "days")) if n else say.say("on the day")
        for n in days
    ]
    return str(format_list(told, locale=lang))


def _others(every: Calendar, entry: Entry, chosen_days: Sequence[int], lang: Lang, now: datetime) -> tuple[Choice, ...]:
    """Other days that are still to come, and the way back."""
    ways = [days for days in OTHERS if days not in chosen_days and _is_ahead(every, entry, days, now)]
    found = [Choice(_capital(before((days,), lang)), f"/remind {entry.id} {days}") for days in ways[:MOST_WAYS]]
    return (*found, Choice(catalogue(lang).say("Remind no more"), f"/remind off {entry.id}"))


def _late(every: Calendar, entry: Entry, lang: Lang, now: datetime) -> Reply:
    ways = [days for days in OTHERS if _is_ahead(every, entry, days, now)]
    offered = tuple(Choice(_capital(before((days,), lang)), f"/remind {entry.id} {days}") for days in ways)
    text = catalogue(lang).say("Too late for these days." if offered else "It begins too soon.")
    return Reply("chat", lang, listed(text, offered), 1.0, choices=offered)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _elsewhere(entry: Entry, lang: Lang) -> Reply:
    say = catalogue(lang)
    if occasion(entry).first is None:
        return Reply("chat", lang, say.say("Reminders come in Telegram."), 1.0)
    text = formats.joined(lang, [say.say("Reminders come in Telegram."), say.say("Here is a calendar file instead.")])
    return Reply("chat", lang, text, 1.0, attachments=(Attachment("ics", entry.id),))


def _withdrawn(base: Catalogue, event: str | None, lang: Lang, incoming: Incoming) -> Reply:
    say = catalogue(lang)
    known = {reminder.event for reminder in incoming.reminders}
    if not known or event not in (*known, None, "all"):
        return Reply("chat", lang, say.say("No such reminder."), 1.0)
    if event is None and len(known) > 1:
        return _list(base, lang, incoming)
    return Reply(
        "chat",
        lang,
        say.say("Reminders withdrawn."),
        1.0,
        effects=(Unremind(None if event in (None, "all") else event),),
    )


def _list(base: Catalogue, lang: Lang, incoming: Incoming) -> Reply:
    say = catalogue(lang)
    if not incoming.delivers:
        return _offered(base, say.say("Reminders come in Telegram."), lang, incoming)
    if not incoming.reminders:
        return _offered(base, say.say("No reminders yet."), lang, incoming)
    offered = tuple(
        Choice(say.say("Withdraw: {title}", title=_title(base, r, lang)), f"/remind off {r.event}")
        for r in incoming.reminders
    )
    colon = ": " if lang == "ru" else "："
    lines = [f"{_title(base, reminder, lang)}{colon}{before(reminder.days, lang)}" for reminder in incoming.reminders]
    if len(offered) > 1:
        offered = (*offered, Choice(say.say("Withdraw all"), "/remind off all"))
    separator = "; " if lang == "ru" else "；"
    return Reply(
        "chat",
        lang,
        listed(tidy(say.say("Your reminders: {list}.", list=separator.join(lines))), offered),
        1.0,
        choices=offered,
    )


def _title(base: Catalogue, reminder: Reminder, lang: Lang) -> str:
    entry = base.calendar.events.get(reminder.event)
    return entry.title[lang] if entry else reminder.event


def _offered(base: Catalogue, head: str, lang: Lang, incoming: Incoming) -> Reply:
    """Events one can still wait for, as choices."""
    ahead = chosen(base.calendar, Pick(when="ahead"), incoming.now)
    waiting = [entry for entry in ahead if base.calendar.phase(occasion(entry), incoming.now) != "running"]
    offered = tuple(Choice(entry.title[lang], f"/remind {entry.id}") for entry in waiting[:MOST_CHOICES])
    return Reply("chat", lang, listed(head, offered), 1.0, choices=offered)
