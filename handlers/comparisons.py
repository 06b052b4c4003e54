"""Comparisons as they are told: a change, growth, two series side by side, a share."""

from __future__ import annotations

from collections.abc import Iterator

from handlers import quantities as q
from handlers.telling import Telling, charted, marks, pair, points
from knowledge import computed as c
from knowledge.model import Lang
from knowledge.units import kind_of
from locales import formats
from locales.catalogues import catalogue


def change(lang: Lang, found: c.Change) -> Telling:
    return Telling(
        tuple(_change(lang, found)),
        points(found.series, found.before, found.after),
        chart=charted(found.series, found.before, found.after),
    )


def growth(lang: Lang, found: c.Growth) -> Telling:
    return Telling(tuple(_growth(lang, found)), points(found.series, found.point), chart=found.series.metric)


def versus(lang: Lang, found: c.Versus) -> Telling:
    return Telling(tuple(_versus(lang, found)), pair(found.larger, found.lesser))


def share(lang: Lang, found: c.Share) -> Telling:
    return Telling(tuple(_share(lang, found)), pair(found.part, found.whole))


def _change(lang: Lang, found: c.Change) -> Iterator[str]:
    say, series, before, after = catalogue(lang), found.series, found.before, found.after
    yield say.say(
        "{title}, {after} against {before}: {change}.",
        title=series.title[lang],
        after=q.period(lang, after.period),
        before=q.period(lang, before.period, "of"),
        change=changed(lang, found),
    )
    yield say.say(
        "Was {before}: {low}; became {after}: {high}.",
        before=q.period(lang, before.period),
        low=q.value(lang, before, series.unit),
        after=q.period(lang, after.period),
        high=q.value(lang, after, series.unit),
    )
    yield from _rated(lang, found)
    yield from marks(lang, before, after)


def changed(lang: Lang, found: c.Change) -> str:
    """The difference, growth, or how many times, whichever was asked first."""
    say = catalogue(lang)
    unit = "pp" if found.series.unit == "%" else found.series.unit
    difference = q.signed(lang, found.difference, unit)
    rate = found.rates.published if found.rates.published is not None else found.rates.computed
    if rate is None:
        return difference
    if found.asked == "ratio" and found.times is not None:
        return say.say("Change: {times} ({growth})", times=_more(lang, found), growth=q.growth(lang, rate))
    if found.asked == "growth":
        return say.say("Change: {growth} ({difference})", growth=q.growth(lang, rate), difference=difference)
    return say.say("{difference}, or {growth}", difference=difference, growth=q.growth(lang, rate))


def _more(lang: Lang, found: c.Change) -> str:
    say, many = catalogue(lang), q.times(lang, found.times or found.difference)
    if found.after.value >= found.before.value:
        return say.say("{times} more", times=many)
    return say.say("{times} less", times=many)


def _rated(lang: Lang, found: c.Change) -> Iterator[str]:
    """Where the growth comes from, and by how much the source and the values disagree."""
    say, rates = catalogue(lang), found.rates
    if rates.published is not None and rates.computed is not None and rates.differ:
        yield say.say(
            "Growth as published; the values of the series give {computed}.", computed=q.growth(lang, rates.computed)
        )
    elif rates.published is not None:
        yield say.say("Growth as published.")
    elif rates.computed is not None:
        yield say.say("Computed from these two values.")
    elif kind_of(found.series.unit) is not None:
        yield say.say("No growth from such a base.")


def _growth(lang: Lang, found: c.Growth) -> Iterator[str]:
    say = catalogue(lang)
    yield say.say(
        "{title}, {period}: {growth} on the year.",
        title=found.series.title[lang],
        period=q.period(lang, found.point.period),
        growth=q.growth(lang, found.rate),
    )
    yield say.say("Value {value}; growth as published.", value=q.value(lang, found.point, found.series.unit))


def _versus(lang: Lang, found: c.Versus) -> Iterator[str]:
    say, (a, b) = catalogue(lang), (found.larger, found.lesser)
    yield say.say(
        "{period}: {one} {value}, {other} {less}.",
        period=q.period(lang, a.point.period),
        one=a.series.title[lang],
        value=q.value(lang, a.point, a.series.unit),
        other=b.series.title[lang],
        less=q.value(lang, b.point, b.series.unit),
    )
    if found.difference is None:
        return
    difference = formats.amount(lang, found.difference, a.series.unit)
    if found.times is None:
        yield say.say("Difference {difference}.", difference=difference)
    else:
        yield say.say("Difference {difference}, {times}.", difference=difference, times=q.times(lang, found.times))
    yield say.say("Computed from these two values.")


def _share(lang: Lang, found: c.Share) -> Iterator[str]:
    say, part, whole = catalogue(lang), found.part, found.whole
    yield say.say(
        "Share, {period}: {per_cent}.",
        period=q.period(lang, whole.point.period),
        per_cent=formats.amount(lang, found.per_cent, "%"),
    )
    yield say.say(
        "{part} {value}; {whole} {all}.",
        part=part.series.title[lang],
        value=q.value(lang, part.point, part.series.unit),
        whole=whole.series.title[lang],
        all=q.value(lang, whole.point, whole.series.unit),
    )
    yield say.say("Computed from these two values.")
