"""The names of the series: which metrics a question may mean, and the point of a period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.computed import Missing
from knowledge.lexicon import Lexicon
from knowledge.model import Point, Series
from knowledge.periods import bounds, same_days
from knowledge.question import Question

BOTH_WAYS = ("trade.china_exports", "trade.china_imports")
"""Metrics that a bare «экспорт» may mean; 出口 and 进口 without a direction are China's."""

EITHER_WAY = "*"
"""The flow of a name that tells its own direction, such as the title of a series."""


@dataclass(frozen=True)
class Name:
    """One way to call a metric: the Russian words, or the parts of a Chinese word, that must all be there."""

    metric: str
    flow: str | None
    parts: tuple[str, ...]
    han: bool

    @property
    def length(self) -> int:
        return sum(map(len, self.parts)) if self.han else 3 * len(self.parts)


@dataclass(frozen=True)
class MetricNames:
    """Every way to call every metric, and the words that may stand beside without changing what is asked.

    ``variants`` are the series that tell the same thing in another unit, by the metric that answers when no unit is asked.
    """

    russian: Mapping[str, tuple[Name, ...]]
    chinese: tuple[Name, ...]
    filler: frozenset[str]
    filler_zh: re.Pattern[str]
    variants: Mapping[str, tuple[str, ...]]


def metric_names(table: Mapping[str, Any], series: Iterable[Series], lexicon: Lexicon) -> MetricNames:
    """The vocabulary of metrics with the titles of all series, which choices are asked by."""
    names = [name for metric, row in table.items() if metric != "filler" for name in _row(metric, row, lexicon)]
    names += [name for one in series for name in _titles(one, lexicon)]
    russian: dict[str, list[Name]] = {}
    for name in dict.fromkeys(names):
        if not name.han:
            russian.setdefault(name.parts[0], []).append(name)
    variants: dict[str, list[str]] = {}
    for metric, row in table.items():
        if "of" in row:
            variants.setdefault(row["of"], []).append(metric)
    zh = sorted(table["filler"]["zh"], key=len, reverse=True)
    return MetricNames(
        {first: tuple(found) for first, found in russian.items()},
        tuple(name for name in dict.fromkeys(names) if name.han),
        frozenset(t.lemma for word in table["filler"]["ru"] for t in lexicon.tokens(word)),
        re.compile("|".join(map(re.escape, zh))),
        {metric: tuple(found) for metric, found in variants.items()},
    )


def _row(metric: str, row: Mapping[str, Any], lexicon: Lexicon) -> Iterator[Name]:
    for name in row.get("ru", ()):
        yield Name(metric, row.get("flow"), tuple(t.lemma for t in lexicon.tokens(name)), han=False)
    for name in row.get("zh", ()):
        yield Name(metric, row.get("flow"), tuple(name.split()), han=True)


def _titles(series: Series, lexicon: Lexicon) -> Iterator[Name]:
    """A title names its series, with or without the year and the brackets in it."""
    words = [t.lemma for t in lexicon.tokens(series.title["ru"].casefold().replace("ё", "е")) if not t.text.isdigit()]
    yield Name(series.metric, EITHER_WAY, tuple(words), han=False)
    yield Name(
        series.metric, EITHER_WAY, tuple(re.findall("[a-z\u3400-\u9fff]+", series.title["zh"].casefold())), han=True
    )


def present(question: Question, lemmas: Sequence[str], names: MetricNames) -> list[Name]:
    """Every name that stands in a question and does not go the other way, the longest first; ``lemmas`` are its words in order."""
    if question.lang == "zh":
        found = [name for name in names.chinese if all(part in question.line for part in name.parts)]
    else:
        words, said = set(lemmas), f" {' '.join(lemmas)} "
        found = [name for word in words for name in names.russian.get(word, ()) if _stands(name, words, said)]
    fitting = [name for name in found if not (_directed(name) and question.flow and name.flow != question.flow)]
    return sorted(fitting, key=lambda name: -name.length)


def _stands(name: Name, words: set[str], said: str) -> bool:
    """A nickname is a set of words; a title stands as it is written."""
    return f" {' '.join(name.parts)} " in said if name.flow == EITHER_WAY else words.issuperset(name.parts)


def _directed(name: Name) -> bool:
    return name.flow not in (None, EITHER_WAY)


def fits(name: Name, question: Question) -> bool:
    """Whether a name is as definite as it must be: a metric with a direction needs one, exports alone may be either side's."""
    if name.flow == EITHER_WAY:
        return True
    if name.flow is None:
        return question.flow is None
    return question.flow == name.flow or (question.flow is None and (name.han or name.metric not in BOTH_WAYS))


def is_bare_trade(question: Question, names: MetricNames) -> bool:
    """Whether a Russian question asks for exports or imports alone and does not say whose."""
    words = set(question.content) - names.filler
    trading = {
        part
        for found in names.russian.values()
        for name in found
        if name.metric in BOTH_WAYS and _directed(name)
        for part in name.parts
    }
    return question.flow is None and bool(words) and words <= trading and not question.countries and not question.events


def point(series: Series, period: str) -> Point | None:
    """The point of exactly these days, however the period is written."""
    return series.points.get(period) or next((p for code, p in series.points.items() if same_days(code, period)), None)


def latest(series: Series) -> Point:
    """The point whose period ends last; of two, the longer."""
    return max(series.points.values(), key=lambda p: (bounds(p.period).last, -bounds(p.period).first.toordinal()))


def nearest(series: Series, period: str, count: int = 3) -> Sequence[Point]:
    """Existing points nearest in time to a missing one: the longest inside it or else the nearest of its year, then those of like length."""
    wanted = bounds(period)
    span = (wanted.last - wanted.first).days

    def length(found: Point) -> int:
        have = bounds(found.period)
        return (have.last - have.first).days

    def distance(found: Point) -> tuple[bool, int]:
        return abs(length(found) - span) > 5, abs((bounds(found.period).last - wanted.last).days)

    def to_end(found: Point) -> tuple[int, int]:
        return abs((bounds(found.period).last - wanted.last).days), -length(found)

    near = sorted(series.points.values(), key=distance)
    same_year = [p for p in near if bounds(p.period).first.year == wanted.first.year == bounds(p.period).last.year]
    inside = [p for p in same_year if wanted.covers(bounds(p.period))]
    first = sorted(inside, key=lambda p: (-length(p), distance(p)))[:1] or sorted(same_year, key=to_end)[:1]
    return [*first, *(p for p in near if p not in first)][:count]


def missing(series: Series, period: str) -> Missing:
    """That there is no such point, with the nearest there are."""
    return Missing(series, period, tuple(nearest(series, period)))
