"""Rules for the points of one series taken together, and for the vocabularies that name series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from knowledge.files import Fault, RawBase
from knowledge.periods import bounds, is_code, months
from knowledge.units import SCALES

JUMP = 500
"""How many times more or less a month of one period may be worth than a month of the next. Units slip by a thousand or, in Chinese, by ten
thousand (万); the steepest true step in the series, group tours after the pandemic, is 250."""

_SIGNED = ("trade.balance",)
"""Series that may be negative: a part of their year may exceed the whole."""

Points = Sequence[tuple[str, Decimal, str]]
"""Period, value and note of each point."""


def point_faults(file: str, metric: str, unit: object, points: Points) -> Iterator[Fault]:
    """Periods that repeat or cross, parts larger than the whole, a value that jumps as a slipped unit would."""
    known = [row for row in points if is_code(row[0])]
    yield from _repeated(file, known)
    yield from _crossing(file, known)
    if unit in SCALES:
        yield from _jumps(file, known)
    if unit in SCALES and metric not in _SIGNED:
        yield from _parts(file, known)


def _repeated(file: str, points: Points) -> Iterator[Fault]:
    days: dict[object, str] = {}
    for period, _, _ in points:
        other = days.setdefault(bounds(period), period)
        if other != period:
            yield Fault(file, period, f"the same days as {other}", "Keep one, and put the other figure in its note")


def _crossing(file: str, points: Points) -> Iterator[Fault]:
    """Two periods may follow one another or lie one in the other; anything else is a slip."""
    spans = [(bounds(period), period) for period, _, _ in points]
    for place, (one, code) in enumerate(spans):
        for other, later in spans[place + 1 :]:
            if one.meets(other) and not one.covers(other) and not other.covers(one):
                yield Fault(file, later, f"overlaps {code}", "Correct the period, or leave one of the two out")


def _jumps(file: str, points: Points) -> Iterator[Fault]:
    rates = [(period, value / (months(period) or 1), note) for period, value, note in points if value > 0]
    for (before, low, _), (period, high, note) in pairwise(rates):
        if not note and max(low, high) > JUMP * min(low, high):
            yield Fault(
                file, period, f"jumps from {before} as a slipped unit would", "Correct it, or say in the note why"
            )


def _parts(file: str, points: Points) -> Iterator[Fault]:
    """A part of a period cannot be worth more than the whole, but for rounding."""
    for whole, total, total_note in points:
        for part, value, note in points:
            inside = part != whole and bounds(whole).covers(bounds(part))
            if inside and value > total and not (note or total_note):
                yield Fault(
                    file, part, f"more than {whole}, of which it is a part", "Correct one, or say in the note why"
                )


def naming_faults(raw: RawBase) -> Iterator[Fault]:
    """Metrics and groups name series and entries that exist, and every series stands in a group of the menu."""
    series = {str(resource.get("name")) for resource in raw.package.get("resources", [])}
    entries = {file.id for file in raw.entries}
    for metric, row in raw.vocabulary.get("metrics", {}).items():
        if metric != "filler":
            yield from _metric(metric, row, series, entries)
    groups = raw.vocabulary.get("groups", {})
    for metric in groups.get("dashboard", {}).get("series", []):
        if metric not in series:
            yield Fault(
                "vocabulary/groups.toml", "dashboard", f"no series {metric!r}", "Name a series of datapackage.json"
            )
    parts = {part for group, row in groups.items() if group != "dashboard" for part in row["series"]}
    for metric in sorted(series) if groups else ():
        if metric.split(".")[0] not in parts:
            yield Fault("vocabulary/groups.toml", metric, "in no group", "Add the first part of its id to a group")


def _metric(metric: str, row: Mapping[str, Any], series: set[str], entries: set[str]) -> Iterator[Fault]:
    for name in (metric, row.get("of", metric)):
        if name not in series:
            yield Fault("vocabulary/metrics.toml", metric, f"no series {name!r}", "Name a series of datapackage.json")
    if row.get("latest", "") not in {"", *entries}:
        yield Fault(
            "vocabulary/metrics.toml", f"{metric}.latest", f"no entry {row['latest']!r}", "Name an entry of the base"
        )
