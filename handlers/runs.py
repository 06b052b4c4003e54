"""Runs of periods as they are told: sums, the best year, when an amount was passed, a trend, a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers import quantities as q
from handlers.comparisons import changed
from handlers.telling import Telling, marks, spanning, values
from knowledge import computed as c
from knowledge.model import Lang, Point
from locales import formats
from locales.catalogues import catalogue

MOST_LISTED = 15
"""Points of a listing that are told one by one; of a longer one, the newest. A reply has at most 900 characters."""


def total(lang: Lang, found: c.Total) -> Telling:
    return spanning(found.series, found.points, _total(lang, found))


def extreme(lang: Lang, found: c.Extreme) -> Telling:
    return spanning(found.series, found.points, _extreme(lang, found), found.best)


def fastest(lang: Lang, found: c.Fastest) -> Telling:
    return spanning(found.series, found.points, _fastest(lang, found), [found.best])


def passed(lang: Lang, found: c.Passed) -> Telling:
    return spanning(found.series, found.points, _passed(lang, found), [p for p in (found.before, found.first) if p])


def rank(lang: Lang, found: c.Rank) -> Telling:
    return spanning(found.series, found.points, _rank(lang, found), [found.point])


def trend(lang: Lang, found: c.Trend) -> Telling:
    return spanning(found.series, found.points, _trend(lang, found))


def listing(lang: Lang, found: c.Listing) -> Telling:
    return spanning(found.series, found.points, _listing(lang, found))


def _total(lang: Lang, found: c.Total) -> Iterator[str]:
    say, series = catalogue(lang), found.series
    periods, result = (
        q.listed_periods(lang, [p.period for p in found.points]),
        formats.amount(lang, found.result, series.unit),
    )
    if found.average:
        yield say.say(
            "{title}, average for {periods}: {result}.", title=series.title[lang], periods=periods, result=result
        )
    else:
        yield say.say("{title}, sum for {periods}: {result}.", title=series.title[lang], periods=periods, result=result)
    yield say.say("Computed from: {values}.", values=values(lang, series, found.points))


def _extreme(lang: Lang, found: c.Extreme) -> Iterator[str]:
    say, series, at = catalogue(lang), found.series, found.best[0]
    periods, value = q.listed_periods(lang, [p.period for p in found.best]), q.value(lang, at, series.unit)
    if found.highest:
        yield say.say("{title}: highest in {periods}, {value}.", title=series.title[lang], periods=periods, value=value)
    else:
        yield say.say("{title}: lowest in {periods}, {value}.", title=series.title[lang], periods=periods, value=value)
    yield from _known(lang, found.points, found.gaps)


def _fastest(lang: Lang, found: c.Fastest) -> Iterator[str]:
    say, year = catalogue(lang), q.period(lang, found.best.period)
    title, rate = found.series.title[lang], q.growth(lang, found.rate)
    if found.fastest:
        yield say.say("{title}: fastest growth in {year}, {rate}.", title=title, year=year, rate=rate)
    else:
        yield say.say("{title}: slowest growth in {year}, {rate}.", title=title, year=year, rate=rate)
    if found.best.yoy is None:
        yield say.say("Growth computed from the values.")
    yield say.say("Years whose growth is known: {count}.", count=found.counted)


def _known(lang: Lang, points: Sequence[Point], gaps: Sequence[str]) -> Iterator[str]:
    """Which years were looked at, and which are not known."""
    say = catalogue(lang)
    yield say.say(
        "Years compared: {count}, from {first} to {last}.",
        count=len(points),
        first=points[0].period,
        last=points[-1].period,
    )
    if gaps:
        yield say.say("No figures for {periods}.", periods=q.listed_periods(lang, gaps))


def _passed(lang: Lang, found: c.Passed) -> Iterator[str]:
    say, series, limit = catalogue(lang), found.series, formats.amount(lang, found.limit, found.series.unit)
    if found.first is None:
        if found.above:
            yield say.say("{title}: never above {limit} in the known years.", title=series.title[lang], limit=limit)
        else:
            yield say.say("{title}: never below {limit} in the known years.", title=series.title[lang], limit=limit)
        yield from _known(lang, found.points, ())
        return
    title, period = series.title[lang], q.period(lang, found.first.period)
    value = q.value(lang, found.first, series.unit)
    if found.above:
        yield say.say(
            "{title}: first above {limit} in {period}, {value}.", title=title, limit=limit, period=period, value=value
        )
    else:
        yield say.say(
            "{title}: first below {limit} in {period}, {value}.", title=title, limit=limit, period=period, value=value
        )
    if found.before is None:
        yield say.say("This is the first year known.")
        return
    yield say.say(
        "Before that, {period}: {value}.",
        period=q.period(lang, found.before.period),
        value=q.value(lang, found.before, series.unit),
    )
    if found.gaps:
        yield say.say("No figures for {periods}: it may have been earlier.", periods=q.listed_periods(lang, found.gaps))


def _rank(lang: Lang, found: c.Rank) -> Iterator[str]:
    say, series = catalogue(lang), found.series
    yield say.say(
        "{title}: {period} is number {place} of {count} known years, {value}.",
        title=series.title[lang],
        period=q.period(lang, found.point.period),
        place=found.place,
        count=len(found.points),
        value=q.value(lang, found.point, series.unit),
    )
    if found.gaps:
        yield say.say("No figures for {periods}.", periods=q.listed_periods(lang, found.gaps))


def _trend(lang: Lang, found: c.Trend) -> Iterator[str]:
    say, series, shown = catalogue(lang), found.series, found.points
    top, low = max(shown, key=lambda p: p.value), min(shown, key=lambda p: p.value)
    yield say.say(
        "{title}, {span}: from {low} to {high} ({change}).",
        title=series.title[lang],
        span=q.span(lang, shown[0].period, shown[-1].period),
        low=q.value(lang, shown[0], series.unit),
        high=q.value(lang, shown[-1], series.unit),
        change=changed(lang, found.ends),
    )
    yield say.say("Rose {rose} times, fell {fell} times year on year.", rose=found.rose, fell=found.fell)
    yield say.say(
        "Highest {top} in {best}, lowest {low} in {worst}.",
        top=q.value(lang, top, series.unit), best=q.period(lang, top.period, "in"),
        low=q.value(lang, low, series.unit), worst=q.period(lang, low.period, "in"),
    )  # fmt: skip
    if found.gaps:
        yield say.say("No figures for {periods}.", periods=q.listed_periods(lang, found.gaps))


def _listing(lang: Lang, found: c.Listing) -> Iterator[str]:
    say, series, shown = catalogue(lang), found.series, found.points[-MOST_LISTED:]
    yield say.say("Values: {title}: {values}.", title=series.title[lang], values=values(lang, series, shown))
    if found.gaps:
        yield say.say("No figures for {periods}.", periods=q.listed_periods(lang, found.gaps))
    if found.unlike:
        yield say.say("Made by different methods, so not compared.")
    yield from marks(lang, *shown)
