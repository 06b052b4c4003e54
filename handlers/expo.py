"""Fairs and meetings out of the calendar: the next one, the last, one edition, lists by time and place, /expo and its cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from handlers import pick as picks
from handlers.ask import listed, told
from handlers.event_card import card, days_told, place_told
from handlers.messages import Attachment, Choice, Incoming, Reply
from handlers.render import tidy
from knowledge.calendar import Pick, chosen, following, foregoing, occasion
from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.model import Entry, Lang, Source
from knowledge.occasions import BARE, Wanted, wanted
from knowledge.periods import bounds
from knowledge.question import Question
from locales import formats
from locales.catalogues import catalogue

PAGE = 5
"""Events on a page: with dates and a source line it stays under the longest reply."""
MOST_BYTES = 60
"""A button carries 64 bytes, of which the channel needs some."""
_PHASES = {"ahead": "ahead: {n}", "running": "running: {n}", "undated": "without days: {n}", "over": "over: {n}"}
PUBLISHERS = 3
"""Publishers named under a list."""


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
        return Reply("unknown", lang, catalogue(lang).say("Filter not understood."), choices=_ways(lang))
    return listing(base, pick, lang, incoming.now, page)


def listing(base: Catalogue, pick: Pick, lang: Lang, now: datetime, page: int = 1) -> Reply:
    """One page of the events of a choice, what is ahead first and then the newest; says honestly where there is none."""
    found = _in_order(base, pick, now)
    if not found:
        text = catalogue(lang).say("No events: {what}.", what=picks.told(base, pick, lang))
        return Reply("unknown", lang, tidy(text), choices=_ways(lang))
    pages = -(-len(found) // PAGE)
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    offered = tuple(Choice(_label(base, entry, lang, now), f"/expo {entry.id}") for entry in shown)
    cited, looked = _cited(base, shown), max(entry.checked for entry in shown)
    text = "\n".join((listed(_head(base, pick, found, lang, now), offered), _sources(lang, cited, looked)))
    return Reply(
        "answered", lang, text, 1.0, standing="current", as_of=max((e.as_of for e in shown if e.as_of), default=looked),
        sources=cited, choices=(*offered, *_turns(pick, page, pages, lang), *_files(pick, found, lang)), menu=True,
    )  # fmt: skip


def _in_order(base: Catalogue, pick: Pick, now: datetime) -> list[Entry]:
    """What runs or is ahead by its days, what is expected without any, and what is over, the newest first."""
    every = base.calendar
    found = chosen(every, pick, now)
    dated = [e for e in found if every.phase(occasion(e), now) in ("ahead", "running")]
    expected = [e for e in found if every.expected(occasion(e), now)]
    rest = [e for e in found if e not in dated and e not in expected]
    return [*dated, *expected, *reversed(rest)]


def _head(base: Catalogue, pick: Pick, found: Sequence[Entry], lang: Lang, now: datetime) -> str:
    """How many there are, by where they stand; that none is ahead with days is said wherever one could be."""
    every, say = base.calendar, catalogue(lang)
    phases = [every.phase(occasion(entry), now) for entry in found]
    could_be = pick.when != "past" and (pick.period is None or bounds(pick.period).last >= now.date())
    parts = [say.say("none ahead with days")] if could_be and not {"ahead", "running"} & set(phases) else []
    for phase, message in _PHASES.items():
        if phase in phases:
            parts.append(say.say(message, n=phases.count(phase)))
    told_parts = ("; " if lang == "ru" else "；").join(parts)
    return tidy(say.say("List of {what}: {counts}.", what=picks.told(base, pick, lang), counts=told_parts))


def _label(base: Catalogue, entry: Entry, lang: Lang, now: datetime) -> str:
    """An event in a list: title, days, and the city where the title does not name it."""
    city = base.calendar.cities.get(occasion(entry).city or "")
    name, title, days = city.name[lang] if city else "", entry.title[lang], days_told(base.calendar, lang, entry, now)
    parts = [days] if not name or name[:-1] in title else [days, name]
    return f"{title} — {', '.join(parts)}" if lang == "ru" else f"{title}：{'，'.join(parts)}"


def _cited(base: Catalogue, entries: Iterable[Entry]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(base.data.sources[entry.sources[0]] for entry in entries))


def _sources(lang: Lang, cited: Sequence[Source], looked: date) -> str:
    names = list(dict.fromkeys(source.publisher for source in cited))
    separator = ", " if lang == "ru" else "、"
    return tidy(
        catalogue(lang).say(
            "Sources: {publishers}; looked at {date}.",
            publishers=separator.join(names[:PUBLISHERS]),
            date=formats.days(lang, looked, looked),
        )
    )


def _turns(pick: Pick, page: int, pages: int, lang: Lang) -> Iterable[Choice]:
    say = catalogue(lang)
    ways = (("Back", page - 1), ("Further", page + 1))
    found = [Choice(say.say(label), f"/expo {picks.code(pick)} {to}") for label, to in ways if 1 <= to <= pages]
    return [choice for choice in found if len(choice.ask.encode()) <= MOST_BYTES]


def _files(pick: Pick, found: Iterable[Entry], lang: Lang) -> Iterable[Choice]:
    ask = f"/expo ics {picks.code(pick)}"
    if any(occasion(entry).first for entry in found) and len(ask.encode()) <= MOST_BYTES:
        yield Choice(catalogue(lang).say("Calendar file"), ask)


def _ways(lang: Lang) -> tuple[Choice, ...]:
    say = catalogue(lang)
    return Choice(say.say("What is ahead"), "/expo"), Choice(say.say("What is over"), "/expo past")


def _file(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """A calendar file of one event or of a choice; an event without days has none, and that is said."""
    say = catalogue(lang)
    entry = base.calendar.events.get(argument)
    pick = None if entry else picks.read(base, argument, incoming.today)
    if entry is None and pick is None:
        return Reply("unknown", lang, say.say("Filter not understood."), choices=_ways(lang))
    found = [entry] if entry else chosen(base.calendar, pick or Pick(), incoming.now)
    dated = [one for one in found if occasion(one).first]
    if not dated:
        return Reply("chat", lang, say.say("No days to put into a calendar."), 1.0, choices=_ways(lang))
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
        return None
    if asked.aspect:
        teller = base.data.tables["calendar"]["told"].get(entry.id, {}).get(asked.aspect)
        return told(base, base.data.entries[teller], lang, now.date(), 1.0) if teller else None
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
    cited, looked = _cited(base, found), max(entry.checked for entry in found)
    text = "\n".join(
        (*lines, catalogue(lang).say("Other figures are counted differently."), _sources(lang, cited, looked))
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
