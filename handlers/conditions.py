"""What the entry rules say to a journey, told in sentences: which way fits, which does not and by how much, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from handlers.render import inserted
from knowledge.catalogue import Catalogue
from knowledge.entry_rules import Reason, Trip, Verdict
from knowledge.model import Lang
from knowledge.regime import Regime
from locales import formats
from locales.catalogues import catalogue

COUNTRIES = {"RU": "Country Russia", "CN": "Country China", "HK": "Country Hong Kong", "MO": "Country Macau"}
PURPOSE_NAMES: Mapping[str, str] = {
    "tourism": "Purpose tourism", "business": "Purpose business", "exhibition": "Purpose exhibition", "family": "Purpose family",
    "exchange": "Purpose exchange", "sport": "Purpose sport", "medical": "Purpose medical", "transit": "Purpose transit",
    "study": "Purpose study", "work": "Purpose work", "journalism": "Purpose journalism", "driving": "Purpose driving",
    "dependant": "Purpose dependant",
}  # fmt: skip
_PASSPORTS: Mapping[str, str] = {
    "ordinary": "Passport ordinary", "service": "Passport service", "diplomatic": "Passport diplomatic", "apec": "Passport apec",
}  # fmt: skip
_CHECKPOINTS: Mapping[str, str] = {
    "listed": "only at listed checkpoints", "airport": "only inside the airport", "cruise port": "only from a cruise ship",
}  # fmt: skip


def route(lang: Lang, trip: Trip) -> str:
    say = catalogue(lang).say
    return say("{start} to {end}", start=say(COUNTRIES[trip.traveller]), end=say(COUNTRIES[trip.destination]))


def described(base: Catalogue, lang: Lang, trip: Trip, assumed: Iterable[str]) -> str:
    """The journey as it was understood: «Россия → Китай (Хэйхэ), туризм, 4 человека, 12 дней, въезд в декабре 2026 г.»

    ``assumed`` are the conditions nobody told and that were taken for granted (``purpose``, ``date``)."""
    say = catalogue(lang).say
    way = route(lang, trip)
    parts = [say("{route}, {town}", route=way, town=town(base, lang, trip.port.id)) if trip.port else way]
    if trip.purpose:
        name = say(PURPOSE_NAMES[trip.purpose])
        parts.append(say("{purpose} (assumed)", purpose=name) if "purpose" in assumed else name)
    if trip.passport != "ordinary":
        parts.append(say(_PASSPORTS[trip.passport]))
    parts += [counted(lang, number, unit) for number, unit in ((trip.party, "persons"), (trip.days, "days")) if number]
    if trip.transit:
        parts.append(say("going on to a third country"))
    parts.append(_entry(lang, trip, "date" in assumed))
    return (", " if lang == "ru" else "，").join(parts)


def _entry(lang: Lang, trip: Trip, assumed: bool) -> str:
    say = catalogue(lang).say
    if assumed:
        return say("if entered today, {date}", date=day(lang, trip.date))
    return say("entry {date}", date=formats.days(lang, trip.date, trip.last))


def counted(lang: Lang, number: int, unit: str) -> str:
    return formats.amount(lang, Decimal(number), unit)


def day(lang: Lang, when: date) -> str:
    return formats.days(lang, when, when)


def town(base: Catalogue, lang: Lang, town_id: str) -> str:
    """The first name of a town in a language."""
    return str(base.data.tables["trips"]["town"][town_id][lang][0])


def text(regime: Regime, lang: Lang, key: str) -> str | None:
    """One of the regime's own texts with its figures; None where it has none."""
    return inserted(lang, regime.texts[key][lang], regime.values) if key in regime.texts else None


def documents(regime: Regime, lang: Lang) -> list[str]:
    return [inserted(lang, line, regime.values) for line in regime.documents.get(lang, ())]


def failed(base: Catalogue, lang: Lang, reason: Reason) -> str:
    """Why a journey misses a condition, and by how much: «на 2 дня длиннее (предел — 10 дней)»."""
    words = catalogue(lang)
    bound, by = reason.bound, reason.by or 0
    match reason.condition:
        case "party_least":
            return words.count("{n} person fewer than {bound}", "{n} persons fewer than {bound}", by, n=by, bound=bound)
        case "party_most":
            return words.count("{n} person more than {bound}", "{n} persons more than {bound}", by, n=by, bound=bound)
        case "days" | "days_year":
            limit = counted(lang, int(str(bound)), "days")
            return words.count("{n} day longer, limit {bound}", "{n} days longer, limit {bound}", by, n=by, bound=limit)
        case "purpose":
            return words.say("not for this purpose")
        case "passport":
            return words.say("only with {passport}", passport=words.say(_PASSPORTS[str(bound)]))
        case "start" if isinstance(bound, date):
            return words.say("in force only from {date}", date=day(lang, bound))
        case "until" if isinstance(bound, date):
            return words.say("published term over on {date}", date=day(lang, bound))
        case _:
            return needed(base, lang, reason)


def needed(base: Catalogue, lang: Lang, reason: Reason, regime: Regime | None = None) -> str:
    """What must hold where nobody told it: «не дольше 15 дней», «въезд не позже 14 сентября 2026 г.»"""
    say, bound = catalogue(lang).say, reason.bound
    match reason.condition:
        case "party_least" | "party_most" | "days" | "days_year":
            return _bounded(lang, reason.condition, int(str(bound)))
        case "purpose" if isinstance(bound, tuple):
            return say("purpose one of {purposes}", purposes=_joined(lang, [say(PURPOSE_NAMES[one]) for one in bound]))
        case "place" if isinstance(bound, tuple):
            return say("only {places}", places=_joined(lang, [town(base, lang, one) for one in bound]))
        case "onward":
            return say("a ticket to a third country")
        case "checkpoint":
            return say(_CHECKPOINTS[str(bound)])
        case "passport":
            return say("whether {passport} is taken was not published", passport=say(_PASSPORTS[str(bound)]))
        case "own" if regime:
            return text(regime, lang, "must") or ""
    if not isinstance(bound, date):
        raise ValueError(f"nothing to say of {reason}")
    return say(_DATED[reason.condition], date=day(lang, bound))


def _bounded(lang: Lang, condition: str, bound: int) -> str:
    say = catalogue(lang).say
    match condition:
        case "party_least":
            return say("a group of at least {n}", n=bound)
        case "party_most":
            return say("a group of at most {n}", n=bound)
        case "days":
            return say("at most {days} a stay", days=counted(lang, bound, "days"))
    return say("at most {days} in a calendar year", days=counted(lang, bound, "days"))


_DATED = {
    "start": "entry from {date}",
    "until": "entry until {date}",
    "stay": "the term ends during the stay, on {date}",
}


def _joined(lang: Lang, names: Iterable[str]) -> str:
    return (", " if lang == "ru" else "、").join(names)


def reasons(base: Catalogue, lang: Lang, verdict: Verdict) -> list[str]:
    """Everything a verdict rests on: what is missed, else what must hold."""
    if verdict.failed:
        return [failed(base, lang, reason) for reason in verdict.failed]
    must = [needed(base, lang, reason, verdict.regime) for reason in verdict.must]
    if verdict.outcome == "unconfirmed":
        must.insert(0, catalogue(lang).say("conditions not confirmed"))
    return must
