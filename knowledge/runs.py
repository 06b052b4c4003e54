"""Answers over runs of periods: lists, sums, the best year, a place among the years, a trend, when an amount was passed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from knowledge import computed as c
from knowledge.asked import Asked, ordered
from knowledge.figures import missing, point
from knowledge.model import Point, Series
from knowledge.periods import bounds, is_year, months, year_before, years_of
from knowledge.precision import coarsest, rounded
from knowledge.rates import change, rates
from knowledge.units import SCALES, kind_of


def known_end(years: Sequence[str], series: Series, this_year: int) -> Sequence[str]:
    """Years without a running one that has no figure yet («с 2015 года» is asked in 2026 of 2015 to 2025)."""
    while len(years) > 1 and int(years[-1]) >= this_year and not point(series, years[-1]):
        years = years[:-1]
    return years


def _periods(asked: Asked, series: Series, this_year: int) -> tuple[str, ...]:
    """The single periods of a question: the years of a stretch one by one."""
    found = [year for code in asked.periods for year in (known_end(years_of(code), series, this_year) or (code,))]
    return ordered(tuple(dict.fromkeys(found)))


def listing(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    periods = _periods(asked, series, this_year) or tuple(p.period for p in _years(series, ())[-12:])
    found = [(code, point(series, code)) for code in periods]
    points = tuple(at for _, at in found if at)
    if not points:
        return missing(series, periods[-1]) if periods else None
    return c.Listing(series, points, tuple(code for code, at in found if at is None))


def total(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    """A sum needs every part, none of them twice; a rate or a rank has no sum."""
    periods = _periods(asked, series, this_year)
    if kind_of(series.unit) is None or _meet(periods):
        return None
    found = [(code, point(series, code)) for code in periods]
    absent = [code for code, at in found if at is None]
    if absent:
        return missing(series, absent[0])
    points = tuple(at for _, at in found if at)
    average = asked.operation == "average"
    if (average and len({months(p.period) for p in points}) > 1) or not series.comparable:
        return c.Listing(series, points, (), unlike=True)
    values = [p.value for p in points]
    result = sum(values, Decimal(0)) / (len(values) if average else 1)
    return c.Total(series, points, rounded(result, coarsest(values, series.unit)), average)


def _meet(periods: Sequence[str]) -> bool:
    spans = [bounds(code) for code in periods]
    return any(one.meets(other) for place, one in enumerate(spans) for other in spans[place + 1 :])


def monthly(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    count = months(asked.periods[0])
    if kind_of(series.unit) is None or not count or count < 2:
        return None

    at = point(series, asked.periods[0])
    if at is None:
        return missing(series, asked.periods[0])
    return c.Monthly(series, at, count, rounded(at.value / count, coarsest([at.value], series.unit)))


def _years(series: Series, asked: Sequence[str]) -> tuple[Point, ...]:
    """Points of whole years, those of the years asked for or all."""
    found = [p for p in series.points.values() if is_year(p.period) and (not asked or p.period in asked)]
    return tuple(sorted(found, key=lambda p: p.period))


def _gaps(points: Sequence[Point], asked: Sequence[str]) -> tuple[str, ...]:
    """Years without a figure: of those asked for, else between the first and the last known."""
    known = {p.period for p in points}
    span = asked or [str(year) for year in range(int(points[0].period), int(points[-1].period) + 1)]
    return tuple(year for year in span if year not in known)


def _run(asked: Asked, series: Series, this_year: int) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """The known whole years a question is about and those of them that are unknown."""
    wanted = _periods(asked, series, this_year) if asked.periods else ()
    points = _years(series, wanted)
    return points, _gaps(points, wanted) if points else ()


def extreme(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    points, gaps = _run(asked, series, this_year)
    if len(points) < 2:
        return None
    if not series.comparable:
        return c.Listing(series, points, gaps, unlike=True)
    highest = asked.operation == "highest"
    most = (max if highest else min)(p.value for p in points)
    return c.Extreme(series, points, tuple(p for p in points if p.value == most), highest, gaps)


def fastest(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    points, _ = _run(asked, series, this_year)
    grown = {p: rate for p in points if (rate := _growth(series, p)) is not None}
    if len(grown) < 2 or not series.comparable or kind_of(series.unit) is None:
        return None
    up = asked.operation == "fastest"
    best = (max if up else min)(grown, key=lambda p: grown[p])
    return c.Fastest(series, points, best, grown[best], up, len(grown))


def _growth(series: Series, year: Point) -> Decimal | None:
    """Growth of a year as published, else by its value and the one before."""
    before = point(series, year_before(year.period))
    if year.yoy is not None or before is None:
        return year.yoy
    return rates(series, before, year).computed


def rank(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    points = _years(series, ())
    at = point(series, asked.periods[0])
    if at is None:
        return missing(series, asked.periods[0])
    if len(points) < 3 or not series.comparable:
        return None
    return c.Rank(series, at, 1 + sum(p.value > at.value for p in points), points, _gaps(points, ()))


def trend(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    points, gaps = _run(asked, series, this_year)
    if len(points) < 3:
        return listing(asked, series, this_year) if points else None
    if not series.comparable:
        return c.Listing(series, points, gaps, unlike=True)
    steps = [(a, b) for a, b in pairwise(points) if int(b.period) - int(a.period) == 1]
    rose, fell = sum(a.value < b.value for a, b in steps), sum(a.value > b.value for a, b in steps)
    return c.Trend(series, points, rose, fell, change(series, points[0], points[-1], "change"), gaps)


def passed(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    """The first year past an amount; a year is compared as published."""
    points, _ = _run(asked, series, this_year)
    if asked.limit is None or len(points) < 2 or not series.comparable or series.unit not in SCALES:
        return None
    limit, above = asked.limit / SCALES[series.unit], asked.operation == "above"
    place = next((n for n, p in enumerate(points) if (p.value > limit if above else p.value < limit)), None)
    if place is None:
        return c.Passed(series, limit, above, None, points[-1], (), points)
    before = points[place - 1] if place else None
    gaps = _gaps((before, points[place]), ()) if before else ()
    return c.Passed(series, limit, above, points[place], before, gaps, points)
