"""How exact a figure is, and how far one computed from others may be told.

A published value is known to half a unit of its last digit; a count that ends in zeros, to half of the last place that is not zero.
What is computed is bounded by what the values may really be; its last digit told is the first that these bounds leave known to five
either way, so that 5.9 against 3.8 is 55 per cent more, not 55.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

COUNTED = frozenset({
    "persons", "visits", "trips", "students", "companies", "countries", "regions", "products", "units", "TEU", "vehicles", "trains",
    "sq m",
})  # fmt: skip
"""Units of whole things: 790000 of them is a figure rounded to ten thousand."""

PER_CENT = (Decimal("0.1"), Decimal(1), Decimal(10), Decimal(100))
TIMES = (Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(10))
"""Places that growth and ratios are told to, the finest first."""


@dataclass(frozen=True)
class Between:
    """Where a true value lies; both ends belong to it."""

    low: Decimal
    high: Decimal

    @property
    def half(self) -> Decimal:
        return (self.high - self.low) / 2

    def meets(self, other: Between) -> bool:
        return self.low <= other.high and other.low <= self.high


def place(value: Decimal, unit: str | None) -> Decimal:
    """The place of the last digit that counts: 0.001 of 36.137, 10000 of 790000 persons."""
    counted = unit in COUNTED and value == value.to_integral_value() and value != 0
    exponent = (value.normalize() if counted else value).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def between(value: Decimal, unit: str | None) -> Between:
    """The values that would be published as this one."""
    half = place(value, unit) / 2
    return Between(value - half, value + half)


def rounded(value: Decimal, to: Decimal) -> Decimal:
    """A value brought to a place such as 0.01 or 10000, halves away from zero."""
    return (value / to).quantize(Decimal(1), ROUND_HALF_UP) * to


def coarsest(values: Sequence[Decimal], unit: str | None) -> Decimal:
    """The place a sum or difference of values may be told to: that of the least exact of them."""
    return max(place(value, unit) for value in values)


def quotient(over: Between, under: Between) -> Between | None:
    """Where a quotient lies; None where the divisor may be zero or less."""
    if under.low <= 0:
        return None
    ends = [a / b for a in (over.low, over.high) for b in (under.low, under.high)]
    return Between(min(ends), max(ends))


def told_to(value: Decimal, lies: Between, places: Sequence[Decimal]) -> Decimal:
    """A computed value at the finest of the places whose digit the bounds leave known to five either way."""
    allowed = next((to for to in places if lies.half <= 5 * to), places[-1])
    return rounded(value, allowed)
