"""Fairs and meetings out of the calendar: the next one, the last, one edition, lists by time and place, /expo and its cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers import editions
from handlers import pick as picks
from handlers.ask import told
from handlers.event_card import card, days_told, place_told
from handlers.event_list import cited_by, listing, sources_line, ways
from handlers.messages import Attachment, Choice, Incoming, Reply
from handlers.render import tidy
from knowledge.calendar import Pick, chosen, following, foregoing, occasion
from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.model import Entry, Lang
from knowledge.occasions import BARE, Wanted, wanted
from knowledge.question import Question
from locales.catalogues import catalogue


def reply(base: Catalogue, question: Question, lang: Lang, now: datetime) -> Reply | None:
    """What the calendar answers where the reading is complete; None leaves the question to the search."""
    if spoken(question.line) in base.data.index.exact:
        return None
    asked = wanted(question, base.occasions, now.date())
    if asked is None:
        return None
    if "compare" in asked.asks:
        return _compared(base, asked, lang, now)
    described = asked.one and asked.pick.fields and not (asked.pick.period or asked.pick.months)
    if (asked.pick.families and (asked.one or "list" not in asked.asks)) or described:
        return _single(base, asked, lang, now)
    return _many(base, asked, lang, now) if _is_list(asked) else None


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """/expo: what is ahead, a filter in words or as a code with a page, one event's card, or calendar files."""
    words = argument.split()
    if words and words[0] == "ics":
        return _file(base, " ".join(words[1:]), lang, incoming)
    entry = base.calendar.events.get(argument)
    if entry:
        return card(base, entry, lang, incoming.now)
    page = int(words.pop()) if words and words[-1].isdigit() and len(words[-1]) < 3 else 1
    pick = picks.read(base, " ".join(words), incoming.today)
    if pick is None:
        return Reply("unknown", lang, catalogue(lang).say("Filter not understood."), choices=ways(lang))
    return listing(base, pick, lang, incoming.now, page)


