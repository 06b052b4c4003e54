"""Plain reckoning in fractions: differences, growth and ratios, rounded to what the published digits allow."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def ulp(value: Decimal) -> Fraction:
    """The last place of a published value of money or mass."""
    text = f"{value:f}"
    return Fraction(1, 10 ** len(text.partition(".")[2]))


def near(value: Fraction, to: Fraction) -> Decimal:
    """Rounded to a place, halves away from zero."""
    steps = abs(value) / to
    whole = int(steps) + (1 if steps - int(steps) >= Fraction(1, 2) else 0)
    result = whole * to if value >= 0 else -whole * to
    return Decimal(result.numerator) / Decimal(result.denominator)


def difference(a: Decimal, b: Decimal) -> Decimal:
    return near(Fraction(b) - Fraction(a), max(ulp(a), ulp(b)))


def _band(a: Decimal, b: Decimal) -> tuple[Fraction, Fraction] | None:
    """Between what b / a may lie, given how both are rounded."""
    low = Fraction(a) - ulp(a) / 2
    if low <= 0 or b < 0:
        return None
    high = Fraction(a) + ulp(a) / 2
    over = (Fraction(b) - ulp(b) / 2, Fraction(b) + ulp(b) / 2)
    ends = [x / y for x in over for y in (low, high)]
    return min(ends), max(ends)


def ratio(a: Decimal, b: Decimal, places: Sequence[Fraction], scale: int = 1, less: int = 0) -> Decimal | None:
    band = _band(a, b)
    if band is None:
        return None
    half = (band[1] - band[0]) / 2 * scale
    place = next((p for p in places if half <= 5 * p), places[-1])
    return near((Fraction(b) / Fraction(a) - less) * scale, place)


def growth(a: Decimal, b: Decimal) -> Decimal | None:
    return ratio(a, b, (Fraction(1, 10), Fraction(1), Fraction(10), Fraction(100)), 100, 1)
