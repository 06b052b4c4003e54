"""Commands: which word after the slash leads to which ability, the same on every channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers import entry_form, language, stats, trade
from handlers.messages import Incoming, Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales.catalogues import catalogue

Answer = Callable[[Catalogue, str, Lang, Incoming], Reply]


@dataclass(frozen=True)
class Route:
    """An ability behind a command. ``told`` is the message that describes it in Telegram's menu and in the help."""

    answer: Answer
    told: str


def routed(base: Catalogue, lang: Lang, incoming: Incoming) -> Reply | None:
    """The reply to a command, with or without the bot's name; None where the text is none that is known."""
    word, _, argument = incoming.text.strip().partition(" ")
    route = ROUTES.get(word[1:].split("@")[0].casefold()) if word.startswith("/") else None
    return route.answer(base, argument.strip(), lang, incoming) if route else None


def _said(message: str) -> Answer:
    return lambda base, argument, lang, incoming: Reply("chat", lang, catalogue(lang).say(message), 1.0)


ROUTES: Mapping[str, Route] = {
    "start": Route(_said("Welcome."), "Command start"),
    "help": Route(_said("What I can do."), "Command help"),
    "visa": Route(entry_form.command, "Command visa"),
    "stats": Route(lambda base, argument, lang, incoming: stats.reply(base, lang), "Command stats"),
    "trade": Route(trade.command, "Command trade"),
    "lang": Route(lambda base, argument, lang, incoming: language.reply(argument, lang), "Command lang"),
}
