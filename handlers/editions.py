"""Going on from one edition to another: «а следующее?», 下一届呢, «а тема?» after an answer; and editions the base does not have."""

from __future__ import annotations

from datetime import datetime

from handlers.ask import NEAREST_TOPICS, choices, listed, told
from handlers.event_card import card
from handlers.followup import follows
from handlers.messages import Reply
from knowledge.calendar import Pick, beside, chosen, occasion
from knowledge.catalogue import Catalogue
from knowledge.model import Entry, Lang
from knowledge.occasions import Wanted, wanted
from knowledge.question import Question
from locales.catalogues import catalogue


def about(base: Catalogue, reply: Reply) -> str | None:
    """The one event an answer was about: its own entry, or an entry about that edition; None of any other answer."""
    entry = base.data.entries.get(reply.entry or "")
    if entry is None or reply.status != "answered":
        return None
    if entry.event:
        return entry.id
    of_it = [
        one.id
        for one in base.calendar.events.values()
        if entry.scope.edition
        and (occasion(one).series, occasion(one).edition) == (entry.scope.event, entry.scope.edition)
    ]
    return of_it[0] if of_it else None


def followed(base: Catalogue, event: str, question: Question, lang: Lang, now: datetime) -> Reply | None:
    """What a short message asks of the event told before it, or of the edition beside that; None where it asks about anything else."""
    entry, asked = base.calendar.events[event], wanted(question, base.occasions, now.date())
    if asked is None or not _goes_on(base, entry, asked, question):
        return None
    if asked.step:
        other = beside(base.calendar, entry, asked.step)
        return of(base, other, asked, lang, now) if other else _row_ends(base, entry, asked.step, lang)
    return of(base, entry, asked, lang, now) if asked.aspect or asked.asks & {"when", "where", "days"} else None


def of(base: Catalogue, entry: Entry, asked: Wanted, lang: Lang, now: datetime) -> Reply:
    """What is asked of one edition: a fact the base tells of it, its card where days are counted, else its entry."""
    if asked.aspect:
        teller = telling(base, entry, asked.aspect)
        return told(base, teller, lang, now.date(), 1.0) if teller else _untold(base, entry, lang)
    if "days" in asked.asks:
        return card(base, entry, lang, now)
    return told(base, entry, lang, base.calendar.today(occasion(entry), now), 1.0)


def telling(base: Catalogue, entry: Entry, aspect: str) -> Entry | None:
    """The entry that tells something of an edition (its area, exhibitors, results); None where none is known to."""
    words = base.data.tables["calendar"]
    other = words["told"].get(entry.id, {}).get(aspect)
    if other:
        return base.data.entries[other]
    return entry if entry.values.keys() & set(words["telling"].get(aspect, ())) else None


def missing(base: Catalogue, asked: Wanted, lang: Lang, now: datetime) -> Reply | None:
    """That the base has no edition of a number, or none after the last; None where the fair or the edition is known or not told."""
    pick = asked.pick
    row = chosen(base.calendar, Pick(families=pick.families), now) if len(pick.families) == 1 else []
    if not row:
        return None
    if pick.editions and not pick.editions & {occasion(entry).edition for entry in row}:
        return _none_such(base, row, sorted(pick.editions), lang)
    return _row_ends(base, row[-1], 1, lang) if asked.tense == "next" and pick == Pick(families=pick.families) else None


def _goes_on(base: Catalogue, entry: Entry, asked: Wanted, question: Question) -> bool:
    """Whether nothing but the event that was told is meant: no time or place of its own, no other fair."""
    pick, series = asked.pick, occasion(entry).series
    if pick != Pick(families=pick.families, kinds=pick.kinds) or asked.years:
        return False
    family = base.calendar.families.get(series)
    same = pick.families <= {series} and (not pick.kinds or (family is not None and family.kind in pick.kinds))
    return same and (follows(question) or not asked.named)


def _none_such(base: Catalogue, row: list[Entry], numbers: list[int], lang: Lang) -> Reply:
    others = [e.id for e in base.calendar.events.values() if occasion(e).edition in numbers and e not in row]
    known = [entry for entry in row if occasion(entry).edition]
    text = catalogue(lang).say(
        "No edition {number}; the latest is {title}.",
        number=numbers[-1],
        title=known[-1].title[lang] if known else row[-1].title[lang],
    )
    return _unknown(base, text, [(known or row)[-1].id, *others], lang)


def _row_ends(base: Catalogue, entry: Entry, step: int, lang: Lang) -> Reply:
    message = "None known after {title}." if step > 0 else "None known before {title}."
    return _unknown(base, catalogue(lang).say(message, title=entry.title[lang]), [entry.id], lang)


def _untold(base: Catalogue, entry: Entry, lang: Lang) -> Reply:
    tellers = base.data.tables["calendar"]["told"].get(entry.id, {}).values()
    text = catalogue(lang).say("No answer to this of {title}.", title=entry.title[lang])
    return _unknown(base, text, [entry.id, *tellers], lang)


def _unknown(base: Catalogue, text: str, near: list[str], lang: Lang) -> Reply:
    offered = choices(base, dict.fromkeys(near), lang, NEAREST_TOPICS)
    return Reply("unknown", lang, listed(text, offered), choices=offered, reason="edition")
