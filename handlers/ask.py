"""Questions answered by an entry: the nearest one where that is sure, choices where it is close, else an honest no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from babel import Locale
from rapidfuzz import fuzz

from handlers.messages import Choice, Reply
from handlers.render import entry_reply
from knowledge.catalogue import Catalogue
from knowledge.index import spoken
from knowledge.model import Entry, Lang
from knowledge.question import Question
from knowledge.rank import Ranked, Ranker
from knowledge.search import candidates
from locales import formats
from locales.catalogues import catalogue

MOST_CHOICES = 4
NEAREST_TOPICS = 3
ALIKE = 85
"""Per cent of the letters two titles may share before one of them is left out."""
RELATED = 0.34
"""Share of a question's words that a topic has to know to be named as near."""
EXACT = 0.99
"""Trust in a question typed exactly as a curator wrote it down for one entry."""


KEPT = 512
"""Questions whose candidates are kept: what many people ask on one day is looked up once."""

Nearest = Callable[[Question, int], Ranked]
"""The ranked candidates of a question in a year."""


def nearest(base: Catalogue, ranker: Ranker) -> Nearest:
    """A finder over one base. The same reading finds the same: neither the chat nor the clock has a part in it."""

    @lru_cache(KEPT)
    def of(question: Question, year: int) -> Ranked:
        return ranker.rank(question.lang, question.line, candidates(base.data.index, question, year))

    return of


def reply(base: Catalogue, near: Nearest, question: Question, lang: Lang, today: date) -> Reply:
    """Decide by the calibrated probability; the thresholds come with the fitted weights."""
    asked = base.data.index.exact.get(spoken(question.line))
    if asked is not None:
        return told(base, base.data.entries[base.data.index.ids[asked]], lang, today, EXACT, "phrasing")
    ranked = near(question, today.year)
    if ranked.answered:
        return told(base, base.data.entries[ranked.entries[0]], lang, today, ranked.confidence, "sure")
    if question.countries:
        return unknown_country(question.countries, lang)
    if ranked.entries and ranked.column("matter")[0]:
        return _unknown(base, (), ranked.confidence, lang, "matter")
    if ranked.clarified:
        return _clarify(base, ranked, lang)
    return _unknown(base, _related(ranked), ranked.confidence, lang, "unsure")


def told(base: Catalogue, entry: Entry, lang: Lang, today: date, confidence: float, reason: str = "") -> Reply:
    reply = entry_reply(entry, lang, today, base.data.sources, base.data.vocabulary, confidence)
    return replace(reply, reason=reason)


def choices(base: Catalogue, entries: Iterable[str], lang: Lang, most: int) -> tuple[Choice, ...]:
    """Buttons for entries: the title, and the entry's first phrasing as a full question that then answers."""
    found = [base.data.entries[entry] for entry in entries]
    return tuple(Choice(entry.title[lang], entry.ask[lang][0], entry.id) for entry in found[:most])


def _clarify(base: Catalogue, ranked: Ranked, lang: Lang) -> Reply:
    near = [entry for entry, score in zip(ranked.entries, ranked.scores, strict=True) if score >= ranked.scores[0] - 3]
    related = [entry for entry in _related(ranked) if entry in near or len(near) < 2]
    offered = choices(base, _apart(base, related, lang), lang, MOST_CHOICES)
    if len(offered) < 2:
        return _unknown(base, _related(ranked), ranked.confidence, lang, "alone")
    text = listed(catalogue(lang).say("What do you mean?"), offered)
    return Reply("clarify", lang, text, ranked.confidence, choices=offered, reason="close")


def _apart(base: Catalogue, entries: Iterable[str], lang: Lang) -> list[str]:
    """Entries whose titles say different things: of two alike, a person could not tell which to press."""
    kept: list[str] = []
    for entry in entries:
        title = base.data.entries[entry].title[lang]
        if all(fuzz.ratio(title, base.data.entries[other].title[lang]) < ALIKE for other in kept):
            kept.append(entry)
    return kept


def _related(ranked: Ranked) -> tuple[str, ...]:
    """Candidates that share enough with the question to be worth naming."""
    shared = ranked.column("either")
    return tuple(entry for entry, share in zip(ranked.entries, shared, strict=True) if share >= RELATED)


def _unknown(base: Catalogue, near: Iterable[str], confidence: float, lang: Lang, reason: str) -> Reply:
    say = catalogue(lang)
    offered = choices(base, near, lang, NEAREST_TOPICS)
    text = say.say("I do not know.")
    if offered:
        text = listed(formats.joined(lang, [text, say.say("Nearest topics:")]), offered)
    return Reply("unknown", lang, text, confidence, choices=offered, reason=reason)


def unknown_country(countries: Iterable[str], lang: Lang) -> Reply:
    names = Locale(lang).territories
    told_names = ", ".join(sorted(names.get(code, code) for code in countries))
    text = catalogue(lang).say("I do not know this for {country}.", country=told_names)
    return Reply("unknown", lang, text, reason="country")


def listed(head: str, offered: Iterable[Choice]) -> str:
    return "\n".join([head, *(f"{number}. {choice.label}" for number, choice in enumerate(offered, 1))])


def unlisted(text: str, offered: Iterable[Choice]) -> str:
    """A text without the lines that ``listed`` gave the choices, for a channel that shows them as buttons."""
    lines = {f"{number}. {choice.label}" for number, choice in enumerate(offered, 1)}
    return "\n".join(line for line in text.split("\n") if line not in lines)
