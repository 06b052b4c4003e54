"""Events in time and place, by the clock of their own city: before, during, after, leap day, end of year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from knowledge.calendar import (
    Calendar,
    City,
    Family,
    Phase,
    Pick,
    chosen,
    following,
    foregoing,
    open_calendar,
    siblings,
)
from knowledge.catalogue import Catalogue
from knowledge.model import Entry, Occasion

HARBIN = City("harbin", {"ru": "Харбин", "zh": "哈尔滨"}, "CN", "Asia/Shanghai", 45.75, 126.65)
URAL = City("yekaterinburg", {"ru": "Екатеринбург", "zh": "叶卡捷琳堡"}, "RU", "Asia/Yekaterinburg", 56.86, 60.62)


def entry(number: int, first: date | None, last: date | None = None, city: str = "harbin", **more: object) -> Entry:
    country = "CN" if city == "harbin" else "RU"
    event = Occasion(
        series="fair", country=country, status="held" if first else "unannounced", edition=number, first=first,
        last=last, city=city, **({"year": first.year} if first else {}), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    texts = {"ru": f"{number}", "zh": f"{number}"}
    ask = {"ru": (), "zh": ()}
    return Entry(f"event.fair.{number}", "expo", texts, (), None, date(2026, 1, 1), "high", ask, texts, event=event)  # type: ignore[arg-type]


def calendar(*entries: Entry) -> Calendar:
    return Calendar({e.id: e for e in entries}, {c.id: c for c in (HARBIN, URAL)}, {"fair": Family("fair", "expo")}, {})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("city", "now", "phase"),
    [
        ("harbin", "2028-02-28T15:59", "ahead"),  # 23:59 in Harbin, the day before
        ("harbin", "2028-02-28T16:00", "running"),  # midnight there, while Moscow has 19:00
        ("harbin", "2028-03-01T15:59", "running"),
        ("harbin", "2028-03-01T16:00", "over"),
        ("yekaterinburg", "2028-02-28T18:59", "ahead"),
        ("yekaterinburg", "2028-02-28T19:00", "running"),
        ("yekaterinburg", "2028-03-01T18:59", "running"),
        ("yekaterinburg", "2028-03-01T19:00", "over"),
    ],
)
def test_days_are_those_of_the_city(city: str, now: str, phase: Phase) -> None:
    """An event from a leap day to the first of March begins and ends at midnight where it takes place."""
    one = entry(1, date(2028, 2, 29), date(2028, 3, 1), city)
    assert one.event and calendar(one).phase(one.event, moment(now)) == phase


def test_days_left_count_over_a_leap_day_and_a_new_year() -> None:
    leap, new_year = entry(1, date(2028, 3, 1)), entry(2, date(2027, 1, 1))
    both = calendar(leap, new_year)
    assert leap.event and both.days_to(leap.event, moment("2028-02-28T00:00")) == 2
    assert new_year.event and both.days_to(new_year.event, moment("2026-12-31T15:59")) == 1
    assert both.days_to(new_year.event, moment("2026-12-31T16:00")) == 0
    assert both.days_to(new_year.event, moment("2027-01-02T00:00")) == -1


def test_next_and_last_go_by_the_clock() -> None:
    """The same question has another answer before, during and after; without days ahead the undated edition is next."""
    first, second = entry(1, date(2024, 5, 17), date(2024, 5, 21)), entry(2, date(2025, 7, 7), date(2025, 7, 10))
    every = calendar(first, second, entry(3, None))
    ids = {}
    for when in ("2024-05-01", "2024-05-18", "2025-07-11"):
        found = following(every, Pick(), moment(when)), foregoing(every, Pick(), moment(when))
        ids[when] = tuple(one.event.edition if one and one.event else None for one in found)
    assert ids == {"2024-05-01": (1, None), "2024-05-18": (2, None), "2025-07-11": (3, 2)}


def test_a_year_that_is_over_expects_nothing() -> None:
    undated = entry(1, None, year=2026)
    assert following(calendar(undated), Pick(), moment("2026-12-31T15:00")) == undated
    assert following(calendar(undated), Pick(), moment("2026-12-31T17:00")) is None


def test_an_event_across_the_new_year_is_in_both() -> None:
    winter = entry(1, date(2026, 12, 20), date(2027, 2, 2))
    every = calendar(winter)
    for pick in (Pick(period="2026-12"), Pick(period="2027"), Pick(months=frozenset({1})), Pick(months=frozenset({2}))):
        assert chosen(every, pick, moment("2026-11-24")) == [winter]
    assert chosen(every, Pick(months=frozenset({7})), moment("2026-11-24")) == []


def test_a_cancelled_event_is_not_ahead() -> None:
    event = Occasion("fair", "CN", "cancelled", 2027, 1, date(2027, 5, 1), date(2027, 5, 3), "harbin")
    one = entry(1, date(2027, 5, 1))
    cancelled = Entry(**{**one.__dict__, "event": event})
    assert following(calendar(cancelled), Pick(), moment("2026-11-24")) is None


def test_the_pattern_is_made_of_editions_that_took_place() -> None:
    held = [entry(n, date(2020 + n, 5, 1)) for n in (1, 2, 3)]
    undated = entry(9, None)
    assert siblings(calendar(*held, undated), undated, moment("2026-11-24"), 2) == held[1:]


def test_every_event_of_the_base_has_its_clock(base: Catalogue) -> None:
    """Each event lies in a known city of its country, or in a country whose capital gives the time."""
    every = open_calendar(base.data.entries, base.data.tables)
    assert len(every.events) >= 70
    for one in every.events.values():
        assert one.event and one.event.series in every.families
        assert one.event.city in every.cities or one.event.country in every.clocks
