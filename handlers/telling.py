"""What is said of a computed figure, with the points it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers import quantities as q
from handlers.messages import Choice
from knowledge.computed import Value
from knowledge.model import Lang, Mark, Point, Series
from locales.catalogues import catalogue

Cited = tuple[Series, Point]

_MARKED: Mapping[Mark, str] = {
    "computed": "Computed from other published values: {periods}.",
    "rounded": "Rounded by the source: {periods}.",
    "revised": "Revised after the first release: {periods}.",
}


@dataclass(frozen=True)
class Telling:
    """What is said of a computed figure. ``cited`` are the points it rests on, none where nothing is known; ``chart`` the years it spans."""

    sentences: tuple[str, ...]
    cited: tuple[Cited, ...]
    choices: tuple[Choice, ...] = ()
    chart: str | None = None


def points(series: Series, *those: Point) -> tuple[Cited, ...]:
    return tuple((series, at) for at in those)


def pair(*values: Value) -> tuple[Cited, ...]:
    return tuple((value.series, value.point) for value in values)


def charted(series: Series, first: Point, last: Point) -> str:
    return f"{series.metric}:{first.period[:4]}..{last.period[-4:] if last.period.isdigit() else last.period[:4]}"


def spanning(
    series: Series, run: Sequence[Point], sentences: Iterator[str], cited: Sequence[Point] | None = None
) -> Telling:
    """What is said of a run of points; ``cited`` are those it names, where they are not all."""
    rests_on = points(series, *(run if cited is None else cited)) or points(series, run[-1])
    return Telling(tuple(sentences), rests_on, chart=charted(series, run[0], run[-1]))


def marks(lang: Lang, *those: Point) -> Iterator[str]:
    """What must be said of values that were computed, rounded or revised, and of which periods."""
    say = catalogue(lang)
    for mark, message in _MARKED.items():
        periods = [at.period for at in those if at.mark == mark]
        if periods:
            yield say.say(message, periods=q.listed_periods(lang, periods))


def values(lang: Lang, series: Series, points: Sequence[Point]) -> str:
    pieces = [f"{q.period(lang, at.period)} — {q.value(lang, at, series.unit)}" for at in points]
    return ("；" if lang == "zh" else "; ").join(pieces)
