"""What a unit of a series measures, and how many whole things one of it is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from knowledge.computed import Value
from knowledge.precision import COUNTED, Between, between

_SIZES = {"mn": 10**6, "bn": 10**9, "tn": 10**12}
_CURRENCIES = {"USD": "dollars", "CNY": "yuan", "RUB": "roubles", "EUR": "euros"}
_TONNES = {"t": 1, "kt": 10**3, "Mt": 10**6}
_OTHERS = {"bcm": 10**9, "kWh bn": 10**9}


def _scales() -> Mapping[str, Decimal]:
    money = dict.fromkeys(_CURRENCIES, 1) | {f"{name} {size}": n for name in _CURRENCIES for size, n in _SIZES.items()}
    return {unit: Decimal(size) for unit, size in (money | _TONNES | _OTHERS | dict.fromkeys(COUNTED, 1)).items()}


SCALES = _scales()
"""Whole dollars, tonnes, cubic metres, persons in one of a unit; a unit that is not here cannot be added up."""


def kind_of(unit: str) -> str | None:
    """``dollars``, ``yuan``, ``roubles``, ``euros``, ``tonnes``, ``pieces`` or the unit itself; None for what has no sum (a rank, a rate)."""
    if unit not in SCALES:
        return None
    if unit in _TONNES:
        return "tonnes"
    return "pieces" if unit in COUNTED else _CURRENCIES.get(unit.split()[0], unit)


def scaled(value: Value) -> Between | None:
    """Where a value lies in whole units; None where its unit has no size."""
    size = SCALES.get(value.series.unit)
    if size is None:
        return None
    lies = between(value.point.value, value.series.unit)
    return Between(lies.low * size, lies.high * size)
