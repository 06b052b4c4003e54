"""Columns and axes: one unit and one power of ten for many figures, short labels for periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from locales import formats
from locales.catalogues import catalogue

_MANY = 5
"""The number whose plural form names a unit alone: «поездок», «человек»."""
_DIGITS = 4
"""Digits a label on a picture shows at least the first of; whole numbers are never cut."""
_COUNTED_FROM = {"ru": ((10**7, 10**6, "millions of {unit}"), (10**5, 10**3, "thousands of {unit}"))}


@dataclass(frozen=True)
class Scale:
    """Figures of a series are multiplied by ``factor`` and told in ``unit``."""

    factor: Decimal
    unit: str


def scale(lang: str, unit: str, largest: Decimal) -> Scale:
    """The scale of figures up to ``largest`` in size: 亿美元, млрд долл., тыс. поездок. Tonnes are counted in 万吨 as customs do."""
    if lang == "zh":
        base, factor = formats.SCALES_ZH.get(unit, (unit, 1))
        for size, name in formats.MYRIADS:
            if largest * factor >= (10 * size if base == "t" else size):
                return Scale(Decimal(factor) / size, name + unit_name(lang, base))
        return Scale(Decimal(factor), unit_name(lang, base))
    for least, size, message in _COUNTED_FROM[lang]:
        if unit in formats.COUNTABLE and largest >= least:
            return Scale(1 / Decimal(size), catalogue(lang).say(message, unit=unit_name(lang, unit)))
    return Scale(Decimal(1), unit_name(lang, unit))


def unit_name(lang: str, unit: str) -> str:
    """A unit without a number, as it stands over a column."""
    if unit == "rank":
        return catalogue(lang).say("place in a ranking")
    return formats.with_unit(lang, "", unit, _MANY).strip()


def bare(lang: str, value: Decimal) -> str:
    """A figure of a column: Chinese without 万 and 亿, which its unit holds."""
    if lang == "zh":
        return format_decimal(value, format="0.##########", locale="zh", decimal_quantization=False).replace("-", "−")
    return formats.number(lang, value)


def short(lang: str, value: Decimal) -> str:
    """A figure as a label on a picture, rounded half up to four digits."""
    whole = len(str(abs(int(value))))
    return bare(lang, value.quantize(Decimal(1).scaleb(-max(0, _DIGITS - whole)), ROUND_HALF_UP).normalize() + 0)


def signed(lang: str, value: Decimal) -> str:
    """A growth with its sign and no unit: ``+29,3``, ``−6,9``."""
    return ("+" if value > 0 else "") + bare(lang, value)


def slot(lang: str, first: date, last: date) -> str:
    """A year, quarter or month as an axis or a column names it: ``янв. 2024``, ``2024年1月``."""
    months = last.month - first.month + 1
    if months == 1:
        return (
            f"{format_date(first, 'LLL', locale='ru')} {first.year}"
            if lang == "ru"
            else f"{first.year}年{first.month}月"
        )
    if months == 3 and last.month % 3 == 0:
        return format_skeleton("yQQQ", first, locale=lang).removesuffix("г.").strip()
    return str(first.year)
