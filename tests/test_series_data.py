"""The series agree with themselves: growth, and exports and imports against the total, recomputed from the files in fractions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from knowledge.check_series import series_faults
from knowledge.files import read_folder
from tests.exam.book import SERIES
from tests.exam.reckon import ulp

RATES = ("growth", "rank", "settlement", "share", "trade.china_exports_cny_yoy", "trade.china_imports_cny_yoy")
"""Series of rates and ranks, which have no growth of their own."""
COUNTED = ("autos.exports_units", "electronics.smartphones_units", "tourism", "freight.china_europe")
"""Series of whole things: a figure of theirs that ends in zeros is rounded to them."""

Rows = dict[str, dict[str, str]]


def rows(metric: str) -> Rows:
    with (SERIES / f"{metric}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["period"]: row for row in csv.DictReader(lines)}


def band(metric: str, text: str) -> tuple[Fraction, Fraction]:
    """What a published value may be before rounding."""
    unit = ulp(Decimal(text))
    if metric.startswith(COUNTED) and "." not in text:
        unit = Fraction(10 ** (len(text) - len(text.rstrip("0"))))
    return Fraction(text) - unit / 2, Fraction(text) + unit / 2


def year_earlier(code: str) -> str:
    return "..".join(f"{int(end[:4]) - 1}{end[4:]}" for end in code.split(".."))


def contradictions() -> Iterator[tuple[str, str, str]]:
    """Series, period and note wherever a published growth is none that the two values can give."""
    for path in sorted(SERIES.glob("*.csv")):
        metric, points = path.stem, rows(path.stem)
        for code, row in points.items():
            base = points.get(year_earlier(code))
            if not row["yoy"] or base is None or Fraction(base["value"]) <= 0 or metric.startswith(RATES):
                continue
            (low, high), (least, most) = band(metric, base["value"]), band(metric, row["value"])
            told = band("", row["yoy"])
            if told[1] < (least / high - 1) * 100 or told[0] > (most / low - 1) * 100:
                yield metric, code, row["note"]


def test_growth_that_its_values_cannot_give_has_a_note() -> None:
    """Chinese customs publish growth against a base revised since, so there are many; none is left unexplained."""
    found = list(contradictions())
    assert found, "growth is no longer recomputed"
    assert [(metric, code) for metric, code, note in found if not note] == []


def test_exports_and_imports_make_the_total() -> None:
    """To the last digit of the least exact of the three, or with a note."""
    exports, imports, totals = (rows(f"trade.{name}") for name in ("china_exports", "china_imports", "total"))
    compared = 0
    for code in exports.keys() & imports.keys() & totals.keys():
        parts = [exports[code], imports[code], totals[code]]
        slack = sum(ulp(Decimal(row["value"])) for row in parts) / 2
        apart = abs(Fraction(parts[0]["value"]) + Fraction(parts[1]["value"]) - Fraction(parts[2]["value"]))
        assert apart <= slack or any(row["note"] for row in parts), (code, float(apart))
        compared += 1
    assert compared > 60


def test_the_balance_is_imports_less_exports() -> None:
    exports, imports, balance = (rows(f"trade.{name}") for name in ("china_exports", "china_imports", "balance"))
    assert balance.keys() <= exports.keys() & imports.keys()
    for code, row in balance.items():
        apart = Fraction(imports[code]["value"]) - Fraction(exports[code]["value"]) - Fraction(row["value"])
        assert abs(apart) <= ulp(Decimal(row["value"])), code


def test_kb_check_has_nothing_against_the_series() -> None:
    assert list(series_faults(read_folder(SERIES.parent))) == []
