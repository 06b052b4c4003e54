"""What an entry can speak about: its declared scope, and what its titles, answers and phrasings mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowledge.model import Days, Entry, Period, Scope, Term, Year
from knowledge.question import Question
from knowledge.roles import HOME

OWN = 3
"""Phrasings that mention a country, a good, a year or a matter before it counts as part of what an entry is about."""

AGREED_LEAST, AGREED_SHARE = 8, 0.9
"""Phrasings that name a country as the place, and their share of all that name one, before it is the entry's own."""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Reach:
    """What an entry can speak about: its declared scope, and every country, city, fair, edition, year and good it mentions."""

    scope: Scope
    countries: frozenset[str]
    events: frozenset[str]
    editions: frozenset[int]
    years: frozenset[int]
    goods: frozenset[str]
    aspects: frozenset[str]
    matters: frozenset[str]
    cities: frozenset[str]
    told_countries: frozenset[str]
    own_countries: frozenset[str]
    titled_cities: frozenset[str]
    side: frozenset[str]
    partner: str | None
    place: str | None
    seat: str | None
    occasion: bool
    held: int | None
    rivals: frozenset[int]
    dated_goods: frozenset[tuple[str, int]]


def reach(
    entry: Entry,
    titles: Sequence[Question],
    told: Sequence[Question],
    asked: Sequence[Question],
    rivals: frozenset[int] = frozenset(),
) -> Reach:
    """Collect the reach of an entry from its scope, its values and the readings of its titles, its answers and its phrasings.

    What only one or two phrasings mention is their story, not what the entry is about. ``rivals`` are the years of the other editions of its fair.
    """
    texts = [*titles, *told]
    readings = [*texts, *asked]
    own = frozenset(_years(entry))
    return Reach(
        entry.scope,
        countries=_mentioned(readings, lambda r: () if r.transit else r.countries)
        | ({entry.scope.destination} if entry.scope.destination else set()),
        events=_mentioned(readings, lambda r: r.events) | ({entry.scope.event} if entry.scope.event else set()),
        editions=_mentioned(readings, lambda r: r.editions) | ({entry.scope.edition} if entry.scope.edition else set()),
        years=own | _owned(texts, asked, lambda r: r.years),
        goods=_goods(entry, texts, asked),
        aspects=_mentioned(readings, lambda r: r.aspects),
        matters=_owned(texts, asked, lambda r: r.matters),
        cities=_mentioned(readings, lambda r: r.cities),
        told_countries=_mentioned(texts, lambda r: r.countries),
        own_countries=_owned(texts, asked, lambda r: () if r.transit else r.countries),
        titled_cities=_mentioned(titles, lambda r: r.cities),
        side=_mentioned(titles, lambda r: r.side),
        partner=next((r.partner for r in titles if r.partner), None),
        place=_agreed(entry, readings),
        seat=_single(r.seat for r in titles),
        occasion=entry.event is not None,
        held=entry.event.year if entry.event else None,
        rivals=rivals,
        dated_goods=_mentioned(readings, lambda r: _dated(r, own)),
    )


def _mentioned(readings: Iterable[Question], of: Callable[[Question], Iterable[T]]) -> frozenset[T]:
    return frozenset(what for reading in readings for what in of(reading))


def _owned(told: Iterable[Question], asked: Iterable[Question], of: Callable[[Question], Iterable[T]]) -> frozenset[T]:
    """What titles and answers mention, and what at least ``OWN`` phrasings do."""
    times = Counter(what for reading in asked for what in set(of(reading)))
    return _mentioned(told, of) | {what for what, count in times.items() if count >= OWN}


def _agreed(entry: Entry, readings: Sequence[Question]) -> str | None:
    """The country where it happens: as declared, or as all but a few of those say who say it."""
    if entry.scope.destination in HOME:
        return entry.scope.destination
    named = Counter(reading.place for reading in readings if reading.place)
    for country, times in named.most_common(1):
        if times >= AGREED_LEAST and times >= AGREED_SHARE * named.total() and not (entry.scope.flow or entry.event):
            return country
    return None


def _single(found: Iterable[str | None]) -> str | None:
    named = {one for one in found if one}
    return named.pop() if len(named) == 1 else None


def _goods(entry: Entry, told: Sequence[Question], asked: Sequence[Question]) -> frozenset[str]:
    """What goods an entry is about; a figure of one good is not asked for by a phrasing that mentions another."""
    if entry.scope.period:
        return _owned(told, asked, lambda r: r.goods)
    return _mentioned([*told, *asked], lambda r: r.goods)


def _dated(reading: Question, own: frozenset[int]) -> Iterator[tuple[str, int]]:
    for good in reading.goods:
        for year in {*reading.spanned, *(() if reading.periods else own)}:
            yield good, year


def _years(entry: Entry) -> Iterable[int]:
    for value in entry.values.values():
        if isinstance(value, Year):
            yield value.number
        elif isinstance(value, Days):
            yield from (value.first.year, value.last.year)
        elif isinstance(value, Period):
            yield from _code_years(value.code)
    if entry.scope.period:
        yield from _code_years(entry.scope.period)
    yield from _term_years(entry.valid)
    if entry.event and entry.event.year:
        yield entry.event.year


def _code_years(code: str) -> Iterable[int]:
    years = [int(year) for year in re.findall(r"\d{4}", code)]
    return range(years[0], years[-1] + 1)


def _term_years(term: Term) -> Iterable[int]:
    if term.start and term.until:
        return range(term.start.year, term.until.year + 1)
    return [day.year for day in (term.start, term.until) if day]
