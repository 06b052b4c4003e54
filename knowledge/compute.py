"""Answers out of the series: exact, honest about rounding, and silent where two figures may not be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from knowledge import computed as c
from knowledge import runs
from knowledge.asked import Asked, ordered
from knowledge.figures import latest, missing, point
from knowledge.model import Point, Series
from knowledge.periods import bounds, months, same_days, same_months, stretch_before, year_before, years_of
from knowledge.precision import TIMES, between, coarsest, quotient, rounded, told_to
from knowledge.rates import change
from knowledge.units import SCALES, kind_of, scaled

Book = Mapping[str, Series]


def compute(asked: Asked, book: Book, variants: Mapping[str, Sequence[str]], this_year: int) -> c.Computed | None:
    """The answer to a complete reading; None where the series allow none and there is nothing to say about it.

    ``variants`` are the series of the same thing in other units. A stretch that runs into ``this_year`` ends with the last full year known.
    """
    series = [_in_unit(metric, asked.unit, book, variants) for metric in asked.metrics]
    if len(asked.metrics) == 2:
        return _two(
            asked, [one or book[metric] for one, metric in zip(series, asked.metrics, strict=True)], book, variants
        )
    if series[0] is None:
        return c.OtherUnit(book[asked.metrics[0]], asked.periods[0] if asked.periods else None)
    return _RULES[asked.operation](asked, series[0], this_year)


def _in_unit(metric: str, unit: str | None, book: Book, variants: Mapping[str, Sequence[str]]) -> Series | None:
    """The series of a metric that is kept in the unit asked for; money is dollars where there is a choice."""
    family = [book[one] for one in (metric, *variants.get(metric, ()))]
    if unit is None:
        return family[0]
    wanted = ("dollars", "yuan") if unit == "money" else (unit,)
    return next((one for kind in wanted for one in family if kind_of(one.unit) == kind), None)


def _value(asked: Asked, series: Series, this_year: int) -> c.Computed:
    at = point(series, asked.periods[0])
    return c.Value(series, at) if at else missing(series, asked.periods[0])


def _latest(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    fitting = [
        p
        for p in series.points.values()
        if asked.span is None or months(p.period) == (12 if asked.span == "year" else 1)
    ]
    if not fitting:
        return None
    return c.Value(series, max(fitting, key=lambda p: (bounds(p.period).last, -bounds(p.period).first.toordinal())))


def _growth(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    """Against the same months a year before: from both points, else as published alone."""
    period = asked.periods[0] if asked.periods else latest(series).period
    after, before = point(series, period), point(series, year_before(period))
    if after is None:
        return missing(series, period)
    if before and series.comparable:
        return change(series, before, after, "growth")
    if after.yoy is not None:
        return c.Growth(series, after, after.yoy)
    return c.Listing(series, (before, after), (), unlike=True) if before else missing(series, year_before(period))


def _before(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    """Against the stretch just before."""
    if months(asked.periods[0]) is None:
        return None
    return _between(series, stretch_before(asked.periods[0]), asked.periods[0], "change")


def _change(asked: Asked, series: Series, this_year: int) -> c.Computed | None:
    kind: c.Asked = "ratio" if asked.operation == "ratio" else "change"
    first, last = _ends(asked, series, this_year)
    return _between(series, first, last, kind)


def _ends(asked: Asked, series: Series, this_year: int) -> tuple[str, str]:
    """The two periods that a comparison is between; one alone is held against the year before."""
    periods = ordered(asked.periods)
    if len(periods) == 2:
        return periods[0], periods[1]
    years = runs.known_end(years_of(periods[0]), series, this_year)
    return (years[0], years[-1]) if len(years) > 1 else (year_before(periods[0]), periods[0])


def _between(series: Series, first: str, last: str, kind: c.Asked) -> c.Computed | None:
    before, after = point(series, first), point(series, last)
    if before is None and after and after.yoy is not None and same_days(first, year_before(last)):
        return c.Growth(series, after, after.yoy)
    if before is None or after is None:
        return missing(series, first if before is None else last)
    if months(first) != months(last):
        return c.Unlike(series, before, after, _alike(series, before, after))
    if not series.comparable:
        return c.Listing(series, (before, after), (), unlike=True)
    return change(series, before, after, kind)


def _alike(series: Series, before: Point, after: Point) -> tuple[Point, Point] | None:
    """The shorter period with the same months in the year of the longer."""
    short, long = sorted((before, after), key=lambda p: months(p.period) or 0)
    other = point(series, same_months(short.period, bounds(long.period).first.year))
    if other is None or same_days(other.period, short.period):
        return None
    return (other, short) if bounds(other.period).first < bounds(short.period).first else (short, other)


_RULES: Mapping[str, Callable[[Asked, Series, int], c.Computed | None]] = {
    "value": _value, "latest": _latest, "growth": _growth, "before": _before, "change": _change, "ratio": _change,
    "listing": runs.listing, "sum": runs.total, "average": runs.total, "monthly": runs.monthly, "highest": runs.extreme, "lowest": runs.extreme,
    "fastest": runs.fastest, "slowest": runs.fastest, "rank": runs.rank, "trend": runs.trend, "above": runs.passed, "below": runs.passed,
}  # fmt: skip


def _two(
    asked: Asked, series: Sequence[Series], book: Book, variants: Mapping[str, Sequence[str]]
) -> c.Computed | None:
    """Two series over the same days; without a period, the latest that both have."""
    if asked.operation == "share":
        series = [_in_unit(one.metric, "dollars", book, variants) or one for one in series]
    period = asked.periods[0] if asked.periods else _latest_common(series)
    if period is None:
        return None
    found = [(one, point(one, period)) for one in series]
    for one, at in found:
        if at is None:
            return missing(one, period)
    values = [c.Value(one, at) for one, at in found if at]
    return _share(*values) if asked.operation == "share" else _versus(*values)


def _latest_common(series: Sequence[Series]) -> str | None:
    shared = [code for code in series[0].points if point(series[1], code)]
    return max(shared, key=lambda code: (bounds(code).last, -bounds(code).first.toordinal()), default=None)


def _share(part: c.Value, whole: c.Value) -> c.Computed | None:
    over, under = scaled(part), scaled(whole)
    lies = quotient(over, under) if over and under else None
    if lies is None or kind_of(part.series.unit) != kind_of(whole.series.unit) or lies.high > 1:
        return None
    exact = part.point.value * SCALES[part.series.unit] / (whole.point.value * SCALES[whole.series.unit])
    per_cent = type(lies)(lies.low * 100, lies.high * 100)
    return c.Share(part, whole, told_to(exact * 100, per_cent, (Decimal("0.1"), Decimal(1), Decimal(10))))


def _versus(one: c.Value, other: c.Value) -> c.Computed | None:
    if one.series.unit != other.series.unit:
        return c.Versus(one, other, None, None)
    larger, lesser = sorted((one, other), key=lambda v: -v.point.value)
    a, b, unit = larger.point.value, lesser.point.value, one.series.unit
    lies = quotient(between(a, unit), between(b, unit))
    times = told_to(a / b, lies, TIMES) if lies else None
    return c.Versus(larger, lesser, rounded(a - b, coarsest([a, b], unit)), times)
