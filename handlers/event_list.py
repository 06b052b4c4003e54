"""Lists of events: a page of them with their days, where they stand in time, ways to turn the page and to take them into a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from handlers import pick as picks
from handlers.ask import listed
from handlers.event_card import days_told
from handlers.messages import Choice, Reply
from handlers.paging import fits_button, paged, turns
from handlers.render import tidy
from knowledge.calendar import Pick, chosen, occasion
from knowledge.catalogue import Catalogue
from knowledge.model import Entry, Lang, Source
from knowledge.periods import bounds
from locales import formats
from locales.catalogues import catalogue

PAGE = 5
"""Events on a page: with dates and a source line it stays under the longest reply."""
_PHASES = {"ahead": "ahead: {n}", "running": "running: {n}", "undated": "without days: {n}", "over": "over: {n}"}
PUBLISHERS = 3
"""Publishers named under a list."""


def listing(base: Catalogue, pick: Pick, lang: Lang, now: datetime, page: int = 1) -> Reply:
    """One page of the events of a choice, what is ahead first and then the newest; says honestly where there is none."""
    found = _in_order(base, pick, now)
    if not found:
        text = catalogue(lang).say("No events: {what}.", what=picks.told(base, pick, lang))
        return Reply("unknown", lang, tidy(text), choices=ways(lang))
    shown, page, pages = paged(found, page, PAGE)
    offered = tuple(Choice(_label(base, entry, lang, now), f"/expo {entry.id}") for entry in shown)
    cited, looked = cited_by(base, shown), max(entry.checked for entry in shown)
    text = "\n".join((listed(_head(base, pick, found, lang, now), offered), sources_line(lang, cited, looked)))
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


def cited_by(base: Catalogue, entries: Iterable[Entry]) -> tuple[Source, ...]:
    """The first source of each event, each once."""
    return tuple(dict.fromkeys(base.data.sources[entry.sources[0]] for entry in entries))


def sources_line(lang: Lang, cited: Sequence[Source], looked: date) -> str:
    """The last line under several events: who published it, and the day somebody last looked."""
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
    return (choice for choice in turns(f"/expo {picks.code(pick)}", page, pages, lang) if fits_button(choice))


def _files(pick: Pick, found: Iterable[Entry], lang: Lang) -> Iterable[Choice]:
    file = Choice(catalogue(lang).say("Calendar file"), f"/expo ics {picks.code(pick)}")
    if any(occasion(entry).first for entry in found) and fits_button(file):
        yield file


def ways(lang: Lang) -> tuple[Choice, ...]:
    """Where to go on from an empty or misread choice."""
    say = catalogue(lang)
    return Choice(say.say("What is ahead"), "/expo"), Choice(say.say("What is over"), "/expo past")
