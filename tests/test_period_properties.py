"""Periods survive every way of saying them: round trips through the formats of the replies, calendars, quarters, numerals, clocks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import read_periods
from knowledge.numerals import han_number
from knowledge.periods import (
    bounds,
    is_code,
    month_code,
    months,
    same_days,
    same_months,
    stretch_before,
    year_before,
    years_of,
)
from locales import formats

TODAY = date(2026, 11, 24)
years = st.integers(2001, 2035)
clocks = st.dates(date(2020, 1, 1), date(2035, 12, 31))
HAN = "〇一二三四五六七八九"


@st.composite
def stretches(draw: st.DrawFn) -> str:
    year, first = draw(years), draw(st.integers(1, 12))
    return month_code(year, first, draw(st.integers(first, 12)))


def said_zh(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones or not tens else "")


@given(stretches(), st.sampled_from(["", "in"]))
def test_a_period_as_a_russian_reply_tells_it_is_read_back(code: str, form: str) -> None:
    days = bounds(code)
    told = formats.period("ru", days.first, days.last, form).replace("\u00a0", " ").casefold()
    (read,) = read_periods(f"товарооборот {told}", TODAY).periods
    assert same_days(read, code)


@given(stretches())
def test_a_period_as_a_chinese_reply_tells_it_is_read_back(code: str) -> None:
    days = bounds(code)
    (read,) = read_periods(f"{formats.period('zh', days.first, days.last)}中俄贸易额", TODAY).periods
    assert same_days(read, code)


@given(years, st.integers(1, 4))
def test_quarters_are_read_however_they_are_written(year: int, quarter: int) -> None:
    word, stem, roman, han = (
        ["первый", "второй", "третий", "четвертый"][quarter - 1],
        quarter,
        ["i", "ii", "iii", "iv"][quarter - 1],
        HAN[quarter],
    )
    for line in (
        f"{word} квартал {year} года", f"{stem} квартал {year}", f"{roman} квартал {year}", f"q{quarter} {year}",
        f"{year}年第{han}季度", f"{year}年{han}季度", f"{year}年{quarter}季度",
    ):  # fmt: skip
        (read,) = read_periods(line, TODAY).periods
        assert same_days(read, f"{year}-Q{quarter}"), line


@given(years, st.integers(2, 11))
def test_the_first_months_of_a_year(year: int, count: int) -> None:
    for line in (
        f"за {count} мес {year}",
        f"за первые {count} месяцев {year} года",
        f"{year}年前{count}个月",
        f"{year}年前{said_zh(count)}个月",
        f"{year}年1-{count}月",
    ):
        (read,) = read_periods(line, TODAY).periods
        assert same_days(read, f"{year}-01..{year}-{count:02}"), line


@given(years, st.integers(1, 12))
def test_a_month_in_either_numerals(year: int, month: int) -> None:
    digits = "".join(HAN[int(digit)] for digit in str(year))
    for line in (f"{year}年{month}月", f"{year}年{said_zh(month)}月份", f"{digits}年{said_zh(month)}月"):
        (read,) = read_periods(line, TODAY).periods
        assert same_days(read, f"{year}-{month:02}"), line


@given(clocks)
def test_relative_years_follow_the_clock(today: date) -> None:
    for shift, lines in (
        (-1, ("за прошлый год", "去年")),
        (-2, ("в позапрошлом году", "前年")),
        (0, ("в этом году", "今年")),
    ):
        for line in lines:
            assert read_periods(line, today).periods == (str(today.year + shift),), line
    for line in ("за последние пять лет", "近五年", "过去5年"):
        assert read_periods(line, today).periods == (f"{today.year - 5}..{today.year - 1}",), line
    for line in ("с начала года", "今年以来"):
        (read,) = read_periods(line, today).periods
        assert bounds(read).first == date(today.year, 1, 1) and bounds(read).last.month == today.month


@given(years, years)
def test_a_range_of_years_is_read_in_order(one: int, other: int) -> None:
    first, last = sorted((one, other))
    if first == last:
        return
    for line in (f"с {first} по {last} год", f"{first}–{last}", f"{first}年到{last}年", f"{first}至{last}年"):
        assert read_periods(line, TODAY).periods == (f"{first}..{last}",), line


@given(stretches())
def test_a_code_has_as_many_months_as_its_days(code: str) -> None:
    days = bounds(code)
    assert months(code) == 12 * (days.last.year - days.first.year) + days.last.month - days.first.month + 1
    assert (days.last + timedelta(days=1)).day == 1


@given(stretches(), years)
def test_the_same_months_of_another_year(code: str, year: int) -> None:
    there = bounds(same_months(code, year))
    here = bounds(code)
    assert (there.first.month, there.last.month, there.last.year) == (here.first.month, here.last.month, year)
    assert same_months(code, here.last.year - 1) == year_before(code)


@given(stretches())
def test_the_stretch_before_ends_where_a_period_begins(code: str) -> None:
    before = stretch_before(code)
    assert bounds(before).last + timedelta(days=1) == bounds(code).first
    assert months(before) == months(code)


@given(st.integers(1, 9999))
def test_chinese_numerals_below_ten_thousand(number: int) -> None:
    places = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
    told, rest, gap = "", number, False
    for size, name in places:
        digit, rest = divmod(rest, size)
        if digit:
            told += ("〇" if gap and told else "") + HAN[digit] + name
            gap = False
        else:
            gap = True
    assert han_number(told) == number


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("январь октябрь 2025", ("2025-01..2025-10",)),
        ("январь, октябрь 2025", ("2025-01", "2025-10")),
        ("за 3 квартал 2025", ("2025-Q3",)),
        ("за 3 квартала 2025", ("2025-01..2025-09",)),
        ("торговля 2015-2025", ("2015..2025",)),
        ("виза за 5 лет", ()),
        ("за 23 год", ("2023",)),
        ("в 2025 по сравнению с 2024", ("2025", "2024")),
        ("в сравнении с 2019 годом 2023", ("2019", "2023")),
        ("с 2024 года", ("2024..2026",)),
        ("2023年同2022年相比", ("2023", "2022")),
        ("2026年前四个月比去年同期", ("2026-01..2026-04", "2025")),
    ],
)
def test_ways_that_were_once_misread(line: str, codes: tuple[str, ...]) -> None:
    assert read_periods(line, TODAY).periods == codes


def test_years_of_a_stretch() -> None:
    assert years_of("2018..2020") == ("2018", "2019", "2020")
    assert years_of("2018") == ("2018",)
    assert years_of("2018-03") == years_of("2018-01..2018-04") == ()
    assert is_code("2018-Q2") and not is_code("2018-Q5") and not is_code("вчера")
