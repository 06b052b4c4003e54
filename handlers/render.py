"""An entry as it is told today: its figures in the language's habits, its standing, its source and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from handlers.messages import Choice, Reply, Standing
from knowledge.model import Amount, Authority, Days, Edition, Entry, Lang, Period, Source, Value, Verbatim, Year
from knowledge.periods import bounds
from knowledge.standing import standing
from knowledge.vocabulary import Vocabulary
from locales import formats
from locales.catalogues import Catalogue, catalogue

LONGEST = 900
"""Characters of a whole reply; design.md asks for 700 as a rule."""

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?::(day|in|of))?\}")


_PAST: Mapping[Lang, re.Pattern[str]] = {
    "ru": re.compile(
        "(?<![а-я])(?:прош(?:[её]л|ла|ло|ли)|состоял(?:ся|ась|ось|ись)|проходил[аои]?|проводил(?:ась|ось|ись)|шл[аои]"
        "|открыл(?:ся|ась|ось|и)|длил(?:ся|ась|ось))(?![а-я])"
    ),
    "zh": re.compile("已[于经在举圆闭]|举行了|举办了|曾于"),
}
"""Words by which an answer itself says that an event is over, so that it is not said twice."""


def told(lang: Lang, value: Value, form: str = "") -> str:
    """One value in the habits of a language; ``form`` is ``day``, ``in`` or ``of``."""
    match value:
        case Amount(low, unit, high):
            return formats.amount(lang, low, unit, high)
        case Edition(number):
            return formats.edition(lang, number)
        case Year(number):
            return formats.year(lang, number)
        case Days(first, last):
            return formats.days(lang, first, last, form)
        case Period(code):
            days = bounds(code)
            return formats.period(lang, days.first, days.last, form)
        case Verbatim(ru, zh):
            return ru if lang == "ru" else zh


def inserted(lang: Lang, text: str, values: Mapping[str, Value]) -> str:
    """The text with every placeholder told."""
    return _PLACEHOLDER.sub(lambda m: told(lang, values[m[1]], m[2] or ""), text)


def filled(lang: Lang, text: str, values: Mapping[str, Value]) -> str:
    """A sentence with every placeholder told; one that opens it takes a capital."""
    full = inserted(lang, text, values)
    return tidy(full[:1].upper() + full[1:])


def tidy(text: str) -> str:
    """What is abbreviated («г.», «долл.») must not be followed by a second full stop."""
    return re.sub(r"(?<=[а-я])\.\.(?!\.)", ".", text)


def entry_reply(
    entry: Entry,
    lang: Lang,
    today: date,
    sources: Mapping[str, Source],
    words: Vocabulary,
    confidence: float = 1.0,
    choices: tuple[Choice, ...] = (),
) -> Reply:
    """The whole reply for an entry: answer, caveats of its standing and confidence, source line."""
    stands = standing(entry, today)
    cited = tuple(sources[key] for key in entry.sources)
    lines = [
        formats.joined(lang, _sentences(entry, lang, stands, words)),
        source_line(lang, cited, entry.as_of, entry.checked),
    ]
    event = entry.event
    return Reply(
        status="answered",
        lang=lang,
        text="\n".join(lines),
        confidence=confidence,
        entry=entry.id,
        standing=stands,
        as_of=entry.as_of or cited[0].day,
        valid_from=event.first if event else entry.valid.start,
        valid_to=event.last if event else entry.valid.until,
        sources=cited,
        choices=choices,
    )


def _sentences(entry: Entry, lang: Lang, stands: Standing, words: Vocabulary) -> list[str]:
    """The answer between what must be known before it and what must be known after it."""
    body = filled(lang, (entry.ended or entry.answer)[lang] if stands == "ended" else entry.answer[lang], entry.values)
    return [tidy(part) for part in (*_before(entry, lang, stands), body, *_after(entry, lang, stands, words))]


def _before(entry: Entry, lang: Lang, stands: Standing) -> Iterator[str]:
    say = catalogue(lang)
    if stands == "ended" and entry.valid.until:
        yield say.say("Published term over: {date}.", date=day(lang, entry.valid.until))
    if stands == "upcoming" and entry.valid.start:
        yield say.say("Not yet in force: from {date}.", date=day(lang, entry.valid.start))


def _after(entry: Entry, lang: Lang, stands: Standing, words: Vocabulary) -> Iterator[str]:
    say = catalogue(lang)
    site = entry.event.url if entry.event else None
    if (
        stands == "ended"
        and entry.event
        and not (entry.event.status == "held" and _PAST[lang].search(entry.answer[lang]))
    ):
        yield say.say("The event is over." if entry.event.status == "held" else "The announced days are over.")
    if entry.confidence == "low":
        yield say.say("Known from one report.")
    if stands == "overdue":
        yield say.say("Last looked at {date}; may have changed.", date=day(lang, entry.checked))
    if site:
        yield say.say("Site of the event: {url}.", url=site)
    elif stands in ("ended", "overdue"):
        yield check_line(say, lang, words.authority(entry))


def check_line(say: Catalogue, lang: Lang, authority: Authority) -> str:
    return say.say("Check today: {authority}, {url}.", authority=authority.name[lang], url=authority.url)


def source_line(lang: Lang, cited: tuple[Source, ...], as_of: date | None, checked: date) -> str:
    """Publisher and date of the first source; where its page bears no date, the day somebody looked."""
    say = catalogue(lang)
    known = cited[0].day or as_of
    if known:
        return tidy(say.say("Source: {publisher}, {date}.", publisher=cited[0].publisher, date=day(lang, known)))
    return tidy(
        say.say(
            "Source: {publisher}, undated; looked at {date}.", publisher=cited[0].publisher, date=day(lang, checked)
        )
    )


def day(lang: Lang, day: date) -> str:
    return formats.days(lang, day, day)
