"""What of the series is shown: one or two of them, a stretch of comparable periods, under a name that can be read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.grains import MONTH, QUARTER, YEAR, by_slot, grains, slot_of, slot_period, slots
from knowledge.model import Point, Series
from knowledge.periods import Bounds, bounds

LEAST = 2
"""Points that make a row."""
_SHOWN: Mapping[str, int] = {YEAR: 10, QUARTER: 12, MONTH: 24}
"""Periods shown where nobody says from when."""
_MOST_SLOTS = 180
_NAME = re.compile(r"([a-z0-9_.+]+?)(?::(\d{4}(?:-\d\d|-[Qq]\d)?)\.\.(\d{4}(?:-\d\d|-[Qq]\d)?)(?::(\d\d-\d\d))?)?")


@dataclass(frozen=True)
class Selection:
    """One or two metrics over slots of one grain, both ends included.

    ``open`` where nobody said from when to when, ``trimmed`` where there are no figures for a part of what was asked.
    """

    metrics: tuple[str, ...]
    grain: str
    first: str
    last: str
    open: bool = False
    trimmed: bool = False

    @property
    def name(self) -> str:
        """``trade.total:2015..2025``, ``trade.total:2024-01..2025-12``, ``…:2021..2025:01-06``: the id of a picture or a file."""
        months = f":{self.grain}" if self.grain not in (YEAR, QUARTER, MONTH) else ""
        return f"{'+'.join(self.metrics)}:{self.first}..{self.last}{months}"

    @property
    def slots(self) -> list[str]:
        return slots(self.first, self.last, self.grain)


@dataclass(frozen=True)
class Row:
    """One series as selected: its points by slot, those that are missing left out."""

    series: Series
    points: Mapping[str, Point]

    @property
    def latest(self) -> Point:
        return self.points[max(self.points)]


def rows(base: Catalogue, selection: Selection) -> tuple[Row, ...]:
    """The selected points of each series."""
    within = set(selection.slots)
    return tuple(
        Row(series, {slot: p for slot, p in by_slot(series, selection.grain, None).items() if slot in within})
        for series in (base.data.series[metric] for metric in selection.metrics)
    )


def select(base: Catalogue, metrics: Sequence[str], span: Bounds | None, asked: str | None) -> Selection | None:
    """The best row of comparable periods inside a span; None where there are not two, or none of the grain asked."""
    found = [base.data.series[metric] for metric in metrics]
    grain = _grain(found, span, asked)
    if grain is None:
        return None
    kept = sorted({slot for series in found for slot in by_slot(series, grain, span)})
    if span is None:
        kept = _recent(kept, [by_slot(series, grain, None) for series in found], grain)
    if len(slots(kept[0], kept[-1], grain)) > _MOST_SLOTS:
        return None
    ends = bounds(slot_period(kept[0], grain)), bounds(slot_period(kept[-1], grain))
    trimmed = span is not None and not (ends[0].first <= span.first and span.last <= ends[1].last)
    return Selection(tuple(metrics), grain, kept[0], kept[-1], span is None, trimmed)


def _recent(kept: list[str], held: Sequence[Mapping[str, Point]], grain: str) -> list[str]:
    """The latest of the slots, as many as are usual; all of them where that would leave a series without a row of its own."""
    usual = set(slots(kept[0], kept[-1], grain)[-_SHOWN.get(grain, 10) :])
    recent = [slot for slot in kept if slot in usual]
    return recent if len(recent) >= LEAST and all(usual & one.keys() for one in held) else kept


def named(base: Catalogue, name: str) -> Selection | None:
    """The selection a name stands for; a metric alone stands for its usual picture. None where the base has none such."""
    match = _NAME.fullmatch(name)
    metrics = tuple(match[1].split("+")) if match else ()
    if match is None or not set(metrics) <= base.data.series.keys() or not 1 <= len(metrics) <= 2:
        return None
    if match[2] is None:
        return select(base, metrics, None, None)
    try:
        first, last = match[2].upper(), match[3].upper()
        grain = match[4] or (QUARTER if "Q" in first else MONTH if "-" in first else YEAR)
        span = Bounds(bounds(slot_period(first, grain)).first, bounds(slot_period(last, grain)).last)
        if slot_of(slot_period(last, grain), grain) != last or span.last < span.first:
            return None
    except ValueError:
        return None
    found = select(base, metrics, span, grain)
    return found and Selection(metrics, grain, first, last)


def _grain(found: Sequence[Series], span: Bounds | None, asked: str | None) -> str | None:
    """The grain that all series have, the first with at least two points; whole years go first where years are asked."""
    counts = [grains(series, span) for series in found]
    shared = set(counts[0]).intersection(*counts[1:])
    fit = [grain for grain in shared if max(count[grain] for count in counts) >= LEAST]
    if asked:
        return asked if asked in fit else None
    first = MONTH if span and not _whole_years(span) else YEAR
    return min(fit, key=lambda grain: (grain != first, grain == MONTH, -counts[0][grain], grain), default=None)


def _whole_years(span: Bounds) -> bool:
    """More than one year, from a January to a December."""
    return span.first.year < span.last.year and (span.first.month, span.last.month) == (1, 12)
