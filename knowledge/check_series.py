"""Rules for the series: order, growth that fits its values, sources, units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.files import Fault, RawBase
from knowledge.model import LANGS, UNITS
from knowledge.periods import Bounds, bounds, year_before

TOLERANCE = Decimal("0.5")
"""Percentage points by which a published growth may differ from the one computed from first-release values, without a note."""

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
        yield from _growth(file, rows)


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


def _growth(file: str, rows: list[dict[str, str]]) -> Iterator[Fault]:
    values = {row["period"]: _number(row["value"]) for row in rows}
    for row in rows:
        try:
            base = values.get(year_before(row["period"]))
        except ValueError:
            continue
        now, told = values[row["period"]], _number(row["yoy"])
        if base and now is not None and told is not None and not row["note"]:
            computed = (now / base - 1) * 100
            if abs(computed - told) > TOLERANCE:
                yield Fault(
                    file,
                    f"{row['period']}.yoy",
                    f"{told} contradicts the values ({computed:.1f})",
                    "Correct it, or say in the note why",
                )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
