"""Periods of whole months: their codes, bounds and order. No clock: today is an argument elsewhere."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_CODE = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|Q([1-4])))?(?:\.\.(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?")


@dataclass(frozen=True, order=True)
class Bounds:
    """First and last day of a period, both included."""

    first: date
    last: date

    def covers(self, other: Bounds) -> bool:
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Bounds) -> bool:
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=10_000)
def bounds(code: str) -> Bounds:
    """The days of ``2023``, ``2024-Q1``, ``2024-05``, ``2024-01..2024-04``, ``2018..2021`` or a range of days.

    Raises ValueError where the code is none of these or ends before it starts.
    """
    match = _CODE.fullmatch(code)
    if not match:
        raise ValueError(f"{code!r} is not a period such as 2023, 2024-Q1, 2024-05 or 2024-01..2024-04")
    year, month, day, quarter, year2, month2, day2 = match.groups()
    if quarter:
        first = _edge(int(year), int(quarter) * 3 - 2, None, start=True)
        last = _edge(int(year), int(quarter) * 3, None, start=False)
    else:
        first = _edge(int(year), _number(month), _number(day), start=True)
        last = _edge(int(year), _number(month), _number(day), start=False)
    if year2:
        last = _edge(int(year2), _number(month2), _number(day2), start=False)
    if last < first:
        raise ValueError(f"{code!r} ends before it starts")
    return Bounds(first, last)


def is_code(text: str) -> bool:
    """Whether a text is the code of a period."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _edge(year: int, month: int | None, day: int | None, *, start: bool) -> date:
    month = month or (1 if start else 12)
    return date(year, month, day or (1 if start else calendar.monthrange(year, month)[1]))


def month_code(year: int, first: int, last: int) -> str:
    """The code of whole months of one year, as short as it can be: ``month_code(2024, 1, 12) == "2024"``."""
    if (first, last) == (1, 12):
        return str(year)
    if first == last:
        return f"{year}-{first:02}"
    if last - first == 2 and first % 3 == 1 and first > 1:
        return f"{year}-Q{(last + 2) // 3}"
    return f"{year}-{first:02}..{year}-{last:02}"


def somewhere_in(year: int) -> str:
    """The code of some part of a year that is not told: written as a range, never as the year itself."""
    return f"{year}-01..{year}-12"


def is_vague(code: str) -> bool:
    """Whether a code is ``somewhere_in`` a year."""
    return code == somewhere_in(int(code[:4]))


def same_days(one: str, other: str) -> bool:
    """Whether two codes name the same days (``2024-Q1`` and ``2024-01..2024-03``)."""
    return bounds(one) == bounds(other)


def year_before(code: str) -> str:
    """The same months a year earlier."""
    return re.sub(r"\d{4}", lambda found: str(int(found[0]) - 1), code)


def months(code: str) -> int | None:
    """How many whole months a period has; None where it has part of one."""
    days = bounds(code)
    if days.first.day != 1 or days.last != _edge(days.last.year, days.last.month, None, start=False):
        return None
    return 12 * (days.last.year - days.first.year) + days.last.month - days.first.month + 1


def is_year(code: str) -> bool:
    """Whether a code is one whole year, written as such."""
    return code.isdigit()


def years_of(code: str) -> tuple[str, ...]:
    """The single years of a stretch of whole years: ``2018..2020`` has three; a period of another kind has none."""
    if "-" in code:
        return ()
    days = bounds(code)
    return tuple(str(year) for year in range(days.first.year, days.last.year + 1))


def same_months(code: str, year: int) -> str:
    """The same months in another year: ``same_months("2024-01..2024-04", 2023) == "2023-01..2023-04"``.

    A stretch over several years keeps its length; its last year becomes ``year``.
    """
    shift = year - bounds(code).last.year
    return re.sub(r"\d{4}", lambda found: str(int(found[0]) + shift), code)


def stretch_before(code: str) -> str:
    """The stretch of as many whole months that ends where this one begins.

    Raises ValueError where the period is not made of whole months.
    """
    count = months(code)
    if count is None:
        raise ValueError(f"{code!r} is not made of whole months")
    first = bounds(code).first
    begin = 12 * first.year + first.month - 1 - count
    end = 12 * first.year + first.month - 2
    if begin // 12 == end // 12:
        return month_code(begin // 12, begin % 12 + 1, end % 12 + 1)
    return f"{begin // 12}-{begin % 12 + 1:02}..{end // 12}-{end % 12 + 1:02}"
