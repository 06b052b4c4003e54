"""Periods as people say them, in Russian and Chinese, absolute and relative to a given today.

Years and stretches of months are found apart and then joined: «первый квартал» takes the year that stands beside it, else the only
year of the line. A single month without a year is no period: «поехать в декабре» asks about a journey, not about figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.numerals import COUNTS_RU, HAN, ORDINAL_STEMS_RU, han_number, spelled_years
from knowledge.periods import month_code, somewhere_in

_MONTHS = (
    "янв",
    "фев",
    "мар(?=т)",
    "апр",
    "ма(?:[йяе]|йск[а-я]+)(?![а-я])",
    "июн",
    "июл",
    "авг",
    "сен",
    "окт",
    "ноя",
    "дек",
)
_MONTH = "(?<![а-я])(?:" + "|".join(f"(?:{stem})" for stem in _MONTHS) + ")[а-я]*"
_TO = r"\s*(?:-|–|—|~|/|по|до|至|到|\.\.)\s*"
_QUANTITY = r"(?!\d|[.,]\d|\s*[多余来]?(?:亿|万|元|美元|家|人|公里|млрд|млн|тыс|миллиард|миллион|юан|руб|долл|евро|км|чел|штук|тонн|позиц))"
_YEAR = rf"(?<![\d№-])(?<!\d[.,])((?:19|20)\d\d){_QUANTITY}"
_LAST_YEAR = rf"((?:19|20)\d\d)(?!-){_QUANTITY}"
"""The second year of a range, which a hyphen may stand before: 2015-2025."""
_YEAR_WORD = r"(?:\s*-?(?:й|го|м|ый|ом|ого)(?![а-я]))?(?:\s*(?:год(?:а|у|ом|е|ы|ов|ах)?(?![а-я])|гг?\.?(?![а-я]))|年度?(?!代)|全年)?(?!年代)"
_HAN_MONTH = "(1[0-2]|0?[1-9]|十[一二]?|[一二两三四五六七八九])"
_RELATIVE_RU = {"позапрошл": -2, "прошл": -1, "нынешн": 0, "текущ": 0, "эт(?=о[тгм])": 0, "следующ": 1, "будущ": 1}
_RELATIVE_ZH = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}


_VAGUE_BEFORE = re.compile(
    r"(?:начал[аоуе]|начавшись|середин[аеуы]|кон(?:ец|ца|це|цу)|исход[е]?|занавес|весн[аоеуы][ий]?|весенн[а-я]+|лет[ауое]м?|осен[ьи]ю?|зим[аеоуы]й?|до|перед)"
    r"\s*(?:года\s*)?$"
)
_VAGUE_AFTER = re.compile(
    "的?(?:年初|初|开年|一开年|开头|年中|中期|年底|底|末|年末|岁末|春|夏|秋|冬|以前|之前|最初|收官|最后一)"
)
"""Some part of a year, nobody says which: «в начале 2024 года», 2024年初."""


@dataclass(frozen=True)
class Reading:
    """The periods a line names, in order, and the line with them taken out."""

    periods: tuple[str, ...]
    rest: str


@dataclass(frozen=True)
class _Found:
    """One mention and its place: whole years from ``first`` to ``last``, or months of a year still to be found."""

    start: int
    end: int
    first: int
    last: int
    single: bool = False


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]]


def read_periods(line: str, today: date) -> Reading:
    """Find every period in a normalised line. Years in two digits count only where the word for year stands beside."""
    spelled = text = spelled_years(line)
    month_rules, year_rules = _rules(today)
    months, text = _taken(text, month_rules)
    years, text = _taken(text, year_rules)
    codes = [code for _, code in sorted(_joined(text, _run_together(spelled, months), years, today))]
    return Reading(tuple(dict.fromkeys(codes)), re.sub("\x00+", " ", text))


@lru_cache(maxsize=4)
def _rules(today: date) -> tuple[tuple[_Rule, ...], tuple[_Rule, ...]]:
    """Rules for stretches of months and for years, made once a day."""
    return tuple(_month_rules(today)), tuple(_year_rules(today))


def _taken(text: str, rules: Iterable[_Rule]) -> tuple[list[_Found], str]:
    """Every match of the rules, the longer readings first, and the text with them blotted out."""
    found: list[_Found] = []
    for pattern, make in rules:
        while match := pattern.search(text):
            first, last = make(match)
            found.append(_Found(match.start(), match.end(), first, last, "single" in match.groupdict()))
            text = text[: match.start()] + "\x00" * (match.end() - match.start()) + text[match.end() :]
    return [one for one in found if one.first <= one.last], text


def _run_together(text: str, months: list[_Found]) -> list[_Found]:
    """Months named one after another are one stretch: «январь, февраль и март»; so are two with nothing between: «январь октябрь»."""
    joined: list[_Found] = []
    for month in sorted(months, key=lambda found: found.start):
        if joined and joined[-1].single and month.single and _one_stretch(text, joined[-1], month):
            before = joined.pop()
            month = _Found(before.start, month.end, before.first, month.last, single=True)
        joined.append(month)
    return joined


def _one_stretch(text: str, before: _Found, month: _Found) -> bool:
    next_to = before.last + 1 == month.first and month.start - before.end < 5
    return next_to or (before.last < month.first and text[before.end : month.start] == " ")


def _joined(text: str, months: list[_Found], years: list[_Found], today: date) -> Iterator[tuple[int, str]]:
    taken: set[int] = set()
    for stretch in months:
        year = _year_of(text, stretch, years)
        if year:
            taken.add(year.start)
        elif stretch.single:
            continue
        yield stretch.start, month_code(year.first if year else today.year, stretch.first, stretch.last)
    for year in years:
        if year.start in taken:
            continue
        if year.first != year.last:
            yield year.start, f"{year.first}..{year.last}"
        else:
            within = _VAGUE_BEFORE.search(text[: year.start]) or _VAGUE_AFTER.match(text[year.end :])
            yield year.start, somewhere_in(year.first) if within else str(year.first)


def _year_of(text: str, stretch: _Found, years: list[_Found]) -> _Found | None:
    """The year beside a stretch of months, else the only single year of the line."""
    singles = [year for year in years if year.first == year.last]
    for year in singles:
        between = text[min(stretch.end, year.end) : max(stretch.start, year.start)]
        if re.fullmatch(r"[\s,的(]*(?:в|за)?\s*", between):
            return year
    return singles[0] if len({year.first for year in singles}) == 1 else None


def _month_rules(today: date) -> Iterator[_Rule]:
    yield re.compile(rf"({_MONTH}){_TO}({_MONTH})"), lambda m: (_month(m[1]), _month(m[2]))
    yield re.compile(rf"{_HAN_MONTH}月?份?{_TO}{_HAN_MONTH}月份?"), lambda m: (han_number(m[1]), han_number(m[2]))
    counts = "|".join([*COUNTS_RU, "[2-9]", "1[01]"])
    first = r"(?:за\s+(?:перв[а-я]+\s+)?|перв[а-я]+\s+)"
    yield re.compile(rf"{first}({counts})\s+(?:перв[а-я]+\s+)?мес[а-я]*\.?"), lambda m: (1, _count(m[1]))
    yield re.compile(rf"(?<![а-я\d])({counts})\s+мес[а-я]*\.?(?=\s*(?:20)?\d\d)"), lambda m: (1, _count(m[1]))
    yield re.compile(rf"(?:[前头首]|开年|年初){_HAN_MONTH}个?月份?"), lambda m: (1, han_number(m[1]))
    yield (
        re.compile("с начала (?:этого |текущего )?года|今年以来|年初以来|年初至今|今年至今"),
        lambda m: (1, today.month),
    )
    yield (
        re.compile("(?:три|трех) квартал[а-я]*|(?<=за )3 квартала(?![а-я])|(?:前三|前3|头三)个?季度?"),
        lambda _: (1, 9),
    )
    ordinals = "|".join(["[1-4]", "iv", "i{1,3}", *ORDINAL_STEMS_RU])
    yield (
        re.compile(rf"(?<![а-яa-z\d])({ordinals})(?:[а-я]*|\s*-?[а-я]{{1,2}})\s*(?:квартал[а-я]*|кв\.?(?![а-я]))"),
        lambda m: _quarter(_ordinal(m[1])),
    )
    yield re.compile(r"(?<![a-z])q\s?([1-4])(?!\d)"), lambda m: _quarter(int(m[1]))
    yield re.compile("(?:第)?([一二三四1-4])季度?|(首季)度?"), lambda m: _quarter(1 if m[2] else han_number(m[1]))
    yield (
        re.compile(r"(?<![а-я\d])(перв|втор|[12])(?:[а-я]*|-?[а-я]{1,2})\s*(?:полугоди[а-я]*|половин[а-я]*)"),
        lambda m: (1, 6) if m[1] in ("перв", "1") else (7, 12),
    )
    yield re.compile("полгода(?=\\s*(?:20)?\\d\\d)"), lambda m: (1, 6)
    yield re.compile("(?:перв[а-я]+ )?треть(?=\\s*(?:(?:20)?\\d\\d|\x00|года))"), lambda _: (1, 4)
    yield re.compile("последн[а-я]+ месяц[а-я]*(?= (?:20)?\\d\\d)|(?<=年)最后一个月"), lambda _: (12, 12)
    yield re.compile("(上|下)半年"), lambda m: (1, 6) if m[1] == "上" else (7, 12)
    yield re.compile(rf"(?<!\d )(?<!\d)(?P<single>{_MONTH})"), lambda m: (_month(m[1]),) * 2
    yield re.compile(rf"(?<!\d)(?P<single>{_HAN_MONTH})月份?(?!\d*[日号])"), lambda m: (han_number(m[1]),) * 2


def _year_rules(today: date) -> Iterator[_Rule]:
    def shifted(match: re.Match[str], table: dict[str, int]) -> tuple[int, int]:
        return (today.year + table.get(match[1], 0),) * 2

    yield re.compile(rf"(?:с\s+)?{_YEAR}{_YEAR_WORD}{_TO}{_LAST_YEAR}{_YEAR_WORD}"), lambda m: _in_order(m[1], m[2])
    since = (
        rf"(?:(?<![а-я])(?<!сравнению )(?<!сравнении )(?<!сравнение )(?:с|начиная с)\s+{_YEAR}{_YEAR_WORD}(?!\s*(?:-|–|по|до)))"
        rf"|(?:[自从]?{_YEAR}年?(?:以来|起|至今|到现在|以后))"
    )
    yield re.compile(since), lambda m: (int(m[1] or m[2]), today.year)
    counts = "|".join([*COUNTS_RU, r"\d{1,2}"])
    yield (
        re.compile(rf"(?:последн|прошедш|минувш)[а-я]+\s+({counts})\s+(?:год|лет)[а-я]*"),
        lambda m: (today.year - _count(m[1]), today.year - 1),
    )
    yield (
        re.compile(rf"(?:近|过去|最近)(\d{{1,2}}|[{HAN}两十]+)年"),
        lambda m: (today.year - han_number(m[1]), today.year - 1),
    )
    yield (
        re.compile(rf"через\s+({counts})\s+(?:год|лет)[а-я]*|(?<!\d)(\d{{1,2}}|[{HAN}两十]+)年(?:后|以后|之后)"),
        lambda m: (today.year + (_count(m[1]) if m[1] else han_number(m[2])),) * 2,
    )
    stems = "|".join(_RELATIVE_RU)
    yield (
        re.compile(rf"(?<![а-я])({stems})[а-я]{{1,3}}\s+год(?:а|у|ом|е)?(?![а-я])"),
        lambda m: shifted(m, _RELATIVE_RU),
    )
    yield re.compile(r"(?<![а-я])(позапрошл|прошл)огодн[а-я]+"), lambda m: shifted(m, _RELATIVE_RU)
    yield re.compile("(" + "|".join(_RELATIVE_ZH) + ")(?:全年|一年|整年|度)?"), lambda m: shifted(m, _RELATIVE_ZH)
    yield re.compile(rf"{_YEAR}{_YEAR_WORD}"), lambda m: (int(m[1]),) * 2
    ordinal = r"(?:-?(?:й|м|го|ый|ом|ого))?"
    word = rf"(?:{ordinal}\s*(?:год(?:а|у|ом|е)?(?![а-я])|г\.?(?![а-я]))|-м(?![а-я])|年(?!内|前|来(?!华)|期|以|[间代]))"
    bare = rf"(?<=в )(\d\d)-?(?:м|ом)(?![а-я])|(?<=[яеьюа\x00] )(\d\d)-?го(?![а-я])(?!\s*(?:числ|{'|'.join(_MONTHS)}))"
    yield re.compile(bare), lambda m: (_century(int(m[1] or m[2])),) * 2
    short = rf"(?<![\d.,№])(\d\d)(?!\d)\s*{word}"
    yield re.compile(short), lambda m: (_century(int(m[1])),) * 2


def _in_order(one: str, other: str) -> tuple[int, int]:
    first, last = sorted((int(one), int(other)))
    return first, last


def _century(short: int) -> int:
    return 2000 + short if short < 40 else 1900 + short


def _month(word: str) -> int:
    return next(number for number, stem in enumerate(_MONTHS, 1) if re.match(stem, word))


def _quarter(number: int) -> tuple[int, int]:
    return number * 3 - 2, number * 3


def _ordinal(text: str) -> int:
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(text) or ORDINAL_STEMS_RU.get(text) or int(text)


def _count(text: str) -> int:
    return COUNTS_RU.get(text) or int(text)
