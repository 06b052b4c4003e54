"""Growth between two points: what the source published beats what its values give, and a real difference of the two is kept."""

from __future__ import annotations

from decimal import Decimal

from knowledge.computed import Asked, Change, Rates
from knowledge.model import Point, Series
from knowledge.periods import bounds, same_days, year_before
from knowledge.precision import PER_CENT, TIMES, Between, between, coarsest, quotient, rounded, told_to
from knowledge.units import kind_of


def change(series: Series, before: Point, after: Point, asked: Asked) -> Change:
    """The change between two points of like length of a series whose points may be compared."""
    difference = rounded(after.value - before.value, coarsest([after.value, before.value], series.unit))
    lies = _quotient(series, before, after)
    times = told_to(after.value / before.value, lies, TIMES) if lies else None
    return Change(series, before, after, difference, rates(series, before, after), times, asked)


def rates(series: Series, before: Point, after: Point) -> Rates:
    """Growth published for the later point, where it is against the earlier, and growth by the values."""
    published = after.yoy if same_days(year_before(after.period), before.period) else None
    lies = _quotient(series, before, after)
    if lies is None:
        return Rates(published, None)
    growth = Between((lies.low - 1) * 100, (lies.high - 1) * 100)
    computed = told_to((after.value / before.value - 1) * 100, growth, PER_CENT)
    return Rates(published, computed, published is not None and not growth.meets(between(published, "%")))


def yearly(series: Series, found: Point) -> tuple[Decimal, bool] | None:
    """Growth in per cent against the same months a year before, and whether it is computed here: the published rate goes first."""
    if kind_of(series.unit) is None:
        return None
    if found.yoy is not None:
        return found.yoy, False
    days = bounds(year_before(found.period))
    before = next((point for code, point in series.points.items() if bounds(code) == days), None)
    known = by_values(series, before, found) if before else None
    return None if known is None else (known, True)


def by_values(series: Series, before: Point, after: Point) -> Decimal | None:
    """Growth in per cent that two points give; None where there is none, and for a balance, which may turn."""
    if any(point.value < 0 for point in series.points.values()):
        return None
    return rates(series, before, after).computed


def _quotient(series: Series, before: Point, after: Point) -> Between | None:
    """Where the later value lies as a multiple of the earlier; None where the unit or the base has no growth, or the sign changes."""
    if kind_of(series.unit) is None or after.value < 0:
        return None
    return quotient(between(after.value, series.unit), between(before.value, series.unit))
