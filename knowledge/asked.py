"""What a question asks of the series: which metrics, which periods, which operation. Read in full, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.amounts import Limit, read_limit
from knowledge.choice import UNITS, WHOLES, Operation, of_one, of_two
from knowledge.figures import BOTH_WAYS, MetricNames, Name, fits, present
from knowledge.lexicon import Lexicon
from knowledge.operations import Spoken, spoken
from knowledge.periods import bounds, is_vague, is_year, same_months, years_of
from knowledge.question import Question

_EXPORTS = re.compile("экспорт|вывоз|出口")
_IMPORTS = re.compile("импорт|ввоз|进口")
_BOTH_ZH = "进出口"
_OF_BOTH = re.compile(
    "из росси|товарооборот|торговл|росси[ий] в кита"
    "|российск[а-я]+ (?:экспорт|поставк)[а-я]* в кита|кита[яй] в росси|китайск[а-я]+ экспорт[а-я]* в росси"
    "|自俄|从俄|对俄|对华|中俄贸易|贸易额"
)
_OF_ONE = re.compile("дол[а-я]+ (?:росси|рф|кита|кнр)|(?:俄罗斯|中国|俄)(?:在[^占]*)?(?:所)?占")
"""A share of trade between the two; the share of one country in all that the other buys is another thing."""
_LAST_YEAR = re.compile(r"(?<![а-я])год(?!а(?:ми|х))|年")
_LAST_MONTH = re.compile("месяц|月")


@dataclass(frozen=True)
class Asked:
    """A complete reading. ``limit`` is in whole units; ``unit`` is the kind of unit asked for, None where any will do.

    ``span`` narrows the latest point to whole years or single months.
    """

    operation: Operation
    metrics: tuple[str, ...]
    periods: tuple[str, ...] = ()
    limit: Decimal | None = None
    unit: str | None = None
    span: Literal["year", "month"] | None = None


def read_asked(question: Question, names: MetricNames, words: Lexicon, *, bare: bool = False) -> Asked | None:
    """What a question asks of the series, only where nothing else is said in it; None where the reading is not complete.

    ``bare`` lets a metric alone ask for its latest figure, as a command does.
    """
    if any(map(is_vague, question.periods)) or question.countries or question.events:
        return None
    limit = read_limit(question.rest)
    lemmas = [token.lemma for token in words.tokens(question.rest)]
    for used in _readings(question, present(question, lemmas, names)):
        found = _asked(question, used, limit, names, words)
        if found or (bare and (found := _alone(question, used, names, words))):
            return found
    return None


MOST_TRIED = 6
"""Names that are tried, the longest first: more stand in no question of the exam."""


def _readings(question: Question, found: Sequence[Name]) -> Iterator[tuple[Name, ...]]:
    """The metrics a question may be about: one by its longest name, both ways of trade, two metrics side by side."""
    yield from ((name,) for name in found[:MOST_TRIED] if fits(name, question))
    both = _both_ways(question)
    if both:
        yield both
    yield from _pairs(question, found)


def _both_ways(question: Question) -> tuple[Name, ...] | None:
    """Exports and imports together are the same two figures, whoever's they are called."""
    line = question.line.replace(_BOTH_ZH, "")
    if question.goods or not (_EXPORTS.search(line) and _IMPORTS.search(line)):
        return None
    han = question.lang == "zh"
    parts = ("出口额", "进口额", "出口", "进口") if han else ("экспорт", "импорт", "вывоз", "ввоз")
    return tuple(Name(metric, None, parts, han) for metric in BOTH_WAYS)


def _pairs(question: Question, found: Sequence[Name]) -> Iterator[tuple[Name, ...]]:
    """Two metrics by names that share no word, those that say most first."""
    pairs = [
        (one, other)
        for place, one in enumerate(found)
        for other in found[place + 1 :]
        if one.metric != other.metric and _apart(one, other) and not {one.metric, other.metric} <= set(BOTH_WAYS)
    ]
    yield from sorted(pairs, key=lambda pair: -pair[0].length - pair[1].length)[:4]


def _apart(one: Name, other: Name) -> bool:
    return not any(a in b or b in a for a in one.parts for b in other.parts)


def _asked(
    question: Question, used: tuple[Name, ...], limit: Limit | None, names: MetricNames, words: Lexicon
) -> Asked | None:
    heard = spoken(question, used, None, names, words)
    if limit and heard.operations & {"above", "below"}:
        heard = spoken(question, used, limit, names, words)
        return _passed(question, used, limit, heard) if not heard.left else None
    if heard.left:
        return None
    metrics = tuple(name.metric for name in used)
    unit = next((unit for unit in UNITS if unit in heard.operations), None)
    periods = _same_stretch(question, heard)
    operation = of_two(heard.operations, metrics, periods) if len(metrics) == 2 else of_one(heard.operations, periods)
    if operation is None or _two_units(heard, question):
        return None
    if operation == "share" and (not _OF_BOTH.search(question.line) or _OF_ONE.search(question.line)):
        return None
    whole = tuple(sorted(metrics, key=WHOLES.__contains__)) if operation == "share" else metrics
    return Asked(operation, whole, periods, unit=unit, span=_span(question, heard))


def _two_units(heard: Spoken, question: Question) -> bool:
    """Whether both how much and for how much money is asked: no one series tells that."""
    volume = heard.operations & {"tonnes", "pieces"} or "объем" in {token.lemma for token in question.tokens}
    return bool(
        volume and heard.operations & {"money", "dollars"} and ("money" in heard.operations or not _one_kind(heard))
    )


def _one_kind(heard: Spoken) -> bool:
    return not heard.operations & {"tonnes", "pieces"}


def _alone(question: Question, used: tuple[Name, ...], names: MetricNames, words: Lexicon) -> Asked | None:
    heard = spoken(question, used, None, names, words)
    if heard.left or question.periods or heard.operations - {*UNITS, "growth", "fall"}:
        return None
    unit = next((unit for unit in UNITS if unit in heard.operations), None)
    return Asked("latest", tuple(name.metric for name in used), unit=unit)


def _passed(question: Question, used: tuple[Name, ...], limit: Limit, heard: Spoken) -> Asked | None:
    """When a series first went past an amount; whether it did in one year is another question."""
    if len(used) != 1 or not heard.operations & {"first", "when"} or heard.operations & {"growth", "fall"}:
        return None
    if question.periods and not any(years_of(code) for code in question.periods):
        return None
    unit = next((unit for unit in UNITS if unit in heard.operations), None)
    return Asked(
        "below" if "below" in heard.operations else "above", (used[0].metric,), question.periods, limit.amount, unit
    )


def _same_stretch(question: Question, heard: Spoken) -> tuple[str, ...]:
    """«По сравнению с тем же периодом 2023 года», 去年同期: the year named stands for the same months in it."""
    if "same_months" not in heard.operations or len(question.periods) != 2:
        return question.periods
    parts = [code for code in question.periods if not is_year(code)]
    years = [code for code in question.periods if is_year(code)]
    if len(parts) != 1 or len(years) != 1:
        return question.periods
    return parts[0], same_months(parts[0], int(years[0]))


def _span(question: Question, heard: Spoken) -> Literal["year", "month"] | None:
    if "latest" not in heard.operations:
        return None
    return "year" if _LAST_YEAR.search(question.rest) else "month" if _LAST_MONTH.search(question.rest) else None


def ordered(periods: Sequence[str]) -> tuple[str, ...]:
    """Periods from the earliest on."""
    return tuple(sorted(periods, key=lambda code: (bounds(code).first, bounds(code).last)))
