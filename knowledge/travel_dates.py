"""When a journey begins, as people say it: «5 декабря», «в мае», «завтра», 明年3月, 下周. A stretch is the days it may begin on.

What has no year means the next such day, today included. «До 14 сентября» and «после» speak of a rule, not of a journey.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.numerals import han_number

_MONTHS = ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = r"((?:янв|фев|мар(?=т)|апр|ма[йяе](?![а-я])|июн|июл|авг|сен|окт|ноя|дек)[а-я]*)"
_YEAR = r"(?:\s*(20\d\d)(?:\s*г[а-я.]*)?)?"
_NOT_AFTER = r"(?<!до )(?<!после )(?<!по )"
_TO = r"\s*(?:-|–|—|до|по|到|至|~)\s*"
_HAN = "(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_HAN_DAY = "(\\d{1,2}|[一二三四五六七八九十]{1,3})"
_ZH_YEAR = "(?:(20\\d\\d|今|明|后)年)?"
_SEASONS = {
    "зимой": 12,
    "весной": 3,
    "летом": 6,
    "осенью": 9,
    "冬天": 12,
    "冬季": 12,
    "春天": 3,
    "夏天": 6,
    "暑假": 7,
    "秋天": 9,
}


@dataclass(frozen=True)
class Stretch:
    """The days a journey may begin on, both ends included; ``days`` where its last day is told too."""

    first: date
    last: date
    days: int | None = None


_Make = Callable[[re.Match[str], date], Stretch | None]


def travel_date(line: str, today: date) -> Stretch | None:
    """The day or days a journey begins on, in a normalised line with its numbers in digits; None where none is told."""
    for pattern, make in _RULES:
        for match in pattern.finditer(line):
            try:
                found = make(match, today)
            except ValueError:
                continue
            if found:
                return found
    return None


def _day_rules() -> Iterator[tuple[re.Pattern[str], _Make]]:
    """Days written with their number, alone or as a range."""
    yield re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)"), lambda m, _: _day(int(m[1]), int(m[2]), int(m[3]))
    yield (
        re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(20\d\d|\d\d)(?!\d)"),
        lambda m, _: _day(2000 + int(m[3]) % 100, int(m[2]), int(m[1])),
    )
    yield re.compile(rf"(?:с\s+)?(?<!\d)(\d{{1,2}})\s*{_MONTH}{_YEAR}{_TO}(\d{{1,2}})\s*{_MONTH}{_YEAR}"), _from_to
    yield re.compile(rf"(?:с\s+)?(?<!\d)(\d{{1,2}}){_TO}(\d{{1,2}})\s*{_MONTH}{_YEAR}"), _within
    yield (
        re.compile(rf"{_NOT_AFTER}(?<!\d)(\d{{1,2}})(?:-?(?:го|е))?\s*{_MONTH}{_YEAR}"),
        lambda m, today: _coming(today, m[3], _month(m[2]), int(m[1])),
    )
    yield re.compile(rf"{_ZH_YEAR}{_HAN}月{_HAN_DAY}[日号]?{_TO}(?:{_HAN}月)?{_HAN_DAY}[日号]"), _from_to_zh
    yield (
        re.compile(f"{_ZH_YEAR}{_HAN}月{_HAN_DAY}[日号](?!前|之前|后|之后|以前|截止|到期)"),
        lambda m, today: _coming(today, _zh_year(m[1], today), han_number(m[2]), han_number(m[3])),
    )
    yield (
        re.compile(r"(?<![\d.])(?<=[сна] )(\d{1,2})\.(\d{2})(?![\d.])|^(\d{1,2})\.(\d{1,2})$"),
        lambda m, today: _coming(today, None, int(m[2] or m[4]), int(m[1] or m[3])),
    )


def _stretch_rules() -> Iterator[tuple[re.Pattern[str], _Make]]:
    """Days named by their distance from today, and stretches: a week, a month, a holiday, a season, a year."""
    yield re.compile(r"(?<![а-я])(сегодня|послезавтра|завтра)(?![а-я])|(今天|明天|大后天|后天)"), _near
    yield re.compile(r"через (?:(\d{1,2}) )?(дн|день|недел|месяц)[а-я]*"), _after
    yield re.compile(f"{_HAN_DAY}(天|周|个月)(?:以?后|之后)"), _after_zh
    yield re.compile(r"на следующей неделе|на той неделе|下周|下个?星期|下礼拜"), lambda _, today: _week(today)
    yield re.compile("в следующем месяце|下个?月"), lambda _, today: _month_of(*_next_month(today))
    yield re.compile(rf"(?:в|на|конце|начале|середине)\s+{_MONTH}(?:\s+(следующего) года|{_YEAR})"), _in_month
    yield (
        re.compile(f"{_ZH_YEAR}{_HAN}月份?(?!\\d)"),
        lambda m, today: _coming_month(today, _zh_year(m[1], today), han_number(m[2])),
    )
    yield re.compile(r"^(?:в )?" + _MONTH + _YEAR + "$"), lambda m, today: _coming_month(today, m[2], _month(m[1]))
    yield re.compile("на майски[ех]|五一"), lambda _, today: _holidays(today, 5, 1, 11)
    yield re.compile("国庆|十一假期|十一长假"), lambda _, today: _holidays(today, 10, 1, 7)
    yield re.compile(r"на нов(?:ый|ого) год|на новогодни[ех]|跨年|元旦"), lambda _, today: _new_year(today)
    yield (
        re.compile(rf"(?:(20\d\d)年)?({'|'.join(_SEASONS)})(?:\s*(20\d\d))?"),
        lambda m, today: _season(today, _SEASONS[m[2]], m[1] or m[3]),
    )
    yield (
        re.compile("в следующем году|(?<!\\d)明年"),
        lambda _, today: Stretch(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)),
    )


def _day(year: int, month: int, day: int) -> Stretch:
    return Stretch(date(year, month, day), date(year, month, day))


def _coming(today: date, year: str | int | None, month: int, day: int) -> Stretch:
    """A day in its year, else the next one; the 29th of February waits for a leap year."""
    if year:
        return _day(int(year), month, day)
    for ahead in range(9):
        if _exists(today.year + ahead, month, day) and date(today.year + ahead, month, day) >= today:
            return _day(today.year + ahead, month, day)
    raise ValueError(f"no day {day} in month {month}")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _coming_month(today: date, year: str | int | None, month: int) -> Stretch:
    """A whole month; of the running one what is left."""
    if year:
        return _month_of(int(year), month)
    found = _month_of(today.year + (month < today.month), month)
    return Stretch(max(found.first, today), found.last)


def _month_of(year: int, month: int) -> Stretch:
    return Stretch(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _next_month(today: date) -> tuple[int, int]:
    return (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)


def _in_month(match: re.Match[str], today: date) -> Stretch:
    return _coming_month(today, today.year + 1 if match[2] else match[3], _month(match[1]))


def _between(start: Stretch, end: date) -> Stretch:
    return Stretch(start.first, start.last, (end - start.first).days + 1)


def _within(match: re.Match[str], today: date) -> Stretch | None:
    start = _coming(today, match[4], _month(match[3]), int(match[1]))
    return _between(start, start.first.replace(day=int(match[2]))) if int(match[1]) < int(match[2]) else None


def _from_to(match: re.Match[str], today: date) -> Stretch:
    """A year written once, at the end, is that of both days, unless the stretch runs over the turn of the year."""
    one, other = _month(match[2]), _month(match[5])
    year = match[3] or (int(match[6]) - (one > other) if match[6] else None)
    start = _coming(today, year, one, int(match[1]))
    return _between(start, _coming(start.first, match[6], other, int(match[4])).first)


def _from_to_zh(match: re.Match[str], today: date) -> Stretch:
    start = _coming(today, _zh_year(match[1], today), han_number(match[2]), han_number(match[3]))
    month = han_number(match[4]) if match[4] else start.first.month
    return _between(start, _coming(start.first, None, month, han_number(match[5])).first)


def _near(match: re.Match[str], today: date) -> Stretch:
    ahead = {"сегодня": 0, "завтра": 1, "послезавтра": 2, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}[match[0]]
    day = today + timedelta(days=ahead)
    return Stretch(day, day)


def _after(match: re.Match[str], today: date) -> Stretch:
    return _ahead(today, int(match[1] or 1), {"дн": 1, "день": 1, "недел": 7, "месяц": 30}[match[2]])


def _after_zh(match: re.Match[str], today: date) -> Stretch:
    return _ahead(today, han_number(match[1]), {"天": 1, "周": 7, "个月": 30}[match[2]])


def _ahead(today: date, count: int, size: int) -> Stretch:
    day = today + timedelta(days=count * size)
    return Stretch(day, day)


def _week(today: date) -> Stretch:
    monday = today + timedelta(days=7 - today.weekday())
    return Stretch(monday, monday + timedelta(days=6))


def _new_year(today: date) -> Stretch:
    """The holidays around the turn of the year, from the last week of December to the tenth of January."""
    return Stretch(max(today, date(today.year, 12, 25)), date(today.year + 1, 1, 10))


def _holidays(today: date, month: int, first: int, last: int) -> Stretch:
    """Holidays within one month, this year's until they are over."""
    year = today.year + (date(today.year, month, last) < today)
    return Stretch(max(today, date(year, month, first)), date(year, month, last))


def _season(today: date, month: int, told: str | None) -> Stretch:
    """Three months from the one a season begins with; without a year what is left of the running one, else the next."""
    year = int(told) if told else today.year - (month == 12 and today.month < 3)
    for first in (date(year, month, 1), date(year + 1, month, 1)):
        end = _month_of(first.year + (month + 2 > 12), (month + 1) % 12 + 1)
        if told or end.last >= today:
            return Stretch(first if told else max(first, today), end.last)
    raise ValueError(f"no season from month {month}")


def _month(word: str) -> int:
    return next(number for number, stem in enumerate(_MONTHS, 1) if re.match(stem, word))


def _zh_year(told: str | None, today: date) -> int | None:
    if told is None:
        return None
    return today.year + {"今": 0, "明": 1, "后": 2}[told] if told in "今明后" else int(told)


_RULES: tuple[tuple[re.Pattern[str], _Make], ...] = (*_day_rules(), *_stretch_rules())
