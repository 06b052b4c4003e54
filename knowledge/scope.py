"""Scope before score: whether a question contradicts what an entry is about."""

from __future__ import annotations

from knowledge.directions import ELSEWHERE
from knowledge.periods import bounds, is_vague
from knowledge.question import Question
from knowledge.reach import Reach
from knowledge.roles import HOME


def contradiction(question: Question, about: Reach, this_year: int) -> str | None:
    """Why an entry must not answer a question, in a word or two; None where nothing speaks against it."""
    return _wrong_way(question, about) or _wrong_thing(question, about) or _wrong_time(question, about, this_year)


def _wrong_way(question: Question, about: Reach) -> str | None:
    """Who goes, what is sold to whom, whose partner, and in which country it happens."""
    if not (question.travel or question.flow or question.place or question.partner or question.seat):
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
    if question.seat and about.seat and question.seat != about.seat:
        return "seat"
    placed = about.place and not (scope.flow and question.flow)
    return "place" if placed and question.place and question.place != about.place else None


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
    if (
        not about.occasion
        and about.scope.edition
        and len(about.side) == 1
        and len(question.guests) == 1
        and about.side != question.guests
    ):
        return "side"
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
    if about.held and about.held not in question.spanned and question.spanned & about.rivals and not question.editions:
        return "year of the fair"
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
    known = (
        question.rumour or question.years & (about.years | {this_year}) or _plans_a_journey(question, about, this_year)
    )
    return None if known else "year"


def _plans_a_journey(question: Question, about: Reach, this_year: int) -> bool:
    """Whether a rule of travel is asked about for a day to come, which no rule names."""
    rule = about.scope.traveller is not None and about.scope.destination is not None
    return rule and min(question.years) >= this_year and "amount" not in question.aspects


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
