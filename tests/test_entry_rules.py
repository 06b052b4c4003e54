"""The entry rules against a table written from the sources, for every traveller, destination, purpose, party, stay and date that matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import conditions
from handlers.judging import judged
from knowledge.catalogue import Catalogue
from knowledge.entry_rules import Town, Trip, Verdict, verdict, verdicts
from knowledge.model import Term, Texts
from knowledge.regime import PASSPORTS, PURPOSES, Regime
from knowledge.trips import Journey

ONE = timedelta(days=1)
ALL = frozenset(PURPOSES)


class Row(NamedTuple):
    """What the sources say of one way in. ``sure`` is False where they do not say enough to call it confirmed."""

    way: str
    purposes: frozenset[str]
    party: tuple[int, int] = (1, 60)
    days: int = 999
    first: date = date.min
    until: date = date.max
    passport: str = "ordinary"
    onward: bool = False
    sure: bool = True


def only(purposes: str) -> frozenset[str]:
    return frozenset(purposes.split())


WAIVER = "tourism business family exchange transit exhibition"
TABLE = {
    # Xinhua, 2 September 2025: 15 September 2025 to 14 September 2026, 30 days, ordinary passports.
    "waiver.cn.ru": Row("RU-CN", only(WAIVER), days=30, first=date(2025, 9, 15), until=date(2026, 9, 14)),
    # RBC, 1 December 2025: 1 December 2025 to 14 September 2026, 30 days a visit, 90 in a calendar year; sports events too.
    "waiver.ru.cn": Row("CN-RU", only(f"{WAIVER} sport"), days=30, first=date(2025, 12, 1), until=date(2026, 9, 14)),
    # The agreement of 2000 as amended in 2006: five to fifty, fifteen days, tourism; running again since 1 August 2023.
    "group.ru.cn": Row("RU-CN", only("tourism"), (5, 50), 15, first=date(2023, 8, 1)),
    "group.cn.ru": Row("CN-RU", only("tourism"), (5, 50), 15, first=date(2023, 8, 1)),
    # TASS, 23 August 2025: thirty days; the embassy: private, business, tourism, events of science, culture, economy and sport.
    "evisa.ru": Row(
        "CN-RU", only("tourism business family exchange exhibition sport"), days=30, first=date(2025, 8, 23)
    ),
    # National Immigration Administration, 9 February 2024.
    "hainan.cn": Row(
        "RU-CN", only("tourism business exchange family exhibition medical sport"), days=30, first=date(2024, 2, 9)
    ),
    # Xinhua, 15 May 2024: groups of two and more, fifteen days.
    "cruise.cn": Row("RU-CN", only("tourism"), (2, 60), 15, first=date(2024, 5, 15)),
    # Beijing government, 5 November 2025: 240 hours; a ticket to a third country or region.
    "transit240.cn": Row("RU-CN", only("transit tourism business exchange family"), days=10, onward=True),
    "transit24.cn": Row("RU-CN", only("transit"), days=1, first=date(2025, 11, 5), onward=True),
    # Vedomosti, 2 September 2025.
    "hk": Row("RU-HK", only("tourism"), days=14),
    "macau": Row("RU-MO", only("tourism"), days=30, first=date(2012, 9, 30)),
    # The agreement of 2013: service passports, thirty days; the purposes are not in the sources.
    "service.cn": Row("RU-CN", ALL, days=30, passport="service", sure=False),
    "service.ru": Row("CN-RU", ALL, days=30, passport="service", sure=False),
    "diplomatic.cn": Row("RU-CN", ALL, passport="diplomatic", sure=False),
    "apec.cn": Row("RU-CN", only("business"), passport="apec", sure=False),
    "apec.ru": Row("CN-RU", only("business"), passport="apec", sure=False),
    "border.ru.cn": Row("RU-CN", only("tourism"), sure=False),
    "border.cn.ru": Row("CN-RU", only("tourism"), sure=False),
    # Ordinary visas by class: stay and entries are those of the visa.
    "visa.cn": Row("RU-CN", only("exchange exhibition study sport medical journalism")),
    "visa.cn.l": Row("RU-CN", only("tourism")),
    "visa.cn.m": Row("RU-CN", only("business")),
    "visa.cn.z": Row("RU-CN", only("work")),
    "visa.cn.q2": Row("RU-CN", only("family")),
    "visa.cn.g": Row("RU-CN", only("transit")),
    "visa.cn.c": Row("RU-CN", only("driving")),
    "visa.cn.s": Row("RU-CN", only("dependant")),
    "visa.ru": Row("CN-RU", ALL - {"study"}),
    "student.ru": Row("CN-RU", only("study")),
}
PARTIES = (1, 2, 4, 5, 50, 51)
STAYS = (1, 2, 10, 11, 14, 15, 16, 30, 31, 90, 91)
"""Each bound and the number past it; every number from 1 on has a test of its own."""
BOUNDS = sorted({day for row in TABLE.values() for day in (row.first, row.until) if day not in (date.min, date.max)})
DATES = sorted(
    {bound + shift for bound in BOUNDS for shift in (-ONE, ONE * 0, ONE)} | {date(2026, 11, 24), date(2028, 2, 29)}
)


def expected(row: Row, trip: Trip) -> str:
    """The verdict by the table alone."""
    held = {"apec", "ordinary"} if trip.passport == "apec" else {trip.passport}
    onward = not row.onward or trip.transit or (trip.transit is None and trip.purpose == "transit")
    covered = trip.purpose in row.purposes and row.passport in held and onward
    if (
        not covered
        or not row.party[0] <= (trip.party or 0) <= row.party[1]
        or (trip.days or 0) > row.days
        or trip.date < row.first
    ):
        return "fails"
    if trip.date > row.until:
        return "ended"
    return "fits" if row.sure else "unconfirmed"


def told(base: Catalogue, trip: Trip) -> dict[str, str]:
    return {v.regime.id.removeprefix("regime."): v.outcome for v in verdicts(base.data.regimes.values(), trip)}


def wanted(trip: Trip) -> dict[str, str]:
    way = f"{trip.traveller}-{trip.destination}"
    return {name: expected(row, trip) for name, row in TABLE.items() if row.way == way}


def test_the_table_knows_every_regime_and_no_other(base: Catalogue) -> None:
    assert {f"regime.{name}" for name in TABLE} == set(base.data.regimes)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_traveller_destination_purpose_party_stay_and_date(base: Catalogue, purpose: str) -> None:
    """Every combination around every boundary: the number before, the number, the number after; the day before, the day, the day after."""
    for traveller, destination in itertools.product(("RU", "CN"), ("RU", "CN", "HK", "MO")):
        for party, days, day in itertools.product(PARTIES, STAYS, DATES):
            trip = Trip(traveller, destination, day, purpose, party, days)
            assert told(base, trip) == wanted(trip), trip


@pytest.mark.parametrize("way", ["RU-CN", "CN-RU"])
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 12, 5)])
def test_every_party_and_every_stay(base: Catalogue, way: str, day: date) -> None:
    """Parties of 1 to 60 and stays of 1 to 120 days, one by one, with the waivers in force and after their term."""
    traveller, _, destination = way.partition("-")
    for party, days in itertools.product(range(1, 61), range(1, 121)):
        trip = Trip(traveller, destination, day, "tourism", party, days)
        assert told(base, trip) == wanted(trip), trip


def test_onward_journeys(base: Catalogue) -> None:
    """A ticket to a third country opens the transit ways, a journey back closes them."""
    for transit, purpose, days in itertools.product((True, False, None), PURPOSES, (1, 2, 10, 11)):
        trip = Trip("RU", "CN", date(2026, 12, 5), purpose, 2, days, transit=transit)
        assert told(base, trip) == wanted(trip), trip


def test_other_passports_have_their_own_ways(base: Catalogue) -> None:
    """A service or diplomatic passport never gets the waiver of ordinary ones, nor anybody else the way of its holders."""
    for passport in PASSPORTS:
        outcomes = told(base, Trip("RU", "CN", date(2026, 3, 1), "business", 1, 5, passport=passport))
        own = {"service": "service.cn", "diplomatic": "diplomatic.cn", "apec": "apec.cn"}
        assert (outcomes["waiver.cn.ru"] == "fits") == (passport in ("ordinary", "apec"))
        for kind, name in own.items():
            assert (outcomes[name] == "unconfirmed") == (kind == passport), (passport, name)


RANK = {"fits": 3, "unconfirmed": 2, "ended": 1, "fails": 0}
journeys = st.builds(
    Trip, st.sampled_from(["RU", "CN"]), st.sampled_from(["RU", "CN", "HK", "MO"]), st.dates(date(2023, 1, 1), date(2028, 12, 31)),
    purpose=st.sampled_from([*PURPOSES, None]), party=st.integers(1, 60) | st.none(), days=st.integers(1, 120) | st.none(),
    transit=st.sampled_from([True, False, None]),
)  # fmt: skip


def outcomes(base: Catalogue, trip: Trip) -> Iterator[Verdict]:
    return iter(verdicts(base.data.regimes.values(), trip))


@given(trip=journeys, more=st.integers(1, 100))
def test_more_days_never_open_a_way(base: Catalogue, trip: Trip, more: int) -> None:
    longer = replace(trip, days=(trip.days or 0) + more)
    for short, long in zip(outcomes(base, replace(trip, days=trip.days or 1)), outcomes(base, longer), strict=True):
        assert RANK[long.outcome] <= RANK[short.outcome]


@given(trip=journeys)
def test_a_card_beside_the_passport_never_closes_a_way(base: Catalogue, trip: Trip) -> None:
    for plain, carded in zip(outcomes(base, trip), outcomes(base, replace(trip, passport="apec")), strict=True):
        assert RANK[carded.outcome] >= RANK[plain.outcome]


@given(trip=journeys)
def test_what_is_not_told_is_named_and_never_decides_against(base: Catalogue, trip: Trip) -> None:
    """Whatever a number left out might be: where some number fits, the way still fits, and says what must hold."""
    for vague, exact in zip(outcomes(base, replace(trip, party=None, days=None)), outcomes(base, trip), strict=True):
        assert RANK[vague.outcome] >= RANK[exact.outcome]
        open_kinds = {reason.condition for reason in vague.must}
        assert vague.regime.days_most is None or "days" in open_kinds
        assert vague.regime.party_least is None or "party_least" in open_kinds


@given(trip=journeys)
def test_a_verdict_always_has_its_reasons(base: Catalogue, trip: Trip) -> None:
    """Nothing fails or ends without the condition, its bound and by how much; each reason can be told in both languages."""
    for one in outcomes(base, trip):
        assert bool(one.failed) == (one.outcome in ("fails", "ended"))
        assert all(reason.by is None or reason.by > 0 for reason in one.failed)
        for lang in ("ru", "zh"):
            assert all(conditions.reasons(base, "ru" if lang == "ru" else "zh", one))


def regime(**rule: object) -> Regime:
    title: Texts = {"ru": "т", "zh": "题"}
    plain = Regime("regime.x", title, "RU", "CN", ("s",), None, date(2026, 1, 1), "x", purposes=("tourism",))
    return replace(plain, **rule)  # type: ignore[arg-type]


def on(day: date, **told: object) -> Trip:
    return replace(Trip("RU", "CN", day, "tourism"), **told)  # type: ignore[arg-type]


def test_by_how_much_a_limit_is_missed() -> None:
    found = verdict(regime(days_most=30, party_least=5), on(date(2026, 12, 5), days=32, party=4))
    assert [(r.condition, r.bound, r.by) for r in found.failed] == [("party_least", 5, 1), ("days", 30, 2)]


def test_days_are_counted_as_each_country_counts_them() -> None:
    """Entered on 1 October for thirty days: out by the 31st where the day after entry is the first, by the 30th where the day of entry is."""
    after = verdict(regime(days_most=30, days_counted="from the day after entry"), on(date(2026, 10, 1)))
    entry = verdict(regime(days_most=30, days_counted="from the day of entry"), on(date(2026, 10, 1)))
    assert (after.leave_by, entry.leave_by) == (date(2026, 10, 31), date(2026, 10, 30))
    assert verdict(regime(days_most=30), on(date(2026, 10, 1))).leave_by is None


def test_a_month_that_a_term_cuts_is_a_condition() -> None:
    """«В сентябре»: the way fits, for those who enter by its last day; a month wholly outside has ended or not begun."""
    rule = regime(valid=Term(date(2026, 9, 10), date(2026, 9, 14)))
    month = verdict(rule, on(date(2026, 9, 1), latest=date(2026, 9, 30)))
    assert month.outcome == "fits"
    assert [(r.condition, r.bound) for r in month.must] == [("start", date(2026, 9, 10)), ("until", date(2026, 9, 14))]
    assert verdict(rule, on(date(2026, 9, 15), latest=date(2026, 9, 30))).outcome == "ended"
    assert verdict(rule, on(date(2026, 8, 1), latest=date(2026, 8, 31))).outcome == "fails"


def test_a_stay_that_outlasts_the_term_is_cautioned() -> None:
    rule = regime(valid=Term(None, date(2026, 9, 14)))
    inside, beyond = (verdict(rule, on(date(2026, 9, 10), days=days)) for days in (5, 6))
    assert [r.condition for r in inside.must] == []
    assert [(r.condition, r.bound) for r in beyond.must] == [("stay", date(2026, 9, 14))]


def test_where_one_goes() -> None:
    """A province opens for its own towns only; a land crossing is no airport and no sea port; a list of checkpoints is always to be asked."""
    heihe, sanya = Town("heihe", "CN", land=True), Town("sanya", "CN", province="hainan")
    island = regime(places=("hainan",))
    assert [verdict(island, on(date(2026, 12, 5), port=port)).outcome for port in (sanya, heihe, None)] == [
        "fits",
        "fails",
        "fits",
    ]
    for kind, outcome in (("airport", "fails"), ("cruise port", "fails"), ("listed", "fits"), ("any", "fits")):
        assert verdict(regime(checkpoints=kind), on(date(2026, 12, 5), port=heihe)).outcome == outcome
    assert [r.condition for r in verdict(regime(checkpoints="listed"), on(date(2026, 12, 5), port=heihe)).must] == [
        "checkpoint"
    ]


def test_a_journey_without_purpose_or_date_says_what_was_assumed(base: Catalogue) -> None:
    today = date(2026, 11, 24)
    found = judged(base, Journey("RU", "CN"), today)
    assert (found.trip.purpose, found.trip.date, found.assumed) == ("tourism", today, ("purpose", "date"))
    assert judged(base, Journey("RU", "CN", transit=True), today).trip.purpose == "transit"


@pytest.mark.parametrize("journey", [Journey("RU"), Journey(None, "CN"), Journey("CN", "HK"), Journey("RU", "RU")])
def test_a_journey_without_a_known_way_is_refused(base: Catalogue, journey: Journey) -> None:
    with pytest.raises(ValueError, match=r"needs a traveller|no way from"):
        judged(base, journey, date(2026, 11, 24))
