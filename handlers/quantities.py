"""Figures, periods and growth of the series as they are said: with the source's own "more than", and years run together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.model import Lang, Point
from knowledge.periods import bounds
from locales import formats
from locales.catalogues import catalogue


def value(lang: Lang, at: Point, unit: str) -> str:
    """A point's value as its source says it: «более 900 000 автомобилей»."""
    say, told = catalogue(lang), formats.amount(lang, at.value, unit)
    match at.mark:
        case "over":
            return say.say("more than {value}", value=told)
        case "under":
            return say.say("less than {value}", value=told)
        case "almost":
            return say.say("almost {value}", value=told)
        case "about":
            return say.say("about {value}", value=told)
        case _:
            return told


def period(lang: Lang, code: str, form: str = "") -> str:
    days = bounds(code)
    return formats.period(lang, days.first, days.last, form)


def signed(lang: Lang, amount: Decimal, unit: str) -> str:
    """A quantity with its sign; zero has none."""
    return ("+" if amount > 0 else "") + formats.amount(lang, amount, unit)


def growth(lang: Lang, rate: Decimal) -> str:
    return signed(lang, rate, "%")


def times(lang: Lang, many: Decimal) -> str:
    """How many times: «в 1,33 раза», «1.33倍»."""
    return catalogue(lang).count("{n} time", "{n} times", float(many), n=formats.number(lang, many))


def span(lang: Lang, first: str, last: str) -> str:
    """From the first period to the last: ``2015–2025 годы``."""
    return formats.period(lang, bounds(first).first, bounds(last).last)


def listed_periods(lang: Lang, codes: Sequence[str]) -> str:
    """Periods in a row, years that follow one another run together: ``1997–1998, 2012``."""
    if not all(code.isdigit() for code in codes):
        return _row(lang, [period(lang, code) for code in codes])
    runs: list[list[int]] = []
    for year in map(int, codes):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return _row(lang, told) + ("年" if lang == "zh" else "")


def _row(lang: Lang, told: Sequence[str]) -> str:
    return ("、" if lang == "zh" else ", ").join(told)
