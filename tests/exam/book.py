"""The series read plainly from their files, and numbers as a reply writes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

SERIES = Path(__file__).parent.parent.parent / "knowledge" / "series"

_SIZE_ZH = {"USD bn": 10**9, "USD mn": 10**6, "CNY bn": 10**9, "Mt": 10**6, "bcm": 10**9, "kWh bn": 10**9}


@dataclass(frozen=True)
class Row:
    """A line of a series as it stands in the file."""

    value: Decimal
    yoy: Decimal | None


@dataclass(frozen=True)
class Book:
    """A series read plainly: rows by (first month, last month), each a number of months since year 0."""

    unit: str
    rows: dict[tuple[int, int], Row]

    def year(self, year: int) -> Row | None:
        return self.rows.get((12 * year, 12 * year + 11))

    @property
    def years(self) -> dict[int, Row]:
        return {first // 12: row for (first, last), row in self.rows.items() if last - first == 11 and first % 12 == 0}


def books() -> dict[str, Book]:
    package = json.loads((SERIES / "datapackage.json").read_text("utf-8"))
    return {r["name"]: Book(r["unit"], dict(_rows(SERIES / r["path"]))) for r in package["resources"]}


def _rows(path: Path) -> Iterator[tuple[tuple[int, int], Row]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield _months(row["period"]), Row(Decimal(row["value"]), Decimal(row["yoy"]) if row["yoy"] else None)


def _months(code: str) -> tuple[int, int]:
    first, _, last = code.partition("..")
    if "Q" in first:
        year, quarter = first.split("-Q")
        start = 12 * int(year) + 3 * int(quarter) - 3
        return start, start + 2
    ends = [[int(part) for part in end.split("-")] for end in (first, last or first)]
    (a, *m), (b, *n) = ends
    return 12 * a + (m[0] - 1 if m else 0), 12 * b + (n[0] - 1 if n else 11)


def written(lang: str, value: Decimal, unit: str) -> str:
    """A number as a reply writes it, without its unit."""
    if lang == "zh":
        value = value * _SIZE_ZH.get(unit, 1)
        for size, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
            if abs(value) >= size:
                return _plain(value / size).replace("-", "−") + name
        return _plain(value).replace("-", "−")
    whole, _, part = _plain(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", " ") + (f",{part}" if part else "")
    return ("−" if value < 0 else "") + grouped


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(lang: str, value: Decimal, unit: str) -> str:
    return ("+" if value > 0 else "") + written(lang, value, unit)
