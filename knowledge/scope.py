"""Scope before score: what an entry is about, and whether a question contradicts it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.directions import ELSEWHERE
from knowledge.model import Days, Entry, Period, Scope, Term, Year
from knowledge.periods import bounds, is_vague
from knowledge.question import Question
from knowledge.roles import HOME

OWN = 3
"""Phrasings that name a third country before it counts as part of what an entry is about."""


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
    occasion: bool
    held: int | None
    dated_goods: frozenset[tuple[str, int]]


def reach(entry: Entry, titles: Sequence[Question], told: Sequence[Question], asked: Sequence[Question]) -> Reach:
    """Collect the reach of an entry from its scope, its values and the readings of its titles, its answers and its phrasings."""
    readings = [*titles, *told, *asked]
    events = frozenset({entry.scope.event} if entry.scope.event else ()).union(*(r.events for r in readings))
    editions = frozenset({entry.scope.edition} if entry.scope.edition else ()).union(*(r.editions for r in readings))
    own = frozenset(_years(entry))
    years = own.union(*(r.years for r in readings))
    countries = frozenset({entry.scope.destination} if entry.scope.destination else ()).union(
        *(r.countries for r in readings if not r.transit)
    )
    goods = frozenset[str]().union(*(r.goods for r in readings))
    aspects = frozenset[str]().union(*(r.aspects for r in readings))
    matters = frozenset[str]().union(*(r.matters for r in readings))
    return Reach(
        entry.scope, countries, events, editions, years, goods, aspects, matters,
        cities=frozenset[str]().union(*(r.cities for r in readings)),
        told_countries=frozenset[str]().union(*(r.countries for r in (*titles, *told))),
        own_countries=frozenset[str]().union(*(r.countries for r in (*titles, *told) if not r.transit))
        | {country for country, times in Counter(c for r in asked if not r.transit for c in r.countries).items() if times >= OWN},
        titled_cities=frozenset[str]().union(*(r.cities for r in titles)),
        side=frozenset[str]().union(*(r.side for r in titles)),
        partner=next((r.partner for r in titles if r.partner), None),
        occasion=entry.event is not None,
        held=entry.event.year if entry.event else None,
        dated_goods=frozenset(
            (good, year) for r in readings for good in r.goods for year in {*r.spanned, *(() if r.periods else own)}
        ),
    )  # fmt: skip


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


def contradiction(question: Question, about: Reach, this_year: int) -> str | None:
    """Why an entry must not answer a question, in a word or two; None where nothing speaks against it."""
    return _wrong_way(question, about) or _wrong_thing(question, about) or _wrong_time(question, about, this_year)


def _wrong_way(question: Question, about: Reach) -> str | None:
    """Who goes, what is sold to whom, whose partner, and in which country it happens."""
    if not (question.travel or question.flow or question.place or question.partner):
        return None
    scope = about.scope
    if scope.flow and question.flow and scope.flow != question.flow:
        return "flow"
    travel = scope.direction if not scope.flow else None
    if travel and question.travel and travel != question.travel:
        return "direction"
    if scope.destination in ELSEWHERE and question.place and question.place == scope.traveller:
        return "direction"
    if question.partner and about.partner and question.partner != about.partner:
        return "partner"
    placed = scope.destination in HOME and not (scope.flow and question.flow)
    return "place" if placed and question.place and question.place != scope.destination else None


def _wrong_thing(question: Question, about: Reach) -> str | None:
    """Another country, city, fair, edition or good."""
    if question.countries and not question.transit and _foreign(question, about):
        return "country"
    if question.cities and _elsewhere(question, about):
        return "city"
    if question.events and not question.events & about.events:
        return "event"
    if question.editions and about.events and not _edition_fits(question, about):
        return "edition"
    if question.wanted and not question.wanted & about.goods:
        return "good"
    return None


def _foreign(question: Question, about: Reach) -> bool:
    """Whether a third country makes it another question.

    Between the two countries, or at a fair, it may be mentioned wherever the entry is asked about it too; with one of them or none it is what
    the question is about, and the entry must be about it.
    """
    one_sided = question.home != set(HOME) and not question.events
    if one_sided and ("turnover" in question.goods or not question.abroad <= about.told_countries):
        return True
    free = question.home == set(HOME) or question.events
    return not question.countries <= (about.countries if free else about.own_countries | ELSEWHERE & about.countries)


def _elsewhere(question: Question, about: Reach) -> bool:
    """Whether a question names a city and an entry is about others; one between two cities is about these two alone."""
    if len(about.titled_cities) > 1 and len(question.cities) > 1:
        return not question.cities <= about.cities
    return bool(about.titled_cities) and not question.cities & about.cities


def _other_year(question: Question, about: Reach, this_year: int) -> bool:
    """Whether a fair is asked about in a year before this edition that it does not speak of; one without a date is still to come."""
    newest = max(question.years)
    if about.held:
        return newest < about.held and newest not in about.years
    return newest < this_year


def _told_together(question: Question, about: Reach) -> bool:
    """Whether one text of the entry speaks of a wanted good and an asked year together."""
    return any((good, year) in about.dated_goods for good in question.wanted for year in question.spanned)


def _edition_fits(question: Question, about: Reach) -> bool:
    """An entry's own edition counts only for its own fair; editions it mentions count for any."""
    own = {about.scope.edition} if about.scope.edition else set()
    known = about.editions if about.scope.event in question.events or not question.events else about.editions - own
    return bool(question.editions & known)


def _wrong_time(question: Question, about: Reach, this_year: int) -> str | None:
    """Another period, another year of a good, or an edition of a fair that the year cannot mean."""
    if not question.periods:
        return None
    if (
        about.occasion
        and about.scope.event in question.events
        and not question.editions
        and _other_year(question, about, this_year)
    ):
        return "year of the fair"
    if about.scope.period:
        return None if any(_speaks_of(about.scope.period, code, this_year) for code in question.periods) else "period"
    if question.wanted and not _told_together(question, about):
        return "good of that year"
    return None if question.years & (about.years | {this_year}) else "year"


def _speaks_of(period: str, asked: str, this_year: int) -> bool:
    """Whether an entry about ``period`` may answer a question about ``asked``.

    It may for the same days, for a stretch of several years that meets its own, and, where its period is written as a range, for a part of it.
    The running year is not over: what is known of a part of it answers for the whole.
    """
    about, wanted = bounds(period), bounds(asked)
    if is_vague(asked):
        return about.meets(wanted) and about.first.year == about.last.year
    if about == wanted or (".." in period and about.covers(wanted)):
        return True
    if about.first.year == about.last.year == this_year:
        return wanted.covers(about) or (about.covers(wanted) and "-" not in period)
    return wanted.first.year != wanted.last.year and about.meets(wanted)
