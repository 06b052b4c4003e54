"""One value, two habits: figures, money, dates, ordinals and plurals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.model import UNITS
from locales import formats
from locales.formats import NBSP, amount, days, edition, number, period


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "unit", "ru", "zh"),
    [
        ("240.11", "USD bn", "240,11 млрд долл.", "2401.1亿美元"),
        ("76.58", "USD bn", "76,58 млрд долл.", "765.8亿美元"),
        ("997900", "visits", "997 900 человек", "99.79万人次"),
        ("900000", "vehicles", "900 000 автомобилей", "90万辆"),
        ("26.3", "%", "26,3 %", "26.3%"),
        ("-6.9", "%", "−6,9 %", "−6.9%"),
        ("374", "%", "374 %", "374%"),
        ("107", "Mt", "107 млн т", "1.07亿吨"),
        ("28.53", "Mt", "28,53 млн т", "2853万吨"),
        ("38.8", "bcm", "38,8 млрд куб. м", "388亿立方米"),
        ("5000", None, "5 000", "5000"),
        ("1", "days", "1 день", "1天"),
        ("2", "days", "2 дня", "2天"),
        ("5", "days", "5 дней", "5天"),
        ("21", "days", "21 день", "21天"),
        ("1.5", "days", "1,5 дня", "1.5天"),
        ("5", "persons", "5 человек", "5人"),
        ("52", "persons", "52 человека", "52人"),
        ("0.03", "USD bn", "0,03 млрд долл.", "3000万美元"),
    ],
)
def test_amounts(value: str, unit: str | None, ru: str, zh: str) -> None:
    assert plain(amount("ru", Decimal(value), unit)) == ru
    assert amount("zh", Decimal(value), unit) == zh


def test_ranges() -> None:
    assert plain(amount("ru", Decimal(3), "days", Decimal(5))) == "3–5 дней"
    assert amount("zh", Decimal(3), "days", Decimal(5)) == "3至5天"


@pytest.mark.parametrize(
    ("first", "last", "ru", "zh"),
    [
        (date(2024, 5, 17), date(2024, 5, 17), "17 мая 2024 г.", "2024年5月17日"),
        (date(2024, 5, 17), date(2024, 5, 21), "17–21 мая 2024 г.", "2024年5月17日至21日"),
        (date(2024, 5, 30), date(2024, 6, 2), "30 мая – 2 июня 2024 г.", "2024年5月30日至6月2日"),
    ],
)
def test_days(first: date, last: date, ru: str, zh: str) -> None:
    assert plain(days("ru", first, last)) == ru
    assert days("zh", first, last) == zh


def test_days_without_the_year() -> None:
    assert plain(days("ru", date(2024, 5, 17), date(2024, 5, 17), "day")) == "17 мая"
    assert days("zh", date(2024, 5, 17), date(2024, 5, 17), "day") == "5月17日"


@pytest.mark.parametrize(
    ("first", "last", "form", "ru", "zh"),
    [
        (date(2024, 1, 1), date(2024, 4, 30), "", "январь–апрель 2024 г.", "2024年1月至4月"),
        (date(2024, 1, 1), date(2024, 4, 30), "in", "в январе–апреле 2024 г.", "2024年1月至4月"),
        (date(2024, 5, 1), date(2024, 5, 31), "of", "мая 2024 г.", "2024年5月"),
        (date(2023, 1, 1), date(2023, 12, 31), "", "2023 год", "2023年"),
        (date(2018, 1, 1), date(2021, 12, 31), "", "2018–2021 годы", "2018至2021年"),
    ],
)
def test_periods(first: date, last: date, form: str, ru: str, zh: str) -> None:
    assert plain(period("ru", first, last, form)) == ru
    assert period("zh", first, last, form) == zh


@pytest.mark.parametrize(
    ("n", "ru", "zh"),
    [
        (1, "I", "第一届"),
        (8, "VIII", "第八届"),
        (10, "X", "第十届"),
        (34, "XXXIV", "第三十四届"),
        (140, "CXL", "第140届"),
    ],
)
def test_editions(n: int, ru: str, zh: str) -> None:
    assert edition("ru", n) == ru
    assert edition("zh", n) == zh


def test_every_unit_of_the_base_has_a_form_in_both_languages() -> None:
    assert formats.UNITS == UNITS
    for unit in UNITS:
        for lang in ("ru", "zh"):
            assert amount(lang, Decimal(7), unit)


def test_bare_numbers_count_in_each_habit() -> None:
    assert plain(number("ru", Decimal(1234567))) == "1 234 567"
    assert number("zh", Decimal(1234567)) == "123.4567万"
    assert number("zh", Decimal(9999)) == "9999"
