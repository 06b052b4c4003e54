"""Rules for one well-shaped file of an entry, each held against the whole base where it must be alone in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge import parse
from knowledge.check_regime import regime_faults
from knowledge.check_texts import TEXT_RULES, Context, Rule
from knowledge.files import Fault, RawFile
from knowledge.model import UNITS
from knowledge.periods import bounds

ID_BYTES = 60
"""A Telegram button carries 64 bytes; four are ours."""

_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_SCOPE = {"traveller": ("RU", "CN"), "destination": ("RU", "CN", "HK", "MO"), "flow": ("RU-CN", "CN-RU")}
_STATUS = ("held", "planned", "unannounced", "cancelled")


def _identity(file: RawFile, _: Context) -> Iterator[Fault]:
    if not _ID.fullmatch(file.id):
        yield Fault(file.name, "file name", "not an id", "Use a-z, 0-9, and . _ - between them")
    if len(file.id.encode()) > ID_BYTES:
        yield Fault(
            file.name,
            "file name",
            f"an id of more than {ID_BYTES} bytes does not fit a Telegram button",
            "Shorten the path",
        )


def _topic(file: RawFile, context: Context) -> Iterator[Fault]:
    topics = context.raw.vocabulary.get("review", {}).get("topic", {})
    if file.data["topic"] not in topics:
        yield Fault(
            file.name, "topic", f"unknown topic {file.data['topic']!r}", f"Known topics: {', '.join(sorted(topics))}"
        )
    if file.data["confidence"] not in ("high", "medium", "low"):
        yield Fault(
            file.name, "confidence", f"unknown confidence {file.data['confidence']!r}", "Use high, medium or low"
        )


def _cited(file: RawFile, context: Context) -> Iterator[Fault]:
    if not file.data["sources"]:
        yield Fault(file.name, "sources", "no source", "Name at least one of sources.toml, or leave the fact out")
    for source in file.data["sources"]:
        if source not in context.raw.sources:
            yield Fault(
                file.name, "sources", f"unknown source {source!r}", "Add it to sources.toml or correct the name"
            )


def _dates(file: RawFile, context: Context) -> Iterator[Fault]:
    checked, as_of = file.data["checked"], file.data.get("as_of")
    if context.today and checked > context.today:
        yield Fault(file.name, "checked", f"{checked} is in the future", "Write the day somebody looked")
    if as_of and as_of > checked:
        yield Fault(file.name, "as_of", f"{as_of} is after checked", "The news cannot be newer than the look at it")
    for key, start, end in (("valid", "from", "until"), ("event", "first", "last")):
        table = file.data.get(key, {})
        for name in (start, end):
            if name in table and not isinstance(table[name], date):
                yield Fault(file.name, f"{key}.{name}", "must be a date", "Dates are written bare: 2026-11-23")
                return
        if start in table and end in table and table[start] > table[end]:
            yield Fault(file.name, key, f"{start} is after {end}", "Put the dates in order")


def _ended_text(file: RawFile, context: Context) -> Iterator[Fault]:
    if file.folder == "facts" and "until" in file.data.get("valid", {}) and "ended" not in file.data:
        yield Fault(
            file.name,
            "ended",
            "missing for a rule with a term",
            "Say in [ended] what was published and that the term is over",
        )


def _scope_values(file: RawFile, _: Context) -> Iterator[Fault]:
    scope = file.data.get("scope", {})
    for key in scope.keys() - {*_SCOPE, "period", "event", "edition"}:
        yield Fault(
            file.name, f"scope.{key}", "unknown key", "Scope has traveller, destination, flow, period, event, edition"
        )
    for key, allowed in _SCOPE.items():
        if key in scope and scope[key] not in allowed:
            yield Fault(file.name, f"scope.{key}", f"unknown value {scope[key]!r}", f"Use one of {', '.join(allowed)}")
    if "period" in scope:
        yield from _period(file, "scope.period", scope["period"])


def _period(file: RawFile, key: str, code: object) -> Iterator[Fault]:
    try:
        bounds(str(code))
    except ValueError as error:
        yield Fault(file.name, key, str(error), "Write the period as a code")


def _occasion(file: RawFile, _: Context) -> Iterator[Fault]:
    if file.folder != "events":
        return
    event = file.data["event"]
    known = {"series", "country", "status", "year", "edition", "first", "last", "city", "url", "within"}
    for key in event.keys() - known:
        yield Fault(file.name, f"event.{key}", "unknown key", f"Known keys: {', '.join(sorted(known))}")
    for key in ("series", "country", "status"):
        if key not in event:
            yield Fault(file.name, f"event.{key}", "missing key", "Add it; CONTRIBUTING.md shows a whole event")
    if event.get("status") not in _STATUS:
        yield Fault(
            file.name, "event.status", f"unknown status {event.get('status')!r}", f"Use one of {', '.join(_STATUS)}"
        )
    if "last" in event and "first" not in event:
        yield Fault(file.name, "event.first", "missing where there is a last day", "Write the first day too")
    if "within" in event:
        yield from _period(file, "event.within", event["within"])
        if "first" in event:
            yield Fault(file.name, "event.within", "only for an event without dates", "Delete it: the dates are known")


def _values(file: RawFile, _: Context) -> Iterator[Fault]:
    for name, table in file.data.get("values", {}).items():
        try:
            parse.value(table)
        except (ValueError, TypeError, ArithmeticError, AttributeError):
            yield Fault(
                file.name,
                f"values.{name}",
                "not a value of a known shape",
                "See the table of values in CONTRIBUTING.md",
            )
            continue
        if "unit" in table and table["unit"] not in UNITS:
            yield Fault(
                file.name,
                f"values.{name}.unit",
                f"unknown unit {table['unit']!r}",
                f"Units: {', '.join(sorted(UNITS))}",
            )
        if "period" in table:
            yield from _period(file, f"values.{name}", table["period"])
        for low, high in (("low", "high"), ("first", "last")):
            if low in table and table[low] > table[high]:
                yield Fault(file.name, f"values.{name}", f"{low} is above {high}", "Put them in order")


def _figures(file: RawFile, context: Context) -> Iterator[Fault]:
    metrics = {resource["name"]: f"series/{resource['path']}" for resource in context.raw.package.get("resources", [])}
    for figure in file.data.get("figures", []):
        metric = next((name for name in sorted(metrics, key=len, reverse=True) if figure.startswith(f"{name}.")), None)
        periods = {row["period"] for row in context.raw.rows.get(metrics.get(metric or "", ""), [])}
        if metric is None or figure.removeprefix(f"{metric}.") not in periods:
            yield Fault(file.name, "figures", f"no point {figure!r} in the series", "Write METRIC.PERIOD of a point")


RULES: tuple[Rule, ...] = (
    _identity, _topic, _cited, _figures, _dates, _ended_text, _scope_values, _occasion, _values, *TEXT_RULES, regime_faults,
)  # fmt: skip
