"""A choice of events as a person types it after /expo, as a button sends it, and as a heading tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from babel.dates import get_month_names

from handlers.event_card import country_told
from knowledge.calendar import Calendar, Pick, When
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from knowledge.occasions import Wanted, wanted
from knowledge.periods import bounds, is_code
from locales import formats
from locales.catalogues import catalogue

_WHENS = ("ahead", "now", "past", "all")
_KINDS = ("expo", "forum", "talks", "festival")
_TENSES = {"next": "ahead", "last": "past"}
KIND_NAMES = {"expo": "Exhibitions", "forum": "Forums", "talks": "Meetings", "festival": "Festivals"}


def code(pick: Pick) -> str:
    """A choice in a few ASCII words that fit a button and are read back by ``read``."""
    return " ".join((
        *sorted(pick.families), *(f"e{number}" for number in sorted(pick.editions)), *([pick.period] if pick.period else []),
        *(f"m{number}" for number in sorted(pick.months)), *sorted(pick.cities), *([pick.country] if pick.country else []),
        *sorted(pick.kinds), *sorted(pick.fields), pick.when,
    ))  # fmt: skip


def read(base: Catalogue, text: str, today: date) -> Pick | None:
    """The choice that a code or a few words make; None where a word of them is not known."""
    if not text:
        return Pick(when="ahead")
    coded = _decoded(base.calendar, text.split())
    if coded:
        return coded
    found = wanted(base.question(text, today), base.occasions, today)
    return timed(found) if found else None


def timed(found: Wanted) -> Pick:
    """The choice of a reading with its time: what is ahead, unless a time or a tense says otherwise."""
    pick = found.pick
    tense = _TENSES.get(found.tense or "", found.tense)
    if tense in _WHENS:
        return replace(pick, when=cast(When, tense))
    anyhow = pick.period or pick.months or pick.cities or pick.families or pick.editions or pick.fields
    return replace(pick, when="all" if anyhow else "ahead")


def _decoded(every: Calendar, words: list[str]) -> Pick | None:
    found: dict[str, list[str]] = {}
    for word in words:
        name = _belongs(every, word)
        if name is None:
            return None
        found.setdefault(name, []).append(word)
    if any(len(found.get(name, ())) > 1 for name in ("period", "country", "when")):
        return None
    return Pick(
        frozenset(found.get("families", ())), frozenset(int(word[1:]) for word in found.get("editions", ())),
        next(iter(found.get("period", ())), None), frozenset(int(word[1:]) for word in found.get("months", ())),
        frozenset(found.get("cities", ())), next(iter(found.get("country", ())), None), frozenset(found.get("kinds", ())),
        frozenset(found.get("fields", ())), cast(When, next(iter(found.get("when", ())), "all")),
    )  # fmt: skip


def _belongs(every: Calendar, word: str) -> str | None:
    """Which part of a choice a word of a code names."""
    if re.fullmatch(r"m(?:[1-9]|1[0-2])", word):
        return "months"
    if re.fullmatch(r"e\d{1,3}", word):
        return "editions"
    known = {
        "families": every.families, "cities": every.cities, "country": every.clocks, "kinds": _KINDS, "when": _WHENS,
        "fields": {field for family in every.families.values() for field in family.fields},
    }  # fmt: skip
    name = next((name for name, words in known.items() if word in words), None)
    return name or ("period" if is_code(word) else None)


def told(base: Catalogue, pick: Pick, lang: Lang) -> str:
    """A choice as a heading: «Выставки, июль, Екатеринбург»."""
    parts = list(_parts(base, pick, lang)) or [catalogue(lang).say("Events")]
    text = (", " if lang == "ru" else "，").join(parts)
    return text[:1].upper() + text[1:]


def _parts(base: Catalogue, pick: Pick, lang: Lang) -> Iterator[str]:
    every, say = base.calendar, catalogue(lang)
    yield from (say.say(KIND_NAMES[kind]) for kind in sorted(pick.kinds))
    yield from (str(base.data.tables["calendar"]["field"][field][lang][0]) for field in sorted(pick.fields))
    names = {entry.event.series: entry.title[lang] for entry in every.events.values() if entry.event}
    yield from (names[family] for family in sorted(pick.families))
    if pick.months:
        months = get_month_names("wide", "stand-alone", locale=lang)
        yield (", " if lang == "ru" else "、").join(str(months[number]) for number in sorted(pick.months))
    if pick.period:
        days = bounds(pick.period)
        yield formats.period(lang, days.first, days.last)
    yield from (every.cities[city].name[lang] for city in sorted(pick.cities))
    if pick.country:
        yield country_told(lang, pick.country)
    if pick.when == "now":
        yield say.say("now on")
