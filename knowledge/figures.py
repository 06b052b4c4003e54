"""Single figures of the series: which metric and period a question names, and the point that answers it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.lexicon import Lexicon
from knowledge.model import Point, Series
from knowledge.periods import bounds, is_vague, same_days
from knowledge.question import Question

BOTH_WAYS = ("trade.china_exports", "trade.china_imports")
"""Metrics that a bare «экспорт» may mean; 出口 and 进口 without a direction are China's."""


@dataclass(frozen=True)
class Name:
    """One way to call a metric: the Russian words, or the parts of a Chinese word, that must all be there."""

    metric: str
    flow: str | None
    parts: tuple[str, ...]
    han: bool


@dataclass(frozen=True)
class MetricNames:
    """Every way to call every metric, and the words that may stand beside without changing what is asked."""

    names: tuple[Name, ...]
    filler: frozenset[str]
    filler_zh: re.Pattern[str]


@dataclass(frozen=True)
class Asked:
    """A complete reading: this metric, these periods (none: the latest)."""

    metric: str
    periods: tuple[str, ...]


def metric_names(table: Mapping[str, Any], lexicon: Lexicon) -> MetricNames:
    names = []
    for metric, row in table.items():
        if metric == "filler":
            continue
        for name in row["ru"]:
            names.append(Name(metric, row.get("flow"), tuple(t.lemma for t in lexicon.tokens(name)), han=False))
        names.extend(Name(metric, row.get("flow"), tuple(name.split()), han=True) for name in row["zh"])
    filler = frozenset(t.lemma for word in table["filler"]["ru"] for t in lexicon.tokens(word))
    zh = sorted(table["filler"]["zh"], key=len, reverse=True)
    return MetricNames(tuple(names), filler, re.compile("|".join(map(re.escape, zh))))


def asked_figure(question: Question, names: MetricNames) -> Asked | None:
    """The metric and periods of a question, only where nothing else is said in it; None where the reading is not complete."""
    if not question.periods or any(map(is_vague, question.periods)) or question.countries or question.events:
        return None
    best: Name | None = None
    for name in names.names:
        if _named(name, question) and (best is None or _length(name) > _length(best)):
            best = name
    if best is None or not _fits(best, question) or _left_over(question, best, names):
        return None
    return Asked(best.metric, question.periods)


def is_bare_trade(question: Question, names: MetricNames) -> bool:
    """Whether a Russian question asks for exports or imports alone and does not say whose."""
    words = set(question.content) - names.filler
    trading = {part for name in names.names if name.metric in BOTH_WAYS and not name.han for part in name.parts}
    return question.flow is None and bool(words) and words <= trading and not question.countries and not question.events


def _named(name: Name, question: Question) -> bool:
    if name.han:
        return question.lang == "zh" and all(part in question.line for part in name.parts)
    lemmas = {token.lemma for token in question.tokens}
    return all(part in lemmas for part in name.parts) and not (
        name.flow and question.flow and name.flow != question.flow
    )


def _length(name: Name) -> int:
    return sum(map(len, name.parts)) if name.han else 3 * len(name.parts)


def _fits(name: Name, question: Question) -> bool:
    """A metric with a direction needs one in the question: exports alone may be either side's."""
    if name.flow is None:
        return question.flow is None
    return question.flow == name.flow or (question.flow is None and (name.han or name.metric not in BOTH_WAYS))


def _left_over(question: Question, name: Name, names: MetricNames) -> list[str]:
    """What the question says besides the metric, the period and filler."""
    if not name.han:
        return [term for term in question.content if term not in name.parts and term not in names.filler]
    line = re.sub(r"[\d.,%a-z]+", " ", "".join(token.text if token.han else " " for token in question.tokens))
    for part in name.parts:
        line = line.replace(part, " ")
    return [run for run in names.filler_zh.sub(" ", line).split() if not _only_stops(run)]


def _only_stops(run: str) -> bool:
    return bool(
        re.fullmatch(
            "[的了是多少几吗呢年月日第季度前后上下半份至到和与在有去今前请问一下为是啥咋样怎么查告诉我想知道帮我看看]+",
            run,
        )
    )


def point(series: Series, period: str) -> Point | None:
    """The point of exactly these days, however the period is written."""
    return next((p for code, p in series.points.items() if same_days(code, period)), None)


def latest(series: Series) -> Point:
    """The point whose period ends last; of two, the longer."""
    return max(series.points.values(), key=lambda p: (bounds(p.period).last, -bounds(p.period).first.toordinal()))


def nearest(series: Series, period: str, count: int = 3) -> Sequence[Point]:
    """Existing points nearest in time to a missing one, of like length first."""
    wanted = bounds(period)
    span = (wanted.last - wanted.first).days

    def distance(found: Point) -> tuple[bool, int]:
        have = bounds(found.period)
        return abs((have.last - have.first).days - span) > 5, abs((have.last - wanted.last).days)

    return sorted(series.points.values(), key=distance)[:count]
