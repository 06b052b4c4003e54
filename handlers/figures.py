"""Computed figures as they are told: the answer first, then the points it comes from, then what must be known beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers import comparisons, runs
from handlers import quantities as q
from handlers.messages import Choice
from handlers.telling import Telling, charted, marks, points, values
from knowledge import computed as c
from knowledge.model import Lang, Point, Series
from locales import formats
from locales.catalogues import catalogue


def told(lang: Lang, found: c.Computed) -> Telling:
    """Say it. A figure that is not there has no points and offers what there is."""
    return TELLERS[type(found)](lang, found)


def _value(lang: Lang, found: c.Value) -> Telling:
    say, series, at = catalogue(lang), found.series, found.point
    sentences = [
        say.say(
            "Figure: {title}, {period}: {value}.",
            title=series.title[lang],
            period=q.period(lang, at.period),
            value=q.value(lang, at, series.unit),
        )
    ]
    if at.yoy is not None:
        sentences.append(say.say("Growth {value}.", value=q.growth(lang, at.yoy)))
    return Telling((*sentences, *marks(lang, at)), points(series, at), chart=series.metric)


def _monthly(lang: Lang, found: c.Monthly) -> Telling:
    text = catalogue(lang).say(
        "{title}, {period}: {result} a month ({value} over {months} months, computed).",
        title=found.series.title[lang],
        period=q.period(lang, found.point.period),
        result=formats.amount(lang, found.result, found.series.unit),
        value=q.value(lang, found.point, found.series.unit),
        months=found.months,
    )
    return Telling((text,), points(found.series, found.point), chart=found.series.metric)


def _unlike(lang: Lang, found: c.Unlike) -> Telling:
    say, series = catalogue(lang), found.series
    sentences = (
        say.say(
            "Values: {title}: {values}.",
            title=series.title[lang],
            values=values(lang, series, (found.before, found.after)),
        ),
        say.say("Of different length, so not compared."),
    )
    offered = (_comparison(lang, series, *found.same),) if found.same else ()
    return Telling(
        sentences, points(series, found.before, found.after), offered, charted(series, found.before, found.after)
    )


def _comparison(lang: Lang, series: Series, before: Point, after: Point) -> Choice:
    """A comparison of two periods as a choice, asked by codes so that it fits a button."""
    label = catalogue(lang).say(
        "{title}: {after} against {before}?",
        title=series.title[lang],
        after=q.period(lang, after.period),
        before=q.period(lang, before.period, "of"),
    )
    return Choice(label, f"/trade {series.metric} {before.period} {after.period}")


def _missing(lang: Lang, found: c.Missing) -> Telling:
    say, series = catalogue(lang), found.series
    text = say.say("No figure for {period}.", title=series.title[lang], period=q.period(lang, found.period))
    return Telling((text, say.say("Periods at hand:")), (), tuple(choice(lang, series, at) for at in found.near))


def choice(lang: Lang, series: Series, at: Point, titled: bool = False) -> Choice:
    """A figure as a choice: its period, or its title and period where several series stand together."""
    told = q.period(lang, at.period)
    ask = catalogue(lang).say("{title}: {period}?", title=series.title[lang], period=told)
    return Choice(f"{series.title[lang]}, {told}" if titled else told, ask, f"{series.metric}.{at.period}")


def _other_unit(lang: Lang, found: c.OtherUnit) -> Telling:
    series = found.series
    at = (series.points.get(found.period) if found.period else None) or max(
        series.points.values(), key=lambda p: p.period[:4]
    )
    text = catalogue(lang).say("{title}: not kept in this unit, never converted.", title=series.title[lang])
    return Telling((text,), (), (choice(lang, series, at, titled=True),))


TELLERS: Mapping[type, Callable[[Lang, Any], Telling]] = {
    c.Value: _value, c.Monthly: _monthly, c.Unlike: _unlike, c.Missing: _missing, c.OtherUnit: _other_unit,
    c.Change: comparisons.change, c.Growth: comparisons.growth, c.Versus: comparisons.versus, c.Share: comparisons.share,
    c.Total: runs.total, c.Extreme: runs.extreme, c.Fastest: runs.fastest, c.Passed: runs.passed, c.Rank: runs.rank, c.Trend: runs.trend,
    c.Listing: runs.listing,
}  # fmt: skip
"""How each kind of answer is told; a test holds the kinds complete."""
