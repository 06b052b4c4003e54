"""Single figures, computed from the series: this metric in that period, or which periods there are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handlers.ask import listed, told
from handlers.messages import Attachment, Choice, Reply
from handlers.render import source_line
from knowledge.catalogue import Catalogue
from knowledge.figures import BOTH_WAYS, asked_figure, is_bare_trade, nearest, point
from knowledge.model import Lang, Point, Series
from knowledge.periods import bounds
from knowledge.question import Question
from locales import formats
from locales.catalogues import catalogue


def reply(base: Catalogue, question: Question, lang: Lang, today: date) -> Reply | None:
    """A figure where the reading is complete; None leaves the question to the search."""
    asked = asked_figure(question, base.metrics)
    if asked is None and question.lang == "ru":
        return _whose(base, question, lang)
    if asked is None or len(asked.periods) != 1:
        return None
    series = base.data.series[asked.metric]
    found = point(series, asked.periods[0])
    teller = base.tellers.get(f"{asked.metric}.{found.period if found else asked.periods[0]}")
    if teller:
        return told(base, base.data.entries[teller], lang, today, 1.0)
    return _figure(base, series, found, lang) if found else _missing(series, asked.periods[0], lang)


def _whose(base: Catalogue, question: Question, lang: Lang) -> Reply | None:
    """«Экспорт за 2023 год» may be either side's: both are offered where both are known, and nothing else is said."""
    if len(question.periods) != 1 or not is_bare_trade(question, base.metrics):
        return None
    found = [(base.data.series[metric], point(base.data.series[metric], question.periods[0])) for metric in BOTH_WAYS]
    offered = tuple(
        Choice(
            f"{series.title[lang]}, {_period(lang, at.period)}",
            _asked(series, at, lang),
            f"{series.metric}.{at.period}",
        )
        for series, at in found
        if at
    )
    if len(offered) < 2:
        return _missing(next(series for series, at in found if at is None), question.periods[0], lang)
    return Reply("clarify", lang, listed(catalogue(lang).say("What do you mean?"), offered), 0.5, choices=offered)


def by_id(base: Catalogue, figure: str, lang: Lang) -> Reply | None:
    """The figure an id such as ``trade.total.2023`` names; None where there is none."""
    for metric, series in base.data.series.items():
        found = series.points.get(figure.removeprefix(f"{metric}."))
        if found:
            return _figure(base, series, found, lang)
    return None


def _figure(base: Catalogue, series: Series, found: Point, lang: Lang) -> Reply:
    say = catalogue(lang)
    source = base.data.sources[found.source]
    parts = [
        say.say("Figure: {title}, {period}: {value}.", title=series.title[lang], period=_period(lang, found.period),
                value=formats.amount(lang, found.value, series.unit)),
    ]  # fmt: skip
    if found.yoy is not None:
        parts.append(say.say("Growth {value}.", value=_signed(lang, found.yoy)))
    return Reply(
        status="answered",
        lang=lang,
        text=formats.joined(lang, parts).replace("..", ".")
        + "\n"
        + source_line(lang, (source,), None, _looked_at(base)),
        confidence=1.0,
        entry=f"{series.metric}.{found.period}",
        standing="current",
        as_of=source.day,
        sources=(source,),
        attachments=(Attachment("chart", series.metric),),
    )


def _looked_at(base: Catalogue) -> date:
    """The day the newest entry was looked at stands for the series, which are curated with them."""
    return max(entry.checked for entry in base.data.entries.values())


def _missing(series: Series, period: str, lang: Lang) -> Reply:
    say = catalogue(lang)
    offered = tuple(_choice(series, p, lang) for p in nearest(series, period))
    text = say.say("No figure for {period}.", title=series.title[lang], period=_period(lang, period))
    return Reply(
        "unknown",
        lang,
        listed(formats.joined(lang, [text, say.say("Periods at hand:")]), offered),
        0.0,
        choices=offered,
    )


def _choice(series: Series, found: Point, lang: Lang) -> Choice:
    return Choice(_period(lang, found.period), _asked(series, found, lang), f"{series.metric}.{found.period}")


def _asked(series: Series, found: Point, lang: Lang) -> str:
    return catalogue(lang).say("{title}: {period}?", title=series.title[lang], period=_period(lang, found.period))


def _period(lang: Lang, code: str) -> str:
    days = bounds(code)
    return formats.period(lang, days.first, days.last)


def _signed(lang: Lang, growth: Decimal) -> str:
    return ("+" if growth > 0 else "") + formats.amount(lang, growth, "%")
