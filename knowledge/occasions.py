"""What a question asks of the calendar: which events, next or last or now, when or where or what of them.

Only complete readings: where a word is left over that is not known here and says something, nothing is read at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.calendar import Pick
from knowledge.dates import read_periods
from knowledge.lexicon import Lexicon, Mention, Names, Token, ids
from knowledge.numerals import han_number, roman, spelled_ordinal
from knowledge.periods import is_vague, month_code
from knowledge.question import Question

BARE = "crexpo"
"""The family meant where nothing but «экспо» or 博览会 is said: the exhibition of the two countries."""

_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
_HAN_MONTHS = re.compile(r"(?<!\d)(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?")
_NUMBERED = re.compile(
    r"第?(\d{1,3}|[一二三四五六七八九十百首]{1,5})届|(?<!\d)(\d{1,3})\s*-?(?:е|й|я|ю|ое|ая|ую|ой|го|м|ом|ему)?(?![а-я\d])|\b([ivx]+)\b"
)
_RELATIVE = (
    (re.compile("(?:в )?(?:эт|текущ|нынешн)[а-я]+ месяц[а-я]*|这个月|本月"), 0),
    (re.compile("(?:в )?(?:следующ|будущ)[а-я]+ месяц[а-я]*|下个月|下月"), 1),
    (re.compile("(?:в )?(?:прошл|минувш)[а-я]+ месяц[а-я]*|上个月|上月"), -1),
)
_STEPS = {"after": ("next", 1), "before": ("last", -1)}
"""Words that go by the clock where they stand alone, and from the event that was told where one was."""
_REST_OF_YEAR = re.compile(
    r"до (?:конца|окончания) (?:этого |текущего )?года|до нового года|(?:今年)?年底(?:之?前|以前)"
)


@dataclass(frozen=True)
class OccasionWords:
    """The words of the calendar, compiled, and the words that may stand beside them."""

    lexicon: Lexicon
    stop: frozenset[str]
    beside_zh: re.Pattern[str]


@dataclass(frozen=True)
class Wanted:
    """A complete reading. ``tense`` is next, last, now, past, ahead or all; ``asks`` of list, when, where, days,
    count, compare; ``bare`` is «экспо» and the like, ``named`` any word for a fair or meeting; ``step`` is 1 or -1 where the tense may
    be told from another edition («следующее», 上一届), else 0."""

    pick: Pick
    named: bool
    tense: str | None = None
    asks: frozenset[str] = frozenset()
    aspect: str | None = None
    years: tuple[str, ...] = ()
    bare: bool = False
    step: int = 0

    @property
    def one(self) -> bool:
        """Whether a single event is asked about."""
        return bool(
            self.tense in ("next", "last") or self.pick.editions or self.aspect or self.asks & {"when", "where", "days"}
        )


def occasion_names(tables: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> Names:
    """Every name the calendar knows, compiled."""
    words = tables["calendar"]
    for kind in ("kind", "field", "tense", "asks", "aspect", "season", "country"):
        for item, names in words[kind].items():
            lexicon.add(kind, item, names)
    lexicon.add("bare", BARE, words["bare"])
    lexicon.add("filler", "any", words["filler"])
    for number, name in enumerate(words["months"]["ru"], 1):
        lexicon.add("month", str(number), {"ru": [name]})
    for city, row in tables["cities"].items():
        lexicon.add("city", city, row)
    for family, names in tables["events"].items():
        lexicon.add("family", family, names)
    return lexicon.names


def occasion_words(tables: Mapping[str, Mapping[str, Any]], lexicon: Lexicon) -> OccasionWords:
    """A lexicon of the compiled names, and the words that may stand beside them."""
    stop = tables["reading"]["stop"]
    beside = sorted((*stop["zh"], *tables["calendar"]["filler"]["zh"]), key=len, reverse=True)
    return OccasionWords(
        lexicon,
        frozenset(w.replace("ё", "е") for w in stop["ru"]),
        re.compile("|".join(map(re.escape, beside))),
    )


def wanted(question: Question, words: OccasionWords, today: date) -> Wanted | None:
    """The complete reading of a question; None where anything in it is not of the calendar."""
    if question.countries or question.matters or question.transit or len(question.periods) > 2:
        return None
    text, period = _times(read_periods(question.line, today).rest, question.periods, today)
    if question.editions:
        text = _NUMBERED.sub(lambda found: " " if _edition(found) in question.editions else found[0], text)
    tokens = words.lexicon.tokens(text)
    mentions = words.lexicon.mentions(tokens)
    if _left_over(tokens, mentions, words, question.editions):
        return None
    return _read(question, mentions, period, _months(question, period, words))


def _edition(found: re.Match[str]) -> int:
    """The number of an edition however it is written; a Roman one is any, since the question has read it already."""
    if found[3]:
        return roman(found[3])
    text = (found[1] or found[2]).replace("首", "一")
    return han_number(text)


def _times(line: str, periods: Sequence[str], today: date) -> tuple[str, str | None]:
    """The line without what is read here, months relative to today and the rest of the year, and the one period that is named."""
    period = periods[0] if len(periods) == 1 else None
    for pattern, step in _RELATIVE:
        if pattern.search(line):
            years, month = divmod(today.month - 1 + step, 12)
            period, line = month_code(today.year + years, month + 1, month + 1), pattern.sub(" ", line)
    if _REST_OF_YEAR.search(line):
        period, line = month_code(today.year, today.month, 12), _REST_OF_YEAR.sub(" ", line)
    return _HAN_MONTHS.sub(" ", line), period


def _months(question: Question, period: str | None, words: OccasionWords) -> set[int]:
    """Months of any year, or of a year named beside them: «в июле», «летом 2025 года», 七月."""
    if period and period != period[:4] and not is_vague(period):
        return set()
    mentions = words.lexicon.mentions(question.tokens)
    months = {int(number) for number in ids(mentions, "month")}
    months |= {month for season in ids(mentions, "season") for month in _SEASONS[season]}
    return months | {han_number(found[1]) for found in _HAN_MONTHS.finditer(question.line)}


def _left_over(
    tokens: Sequence[Token], mentions: Sequence[Mention], words: OccasionWords, editions: frozenset[int]
) -> bool:
    taken = {place for m in mentions if not tokens[m.first].han for place in range(m.first, m.last + 1)}
    for place, token in enumerate(tokens):
        if token.han:
            spans = [m for m in mentions if m.first == place]
            rest = "".join(
                " " if any(m.at <= at < m.until for m in spans) else char for at, char in enumerate(token.text)
            )
            if words.beside_zh.sub("", rest).strip():
                return True
        elif (
            place not in taken
            and not {token.lemma, token.text} & words.stop
            and spelled_ordinal([token.lemma])[0] not in editions
        ):
            return True
    return False


def _read(question: Question, mentions: Sequence[Mention], period: str | None, months: set[int]) -> Wanted | None:
    countries, tenses, aspects = (ids(mentions, kind) for kind in ("country", "tense", "aspect"))
    if len(aspects) > 1 or (len(tenses - {"all"}) > 1):
        return None
    named_tense = next(iter(sorted(tenses)), None)
    tense, step = _STEPS.get(named_tense or "", (named_tense, 0))
    pick = Pick(
        families=ids(mentions, "family"),
        editions=question.editions,
        period=period[:4] if period and is_vague(period) else period,
        months=frozenset(months),
        cities=ids(mentions, "city"),
        country=next(iter(countries)) if len(countries) == 1 else None,
        kinds=ids(mentions, "kind") - {"any"},
        fields=ids(mentions, "field"),
    )
    named = bool(ids(mentions, "kind") or ids(mentions, "bare") or pick.families)
    years = question.periods if len(question.periods) == 2 else ()
    if not _timed(question, pick, ids(mentions, "asks"), aspects):
        return None
    return _common(Wanted(
        pick, named, tense, ids(mentions, "asks"), next(iter(aspects), None), years, bool(ids(mentions, "bare")), step,
    ))  # fmt: skip


def _timed(question: Question, pick: Pick, asks: frozenset[str], aspects: frozenset[str]) -> bool:
    """Whether times and counts are of a kind the calendar tells: no vague part of a year, two years only to compare, no mere count."""
    vague = any(map(is_vague, question.periods)) and not pick.months
    counted = "count" in asks and not aspects and "days" not in asks
    return not vague and not counted and (len(question.periods) < 2 or "compare" in asks)


def _common(found: Wanted) -> Wanted:
    """The exhibition of the two countries is meant by its common name, by a bare number, and by its exhibitors in a year."""
    pick = found.pick
    exhibitors = found.aspect == "participants" and pick.period is not None
    nameless = not pick.kinds and not pick.fields and (bool(pick.editions) or exhibitors)
    single = found.one or (pick.period is not None and "list" not in found.asks) or "compare" in found.asks
    if pick.families or not (nameless or (found.bare and single)):
        return found
    meant = replace(pick, families=frozenset({BARE}), kinds=frozenset(), fields=frozenset())
    return replace(found, pick=meant, named=True)
