"""Figures, money, dates and periods in each language's habits, through Babel and CLDR."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from locales.catalogues import catalogue

MONTHS_IN = (
    "январе",
    "феврале",
    "марте",
    "апреле",
    "мае",
    "июне",
    "июле",
    "августе",
    "сентябре",
    "октябре",
    "ноябре",
    "декабре",
)
"""The case that follows «в»: CLDR has the nominative and the genitive only."""

NBSP = "\u00a0"

_COUNTED = {
    "persons": ("{n} person", "{n} persons"), "visits": ("{n} visitor", "{n} visitors"), "trips": ("{n} trip", "{n} trips"),
    "days": ("{n} day", "{n} days"), "working days": ("{n} working day", "{n} working days"), "hours": ("{n} hour", "{n} hours"),
    "minutes": ("{n} minute", "{n} minutes"), "months": ("{n} month", "{n} months"), "years": ("{n} year", "{n} years"),
    "vehicles": ("{n} vehicle", "{n} vehicles"), "vehicles/day": ("{n} vehicle a day", "{n} vehicles a day"),
    "trains": ("{n} train", "{n} trains"), "companies": ("{n} company", "{n} companies"), "countries": ("{n} country", "{n} countries"),
    "regions": ("{n} region", "{n} regions"), "flights/week": ("{n} flight a week", "{n} flights a week"),
    "students": ("{n} student", "{n} students"), "products": ("{n} product", "{n} products"), "units": ("{n} unit", "{n} units"),
}  # fmt: skip
_FIXED = {
    "%": "{n} per cent", "pp": "{n} percentage points", "g": "{n} g", "kg": "{n} kg", "t": "{n} t", "kt": "{n} kt", "Mt": "{n} Mt",
    "bcm": "{n} bcm", "l": "{n} l", "m": "{n} m", "km": "{n} km", "sq m": "{n} sq m", "sq km": "{n} sq km", "TEU": "{n} twenty-foot containers",
    "Mt/year": "{n} Mt a year", "bcm/year": "{n} bcm a year", "kWh bn": "{n} bn kWh", "rank": "place {n}",
    "USD": "{n} US dollars", "USD mn": "{n} mn US dollars", "USD bn": "{n} bn US dollars", "CNY": "{n} yuan", "CNY bn": "{n} bn yuan",
    "RUB": "{n} roubles", "RUB mn": "{n} mn roubles", "RUB bn": "{n} bn roubles", "RUB tn": "{n} tn roubles", "EUR": "{n} euros",
}  # fmt: skip
SCALES_ZH = {
    "USD mn": ("USD", 10**6), "USD bn": ("USD", 10**9), "CNY bn": ("CNY", 10**9), "RUB mn": ("RUB", 10**6), "RUB bn": ("RUB", 10**9),
    "RUB tn": ("RUB", 10**12), "Mt": ("t", 10**6), "kt": ("t", 10**3), "bcm": ("bcm", 10**9), "Mt/year": ("Mt/year", 10**6),
    "bcm/year": ("bcm/year", 10**9), "kWh bn": ("kWh bn", 10**9),
}  # fmt: skip
"""Chinese counts in 万 and 亿: units that are multiples elsewhere are brought to one first."""

MYRIADS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))

COUNTABLE = frozenset({*_COUNTED, "TEU", "sq m"})
"""Units of single things, which may come in thousands and millions."""
UNITS = frozenset({*_COUNTED, *_FIXED})


def amount(lang: str, low: Decimal, unit: str | None, high: Decimal | None = None) -> str:
    """A quantity with its unit: ``240,11 млрд долл.``, ``2401.1亿美元``; two quantities make a range."""
    if lang == "zh" and unit in SCALES_ZH:
        unit, factor = SCALES_ZH[unit]
        low, high = low * factor, None if high is None else high * factor
    told = number(lang, low) if high is None else _between(lang, number(lang, low), number(lang, high))
    return told if unit is None else with_unit(lang, told, unit, float(low if high is None else high))


def with_unit(lang: str, told: str, unit: str, count: float) -> str:
    """A number already told with the name of its unit, in the form that ``count`` asks for."""
    words = catalogue(lang)
    if unit in _COUNTED:
        return words.count(*_COUNTED[unit], count, n=told)
    return words.say(_FIXED[unit], n=told)


def number(lang: str, value: Decimal) -> str:
    """A bare number: Russian groups thousands, Chinese counts in 万, 亿 and 万亿 from ten thousand on."""
    if lang == "ru":
        return _minus(format_decimal(value, locale="ru", decimal_quantization=False))
    for size, name in MYRIADS:
        if abs(value) >= size:
            return _plain(value / size) + name
    return _plain(value)


def _plain(value: Decimal) -> str:
    return _minus(format_decimal(value, format="0.##########", locale="zh", decimal_quantization=False))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _between(lang: str, low: str, high: str) -> str:
    return f"{low}–{high}" if lang == "ru" else f"{low}至{high}"


def days(lang: str, first: date, last: date, form: str = "") -> str:
    """A day or a range of days; ``day`` leaves the year out: ``17–21 мая 2024 г.``, ``2024年5月17日至21日``."""
    if first == last:
        return (
            format_skeleton("MMMMd", first, locale=lang) if form == "day" else format_date(first, "long", locale=lang)
        )
    if lang == "zh":
        return format_interval(first, last, "MMMd" if form == "day" else "yMMMd", locale=lang)
    end = days(lang, last, last, form)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    # CLDR has Russian intervals with months cut short only.
    return f"{days(lang, first, first, 'day' if first.year == last.year else form)} – {end}"


def joined(lang: str, sentences: Iterable[str]) -> str:
    """Sentences of one paragraph: a space between them in Russian, none in Chinese."""
    return (" " if lang == "ru" else "").join(sentences)


def year(_: str, value: int) -> str:
    return str(value)


def edition(lang: str, value: int) -> str:
    """The number of a fair: Roman in Russian, 第八届 in Chinese."""
    return _roman(value) if lang == "ru" else f"第{_han(value)}届"


def period(lang: str, first: date, last: date, form: str = "") -> str:
    """Whole months: ``январь–апрель 2024 г.``, ``2024年1月至4月``. Russian has the forms ``in`` (after «в») and ``of``."""
    return _period_zh(first, last) if lang == "zh" else _period_ru(first, last, form)


def _period_ru(first: date, last: date, form: str) -> str:
    if _whole_years(first, last):
        years = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        plural = first.year != last.year
        word = {"in": "годах" if plural else "году", "of": "годов" if plural else "года"}.get(
            form, "годы" if plural else "год"
        )
        return f"{'в ' if form == 'in' else ''}{years}{NBSP}{word}"
    if _part_months(first, last):
        return days("ru", first, last)
    name = _month_name(form)
    opening = {"in": "в "}.get(form, "")
    if (first.year, first.month) == (last.year, last.month):
        return f"{opening}{name(first)} {first.year}{NBSP}г."
    if first.year == last.year:
        return f"{opening}{name(first)}–{name(last)} {first.year}{NBSP}г."
    return f"{opening}{name(first)} {first.year}{NBSP}г. – {name(last)} {last.year}{NBSP}г."


def months(lang: str, first: int, last: int) -> str:
    """Months without their year: ``январь–июнь``, ``1月至6月``."""
    if lang == "zh":
        return f"{first}月至{last}月"
    name = _month_name("")
    return f"{name(date(2000, first, 1))}–{name(date(2000, last, 1))}"


def _month_name(form: str) -> Callable[[date], str]:
    if form == "in":
        return lambda day: MONTHS_IN[day.month - 1]
    return lambda day: format_date(day, "MMMM" if form == "of" else "LLLL", locale="ru")


def _period_zh(first: date, last: date) -> str:
    if _whole_years(first, last):
        return f"{first.year}年" if first.year == last.year else f"{first.year}至{last.year}年"
    if _part_months(first, last):
        return days("zh", first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月"
    if first.year == last.year:
        return f"{first.year}年{first.month}月至{last.month}月"
    return f"{first.year}年{first.month}月至{last.year}年{last.month}月"


def _whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _part_months(first: date, last: date) -> bool:
    return first.day != 1 or last.day < 28


def _roman(value: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for size, sign in signs:
        text += sign * (value // size)
        value %= size
    return text


def _han(value: int) -> str:
    digits = "〇一二三四五六七八九"
    if value < 10:
        return digits[value]
    if value < 20:
        return "十" + (digits[value - 10] if value > 10 else "")
    if value < 100:
        return digits[value // 10] + "十" + (digits[value % 10] if value % 10 else "")
    return str(value)
