"""Periods as people say them, in Russian and Chinese, absolute and relative to a given today."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.periods import month_code

_MONTHS = ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = "(?:(" + ")|(".join(_MONTHS) + r"))[а-я]*"
_ONE_MONTH = "(?:" + "|".join(_MONTHS) + ")[а-я]*"
_YEAR = r"(?:(?<!\d)((?:19|20)\d\d)(?!\d))"
_SHORT = r"(?:(?<!\d)(\d\d)(?!\d))"
_ORDINALS_RU = {
    "перв": 1,
    "втор": 2,
    "трет": 3,
    "четверт": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
}
_COUNTS_RU = {
    "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11,
}  # fmt: skip
_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九十")} | {
    "零": 0,
    "两": 2,
    "十一": 11,
    "十二": 12,
}
_TENS_RU = {
    "двадцать": 20, "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7, "восьмой": 8, "девятый": 9,
    "десятый": 10, "одиннадцатый": 11, "двенадцатый": 12, "тринадцатый": 13, "четырнадцатый": 14, "пятнадцатый": 15, "шестнадцатый": 16,
    "семнадцатый": 17, "восемнадцатый": 18, "девятнадцатый": 19, "двадцатый": 20,
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """The periods a line names, in order, and the line with them taken out."""

    periods: tuple[str, ...]
    rest: str


def read_periods(line: str, today: date) -> Reading:
    """Find every period in a normalised line. Years in two digits count only where the word for year stands beside."""
    found: list[tuple[int, str]] = []
    for pattern, make in _rules(today):
        while match := pattern.search(line):
            code = make(match)
            found.append((match.start(), code))
            line = line[: match.start()] + "\x00" * (match.end() - match.start()) + line[match.end() :]
    codes = tuple(dict.fromkeys(code for _, code in sorted(found) if code))
    return Reading(codes, re.sub("\x00+", " ", line))


def _rules(today: date) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """Longer readings first, so that «январь—апрель 2024» is never read as «апрель 2024»."""
    yield from _spelled_years()
    yield from _chinese(today)
    yield from _russian(today)
    yield (
        re.compile(_YEAR + r"\s*(?:-|–|—|по|до|至|到|\.\.)\s*" + _YEAR),
        lambda m: f"{m[1]}..{m[2]}" if m[1] < m[2] else m[1],
    )
    yield (
        re.compile(_YEAR + r"\s*(?:год[а-я]*|г\.?(?![а-я])|年度?|-?(?:й|го|м|ый)(?![а-я])(?:\s*год[а-я]*)?)?"),
        lambda m: m[1],
    )
    yield (
        re.compile(
            _SHORT
            + r"\s*(?:(?:-?й|-?м|-?го|-?ый|-?ом)?\s*(?:год[а-я]*|г\.?(?![а-я])|году)|-?м(?![а-я])|年(?!内|前|来|期|以))"
        ),
        _short_year,
    )


def _spelled_years() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    stems = "|".join(sorted((word[:-2] for word in _TENS_RU if word != "двадцать"), key=len, reverse=True))
    pattern = re.compile(rf"(?:две тысячи |за |в )(двадцать )?({stems})(?:[а-я]{{2,3}})\s*год[а-я]*")
    ends = {word[:-2]: value for word, value in _TENS_RU.items()}
    yield pattern, lambda m: str(2000 + (20 if m[1] else 0) + ends[m[2]])
    yield (
        re.compile("(?:二[零〇]|20)([一二][〇零一二三四五六七八九])年?"),
        lambda m: f"20{_HAN_DIGITS[m[1][0]]}{_HAN_DIGITS[m[1][1]]}",
    )
    yield re.compile("(二)([〇零一二三四五六七八九])年(?!前|内|来)"), lambda m: f"202{_HAN_DIGITS[m[2]]}"


def _chinese(today: date) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    year = rf"(?:{_YEAR}|{_SHORT})\s*年?|(今年|去年|前年|大前年|明年)"
    month = "(1[0-2]|[1-9]|0[1-9]|十[一二]?|[一二三四五六七八九])"

    def when(match: re.Match[str]) -> int:
        if match[1] or match[2]:
            return int(match[1] or f"20{match[2]}")
        return today.year + {"今年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1}[match[3]]

    def maybe(match: re.Match[str]) -> int:
        return when(match) if match[1] or match[2] or match[3] else today.year

    yield (
        re.compile(rf"(?:{year})的?{month}月?份?(?:-|–|—|至|到|~){month}月"),
        lambda m: _span(when(m), _han(m[4]), _han(m[5])),
    )
    yield re.compile(rf"(?:{year})?的?前{month}个?月"), lambda m: _span(maybe(m), 1, _han(m[4]))
    yield re.compile(rf"(?:{year})?的?首{month}个?月"), lambda m: _span(maybe(m), 1, _han(m[4]))
    yield (
        re.compile(rf"(?:{year})?的?(?:第)?([一二三四1-4])季度?"),
        lambda m: _span(maybe(m), _han(m[4]) * 3 - 2, _han(m[4]) * 3),
    )
    yield re.compile(rf"(?:{year})?的?q([1-4])"), lambda m: _span(maybe(m), int(m[4]) * 3 - 2, int(m[4]) * 3)
    yield (
        re.compile(rf"(?:{year})?的?(上|下)半年"),
        lambda m: _span(maybe(m), *((1, 6) if m[4] == "上" else (7, 12))),
    )
    yield re.compile(rf"(?:{year})的?{month}月份?(?!\d*日|\d*号)"), lambda m: _span(when(m), _han(m[4]), _han(m[4]))
    yield re.compile(r"()()(大前年|去年|前年|今年|明年)(?:全年|一年|整年)?"), lambda m: str(when(m))


def _russian(today: date) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    year = (
        rf"\s*(?:в\s+|за\s+)?(?:{_YEAR}|{_SHORT}(?:-?(?:й|м|го))?(?=\s*г)|(прошл|позапрошл|нынешн|текущ|эт)[а-я]+)"
        r"(?:-?(?:й|го|м))?\s*(?:год[а-я]*|г\.?(?![а-я]))?"
    )

    def when(match: re.Match[str], at: int) -> int:
        if match[at] or match[at + 1]:
            return int(match[at] or f"20{match[at + 1]}")
        return today.year + {"прошл": -1, "позапрошл": -2}.get(match[at + 2], 0)

    span = re.compile(rf"({_ONE_MONTH})\s*(?:-|–|—|по|до)\s*({_ONE_MONTH}){year}")
    yield span, lambda m: _span(when(m, 3), _month(m[1]), _month(m[2]))
    months = "|".join([*_COUNTS_RU, "[2-9]", "1[01]"])
    yield (
        re.compile(rf"(?:перв[а-я]+\s+)?({months})\s+(?:перв[а-я]+\s+)?месяц[а-я]*{year}"),
        lambda m: _span(when(m, 2), 1, _COUNTS_RU.get(m[1]) or int(m[1])),
    )
    quarter = "(перв|втор|трет|четверт|[1-4]|iv|i{1,3})(?:[а-я]*|-?[а-я]{1,2})"
    yield (
        re.compile(rf"{quarter}\s*(?:квартал[а-я]*|кв\.?){year}"),
        lambda m: _span(when(m, 2), _ORDINALS_RU[m[1]] * 3 - 2, _ORDINALS_RU[m[1]] * 3),
    )
    yield (
        re.compile(rf"(перв|втор|[12])(?:[а-я]*|-?[а-я]{{1,2}})\s*(?:полугоди[а-я]*|половин[а-я]*){year}"),
        lambda m: _span(when(m, 2), *((1, 6) if m[1] in ("перв", "1") else (7, 12))),
    )
    yield (
        re.compile(rf"(?<!\d )(?<![а-я])({_ONE_MONTH}){year}"),
        lambda m: _span(when(m, 2), _month(m[1]), _month(m[1])),
    )
    yield (
        re.compile(
            r"(позапрошл|прошл|нынешн|текущ|эт)(?:ом|ый|ого|ем|ий|его|от)\s+год[а-я]*|(прошлогодн|позапрошлогодн)[а-я]+"
        ),
        (lambda m: str(today.year - {"прошл": 1, "позапрошл": 2}.get((m[1] or m[2]).replace("огодн", ""), 0))),
    )


def _short_year(match: re.Match[str]) -> str:
    return f"20{match[1]}" if int(match[1]) < 40 else f"19{match[1]}"


def _month(word: str) -> int:
    return next(n for n, stem in enumerate(_MONTHS, 1) if re.match(stem, word))


def _han(text: str) -> int:
    return int(text) if text.isdigit() else _HAN_DIGITS[text]


def _span(year: int, first: int, last: int) -> str:
    return month_code(year, first, last) if first <= last <= 12 else str(year)