def _file(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """A calendar file of one event or of a choice; an event without days has none, and that is said."""
    say = catalogue(lang)
    entry = base.calendar.events.get(argument)
    pick = None if entry else picks.read(base, argument, incoming.today)
    if entry is None and pick is None:
        return Reply("unknown", lang, say.say("Filter not understood."), choices=ways(lang))
    found = [entry] if entry else chosen(base.calendar, pick or Pick(), incoming.now)
    dated = [one for one in found if occasion(one).first]
    if not dated:
        return Reply("chat", lang, say.say("No days to put into a calendar."), 1.0, choices=ways(lang))
    name = entry.id if entry else "all" if not argument else picks.code(pick or Pick())
    text = say.count("Calendar file with {n} event.", "Calendar file with {n} events.", len(dated), n=len(dated))
    return Reply("chat", lang, text, 1.0, attachments=(Attachment("ics", name),))


def named(base: Catalogue, text: str, incoming: Incoming) -> Entry | None:
    """The one event still to come that a few words name («экспо», «следующий ВЭФ», 广交会); None where they name none, or several."""
    found = wanted(base.question(text, incoming.today), base.occasions, incoming.today)
    if found is None or not (found.named or found.pick.editions):
        return None
    families = found.pick.families or (
        frozenset({BARE}) if not found.pick.kinds - {"expo"} and found.bare else frozenset()
    )
    if not families:
        return None
    pick = replace(found.pick, families=families, kinds=frozenset())
    if found.tense == "next" or pick == Pick(families=families):
        over = chosen(base.calendar, replace(pick, when="past"), incoming.now)
        return following(base.calendar, pick, incoming.now) or (over[-1] if over else None)
    events = chosen(base.calendar, pick, incoming.now)
    return events[0] if len(events) == 1 else None


def events_of(base: Catalogue, name: str, now: datetime) -> list[Entry]:
    """The events with days that the name of an attached calendar file stands for."""
    entry = base.calendar.events.get(name)
    pick = Pick(when="ahead") if name == "all" else picks.read(base, name, now.date())
    found = [entry] if entry else chosen(base.calendar, pick, now) if pick else []
    return [one for one in found if occasion(one).first]


def _is_list(asked: Wanted) -> bool:
    """Whether a reading names enough to list: a kind with a time, a place or the wish for a list; or a place and a time, asked what."""
    pick = asked.pick
    narrowed = bool(pick.period or pick.months or pick.cities or pick.country or pick.fields or asked.tense)
    if asked.aspect or pick.families or asked.tense == "last" or "days" in asked.asks:
        return False
    return (asked.named and (narrowed or "list" in asked.asks)) or bool(
        "list" in asked.asks and pick.cities and (pick.period or pick.months)
    )


def _many(base: Catalogue, asked: Wanted, lang: Lang, now: datetime) -> Reply | None:
    teller = base.data.tables["calendar"]["teller"].get(asked.pick.period or "")
    if teller and asked.pick == Pick(period=asked.pick.period, kinds=asked.pick.kinds) and not asked.tense:
        return told(base, base.data.entries[teller], lang, now.date(), 1.0)
    return listing(base, picks.timed(asked), lang, now)


def _single(base: Catalogue, asked: Wanted, lang: Lang, now: datetime) -> Reply | None:
    entry = _meant(base, asked, now)
    if entry is None:
        return editions.missing(base, asked, lang, now)
    if asked.aspect:
        teller = editions.telling(base, entry, asked.aspect)
        return told(base, teller, lang, now.date(), 1.0) if teller else None
    if "days" in asked.asks or asked.tense == "now":
        return card(base, entry, lang, now)
    return told(base, entry, lang, base.calendar.today(occasion(entry), now), 1.0)


def _meant(base: Catalogue, asked: Wanted, now: datetime) -> Entry | None:
    """The one event a reading means by the clock; None where there is none, or more than one."""
    pick, every = asked.pick, base.calendar
    if asked.tense == "next":
        return following(every, pick, now)
    if asked.tense == "last":
        return foregoing(every, pick, now)
    if asked.tense == "now":
        running = chosen(every, replace(pick, when="now"), now)
        return running[0] if running else following(every, pick, now) or foregoing(every, pick, now)
    timeless = pick == Pick(families=pick.families)
    if timeless and asked.tense is None:
        return following(every, pick, now) if pick.families == {BARE} and asked.asks & {"when", "days"} else None
    found = chosen(every, picks.timed(asked), now)
    return found[0] if len(found) == 1 else None


def _compared(base: Catalogue, asked: Wanted, lang: Lang, now: datetime) -> Reply | None:
    """Two or three editions of one fair side by side: days, length and place, which every edition has alike."""
    found = _editions(base, asked, now)
    if not 2 <= len(found) <= 3 or any(occasion(entry).first is None for entry in found):
        return None
    lines = [_side(base, entry, lang, now) for entry in found]
    cited, looked = cited_by(base, found), max(entry.checked for entry in found)
    text = "\n".join(
        (*lines, catalogue(lang).say("Other figures are counted differently."), sources_line(lang, cited, looked))
    )
    offered = tuple(Choice(entry.title[lang], entry.ask[lang][0], entry.id) for entry in found)
    return Reply("answered", lang, text, 1.0, standing="current", as_of=looked, sources=cited, choices=offered)


def _editions(base: Catalogue, asked: Wanted, now: datetime) -> list[Entry]:
    if len(asked.pick.families) != 1:
        return []
    if asked.years:
        return [e for year in sorted(asked.years) for e in chosen(base.calendar, replace(asked.pick, period=year), now)]
    return chosen(base.calendar, asked.pick, now) if len(asked.pick.editions) > 1 else []


def _side(base: Catalogue, entry: Entry, lang: Lang, now: datetime) -> str:
    event = occasion(entry)
    if event.first is None:
        raise ValueError(f"{entry.id} has no days to compare")
    length = ((event.last or event.first) - event.first).days + 1
    return tidy(catalogue(lang).say(
        "{title}: {days}, length {length}; {place}.", title=entry.title[lang], days=days_told(base.calendar, lang, entry, now),
        length=length, place=place_told(base.calendar, lang, entry),
    ))  # fmt: skip
