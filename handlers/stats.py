"""/stats: the newest figure of the series that matter most, each with its period, growth and publisher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from handlers import quantities as q
from handlers.messages import Attachment, Reply
from handlers.render import source_line
from handlers.trade import looked_at
from knowledge.catalogue import Catalogue
from knowledge.figures import latest
from knowledge.model import Lang, Point, Series
from locales.catalogues import catalogue


def reply(base: Catalogue, lang: Lang) -> Reply:
    """The dashboard; its series stand in the vocabulary of groups."""
    shown = [base.data.series[metric] for metric in base.data.tables["groups"]["dashboard"]["series"]]
    points = [(series, latest(series)) for series in shown]
    sources = tuple(dict.fromkeys(base.data.sources[at.source] for _, at in points))
    newest = max((source for source in sources if source.day), key=lambda source: source.day or looked_at(base))
    lines = [catalogue(lang).say("The newest figures:"), *_lines(base, lang, points)]
    return Reply(
        status="answered",
        lang=lang,
        text="\n".join([*lines, source_line(lang, (newest,), None, looked_at(base))]),
        confidence=1.0,
        entry="stats",
        standing="current",
        as_of=newest.day,
        sources=(newest, *(source for source in sources if source != newest)),
        attachments=(Attachment("chart", shown[0].metric),),
    )


def _lines(base: Catalogue, lang: Lang, shown: Iterable[tuple[Series, Point]]) -> Iterator[str]:
    """Neighbouring figures of one period and source stand under one line that names both."""
    for (period, source), figures in groupby(shown, key=lambda pair: (pair[1].period, pair[1].source)):
        yield catalogue(lang).say(
            "{period}, {publisher}:", period=q.period(lang, period), publisher=base.data.sources[source].publisher
        )
        yield from (_line(lang, series, at) for series, at in figures)


def _line(lang: Lang, series: Series, at: Point) -> str:
    say, title, value = catalogue(lang), series.title[lang], q.value(lang, at, series.unit)
    if at.yoy is None:
        return say.say("Line: {title}: {value}", title=title, value=value)
    return say.say("– {title}: {value}, {growth}", title=title, value=value, growth=q.growth(lang, at.yoy))
