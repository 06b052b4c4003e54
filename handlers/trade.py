"""Figures of the series in words: any metric, period and operation, computed and told with its sources; and the command /trade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from handlers import figures
from handlers.ask import listed, told
from handlers.messages import Attachment, Choice, Incoming, Reply
from handlers.render import day, source_line, tidy
from handlers.selection import named
from handlers.telling import Cited
from knowledge import computed as c
from knowledge.asked import Asked, read_asked
from knowledge.catalogue import Catalogue
from knowledge.choice import Operation
from knowledge.compute import compute
from knowledge.figures import BOTH_WAYS, is_bare_trade, missing, point
from knowledge.model import Lang, Series, Source
from knowledge.periods import is_code
from knowledge.question import Question
from locales import formats
from locales.catalogues import catalogue

MOST_SOURCES = 3
"""Publishers named in the last line; the reply has them all."""

_AGAINST = re.compile(r"(?<!\w)(?:vs\.?|versus|/)(?!\w)", re.IGNORECASE)


_TOLD_ELSEWHERE = ("growth", "before", "share")
"""What an entry may tell though the series lack a point for it; whether a series has a value or a sum, it knows best itself."""

_CURRENCIES = ("yuan", "roubles", "euros")
"""Asked for in one of these, a figure in dollars is no answer."""


def reply(base: Catalogue, question: Question, lang: Lang, today: date, *, bare: bool = False) -> Reply | None:
    """A figure where the reading is complete; None leaves the question to the search. ``bare`` takes a metric alone for its latest figure."""
    asked = read_asked(question, base.data.metrics, base.operations, bare=bare)
    if asked is None:
        return _whose(base, question, lang) if question.lang == "ru" else None
    found = compute(asked, base.data.series, base.data.metrics.variants, today.year)
    teller = _teller(base, asked, found)
    if teller:
        return told(base, base.data.entries[teller], lang, today, 1.0)
    return _reply(base, found, lang) if found and (bare or not _may_be_told_elsewhere(asked, found)) else None


def _may_be_told_elsewhere(asked: Asked, found: c.Computed) -> bool:
    if isinstance(found, c.OtherUnit) and asked.unit not in _CURRENCIES:
        return True
    return isinstance(found, c.Missing | c.OtherUnit) and asked.operation in _TOLD_ELSEWHERE


def absent(base: Catalogue, question: Question, lang: Lang, today: date) -> Reply | None:
    """That a point is missing which the answer would be computed from, once no entry tells it either."""
    asked = read_asked(question, base.data.metrics, base.operations)
    found = compute(asked, base.data.series, base.data.metrics.variants, today.year) if asked else None
    return _reply(base, found, lang) if isinstance(found, c.Missing | c.OtherUnit) else None


def _teller(base: Catalogue, asked: Asked, found: c.Computed | None) -> str | None:
    """The entry that tells a single figure, its growth, or the newest of a metric, with more than the number."""
    newest = base.data.tables["metrics"].get(asked.metrics[0], {}).get("latest")
    if asked.operation == "latest" and asked.span is None and asked.unit in (None, "dollars") and newest:
        return str(newest)
    match found:
        case c.Value(series, at) | c.Growth(series, at) | c.Change(series, _, at, asked="growth"):
            return base.tellers.get(f"{series.metric}.{at.period}")
        case c.Missing(series, period):
            return base.tellers.get(f"{series.metric}.{period}")
        case _:
            return None


def _reply(base: Catalogue, found: c.Computed, lang: Lang) -> Reply:
    telling = figures.told(lang, found)
    text = tidy(formats.joined(lang, telling.sentences)).replace("..", ".")
    if not telling.cited:
        return Reply("unknown", lang, listed(text, telling.choices), choices=telling.choices)
    sources = _sources(base, telling.cited)
    return Reply(
        status="answered",
        lang=lang,
        text="\n".join([listed(text, telling.choices), _source_lines(base, lang, sources)]),
        confidence=1.0,
        entry=_id(found, telling.cited),
        standing="current",
        as_of=max((source.day for source in sources if source.day), default=None),
        sources=sources,
        choices=telling.choices,
        attachments=(Attachment("chart", telling.chart),) if telling.chart and named(base, telling.chart) else (),
    )


def _id(found: c.Computed, cited: Iterable[Cited]) -> str:
    """``trade.total.2023`` for a single figure; what is computed from several names the operation and its ends."""
    (series, first), *_, (_, last) = pair if len(pair := list(cited)) > 1 else [*pair, *pair]
    if isinstance(found, c.Value):
        return f"{series.metric}.{first.period}"
    return f"{series.metric}:{type(found).__name__.lower()}:{first.period}:{last.period}"


def _sources(base: Catalogue, cited: Iterable[Cited]) -> tuple[Source, ...]:
    """The sources of the points, the newest point's first."""
    keys = dict.fromkeys(at.source for _, at in reversed(list(cited)))
    return tuple(base.data.sources[key] for key in keys)


