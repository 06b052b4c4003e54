"""Points that may stand side by side: whole years, quarters, months, or the same months of different years (its grain).

A grain is ``year``, ``quarter``, ``month`` or the months themselves: ``01-06`` is the first half of each year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.model import Point, Series
from knowledge.periods import Bounds, bounds

YEAR, QUARTER, MONTH = "year", "quarter", "month"


def grain_of(period: str) -> str | None:
    """The grain a period belongs to; None for single days and for stretches over several years."""
    days = bounds(period)
    if days.first.day != 1 or days.last.day < 28 or days.first.year != days.last.year:
        return None
    first, last = days.first.month, days.last.month
    if (first, last) == (1, 12):
        return YEAR
    if first == last:
        return MONTH
    if last - first == 2 and last % 3 == 0:
        return QUARTER
    return f"{first:02}-{last:02}"


def slot_of(period: str, grain: str) -> str:
    """The place of a period of a grain in a row of such periods, the same however the period is written."""
    days = bounds(period)
    if grain == MONTH:
        return f"{days.first.year}-{days.first.month:02}"
    if grain == QUARTER:
        return f"{days.first.year}-Q{days.last.month // 3}"
    return str(days.first.year)


def slot_period(slot: str, grain: str) -> str:
    """The period a slot of a grain stands for."""
    if grain in (YEAR, QUARTER, MONTH):
        return slot
    first, last = grain.split("-")
    return f"{slot}-{first}..{slot}-{last}"


def slots(first: str, last: str, grain: str) -> list[str]:
    """Every place from one to another, those without a point too."""
    return list(_between(first, last, {MONTH: 12, QUARTER: 4}.get(grain, 1)))


def _between(first: str, last: str, parts: int) -> Iterator[str]:
    at, end = _number(first, parts), _number(last, parts)
    while at <= end:
        year, part = divmod(at, parts)
        yield {1: f"{year}", 4: f"{year}-Q{part + 1}", 12: f"{year}-{part + 1:02}"}[parts]
        at += 1


def _number(slot: str, parts: int) -> int:
    year, _, part = slot.partition("-")
    return int(year) * parts + (int(part.lstrip("Q")) - 1 if part else 0)


def by_slot(series: Series, grain: str, span: Bounds | None) -> dict[str, Point]:
    """The points of one grain inside a span, in order. Of two for the same days the one with the plainer code stands."""
    found: dict[str, Point] = {}
    for period, point in series.points.items():
        if grain_of(period) == grain and (span is None or span.covers(bounds(period))):
            slot = slot_of(period, grain)
            if slot not in found or len(period) < len(found[slot].period):
                found[slot] = point
    return dict(sorted(found.items()))


def grains(series: Series, span: Bounds | None) -> Mapping[str, int]:
    """The grains a series has inside a span, with how many points each."""
    found = {grain for period in series.points if (grain := grain_of(period))}
    counted = {grain: len(by_slot(series, grain, span)) for grain in found}
    return {grain: count for grain, count in sorted(counted.items()) if count}
