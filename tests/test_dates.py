"""Periods as people say them, under a clock of 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import read_periods
from knowledge.periods import bounds, month_code, same_days, year_before

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("товарооборот за 2023 год", ("2023",)),
        ("товарооборот в 2023-м", ("2023",)),
        ("в 23 году", ("2023",)),
        ("за двадцать третий год", ("2023",)),
        ("за прошлый год", ("2025",)),
        ("в позапрошлом году", ("2024",)),
        ("в этом году", ("2026",)),
        ("в январе-апреле 2024 года", ("2024-01..2024-04",)),
        ("за первые четыре месяца 2024", ("2024-01..2024-04",)),
        ("за 4 месяца 2024 года", ("2024-01..2024-04",)),
        ("первый квартал 2024 года", ("2024-01..2024-03",)),
        ("за i квартал 2024", ("2024-01..2024-03",)),
        ("третий квартал 2025", ("2025-Q3",)),
        ("первое полугодие 2024", ("2024-01..2024-06",)),
        ("в мае 2024", ("2024-05",)),
        ("с 2019 по 2021", ("2019..2021",)),
        ("2023 и 2024", ("2023", "2024")),
        ("2023年中俄贸易额", ("2023",)),
        ("23年中俄贸易额", ("2023",)),
        ("二〇二三年", ("2023",)),
        ("二三年", ("2023",)),
        ("去年", ("2025",)),
        ("前年", ("2024",)),
        ("今年前四个月", ("2026-01..2026-04",)),
        ("2024年1-4月", ("2024-01..2024-04",)),
        ("2024年1月至4月", ("2024-01..2024-04",)),
        ("2024年前四个月", ("2024-01..2024-04",)),
        ("2024年一季度", ("2024-01..2024-03",)),
        ("2024年第一季度", ("2024-01..2024-03",)),
        ("2024年上半年", ("2024-01..2024-06",)),
        ("2024年5月", ("2024-05",)),
        ("за 9 месяцев 2025", ("2025-01..2025-09",)),
        ("три квартала 2025", ("2025-01..2025-09",)),
        ("2025年前三季度", ("2025-01..2025-09",)),
        ("за первый квартал, 24 год", ("2024-01..2024-03",)),
        ("с января по апрель 2026", ("2026-01..2026-04",)),
        ("с начала года", ("2026-01..2026-11",)),
        ("今年以来", ("2026-01..2026-11",)),
        ("2024年头两个月", ("2024-01..2024-02",)),
        ("декабрьские цифры 2025", ("2025-12",)),
        ("с 2020 года", ("2020..2026",)),
        ("2020年以来", ("2020..2026",)),
        ("за последние пять лет", ("2021..2025",)),
        ("近三年", ("2023..2025",)),
        ("в двадцать третьем году", ("2023",)),
        ("две тысячи пятнадцатый", ("2015",)),
        ("за двадцать четвертый", ("2024",)),
        ("一九年", ("2019",)),
        ("с 2015 по 2024", ("2015..2024",)),
        ("2015年到2024年", ("2015..2024",)),
        ("1902亿美元是哪年", ()),
        ("2000 млрд", ()),
        ("едем в декабре", ()),
        ("на три месяца", ()),
        ("三个月", ()),
        ("14 сентября", ()),
        ("марок машин", ()),
        ("15天", ()),
        ("на 12 дней", ()),
        ("виза на 30 дней", ()),
        ("144小时过境", ()),
    ],
)
def test_periods_are_read(line: str, codes: tuple[str, ...]) -> None:
    assert read_periods(line, TODAY).periods == codes


@given(st.integers(1990, 2039), st.integers(1, 12), st.integers(1, 12))
def test_month_codes_round_trip(year: int, one: int, other: int) -> None:
    """A code made of months has exactly those months, and the year before has the same."""
    first, last = sorted((one, other))
    code = month_code(year, first, last)
    days = bounds(code)
    assert (days.first.month, days.last.month, days.first.year) == (first, last, year)
    assert bounds(year_before(code)).first.year == year - 1


@given(st.integers(1990, 2039))
def test_years_are_read_in_both_languages(year: int) -> None:
    for line in (f"товарооборот за {year} год", f"{year}年贸易额", f"в {year}"):
        assert read_periods(line, TODAY).periods == (str(year),)


@pytest.mark.parametrize("code", ["2023-13", "23", "2024-Q5", "2024-05..2024-01", "", "2024/05"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"period|before|month"):
        bounds(code)


def test_a_quarter_is_its_three_months() -> None:
    assert same_days("2024-Q1", "2024-01..2024-03")
    assert not same_days("2024-Q1", "2024")


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("торговля за первые 4 месяца 24го", "2024-01..2024-04"),
        ("за янв-март 24го сколько нефти", "2024-01..2024-03"),
        ("что будет через пять лет", "2031"),
        ("五年后会怎样", "2031"),
    ],
)
def test_short_years_behind_months_and_years_to_come(line: str, period: str) -> None:
    """«24го» behind months is a year, and never the running one in its place."""
    assert read_periods(line, date(2026, 11, 24)).periods == (period,)
