"""Rules for the series: order, growth that fits its values, sources, units, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.check_points import naming_faults, point_faults
from knowledge.files import Fault, RawBase
from knowledge.model import LANGS, UNITS
from knowledge.periods import Bounds, bounds, year_before
from knowledge.precision import Between, between, quotient

_HEAD = ["period", "value", "yoy", "source", "note"]
_NAMES = "series/datapackage.json"


def series_faults(raw: RawBase) -> Iterator[Fault]:
    if not raw.package:
        yield Fault(_NAMES, "file", "missing", "Describe the series in it")
    for resource in raw.package.get("resources", []):
        name, file = str(resource.get("name")), f"series/{resource.get('path')}"
        for lang in LANGS:
            if not resource.get("titles", {}).get(lang):
                yield Fault(_NAMES, f"{name}.titles.{lang}", "missing language", "Name the series in ru and zh")
        if resource.get("unit") not in UNITS:
            yield Fault(
                _NAMES, f"{name}.unit", f"unknown unit {resource.get('unit')!r}", f"Units: {', '.join(sorted(UNITS))}"
            )
        if file not in raw.rows:
            yield Fault(file, "file", "missing", f"Create it or take {name} out of {_NAMES}")
        else:
            yield from _rows(file, resource.get("unit"), raw.rows[file], raw)
            yield from point_faults(file, name, resource.get("unit"), list(_points(raw.rows[file])))
        if not isinstance(resource.get("comparable", True), bool):
            yield Fault(_NAMES, f"{name}.comparable", "neither true nor false", "Write false where methods differ")
    yield from naming_faults(raw)


def _points(rows: list[dict[str, str]]) -> Iterator[tuple[str, Decimal, str]]:
    """Period, value and note of the rows that can be read."""
    for row in rows:
        value = _number(row.get("value") or "")
        if value is not None and row.get("period"):
            yield row["period"], value, row.get("note") or ""


def _rows(file: str, unit: object, rows: list[dict[str, str]], raw: RawBase) -> Iterator[Fault]:
    if not rows or list(rows[0]) != _HEAD:
        yield Fault(file, "header", "wrong columns", f"The first line is {','.join(_HEAD)}")
        return
    last: Bounds | None = None
    for row in rows:
        try:
            days = bounds(row["period"])
        except ValueError as error:
            yield Fault(file, row["period"], str(error), "Write the period as a code")
            continue
        if last and (days.first.year, days.last) < (last.first.year, last.last):
            yield Fault(file, row["period"], "out of order", "Rows are ordered by their year, then by their last day")
        last = days
    if len({row["period"] for row in rows}) < len(rows):
        yield Fault(file, "period", "a period stands twice", "Keep one, and put the other figure in its note")
    for row in rows:
        yield from _row(file, row, raw.sources)
    if unit not in ("%", "rank"):
        yield from _growth(file, str(unit), rows)


def _row(file: str, row: Mapping[str, str], sources: Mapping[str, Any]) -> Iterator[Fault]:
    if _number(row["value"]) is None:
        yield Fault(file, f"{row['period']}.value", "not a number", "Write it with a point: 240.11")
    if row["yoy"] and _number(row["yoy"]) is None:
        yield Fault(file, f"{row['period']}.yoy", "not a number", "Write it in per cent with a point: 26.3")
    if row["source"] not in sources:
        yield Fault(
            file,
            f"{row['period']}.source",
            f"unknown source {row['source']!r}",
            "Add it to sources.toml or correct the name",
        )


def _growth(file: str, unit: str, rows: list[dict[str, str]]) -> Iterator[Fault]:
    """A published growth must be one that the values, as they are rounded, can give; where it is not, a note says why."""
    values = {row["period"]: _number(row["value"]) for row in rows}
    for row in rows:
        now, told = values[row["period"]], _number(row["yoy"])
        try:
            base = values.get(year_before(row["period"]))
        except ValueError:
            continue
        times = quotient(between(now, unit), between(base, unit)) if base and now is not None else None
        if times is None or told is None or row["note"]:
            continue
        growth = Between((times.low - 1) * 100, (times.high - 1) * 100)
        if not growth.meets(between(told, "%")):
            computed = f"{growth.low:.2f} to {growth.high:.2f}"
            yield Fault(
                file,
                f"{row['period']}.yoy",
                f"{told} contradicts the values ({computed})",
                "Correct it, or say in the note why",
            )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
