"""Rules for the tables of the calendar: every event has a family and a known city, every city a clock and a place on the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from knowledge.files import Fault, RawBase

_KINDS = ("expo", "forum", "talks", "festival", "years")


def calendar_faults(raw: RawBase) -> Iterator[Fault]:
    """Everything wrong between the events and the vocabularies of cities and of the calendar."""
    cities, words = raw.vocabulary.get("cities", {}), raw.vocabulary.get("calendar", {})
    zones = available_timezones()
    for name, row in cities.items():
        yield from _city(name, row, zones)
    for file in raw.entries:
        event = file.data.get("event")
        if file.folder == "events" and isinstance(event, dict):
            yield from _placed(file.name, event, cities, words)
    yield from _entries(words, {file.id for file in raw.entries})


def _city(name: str, row: Mapping[str, Any], zones: set[str]) -> Iterator[Fault]:
    def fault(key: str, rule: str, mend: str) -> Fault:
        return Fault("vocabulary/cities.toml", f"{name}.{key}", rule, mend)

    if row.get("timezone") not in zones:
        yield fault(
            "timezone", f"unknown time zone {row.get('timezone')!r}", "Write one of the IANA names: Asia/Shanghai"
        )
    for key, most in (("latitude", 90), ("longitude", 180)):
        if not _within(row.get(key), most):
            yield fault(key, f"not a number between -{most} and {most}", "Write degrees as a decimal: 45.75")
    for lang in ("ru", "zh"):
        if not row.get(lang):
            yield fault(lang, "missing language", 'Write ["the name that is told", "other names"]')
    if not row.get("country"):
        yield fault("country", "missing key", "Write its ISO code")


def _within(value: Any, most: int) -> bool:
    try:
        return -most <= float(value) <= most
    except (TypeError, ValueError):
        return False


def _placed(
    name: str, event: Mapping[str, Any], cities: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[Fault]:
    city = event.get("city")
    if city and city not in cities:
        yield Fault(name, "event.city", f"unknown city {city!r}", "Add it to vocabulary/cities.toml with its time zone")
    elif city and cities[city].get("country") != event.get("country"):
        yield Fault(
            name, "event.country", f"{city} is in {cities[city].get('country')}", "Correct the one that is wrong"
        )
    if "family" in words and event.get("series") not in words["family"]:
        yield Fault(
            name, "event.series", f"unknown family {event.get('series')!r}", "Add it to vocabulary/calendar.toml"
        )


def _entries(words: Mapping[str, Any], ids: set[str]) -> Iterator[Fault]:
    named = [
        (f"family.{key}.{name}", row[name])
        for key, row in words.get("family", {}).items()
        for name in ("about", "attend")
        if name in row
    ]
    named += [
        (f"told.{event}.{name}", entry) for event, row in words.get("told", {}).items() for name, entry in row.items()
    ]
    named += [(f"teller.{period}", entry) for period, entry in words.get("teller", {}).items()]
    for key, entry in named:
        if entry not in ids:
            yield Fault("vocabulary/calendar.toml", key, f"no entry {entry!r}", "Name an entry of the base")
    for key, row in words.get("family", {}).items():
        if row.get("kind") not in _KINDS:
            yield Fault(
                "vocabulary/calendar.toml",
                f"family.{key}.kind",
                f"unknown kind {row.get('kind')!r}",
                f"Use one of {', '.join(_KINDS)}",
            )
