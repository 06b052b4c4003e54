"""Commands: which word after the slash leads to which ability, the same on every channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from handlers import (
    by_id,
    entry_form,
    expo,
    feedback,
    language,
    links,
    privacy,
    remind,
    series,
    sources,
    stats,
    topic_menu,
    trade,
)
from handlers.messages import Incoming, Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales.catalogues import catalogue

Answer = Callable[[Catalogue, str, Lang, Incoming], Reply]


@dataclass(frozen=True)
class Route:
    """An ability behind a command. ``told`` is the message that describes it in Telegram's menu and in the help.

    One that ``changes_chat`` holds for everybody in it; one that ``asks`` does so only once it is told how.
    """

    answer: Answer
    told: str
    changes_chat: bool = False
    asks: bool = False


def routed(base: Catalogue, lang: Lang, incoming: Incoming) -> Reply | None:
    """The reply to a command, with or without the bot's name; None where the text is none that is known."""
    word, _, argument = incoming.text.strip().partition(" ")
    route = ROUTES.get(word[1:].split("@")[0].casefold()) if word.startswith("/") else None
    return route.answer(base, argument.strip(), lang, incoming) if route else None


def changes_chat(text: str) -> bool:
    """Whether a text is a command that changes the whole chat, which in a group is its admins' to do."""
    word, _, argument = text.strip().partition(" ")
    route = ROUTES.get(word[1:].split("@")[0].casefold()) if word.startswith("/") else None
    return bool(route and route.changes_chat and (argument.strip() or not route.asks))


def refused(lang: Lang) -> Reply:
    """The reply to somebody else who tries."""
    return Reply("chat", lang, catalogue(lang).say("Only admins."), 1.0)


def _said(message: str) -> Answer:
    return lambda base, argument, lang, incoming: Reply("chat", lang, catalogue(lang).say(message), 1.0)


def _start(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """Welcome, or what a link was made for; a link to what is gone says so."""
    target = links.target(argument) if argument else None
    if target is None:
        return Reply("chat", lang, catalogue(lang).say("Welcome."), 1.0)
    opened = routed(base, lang, replace(incoming, text=target)) if target.startswith("/") else None
    opened = opened or by_id.reply(base, target, lang, incoming.today)
    return opened or Reply("chat", lang, catalogue(lang).say("Old link."), 1.0)


ROUTES: Mapping[str, Route] = {
    "start": Route(_start, "Command start"),
    "help": Route(_said("What I can do."), "Command help"),
    "topics": Route(topic_menu.command, "Command topics"),
    "visa": Route(entry_form.command, "Command visa"),
    "expo": Route(expo.command, "Command expo"),
    "remind": Route(remind.command, "Command remind"),
    "stats": Route(lambda base, argument, lang, incoming: stats.reply(base, lang), "Command stats"),
    "trade": Route(trade.command, "Command trade"),
    "chart": Route(series.command("chart"), "Command chart"),
    "table": Route(series.command("table"), "Command table"),
    "csv": Route(series.command("csv"), "Command csv"),
    "sources": Route(sources.command, "Command sources"),
    "feedback": Route(feedback.command, "Command feedback"),
    "lang": Route(
        lambda base, argument, lang, incoming: language.reply(argument, lang),
        "Command lang",
        changes_chat=True,
        asks=True,
    ),
    "privacy": Route(privacy.told, "Command privacy"),
    "forget": Route(privacy.forgotten, "Command forget", changes_chat=True),
}
