"""/privacy and /forget: what is kept about a chat, and how it is erased."""

from __future__ import annotations

from handlers.messages import Choice, Forget, Incoming, Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales.catalogues import catalogue


def told(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    say = catalogue(lang)
    return Reply("chat", lang, say.say("What is kept."), 1.0, choices=(Choice(say.say("Forget me"), "/forget"),))


def forgotten(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    return Reply("chat", lang, catalogue(lang).say("Forgotten."), 1.0, effects=(Forget(),))
