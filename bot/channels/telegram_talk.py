"""A Telegram conversation without Telegram: text or a button in, a message out. Both engines use it."""

from __future__ import annotations

import re

from bot.app import Clock
from bot.channels.telegram_format import Button, Outgoing, outgoing
from bot.state.store import ChatStore
from bot.turns import Turns
from handlers.dialogue import Dialogue
from handlers.messages import Incoming
from knowledge.model import Lang
from locales.catalogues import LANGUAGES, catalogue
from locales.negotiate import reply_language

NOTED_CHARACTERS = 200
LANGUAGE_NAMES = {"ru": "Русский", "zh": "中文"}
COMMANDS = {"start": "Command start", "help": "Command help", "lang": "Command lang"}


def without_numbers(text: str) -> str:
    """A question as curators may see it: cut, and without long numbers, which may be a telephone or a passport."""
    return re.sub(r"\d{5,}", "…", " ".join(text.casefold().split()))[:NOTED_CHARACTERS]


class TelegramTalk:
    """Answers for any chat; what a chat chose is in the store."""

    def __init__(self, dialogue: Dialogue, store: ChatStore, clock: Clock) -> None:
        self._dialogue = dialogue
        self._turns = Turns(dialogue)
        self._store = store
        self._clock = clock

    async def text(self, chat: int, text: str, client: str | None) -> Outgoing:
        """The answer to a message; commands are /start, /help and /lang, with or without the bot's name."""
        chosen = await self._store.language(chat)
        command, _, argument = text.partition(" ")
        match command.split("@")[0]:
            case "/start":
                return self._say("Welcome.", chosen, client)
            case "/help":
                return self._say("What I can do.", chosen, client)
            case "/lang":
                return await self._language(chat, argument.strip().lower(), chosen, client)
        reply = self._turns.reply(chat, Incoming(text, self._clock(), chosen, client))
        if reply.status == "unknown":
            await self._store.note_unanswered(without_numbers(text), reply.lang, self._clock().date())
        return outgoing(reply)

    async def button(self, chat: int, data: str, client: str | None) -> Outgoing:
        """What a button leads to; a button whose entry is gone says so."""
        kind, _, name = data.partition(":")
        chosen = await self._store.language(chat)
        if kind == "l" and name in LANGUAGES:
            return await self._language(chat, name, chosen, client)
        reply = self._dialogue.entry(name, Incoming("", self._clock(), chosen, client)) if kind == "e" else None
        return outgoing(reply) if reply else self._say("Old button.", chosen, client)

    async def _language(self, chat: int, word: str, chosen: Lang | None, client: str | None) -> Outgoing:
        if word in LANGUAGES:
            lang: Lang = "ru" if word == "ru" else "zh"
            await self._store.choose(chat, lang)
            return self._say("Language set.", lang, client)
        asked = self._say("Choose a language:", chosen, client)
        return Outgoing(asked.html, tuple(Button(name, f"l:{lang}") for lang, name in LANGUAGE_NAMES.items()))

    def _say(self, message: str, chosen: Lang | None, client: str | None) -> Outgoing:
        lang = reply_language(chosen, None, client, self._dialogue.default_lang)
        return Outgoing(catalogue(lang).say(message))
