"""A Telegram conversation without Telegram: text or a button in, a message out. Both engines use it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.app import Clock
from bot.channels.enclosures import enclosed
from bot.channels.telegram_format import Outgoing, outgoing
from bot.channels.telegram_media import MediaDesk
from bot.drawing import Drawer
from bot.state.store import ChatStore
from bot.turns import Turns
from handlers.dialogue import Dialogue
from handlers.messages import Chosen, Effect, Incoming, Remind, Reply, Unremind
from knowledge.model import Lang
from locales.catalogues import catalogue
from locales.negotiate import reply_language

NOTED_CHARACTERS = 200


def without_numbers(text: str) -> str:
    """A question as curators may see it: cut, and without long numbers, which may be a telephone or a passport."""
    return re.sub(r"\d{5,}", "…", " ".join(text.casefold().split()))[:NOTED_CHARACTERS]


class TelegramTalk:
    """Answers for any chat; what a chat chose is in the store, ``media`` makes pictures and files."""

    def __init__(self, dialogue: Dialogue, store: ChatStore, clock: Clock, drawer: Drawer | None = None) -> None:
        self._dialogue = dialogue
        self._turns = Turns(dialogue)
        self._store = store
        self._clock = clock
        self.media = MediaDesk(store, drawer or Drawer())

    async def text(self, chat: int, text: str, client: str | None) -> Outgoing:
        """The answer to a message or a command, its effects carried out."""
        chosen, reminders = await self._store.language(chat), await self._store.reminders.of(chat)
        reply = self._turns.reply(chat, Incoming(text, self._clock(), chosen, client, True, reminders))
        for effect in reply.effects:
            await self._carry_out(chat, effect, reply.lang)
        if reply.status == "unknown":
            await self._store.note_unanswered(without_numbers(text), reply.lang, self._clock().date())
        return self._packed(reply)

    async def _carry_out(self, chat: int, effect: Effect, lang: Lang) -> None:
        match effect:
            case Chosen(chosen):
                await self._store.choose(chat, chosen)
            case Remind(event, days, first):
                await self._store.reminders.put(chat, event, days, lang, first)
            case Unremind(event):
                await self._store.reminders.drop(chat, event)

    async def button(self, chat: int, data: str, client: str | None) -> Outgoing:
        """What a button leads to: a question, or an entry; a button whose entry is gone says so."""
        kind, _, name = data.partition(":")
        if kind == "q":
            return await self.text(chat, name, client)
        chosen = await self._store.language(chat)
        reply = self._dialogue.entry(name, Incoming("", self._clock(), chosen, client)) if kind == "e" else None
        return self._packed(reply) if reply else self._old(chosen, client)

    def _packed(self, reply: Reply) -> Outgoing:
        return replace(outgoing(reply), enclosures=enclosed(self._dialogue.base, reply, self._clock()))

    def _old(self, chosen: Lang | None, client: str | None) -> Outgoing:
        lang = reply_language(chosen, None, client, self._dialogue.default_lang)
        return Outgoing(catalogue(lang).say("Old button."))
