"""Which operation the words of a question come to, for one metric or two: what it is not sure of is none."""

from __future__ import annotations

from typing import Literal

from knowledge.figures import BOTH_WAYS
from knowledge.periods import years_of

Operation = Literal[
    "value", "latest", "listing", "growth", "before", "change", "ratio", "versus", "share", "sum", "average", "monthly",
    "highest", "lowest", "fastest", "slowest", "above", "below", "rank", "trend",
]  # fmt: skip


UNITS: tuple[str, ...] = ("dollars", "yuan", "roubles", "euros", "tonnes", "pieces", "money")
"""Kinds of unit that a question may ask for."""

WHOLES = ("trade.total", *BOTH_WAYS)
"""What a share may be a share of."""

_COMPARING = frozenset({"difference", "ratio", "growth"})
_GROWING = frozenset({"growth", "fall"})
_OF_VALUES = frozenset({"average", "monthly", "rank", "share", "listing"})
"""What is done to values: of growth it would be something else."""


def of_two(heard: frozenset[str], metrics: tuple[str, ...], periods: tuple[str, ...]) -> Operation | None:
    """What is asked of two metrics: a share, or both side by side; a good beside all trade is neither without the word for it."""
    said = heard - set(UNITS)
    if "share" in said and set(metrics) & set(WHOLES) and len(periods) <= 1 and set(metrics) != set(BOTH_WAYS):
        return "share"
    mixed = len(set(metrics) & set(WHOLES)) == 1
    if mixed or len(periods) > 1 or said - {"difference", "ratio", "latest", "above", "below"}:
        return None
    return "versus" if periods or "latest" in said else None


def of_one(heard: frozenset[str], periods: tuple[str, ...]) -> Operation | None:
    """What is asked of one metric in these periods."""
    said = _heard(heard)
    if said & _GROWING and said & _OF_VALUES:
        return None
    years = [year for code in periods for year in years_of(code)]
    ranged = len(periods) > 1 or len(years) > 1
    if said & {"highest", "lowest"}:
        return _record(said) if not periods or len(years) > 1 else None
    if said & _OF_VALUES - {"share", "listing"}:
        return _of_values(said, periods, ranged)
    if "share" in said:
        return None
    if not periods:
        return _undated(said)
    if "before" in said:
        return "before" if len(periods) == 1 else None
    return _compared(said, periods, ranged) or _plain(said, ranged)


def _heard(words: frozenset[str]) -> frozenset[str]:
    """The words that decide: a fall is growth, but for records; units, «когда» and a month without an average say nothing here."""
    said = words - {*UNITS, "when", "first", "above", "below"}
    if "average" not in said:
        said -= {"month"}
    return said - {"fall"} | {"growth"} if "fall" in said and not said & {"highest", "lowest"} else said


def _of_values(said: frozenset[str], periods: tuple[str, ...], ranged: bool) -> Operation | None:
    """A place among the years, an average, a value for each month."""
    if "rank" in said:
        return "rank" if len(periods) == 1 and not ranged and years_of(periods[0]) else None
    if "monthly" in said:
        return "monthly" if len(periods) == 1 else None
    return "average" if ranged else "monthly" if "month" in said and len(periods) == 1 else None


def _record(said: frozenset[str]) -> Operation | None:
    """The year with the highest value, or with the fastest growth; a record that was anything else is another question."""
    if said - {"highest", "lowest", "growth", "fall", "difference", "trend"}:
        return None
    if "fall" in said:
        return "slowest" if "highest" in said else None
    if "growth" in said:
        return "fastest" if "highest" in said else "slowest"
    return "highest" if "highest" in said else "lowest"


def _undated(said: frozenset[str]) -> Operation | None:
    if "latest" in said:
        return "growth" if "growth" in said else "latest" if said <= {"latest", "trend"} else None
    if said & {"trend", "listing"}:
        return "trend" if "trend" in said else "listing"
    return None


def _compared(said: frozenset[str], periods: tuple[str, ...], ranged: bool) -> Operation | None:
    """Growth of one period; change between two, or between the ends of a stretch of years."""
    if "sum" in said and ranged and not _COMPARING & said:
        return "sum"
    if "trend" in said and ranged:
        return "trend"
    if not _COMPARING & said and "same_months" not in said:
        return None
    if not ranged:
        return "growth" if said & {"growth", "same_months"} else "ratio" if "ratio" in said else None
    if len(periods) > 2 or (len(periods) == 2 and any(len(years_of(code)) > 1 for code in periods)):
        return None
    return "ratio" if "ratio" in said else "change"


def _plain(said: frozenset[str], ranged: bool) -> Operation | None:
    return None if said - {"sum", "latest", "listing", "trend"} else "listing" if ranged else "value"
