"""Rounding is honest: what is told lies within what the published digits allow, and no finer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.amounts import read_limit
from knowledge.precision import PER_CENT, between, coarsest, place, quotient, rounded, told_to
from knowledge.units import SCALES, kind_of

values = st.decimals("0.01", "999999", places=3, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "unit", "last"),
    [("36.137", "USD bn", "0.001"), ("80", "USD bn", "1"), ("1740", "CNY bn", "1"), ("790000", "trips", "10000"), ("632341", "vehicles", "1")],
)  # fmt: skip
def test_the_last_digit_that_counts(value: str, unit: str, last: str) -> None:
    """Counts of whole things that end in zeros are rounded to them; money and tonnes are as exact as they are written."""
    assert place(Decimal(value), unit) == Decimal(last)


@given(values, values)
def test_a_difference_is_as_exact_as_the_less_exact_of_the_two(one: Decimal, other: Decimal) -> None:
    to = coarsest([one, other], "USD bn")
    assert abs(rounded(one - other, to) - (one - other)) <= to / 2


@given(values, values)
def test_a_quotient_lies_between_its_bounds(over: Decimal, under: Decimal) -> None:
    lies = quotient(between(over, "USD bn"), between(under, "USD bn"))
    assert lies is None or lies.low <= over / under <= lies.high


@given(values, values)
def test_the_last_digit_told_of_growth_is_known_to_five(over: Decimal, under: Decimal) -> None:
    """Unless even hundreds of per cent are not: then nothing finer than hundreds is told."""
    lies = quotient(between(over, "USD bn"), between(under, "USD bn"))
    if lies is None:
        return
    told = told_to(over / under, lies, PER_CENT)
    finest = next((to for to in PER_CENT if lies.half <= 5 * to), PER_CENT[-1])
    assert told % finest == 0
    assert abs(told - over / under) <= finest / 2


def test_a_base_that_may_be_zero_gives_no_quotient() -> None:
    assert quotient(between(Decimal(5), "USD bn"), between(Decimal("0.4"), None)) is not None
    assert quotient(between(Decimal(5), "USD bn"), between(Decimal(0), "USD bn")) is None
    assert quotient(between(Decimal(5), "USD bn"), between(Decimal(-3), "USD bn")) is None


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("превысил 200 млрд долларов", 200 * 10**9),
        ("больше двухсот миллиардов", 200 * 10**9),
        ("сто миллионов тонн", 100 * 10**6),
        ("1,5 трлн юаней", 15 * 10**11),
        ("700 тыс поездок", 700_000),
        ("突破2000亿美元", 2000 * 10**8),
        ("超过两千亿", 2000 * 10**8),
        ("一亿吨", 10**8),
        ("1.5万亿元", 15 * 10**11),
        ("100万辆", 10**6),
        ("一百五十万", 1_500_000),
    ],
)
def test_amounts_in_figures_and_words(line: str, amount: int) -> None:
    limit = read_limit(line)
    assert limit and limit.amount == amount


@pytest.mark.parametrize("line", ["больше 200", "за 5 лет", "с 200 млрд до 300 млрд", "贸易额", ""])
def test_an_amount_nobody_can_tell_is_none(line: str) -> None:
    """A bare small number, or two amounts."""
    assert read_limit(line) is None


def test_every_unit_that_adds_up_has_a_kind() -> None:
    assert {kind_of(unit) for unit in SCALES} >= {"dollars", "yuan", "roubles", "tonnes", "pieces", "bcm"}
    assert all(kind_of(unit) is None for unit in ("%", "rank", "years", "flights/week"))
