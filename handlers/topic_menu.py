"""/topics: from topics to what the base tells of each, page by page, to the answer and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers import ask
from handlers.ask import listed
from handlers.messages import Choice, Incoming, Reply
from handlers.paging import paged, turns
from knowledge.catalogue import Catalogue
from knowledge.model import LANGS, Entry, Lang
from locales.catalogues import catalogue

TITLES: Mapping[str, str] = {
    "visa": "Topic visa", "practical": "Topic practical", "payments": "Topic payments", "transport": "Topic transport",
    "expo": "Topic expo", "trade": "Topic trade", "tourism": "Topic tourism", "rules": "Topic rules", "goods": "Topic goods",
    "energy": "Topic energy", "investment": "Topic investment", "policy": "Topic policy", "culture": "Topic culture",
}  # fmt: skip
PAGE = 8
"""Entries on a page: what a telephone shows without scrolling."""


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """The topics; with a topic's id or name and a number, a page of it; with an entry's id its answer and the way back."""
    words = argument.split()
    page = int(words.pop()) if len(words) > 1 and words[-1].isdecimal() and len(words[-1]) < 4 else 1
    name = " ".join(words)
    entry = base.data.entries.get(name)
    if entry:
        return _answer(base, entry, lang, incoming)
    topic = _named(name)
    return entries(base, topic, lang, page) if topic else _topics(lang)


def _topics(lang: Lang) -> Reply:
    say = catalogue(lang)
    offered = tuple(Choice(say.say(title), f"/topics {topic}") for topic, title in TITLES.items())
    return Reply(
        "chat", lang, listed(say.say("What do you want to know about?"), offered), 1.0, choices=offered, menu=True
    )


def _named(name: str) -> str | None:
    """The topic that an id or a title in either language names."""
    titles = {catalogue(lang).say(title).casefold(): topic for lang in LANGS for topic, title in TITLES.items()}
    return name if name in TITLES else titles.get(name.casefold())


def entries(base: Catalogue, topic: str, lang: Lang, page: int) -> Reply:
    """One page of a topic."""
    say = catalogue(lang)
    shown, page, pages = paged(_in_order(base, topic), page, PAGE)
    offered = tuple(Choice(entry.title[lang], f"/topics {entry.id}") for entry in shown)
    ways = (*turns(f"/topics {topic}", page, pages, lang), Choice(say.say("All topics"), "/topics"))
    head = say.say("{topic}: page {page} of {pages}.", topic=say.say(TITLES[topic]), page=page, pages=pages)
    return Reply("chat", lang, listed(head, (*offered, *ways)), 1.0, choices=(*offered, *ways), menu=True)


def _in_order(base: Catalogue, topic: str) -> list[Entry]:
    """Entries of a topic: first those that its words offer, which people ask for most, then the others as they stand in the base."""
    of_topic = {entry.id: entry for entry in base.data.entries.values() if entry.topic == topic}
    first = [entry for word in base.data.vocabulary.topics for entry in word.entries if entry in of_topic]
    return [of_topic[entry] for entry in dict.fromkeys((*first, *of_topic))]


def _answer(base: Catalogue, entry: Entry, lang: Lang, incoming: Incoming) -> Reply:
    say = catalogue(lang)
    page = next(n for n, one in enumerate(_in_order(base, entry.topic)) if one.id == entry.id) // PAGE + 1
    back = Choice(say.say("Back to {topic}", topic=say.say(TITLES[entry.topic])), f"/topics {entry.topic} {page}")
    return replace(ask.told(base, entry, lang, incoming.today, 1.0), choices=(back,), menu=True)
