"""What is computed from the series, as values: exact figures, the points they come from, and what must be said beside them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.model import Point, Series

Asked = Literal["change", "ratio", "growth"]
"""What a change answers: how much more, how many times more, or growth against the year before."""


@dataclass(frozen=True)
class Value:
    """One point as published."""

    series: Series
    point: Point


@dataclass(frozen=True)
class Rates:
    """Growth in per cent: as the source published it, and as its values give it; ``differ`` where rounding does not explain the two.

    Both are None where nothing is published and the base is missing, zero or less.
    """

    published: Decimal | None
    computed: Decimal | None
    differ: bool = False


@dataclass(frozen=True)
class Change:
    """From one period to a later one of like length: the difference in the unit of the series, growth, how many times.

    ``rates`` has None twice and ``times`` is None where the base is zero or less, or the unit has no growth (a rank, a share).
    """

    series: Series
    before: Point
    after: Point
    difference: Decimal
    rates: Rates
    times: Decimal | None
    asked: Asked = "change"


@dataclass(frozen=True)
class Growth:
    """Published growth of a period whose base is not in the series."""

    series: Series
    point: Point
    rate: Decimal


@dataclass(frozen=True)
class Versus:
    """Two series in one period, the larger first; ``times`` is None where the lesser is zero or less.

    ``difference`` is None where units differ or the figures come from different statistics.
    """

    larger: Value
    lesser: Value
    difference: Decimal | None
    times: Decimal | None


@dataclass(frozen=True)
class Share:
    """What part of one series another is, in per cent, over the same days."""

    part: Value
    whole: Value
    per_cent: Decimal


@dataclass(frozen=True)
class Total:
    """The sum of several periods, or its average for each of them."""

    series: Series
    points: tuple[Point, ...]
    result: Decimal
    average: bool


@dataclass(frozen=True)
class Monthly:
    """A period's value for each of its months."""

    series: Series
    point: Point
    months: int
    result: Decimal


@dataclass(frozen=True)
class Extreme:
    """The year with the highest or lowest value of those known; ``gaps`` are years between the first and the last that are not."""

    series: Series
    points: tuple[Point, ...]
    best: tuple[Point, ...]
    highest: bool
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Fastest:
    """The year that grew fastest or slowest of those whose growth is known, as published or by the values."""

    series: Series
    points: tuple[Point, ...]
    best: Point
    rate: Decimal
    fastest: bool
    counted: int


@dataclass(frozen=True)
class Passed:
    """The first year past an amount; ``first`` is None where no known year is.

    ``before`` is the last known year that was not; ``gaps`` are unknown years between the two, in any of which it may have happened.
    """

    series: Series
    limit: Decimal
    above: bool
    first: Point | None
    before: Point | None
    gaps: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Rank:
    """The place of a year among the known years, the highest value first; equal values share a place."""

    series: Series
    point: Point
    place: int
    points: tuple[Point, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Trend:
    """A run of years: its ends, how many of the neighbouring years rose and fell, the highest and the lowest."""

    series: Series
    points: tuple[Point, ...]
    rose: int
    fell: int
    ends: Change
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """Points one by one; ``gaps`` are the periods asked for that are not known. Some are known."""

    series: Series
    points: tuple[Point, ...]
    gaps: tuple[str, ...]
    unlike: bool = False
    """Whether a comparison was asked for that the points do not allow: they are told side by side."""


@dataclass(frozen=True)
class Unlike:
    """Two periods of different length, which are not compared; ``same`` are the same months in the other year, where known."""

    series: Series
    before: Point
    after: Point
    same: tuple[Point, Point] | None


@dataclass(frozen=True)
class Missing:
    """No such point; ``near`` are the nearest there are."""

    series: Series
    period: str
    near: tuple[Point, ...]


@dataclass(frozen=True)
class OtherUnit:
    """The series is not kept in the unit asked for."""

    series: Series
    period: str | None


Computed = (
    Value
    | Change
    | Growth
    | Versus
    | Share
    | Total
    | Monthly
    | Extreme
    | Fastest
    | Passed
    | Rank
    | Trend
    | Listing
    | Unlike
    | Missing
    | OtherUnit
)