def _source_lines(base: Catalogue, lang: Lang, sources: tuple[Source, ...]) -> str:
    if len(sources) == 1:
        return source_line(lang, sources, None, looked_at(base))
    say = catalogue(lang)
    named = [published(lang, source) for source in sources[:MOST_SOURCES]]
    more = len(sources) - len(named)
    text = say.say("Sources: {sources}", sources=("；" if lang == "zh" else "; ").join(named))
    return tidy(formats.joined(lang, [text, say.say("and {count} more", count=more)]) if more else text)


def published(lang: Lang, source: Source) -> str:
    """Publisher and day of a source, the publisher alone where its page bears no date."""
    return f"{source.publisher}, {day(lang, source.day)}" if source.day else source.publisher


def looked_at(base: Catalogue) -> date:
    """The day the newest entry was looked at stands for the series, which are curated with them."""
    return max(entry.checked for entry in base.data.entries.values())


def _whose(base: Catalogue, question: Question, lang: Lang) -> Reply | None:
    """«Экспорт за 2023 год» may be either side's: both are offered where both are known, and nothing else is said."""
    if len(question.periods) != 1 or not is_bare_trade(question, base.data.metrics):
        return None
    found = [(base.data.series[metric], point(base.data.series[metric], question.periods[0])) for metric in BOTH_WAYS]
    offered = tuple(figures.choice(lang, series, at, titled=True) for series, at in found if at)
    if len(offered) < 2:
        return _reply(base, missing(next(series for series, at in found if at is None), question.periods[0]), lang)
    return Reply("clarify", lang, listed(catalogue(lang).say("What do you mean?"), offered), 0.5, choices=offered)


def by_id(base: Catalogue, figure: str, lang: Lang) -> Reply | None:
    """The figure an id such as ``trade.total.2023`` names; None where there is none."""
    for metric, series in base.data.series.items():
        found = series.points.get(figure.removeprefix(f"{metric}."))
        if found:
            return _reply(base, c.Value(series, found), lang)
    return None


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """/trade: a metric, a period, another to compare it with, in any order and either language; bare, a menu of metrics by group."""
    if not argument:
        return _groups(base, lang)
    if argument in _grouped(base):
        return _metrics(lang, _grouped(base)[argument])
    named = _by_code(base, argument.split(), lang, incoming.today)
    if named:
        return named
    question = base.question(
        _AGAINST.sub(" против " if _cyrillic(argument, lang) else "比较", argument), incoming.today
    )
    found = reply(base, question, lang, incoming.today, bare=True)
    if found:
        return found
    menu = _groups(base, lang)
    return Reply(
        "unknown",
        lang,
        listed(catalogue(lang).say("Not read as a metric and a period."), menu.choices),
        choices=menu.choices,
    )


def _by_code(base: Catalogue, words: list[str], lang: Lang, today: date) -> Reply | None:
    """A series by its id with codes of periods, as buttons ask for it: two periods are compared."""
    if not words or words[0] not in base.data.series or not all(map(is_code, words[1:])):
        return None
    operation: Operation = "latest" if len(words) == 1 else "value" if len(words) == 2 else "change"
    asked = Asked(operation, (words[0],), tuple(words[1:3]))
    found = compute(asked, base.data.series, base.data.metrics.variants, today.year)
    return _reply(base, found, lang) if found else None


def _cyrillic(text: str, lang: Lang) -> bool:
    return bool(re.search("[а-я]", text, re.IGNORECASE)) or (lang == "ru" and not re.search("[\u3400-\u9fff]", text))


def _grouped(base: Catalogue) -> dict[str, list[Series]]:
    """Series by the group of the menu that the first part of their ids belongs to."""
    groups = {group: row["series"] for group, row in base.data.tables["groups"].items() if group != "dashboard"}
    series = base.data.series.values()
    return {group: [one for one in series if one.metric.split(".")[0] in parts] for group, parts in groups.items()}


def _groups(base: Catalogue, lang: Lang) -> Reply:
    names = base.data.tables["groups"]
    offered = tuple(Choice(names[group][lang], f"/trade {group}") for group in _grouped(base))
    return Reply("chat", lang, listed(catalogue(lang).say("Figures by group:"), offered), 1.0, choices=offered)


def _metrics(lang: Lang, group: Iterable[Series]) -> Reply:
    offered = tuple(Choice(series.title[lang], f"/trade {series.metric}") for series in group)
    return Reply("chat", lang, listed(catalogue(lang).say("Choose a series:"), offered), 1.0, choices=offered)
